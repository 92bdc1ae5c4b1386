import Foundation
@testable import LanguageModels
import Testing

@Suite struct SamplingTests {
    private func draws(_ logits: [Float], temperature: Double = 1, topP: Double = 1, count: Int = 20_000) -> [Int] {
        var generator = SamplingGenerator(seed: 5)
        var hits = [Int](repeating: 0, count: logits.count)
        for _ in 0..<count {
            logits.withUnsafeBufferPointer {
                if let token = drawToken($0, temperature: temperature, topP: topP, using: &generator) { hits[Int(token)] += 1 }
            }
        }
        return hits
    }

    @Test func `tokens are drawn as often as their probability`() {
        // Probabilities .5, .3, .2; the standard error of a share is at most .0036.
        let hits = draws([0, -0.5108256, -0.9162907])
        for (hit, share) in zip(hits, [0.5, 0.3, 0.2]) { #expect(abs(Double(hit) / 20_000 - share) < 0.015) }
    }

    @Test func `a flat tail of many tokens keeps its mass`() {
        // One token at 13 nats above 200,000 others: they hold 200000 e^-13 / (1 + 200000 e^-13) = .311.
        let hits = draws([13] + [Float](repeating: 0, count: 200_000), count: 300)
        #expect(abs(Double(hits[0]) / 300 - 0.689) < 0.1)
    }

    @Test func `tokens beyond the nucleus are never drawn`() {
        let hits = draws([0, -0.5108256, -0.9162907], topP: 0.75)
        #expect(hits[2] == 0 && hits[1] > 0)
    }

    @Test func `temperature zero takes the likeliest and nothing possible gives nothing`() {
        #expect(draws([-1, 3, 2], temperature: 0, count: 10) == [0, 10, 0])
        #expect(draws([-.infinity, -.infinity], count: 10) == [0, 0])
    }

    @Test func `the normaliser is the log of the summed exponentials`() {
        let logits: [Float] = [100, 100, 100, 100]
        #expect(abs(logits.withUnsafeBufferPointer { logSumExp($0) } - 101.38629436) < 1e-6)
    }

    @Test(arguments: [1, 7, 8, 9, 1000, 49_152]) func `the normaliser is that of the C library's exponential`(count: Int) {
        var generator = SamplingGenerator(seed: UInt64(count))
        let logits = (0..<count).map { _ in Float(generator.unit() * 60 - 40) } + [-.infinity, -900, -3]
        let top = Double(logits.max() ?? 0)
        let expected = top + log(logits.reduce(0.0) { $0 + exp(Double($1) - top) })
        let found = logits.withUnsafeBufferPointer { logSumExp($0) }
        #expect(abs(found - expected) <= 1e-14 * max(1, abs(expected)))
    }

    @Test func `where nothing is possible the normaliser is minus infinity`() {
        let logits = [Float](repeating: -.infinity, count: 20)
        #expect(logits.withUnsafeBufferPointer { logSumExp($0) } == -.infinity)
    }
}
