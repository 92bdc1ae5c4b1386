import Foundation
import Testing

@testable import Surveys

@Suite struct YardstickTests {
    /// The shipped extract, without its codebook.
    private func people(_ name: String, question: String, options: [String], variables: [String], id: String? = nil) throws
        -> (Question, [Respondent])
    {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let table = try CSVTable([UInt8](Data(contentsOf: root.appending(path: "Personas/data/\(name).csv"))))
        let asked = Question(
            id: question, ask: "?", scale: .ordinal, options: options.enumerated().map { AnswerOption(code: $0, text: $1) })
        let column = Dictionary(uniqueKeysWithValues: table.header.enumerated().map { ($1, $0) })
        let place = try #require(column[question])
        return (
            asked,
            table.rows.enumerated().map { number, row in
                var person = Respondent(id: "\(number)")
                for name in variables { if let index = column[name], !row.cells[index].isEmpty { person.variables[name] = row.cells[index] } }
                if let option = options.firstIndex(of: row.cells[place]) { person.answers[question] = .option(option) }
                return person
            }
        )
    }

    @Test func `party alone foretells the 1996 vote as well as the independent figures say`() throws {
        let (question, people) = try people("anes1996", question: "vote_dole", options: ["1", "0"], variables: ["pid7", "age_band", "educ", "income3"])
        var draws = Seeded(state: 1996)
        let yardstick = try Yardstick(question, on: ["pid7"], of: people, using: &draws)
        #expect(yardstick.truth.count == 944)
        #expect(abs(yardstick.accuracy - 0.905) < 0.01)
        #expect(near(cohensKappa(yardstick.table), 0.806, 0.01))
        #expect(near(tetrachoricCorrelation(yardstick.table), 0.957, 0.01))
        #expect(abs(yardstick.brier - 0.0808) < 0.01)
        #expect(abs(yardstick.majorityAccuracy - 551.0 / 944) < 1e-9)
        let weak = try Yardstick(question, on: ["age_band", "educ", "income3"], of: people, using: &draws)
        #expect(abs(weak.accuracy - 0.608) < 0.025)
        #expect(yardstick.logLoss < weak.logLoss && weak.logLoss < 0.69)
    }

    @Test func `predicted distributions by group are near people's, and the same seed gives the same folds`() throws {
        let (question, people) = try people("anes1996", question: "self_lr", options: ["1", "2", "3", "4", "5", "6", "7"], variables: ["party"])
        var (one, two) = (Seeded(state: 3), Seeded(state: 3))
        let a = try Yardstick(question, on: ["party"], of: people, using: &one)
        #expect(a == (try Yardstick(question, on: ["party"], of: people, using: &two)))
        let groups = a.distributions { people[$0].variables["party"] }
        #expect(groups.count == 3)
        for group in groups {
            #expect(abs(group.predicted.shares.reduce(0, +) - 1) < 1e-9)
            #expect(totalVariation(group.predicted.shares, group.human.shares) < 0.05)
        }
        #expect(a.accuracy > a.majorityAccuracy)
    }

    @Test func `a variable that says nothing predicts no better than the whole's shares`() throws {
        var draws = Seeded(state: 8)
        let question = Question(id: "q", ask: "?", scale: .nominal, options: (0..<3).map { AnswerOption(code: $0, text: "\($0)") })
        let people = (0..<2000).map { index in
            Respondent(
                id: "\(index)", variables: ["noise": "\(Int.random(in: 0..<20, using: &draws))"],
                answers: ["q": .option([0, 0, 1, 2][Int.random(in: 0..<4, using: &draws)])])
        }
        let yardstick = try Yardstick(question, on: ["noise"], of: people, using: &draws)
        #expect(yardstick.logLoss > 1.03 && yardstick.logLoss < 1.07)
        #expect(abs(yardstick.accuracy - 0.5) < 0.03)
    }

    @Test func `the logit without a ridge gives back a saturated table's shares, and its gradient is nil`() throws {
        let counts = ["a": [10, 30, 60], "b": [50, 25, 25]]
        var (rows, outcomes) = ([[String?]](), [Int]())
        for name in ["a", "b"] {
            for (option, count) in (counts[name] ?? []).enumerated() {
                for _ in 0..<count {
                    rows.append([name])
                    outcomes.append(option)
                }
            }
        }
        let free = try MultinomialLogit(rows: rows, outcomes: outcomes, weights: outcomes.map { _ in 2 }, classes: 3, ridge: 1e-9)
        #expect(zip(free.shares(for: ["a"]), [0.1, 0.3, 0.6]).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(free.gradient < 1e-8)
        let stiff = try MultinomialLogit(rows: rows, outcomes: outcomes, weights: outcomes.map { _ in 1 }, classes: 3, ridge: 1e6)
        #expect(zip(stiff.shares(for: ["b"]), [0.3, 0.275, 0.425]).allSatisfy { abs($0 - $1) < 1e-3 })
        #expect(stiff.shares(for: ["unseen"]) == stiff.shares(for: [nil]))
    }

    @Test func `a ridge logit of two classes stands where its penalised likelihood is flat`() throws {
        // One binary variable, 6 of 8 yes against 2 of 8: by symmetry logit(p) = d and (p - .75) 8 + ridge d / 2 = 0
        // for each class's coefficient b = d / 2.
        let rows: [[String?]] = (0..<16).map { [$0 < 8 ? "l" : "r"] }
        let outcomes = (0..<16).map { $0 < 8 ? ($0 < 6 ? 0 : 1) : ($0 < 14 ? 1 : 0) }
        let p = try MultinomialLogit(rows: rows, outcomes: outcomes, weights: rows.map { _ in 1 }, classes: 2).shares(for: ["l"])[0]
        #expect(abs((p - 0.75) * 8 + log(p / (1 - p)) / 2) < 1e-6)
    }

    @Test func `a post-stratified logit foretells groups of the other half of the GSS better than the whole's marginal`() throws {
        let items = ["natenvir", "natrace", "natfare"]
        var draws = Seeded(state: 2018)
        var (whole, logit, count) = (0.0, 0.0, 0.0)
        for item in items {
            let (question, everybody) = try people("gss2018", question: item, options: ["1", "2", "3"], variables: ["party", "race"])
            try #require(question.distribution(of: everybody) != nil)
            for _ in 0..<5 {
                let order = everybody.shuffled(using: &draws)
                let (train, test) = (Array(order.prefix(order.count / 2)), Array(order.dropFirst(order.count / 2)))
                let fit = try LogitPoststratification(question, on: ["party", "race"], of: train)
                let overall = try #require(question.distribution(of: train)).shares
                for party in ["Democrat", "Republican"] {
                    let members = test.filter { $0.variables["party"] == party }
                    let truth = try #require(question.distribution(of: members)).shares
                    let cells = members.populationCells(of: ["party", "race"])
                    whole += try #require(representativeness(truth, overall, positions: [1, 2, 3]))
                    let predicted = try #require(fit.shares(of: cells))
                    logit += try #require(representativeness(truth, predicted, positions: [1, 2, 3]))
                    count += 1
                }
            }
        }
        #expect(logit / count > 0.96)
        #expect(whole / count < logit / count - 0.02)
    }
}
