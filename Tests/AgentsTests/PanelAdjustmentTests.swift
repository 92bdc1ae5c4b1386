import Agents
import Surveys
import Testing

@Suite struct PanelAdjustmentTests {
    private let people = (0..<10).map { index in
        Persona(
            id: "p\(index)", name: "P", attributes: ["sex": index < 7 ? "F" : "M", "side": index % 2 == 0 ? "L" : "R"])
    }

    private func share(_ people: [Persona], _ name: String, _ value: String) -> Double {
        people.filter { $0.attributes[name] == value }.reduce(0) { $0 + $1.weight } / Double(people.count)
    }

    @Test func `raked personas meet every margin with mean weight one`() throws {
        let target = PanelAdjustment(
            .margins([
                Margin(variable: "sex", targets: [.init(category: "F", share: 50), .init(category: "M", share: 50)]),
                Margin(variable: "side", targets: [.init(category: "L", share: 0.6), .init(category: "R", share: 0.4)]),
            ]))
        let adjusted = try target.adjusted(people)
        #expect(abs(share(adjusted.personas, "sex", "M") - 0.5) < 1e-9)
        #expect(abs(share(adjusted.personas, "side", "L") - 0.6) < 1e-9)
        #expect(abs(adjusted.personas.reduce(0) { $0 + $1.weight } - 10) < 1e-9)
        #expect(adjusted.weights.effectiveSizeBefore == 10 && adjusted.weights.effectiveSizeAfter < 10)
    }

    @Test func `a crossing starts from the weights that the draw gave, and says what it merged`() throws {
        var drawn = people
        for index in drawn.indices { drawn[index].weight = index < 5 ? 1.5 : 0.5 }
        let cells = [("F", "L", 30.0), ("F", "R", 30), ("M", "L", 20), ("M", "R", 20)].map {
            PopulationCell(values: [$0.0, $0.1], share: $0.2)
        }
        let refuse = PanelAdjustment(.crossing(variables: ["sex", "side"], cells: cells, collapseBelow: nil))
        let adjusted = try refuse.adjusted(drawn)
        #expect(abs(share(adjusted.personas, "sex", "F") - 0.6) < 1e-9)
        #expect(adjusted.weights.effectiveSizeBefore == 8)
        let collapse = PanelAdjustment(.crossing(variables: ["sex", "side"], cells: cells, collapseBelow: 2))
        #expect(try collapse.adjusted(drawn).weights.emptyCells == ["M, L -> M, R"])
        #expect(throws: AdjustmentError.self) { try refuse.adjusted(Array(drawn.prefix(7))) }
    }
}
