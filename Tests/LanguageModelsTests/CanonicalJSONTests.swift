import Foundation
import Kernel
@testable import LanguageModels
import Testing

@Suite struct CanonicalJSONTests {
    /// What the key was the digest of before it was written by hand, and what stored completions are found by.
    private struct Named: Encodable {
        var identity: ModelIdentity
        var request: Request
    }

    private static let alphabet = Array("ab Z/\"\\\u{0}\u{1}\u{8}\t\n\u{B}\u{C}\r\u{1F}\u{7F}é👍🏽\u{2028}\u{202E}<&0")

    @Test(arguments: 0..<400) func `the canonical request is what Foundation encodes with sorted keys`(seed: Int) throws {
        var generator = RandomStream(seed: UInt64(seed), "canonical")
        func text() -> String { String((0..<Int.random(in: 0...9, using: &generator)).map { _ in Self.alphabet.randomElement(using: &generator)! }) }
        func number() -> Double {
            [0, 1, -0.0, 0.1, 0.95, 1e21, 1e-7, .pi, .random(in: -1e6...1e6, using: &generator)].randomElement(using: &generator)!
        }
        let identity = ModelIdentity(
            name: text(), backEnd: "llama", weights: Bool.random(using: &generator) ? text() : nil,
            library: Bool.random(using: &generator) ? text() : nil,
            settings: Dictionary(uniqueKeysWithValues: ["n_ctx", "batch", "n_batch", "attention"].shuffled(using: &generator).prefix(Int.random(in: 0...4, using: &generator)).map { ($0, text()) }))
        let prompt = Prompt(
            form: [.chat, .plain].randomElement(using: &generator)!,
            segments: (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                Prompt.Segment([.system, .user, .assistant].randomElement(using: &generator)!, text())
            })
        let texts = (0..<Int.random(in: 0...3, using: &generator)).map { _ in text() }
        let request: Request =
            switch seed % 3 {
            case 0: .embed(EmbedRequest(text: text()))
            case 1: .score(ScoreRequest(prompt: prompt, purpose: text(), continuations: texts))
            default:
                .text(
                    TextRequest(
                        prompt: prompt, purpose: text(), maximumTokens: .random(in: 1...999, using: &generator),
                        temperature: number(), topP: number(), seed: .random(in: 0...(.max), using: &generator),
                        stop: texts,
                        grammar: Bool.random(using: &generator)
                            ? Grammar(gbnf: text(), jsonSchema: Bool.random(using: &generator) ? text() : nil) : nil,
                        attempt: seed % 2))
            }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let expected = String(decoding: try encoder.encode(Named(identity: identity, request: request)), as: UTF8.self)
        #expect(try CompletionKey(identity: identity, request: request).canonical == expected)
    }
}
