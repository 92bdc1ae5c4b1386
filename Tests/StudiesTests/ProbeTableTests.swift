import Agents
import Foundation
import Reports
@testable import Studies
import Surveys
import Testing

/// Probe tables of answers whose causes are planted.
struct ProbeTableTests {
    private static let agree = Question(
        id: "agree", ask: "Agree?", scale: .ordinal,
        options: ["Yes", "Perhaps", "No"].enumerated().map { AnswerOption(code: $0, text: $1) },
        rewordings: Rewordings(paraphrases: [Wording(ask: "Is it so?")], opposite: Wording(ask: "Disagree?")))
    private static let bare = Question(
        id: "bare", ask: "Which?", scale: .nominal,
        options: ["Red", "Blue"].enumerated().map { AnswerOption(code: $0, text: $1) })

    /// What somebody of an opinion who likes letters by `prior` answers in every order.
    private func letters(
        _ persona: String, _ question: Question, _ opinion: [Double], prior: [Double], wording: Int = 0
    ) -> [ElicitedAnswer] {
        let k = opinion.count
        return (0..<(question.scale == .ordinal ? k + 1 : k)).map { index in
            let order = index < k ? (0..<k).map { ($0 + index) % k } : (0..<k).reversed()
            var evidence = [Double](repeating: 0, count: k)
            for (place, option) in order.enumerated() { evidence[option] = log(opinion[option] * prior[place]) }
            return ElicitedAnswer(
                persona: persona, question: question.id, orderIndex: index, wording: wording, method: .letters,
                options: evidence.map { .init(logLikelihood: $0, tokenCount: 1) }, coveredMass: 1, completions: [])
        }
    }

    private func table(_ answers: [ElicitedAnswer], weights: [String: Double] = [:]) -> ProbeTable {
        ProbeTable([Self.agree, Self.bare], answers: answers, weights: weights)
    }

    private func close(_ a: Double?, _ b: Double) -> Bool { a.map { abs($0 - b) < 1e-12 } ?? false }

    @Test func `who answers by content moves with nothing`() throws {
        let even = [1.0, 1, 1]
        let row = try #require(
            table(
                letters("a", Self.agree, [0.5, 0.3, 0.2], prior: even)
                    + letters("a", Self.agree, [0.5, 0.3, 0.2], prior: even, wording: 1)
                    + letters("a", Self.agree, [0.2, 0.3, 0.5], prior: even, wording: -1)
            ).rows.first)
        #expect(close(row.values[.orderEffect], 0) && close(row.values[.reversedScale], 0))
        #expect(close(row.values[.acquiescence], 0) && close(row.values[.paraphraseConsistency], 1))
        #expect(try #require(row.letterPrior).allSatisfy { close($0, 1.0 / 3) } && row.reasons.isEmpty)
    }

    @Test func `a planted liking for letters is an order effect and a letter prior`() throws {
        let prior = [0.6, 0.3, 0.1]
        let row = try #require(table(letters("a", Self.agree, [1, 1, 1], prior: prior)).rows.first)
        // Shown first an option gets .6, shown last .1.
        #expect(close(row.values[.orderEffect], 0.5) && close(row.values[.reversedScale], 0.5))
        for (found, planted) in zip(try #require(row.letterPrior), prior) { #expect(close(found, planted)) }
    }

    @Test func `yea-sayers show in agreement with both, by their weight`() throws {
        let even = [1.0, 1, 1]
        let yes = [1 - 2e-15, 1e-15, 1e-15]
        let answers =
            letters("yea", Self.agree, yes, prior: even) + letters("yea", Self.agree, yes, prior: even, wording: -1)
            + letters("content", Self.agree, [0.2, 0.2, 0.6], prior: even)
            + letters("content", Self.agree, [0.6, 0.2, 0.2], prior: even, wording: -1)
        #expect(close(table(answers).rows[0].values[.acquiescence], 0.5))
        #expect(close(table(answers, weights: ["yea": 0.5, "content": 1.5]).rows[0].values[.acquiescence], 0.25))
    }

    @Test func `consistency is each person's own, not the mean's`() throws {
        let even = [1.0, 1, 1]
        let (one, other) = ([0.8, 0.1, 0.1], [0.1, 0.1, 0.8])
        // Two people swap their opinions with the wording, so that the shares over both stay.
        let answers = [("a", one, other), ("b", other, one)].flatMap { name, first, second in
            letters(name, Self.agree, first, prior: even) + letters(name, Self.agree, second, prior: even, wording: 1)
        }
        #expect(close(table(answers).rows[0].values[.paraphraseConsistency], 0.3))
    }

    @Test func `what is undefined is a dash with its reason`() throws {
        let even = letters("a", Self.agree, [1, 1, 1], prior: [1, 1, 1])
        let found = table(even + letters("a", Self.bare, [1, 1], prior: [1, 1]))
        let unasked = "not asked; poll with --probe"
        #expect(found.rows[0].reasons == [.acquiescence: unasked, .paraphraseConsistency: unasked])
        #expect(
            found.rows[1].reasons == [
                .reversedScale: "the options lie on no line", .acquiescence: "the codebook gives no opposite",
                .paraphraseConsistency: "the codebook gives no paraphrases",
            ])
        #expect(found.mean(.acquiescence) == nil && close(found.mean(.reversedScale), 0) && found.letterPrior == nil)
        let row = try #require(found.text.split(separator: "\n").first { $0.hasPrefix("bare") })
        #expect(row.split(separator: " ").map(String.init) == ["bare", "0.000", "-", "-", "-"])
        #expect(found.text.contains("No agreeing, paraphrase of agree: not asked; poll with --probe."))
        #expect(found.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(found.json.written().contains("\"acquiescence\": null"))
        var silent = even
        for index in silent.indices {
            silent[index].options = silent[index].options.map { _ in .init(logLikelihood: nil, tokenCount: 0) }
        }
        #expect(table(silent).rows[0].values.isEmpty)
        #expect(table(silent).rows[0].reasons[.orderEffect] == "nobody's answers show their labels in every order")
    }
}
