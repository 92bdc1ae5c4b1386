import Agents
import Foundation
import Testing

struct ElicitationCorrectionTests {
    private func answer(
        _ own: [Double?], domain: [Double] = [], free: [Double] = [], method: ElicitationMethod = .words,
        order: Int = 0, covered: Double? = nil
    ) -> ElicitedAnswer {
        ElicitedAnswer(
            persona: "p", question: "q", orderIndex: order, method: method,
            options: own.enumerated().map { index, value in
                .init(
                    logLikelihood: value, tokenCount: 2,
                    domainLogLikelihood: domain.indices.contains(index) ? domain[index] : nil,
                    personaFreeLogLikelihood: free.indices.contains(index) ? free[index] : nil)
            }, coveredMass: covered, completions: [])
    }

    private func close(_ a: [Double]?, _ b: [Double]?) -> Bool {
        guard let a, let b, a.count == b.count else { return false }
        return zip(a, b).allSatisfy { abs($0 - $1) < 1e-12 }
    }

    @Test(arguments: Correction.applicable(to: .words))
    func `shares sum to 1 and a constant moves nothing`(_ correction: Correction) throws {
        let (own, domain, free) = ([-9.0, -4.5, -700], [-3.0, -8, -2], [-1.0, -2, -6.5])
        let shares = try #require(correction.shares([answer(own, domain: domain, free: free)], optionCount: 3))
        #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
        let moved = answer(own.map { $0 + 3.25 }, domain: domain.map { $0 - 50 }, free: free.map { $0 + 8 })
        #expect(close(shares, correction.shares([moved], optionCount: 3)))
        #expect(!close(shares, correction.shares([answer([-9, -4, -700], domain: domain, free: free)], optionCount: 3)))
    }

    @Test func `each correction takes off its own evidence`() {
        let one = answer([-1, -2], domain: [-1, -3], free: [-4, -5])
        #expect(close(Correction.uncorrected.shares([one], optionCount: 2), [0.7310585786300049, 0.2689414213699951]))
        #expect(close(Correction.domain.shares([one], optionCount: 2), [1 / (1 + 2.718281828459045), 1 - 1 / (1 + 2.718281828459045)]))
        #expect(close(Correction.personaFree.shares([one], optionCount: 2), [0.5, 0.5]))
    }

    @Test func `letters are averaged over the orders as shares`() {
        let orders = [answer([0, -700], method: .letters), answer([-1, -1], method: .letters, order: 1)]
        #expect(close(Correction.uncorrected.shares(orders, optionCount: 2), [0.75, 0.25]))
        #expect(Correction.personaFree.shares(orders, optionCount: 2) == nil)
    }

    @Test func `a label the server did not list gets what its code gives it`() {
        // Listed .6 and .3: the third gets min(.3, .1 / 1) = .1.
        let one = answer([-0.5108256237659907, nil, -1.2039728043259361], method: .letters, covered: 0.9)
        #expect(close(Correction.uncorrected.shares([one], optionCount: 3), [0.6, 0.1, 0.3]))
        #expect(Correction.uncorrected.shares([answer([nil, nil], method: .letters)], optionCount: 2) == nil)
    }

    @Test func `samples are frequencies of those who could be read, and nil where nobody could`() {
        func draw(_ chosen: Int?, refused: Bool = false, dontKnow: Bool = false) -> ElicitedAnswer {
            ElicitedAnswer(
                persona: "p", question: "q", method: .sample, chosen: chosen, refused: refused, dontKnow: dontKnow,
                unparsed: chosen == nil && !refused && !dontKnow, completions: [])
        }
        let some = [draw(0), draw(2), draw(nil), draw(2), draw(nil, refused: true), draw(2)]
        #expect(Correction.uncorrected.shares(some, optionCount: 3) == [0.25, 0, 0.75])
        #expect(Correction.uncorrected.shares([draw(nil)], optionCount: 3) == nil)
        #expect(Correction.uncorrected.shares([], optionCount: 3) == nil)
        let kinds = AnswerKinds(some + [draw(nil, dontKnow: true), draw(nil, dontKnow: true)])
        #expect(kinds?.count == 8 && kinds?.read == 0.5)
        #expect(kinds?.refused == 0.125 && kinds?.dontKnow == 0.25 && kinds?.unparsed == 0.125)
        #expect(AnswerKinds([]) == nil && AnswerKinds([answer([-1, -2])]) == nil)
    }

    @Test func `the labels' part of the probability is a mean and a least`() {
        let masses = [0.5, 1, 0.75].map { answer([-1, -2], method: .letters, covered: $0) }
        #expect(CoveredMass(masses)?.mean == 0.75 && CoveredMass(masses)?.least == 0.5)
        #expect(CoveredMass([answer([-1, -2])]) == nil)
    }

    /// What a model answers who believes `opinion` and likes letters by `prior`, in every order.
    private func letters(_ opinion: [Double], prior: [Double], orders: Int) -> [ElicitedAnswer] {
        let k = opinion.count
        return (0..<orders).map { index in
            let order = index < k ? (0..<k).map { ($0 + index) % k } : (0..<k).reversed()
            var evidence = [Double?](repeating: nil, count: k)
            for (place, option) in order.enumerated() { evidence[option] = log(opinion[option] * prior[place]) }
            return answer(evidence, method: .letters, order: index)
        }
    }

    @Test func `a planted liking for letters is found and taken off`() throws {
        let (opinion, prior) = ([0.2, 0.5, 0.3], [0.6, 0.1, 0.3])
        let answers = letters(opinion, prior: prior, orders: 4)
        #expect(close(Correction.letterPrior.shares(answers, optionCount: 3), opinion))
        let raw = try #require(Correction.uncorrected.shares(answers, optionCount: 3))
        #expect(!close(raw, opinion))
        let found = try #require(Correction.letterPrior(answers, 3))
        #expect(found[0] > found[2] && found[2] > found[1])
    }

    @Test func `a letter prior needs every cyclic order and leaves other methods alone`() {
        let answers = letters([0.2, 0.5, 0.3], prior: [0.6, 0.1, 0.3], orders: 4)
        for missing in 0..<3 {
            let some = answers.filter { $0.orderIndex != missing }
            #expect(Correction.letterPrior.shares(some, optionCount: 3) == nil)
        }
        #expect(Correction.letterPrior.shares(Array(answers.dropLast()), optionCount: 3) != nil)
        let words = answer([-1, -2], domain: [-1, -1], free: [-1, -1])
        #expect(Correction.letterPrior.shares([words], optionCount: 2) == nil)
        #expect(Correction.applicable(to: .letters) == [.uncorrected, .letterPrior])
        #expect(Correction.applicable(to: .sample) == [.uncorrected])
    }

    @Test func `persona-free is called what it is`() {
        #expect(Correction.personaFree.label == "between-person movement, centred on uniform")
        #expect(Correction.allCases.map(\.rawValue) == ["none", "domain", "persona-free", "letter-prior"])
    }
}
