import Agents
import Files
import Foundation
import LanguageModels
import Reports
@testable import Studies
import Surveys
import Testing

/// The shipped experiments of Horton's paper.
@Suite struct HortonTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Worlds/studies/horton")

    private func experiment(_ name: String) throws -> Experiment {
        try StudyFiles().loadExperiment(Self.folder.appending(path: "\(name).experiment.yaml").path).value
    }

    private func prompt(_ experiment: Experiment, cell: Int, order: [Int], by method: ElicitationMethod, subject: String = "nobody-1") throws -> String {
        let design = try ExperimentDesign(experiment, subjects: [.init(id: subject)], arms: nil)
        let encounter = design.encounter(design.subjects[0], design.cells[cell], experiment.decisions[0], order: order, repetition: 0)
        let decider = Decider(seed: 1, temperature: 0, identity: ModelIdentity(name: "x", backEnd: "scripted"))
        switch decider.request(encounter, by: method) {
        case .text(let text): return text.prompt.text
        case .score(let score): return score.prompt.text
        case .embed: return ""
        }
    }

    /// By the paper's table: B's and A's payoffs of Left and Right, and the share of people who chose Left.
    @Test(arguments: [
        ("Berk29", (400, 400), (400, 750), 0.31), ("Barc2", (400, 400), (375, 750), 0.52), ("Berk23", (200, 800), (0, 0), 1),
        ("Barc8", (600, 300), (500, 700), 0.67), ("Berk15", (700, 200), (600, 600), 0.27), ("Berk26", (800, 0), (400, 400), 0.78),
    ] as [(String, (Int, Int), (Int, Int), Double)])
    func `the six games have the paper's payoffs and human figures`(
        game: String, left: (Int, Int), right: (Int, Int), human: Double
    ) throws {
        let experiment = try experiment("dictator-games")
        let cell = try #require(experiment.cells.first { $0.value("arm") == game && $0.value("endowment") == "none" })
        #expect(cell.variables["left you"] == "\(left.0)" && cell.variables["left other"] == "\(left.1)")
        #expect(cell.variables["right you"] == "\(right.0)" && cell.variables["right other"] == "\(right.1)")
        let figure = experiment.humans?.figures.first { $0.cells.values.map(\.value) == [game] }
        #expect(figure?.value == human)
    }

    @Test func `a dictator's prompt is the paper's, and its sides trade payoffs under the same labels`() throws {
        let experiment = try experiment("dictator-games")
        #expect(experiment.cells.count == 24)
        let fair = try #require(experiment.cells.first { $0.label == "Barc2, fairness" }).number
        #expect(try prompt(experiment, cell: fair, order: [0, 1], by: .sample) == """
            You are deciding on allocation for yourself and another person, Person A.
            You only care about fairness between players
            Option Left: You get $400, Person A gets $400
            Option Right: You get $375, Person A gets $750
            What do you choose, with one word [Left, Right]?
            """)
        #expect(try prompt(experiment, cell: fair, order: [1, 0], by: .words) == """
            You are deciding on allocation for yourself and another person, Person A.
            You only care about fairness between players
            Option Left: You get $375, Person A gets $750
            Option Right: You get $400, Person A gets $400
            What do you choose, with one word [Left, Right]?
            I choose
            """)
    }

    @Test func `the paper's mixture comes out of its types, and the tie at Berk26 moves it`() async throws {
        let file = Self.folder.appending(path: "dictator-games.experiment.yaml")
        let laboratory = try Laboratory(String(contentsOf: file, encoding: .utf8))
        defer { laboratory.remove() }
        // The model chooses nothing here: theory and people are all there is.
        let (outcome, _) = try await laboratory.record(laboratory.scoring("left") { _ in "Left" })
        // The first table is the mixture of the types as the paper's model played them.
        let text = try #require(outcome.json.written().components(separatedBy: "types as written").dropFirst().first)
        #expect(zip(numbers("weight", in: text), [0.154, 0.324, 0.522]).allSatisfy { abs($0 - $1) < 0.001 })
        #expect(numbers("best ties", in: text).prefix(3).map { ($0 * 100).rounded() } == [21, 37, 42])
    }

    @Test func `the shovel has 48 cells and the paper's words`() throws {
        let experiment = try experiment("snow-shovel")
        #expect(experiment.cells.count == 48)
        let cell = try #require(experiment.cells.first { $0.label == "price 20, politics socialist, verb raises" }).number
        #expect(try prompt(experiment, cell: cell, order: [0, 1, 2, 3], by: .letters) == """
            A hardware store has been selling snow shovels for $15. The morning after a large snowstorm, the store raises the price to $20.

            Please rate this action as:
            1) Completely Fair
            2) Acceptable
            3) Unfair
            4) Very Unfair
            You are a socialist. What is your choice [1, 2, 3, or 4]:
            """)
    }

    @Test func `each arm keeps its own division as it is, and moves the others by what lies between`() throws {
        let experiment = try experiment("status-quo")
        #expect(experiment.sessions == 100 && experiment.cells.count == 5 && experiment.drawn.first?.values.count == 12)
        guard case .choice(let options, _) = experiment.decisions[0].kind else {
            Issue.record("no options")
            return
        }
        #expect(options.map(\.name) == ["70", "30", "60", "50"])
        for now in [70, 30, 60, 50] {
            let cell = try #require(experiment.cells.first { $0.label == "now \(now)" })
            #expect(cell.variables["now"] == "The current budget allocation is \(now)% to auto safety and \(100 - now)% to highway safety.")
            for to in [70, 30, 60, 50] {
                let text = cell.variables["to \(to)"]
                let step = abs(now - to)
                #expect(text == (now == to ? "Maintain present budget amounts for the programs"
                    : now > to ? "Decrease auto program by \(step)% of budget and raise the highway program by like amount"
                    : "Decrease the highway program by \(step)% of budget and raise the auto program by like amount"))
            }
        }
        let now60 = try #require(experiment.cells.first { $0.label == "now 60" }).number
        let asked = try prompt(experiment, cell: now60, order: [0, 1, 2, 3], by: .letters).components(separatedBy: "They are")[1]
        let view = try #require(ExperimentDesign(experiment, subjects: [.init(id: "nobody-1")], arms: nil).subjects[0].drawn["view"])
        #expect(asked == """
             considering the following options:
            a) Decrease the highway program by 10% of budget and raise the auto program by like amount
            b) Decrease auto program by 30% of budget and raise the highway program by like amount
            c) Maintain present budget amounts for the programs
            d) Decrease auto program by 10% of budget and raise the highway program by like amount
            Your own views: {view}. Please choose your most preferred option in light of your views [a, b, c, d]:
            """.replacingOccurrences(of: "{view}", with: view))
        // No figure, and no value, is 0 because an arm is neutral.
        let neutral = try #require(experiment.cells.first { $0.label == "neutral" })
        for to in [70, 30, 60, 50] {
            #expect(neutral.variables["to \(to)"] == "Allocate \(to)% to auto safety and \(100 - to)% to highway safety")
        }
        #expect(experiment.comparisons.count == 4)
    }

    @Test func `a minimum wage raises what either asks, and a choice is worth the wage it was made at`() throws {
        let experiment = try experiment("hiring")
        #expect(experiment.cells.count == 12 && experiment.sessions == 30)
        for cell in experiment.cells {
            let (first, minimum) = (Int(cell.variables["first"] ?? ""), Int(cell.variables["minimum"] ?? ""))
            let (asks, floor) = (try #require(first), try #require(minimum))
            #expect(cell.variables["asks"] == "\(max(asks, floor))" && cell.variables["other"] == "\(max(13, floor))")
            let decision = experiment.decisions[0].filled(cell.variables)
            let hired = DecidedAnswer(subject: "s", decision: "hire", order: [0, 1], method: .sample, chosen: 0, completions: [])
            #expect(Measure("mean hire.wage")?.value(hired, decision) == Double(max(asks, floor)))
            #expect(Measure("mean hire.experience")?.value(hired, decision) == 1)
        }
        #expect(try prompt(experiment, cell: 5, order: [0, 1], by: .sample) == """
            You are hiring for the role of "Dishwasher."
            The typical hourly rate is $12/hour.
            You have 2 candidates.
            Person 1: Has 1 year(s) of experience in this role. Requests $17/hour.
            Person 2: Has 0 year(s) of experience in this role. Requests $13/hour.
            Who would you hire? You have to pick one. Answer with "Person 1" or "Person 2".
            """)
    }
}
