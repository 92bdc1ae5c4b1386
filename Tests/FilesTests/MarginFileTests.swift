import Agents
import Files
import Surveys
import Testing

private let survey = """
    survey: S
    variables:
      age: years
      sex: [Female, Male]
      party: { 0: left, 1: right }
    questions:
      tax:
        ask: More tax?
        scale: nominal
        options: { 1: "Yes", 2: "No" }

    """

private func panel(_ extra: String) -> String {
    """
    panel: P
    from: Personas/s.survey.yaml
    backstory:
      age: I am {age}.
    \(extra)
    """
}

struct MarginFileTests {
    private func load(_ extra: String) throws -> (panel: Panel, expanded: String) {
        let study = try Study(["Personas/s.survey.yaml": survey, "Personas/p.panel.yaml": panel(extra)])
        let loaded = try StudyFiles().loadPanel(study.path("Personas/p.panel.yaml"))
        return (loaded.value, loaded.expanded)
    }

    private func errors(_ extra: String) -> [String] {
        do {
            _ = try load(extra)
            return []
        } catch let error as DiagnosticsError {
            return error.diagnostics.map { $0.message + ($0.hint.map { "; \($0)" } ?? "") }
        } catch { return ["\(error)"] }
    }

    @Test func `margins are shares or percentages by variable, and values may be written in words`() throws {
        let read = try load("margins:\n  sex: { Female: 52, Male: 48 }\n  party: { left: .4, 1: .6 }\nmargins source: Census")
        let expected = PanelAdjustment(
            .margins([
                Margin(variable: "sex", targets: [.init(category: "Female", share: 52), .init(category: "Male", share: 48)]),
                Margin(variable: "party", targets: [.init(category: "0", share: 0.4), .init(category: "1", share: 0.6)]),
            ]), source: "Census")
        #expect(read.panel.adjustment == expected)
        let study = try Study(["Personas/s.survey.yaml": survey, "Personas/p.panel.yaml": read.expanded])
        #expect(try StudyFiles().loadPanel(study.path("Personas/p.panel.yaml")).value.adjustment == expected)
    }

    @Test func `a crossing is nested in the order of its variables, and reads back as it expands`() throws {
        let read = try load(
            "post-stratify:\n  by: [party, sex]\n  cells:\n    left: { Female: 30, Male: 20 }\n    right: { Female: 25, Male: 25 }\n  collapse below: 5")
        let cells = [("0", "Female", 30.0), ("0", "Male", 20), ("1", "Female", 25), ("1", "Male", 25)]
        let expected = PanelAdjustment(
            .crossing(
                variables: ["party", "sex"], cells: cells.map { PopulationCell(values: [$0.0, $0.1], share: $0.2) },
                collapseBelow: 5))
        #expect(read.panel.adjustment == expected)
        let study = try Study(["Personas/s.survey.yaml": survey, "Personas/p.panel.yaml": read.expanded])
        #expect(try StudyFiles().loadPanel(study.path("Personas/p.panel.yaml")).value.adjustment == expected)
    }

    @Test(arguments: [
        ("margins: { sx: { Female: 50, Male: 50 } }", "no variable 'sx' in s; did you mean 'sex'?"),
        ("margins: { age: { 30: 100 } }", "'age' is a number, and margins are shares of groups; the groups are sex, party"),
        ("margins: { sex: { Femal: 50, Male: 50 } }", "'Femal' is no value of 'sex'; did you mean 'Female'?"),
        ("margins: { sex: { Female: 50, Male: 40 } }",
            "the shares of 'sex' sum to 90; they must sum to 1, or to 100 as percentages"),
        ("margins: { sex: { Female: -1, Male: 2 } }", "'Female' must be a number from 0 to 100, not '-1'"),
        ("margins source: Census", "'margins source' needs 'margins' or 'post-stratify'"),
        ("post-stratify: { by: [sex] }", "'post-stratify' needs a 'cells'"),
        ("margins: { sex: { Female: 1 } }\npost-stratify: { by: [sex], cells: { Female: 1 } }",
            "a panel has 'margins' or 'post-stratify', not both; a crossing has its margins in it"),
    ])
    func `a margin that cannot be meant is a finding`(extra: String, message: String) {
        #expect(errors(extra).contains(message))
    }
}
