import Agents
import Kernel
import Testing
import Worlds

@testable import LiveView

struct MapLayoutTests {
    private func world(_ places: [World.Place]) -> World {
        World(
            id: "w", title: "W", about: "", seed: 1,
            clock: .init(date: CivilDate(year: 2026, month: 3, day: 2), starts: SimulationTime(day: 1, hour: 6)),
            places: places, residents: [], stop: [])
    }

    private func distance(_ layout: MapLayout, _ a: String, _ b: String) -> Double {
        guard let a = layout.cells[a], let b = layout.cells[b] else { return .infinity }
        let (across, down) = (Double(a.column - b.column), Double(a.row - b.row))
        return (across * across + down * down).squareRoot()
    }

    /// A road of nine places whose names do not follow it.
    private let road = [0, 5, 2, 7, 4, 8, 1, 6, 3].map { number in
        World.Place(
            name: "\((number * 4) % 9)", about: "",
            near: number < 8 ? [.init(to: "\(((number + 1) * 4) % 9)", takes: .minutes(2))] : [])
    }

    @Test(arguments: [2, 3, 4]) func `no two places share a cell`(_ columns: Int) {
        let layout = MapLayout(world(road), columns: columns)
        #expect(layout.cells.count == 9)
        #expect(Set(layout.cells.values).count == 9)
        #expect(layout.cells.values.allSatisfy { (0..<columns).contains($0.column) && (0..<5).contains($0.row) })
    }

    @Test func `places on a road lie beside the next`() {
        let layout = MapLayout(world(road), columns: 3)
        let steps = (0..<8).map { distance(layout, "\(($0 * 4) % 9)", "\((($0 + 1) * 4) % 9)") }
        #expect(steps.allSatisfy { $0 < 1.5 }, "\(steps)")
    }

    @Test func `the order of the file changes nothing`() {
        #expect(MapLayout(world(road), columns: 3) == MapLayout(world(road.reversed()), columns: 3))
    }

    @Test func `an area is drawn in the place it is in, and its ways are the place's`() {
        let places: [World.Place] = [
            .init(name: "house", about: ""), .init(name: "cellar", about: "", within: "house"),
            .init(name: "shelf", about: "", within: "cellar", near: ["shop"]), .init(name: "shop", about: ""),
            .init(name: "moon", about: ""), .init(name: "sun", about: ""),
        ]
        let layout = MapLayout(world(places), columns: 2)
        #expect(Set(layout.cells.keys) == ["house", "shop", "moon", "sun"])
        #expect(distance(layout, "house", "shop") == 1)
        #expect(MapLayout.outermost(world(places))["shelf"] == "house")
    }

    @Test func `a town of many hundreds is still drawn at once`() {
        let many = (0..<1500).map { World.Place(name: "\($0)", about: "", near: [.init(to: "\($0 / 2)")]) }
        let start = ContinuousClock.now
        #expect(Set(MapLayout(world(many), columns: 4).cells.values).count == 1500)
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test func `a world without places has an empty map`() {
        #expect(MapLayout(world([]), columns: 4).cells.isEmpty)
    }
}
