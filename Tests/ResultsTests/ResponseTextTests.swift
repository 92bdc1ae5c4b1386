import Foundation
import Kernel
import LanguageModels
@testable import Results
import Testing

@Suite struct ResponseTextTests {
    /// As Foundation encodes it: what databases hold from before it was written by hand.
    private struct Stored: Codable {
        var text: String?
        var complete: Bool?
        var scores: [ContinuationScore]?
        var embedding: [Float]?
    }

    @Test(arguments: 0..<300) func `responses are written as Foundation writes them, and read back to the bit`(seed: Int) throws {
        var generator = RandomStream(seed: UInt64(seed), "responses")
        let response: Response
        var stored = Stored()
        switch seed % 3 {
        case 0:
            let alphabet = Array("ab/\"\\\u{0}\u{1}\u{8}\t\n\u{B}\u{C}\r\u{1F}é👍🏽\u{2028}")
            let text = String((0..<Int.random(in: 0...12, using: &generator)).map { _ in alphabet.randomElement(using: &generator)! })
            response = .text(text, complete: seed % 2 == 0)
            (stored.text, stored.complete) = (text, seed % 2 == 0)
        case 1:
            let scores = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
                ContinuationScore(
                    logLikelihood: Bool.random(using: &generator) ? Double(bitPattern: finite64(&generator)) : nil,
                    tokenCount: .random(in: 0...50, using: &generator))
            }
            response = .scores(scores)
            stored.scores = scores
        default:
            let vector = (0..<40).map { index in
                index % 2 == 0 ? Float(bitPattern: finite32(&generator)) : Float.random(in: -1...1, using: &generator)
            }
            response = .embedding(vector)
            stored.embedding = vector
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = try #require(response.storedText)
        #expect(text == String(decoding: try encoder.encode(stored), as: UTF8.self))
        #expect(Response(storedText: text).map(bits) == bits(response))
    }

    @Test func `the nearest number is found for decimals at the middle between two`() {
        var generator = RandomStream(seed: 1, "decimals")
        for _ in 0..<200_000 {
            let digits = UInt64.random(in: 0..<1 << UInt64.random(in: 1...63, using: &generator), using: &generator)
            let text = "\(digits)e\(Int.random(in: -40...40, using: &generator))"
            expectNearest(text)
            let one = Float(bitPattern: UInt32.random(in: 1..<0x7F00_0000, using: &generator))
            expectNearest("\((Double(one) + Double(one.nextUp)) / 2)")
        }
        for text in ["0", "-0", "0.0", "1e400", "00012", "1E5", "9007199254740993", "0.000000000000000000000000012"] { expectNearest(text) }
    }

    @Test(arguments: [
        "", "{}", "[]", "null", "{\"text\":\"a\"}", "{\"complete\":true,\"text\":\"a}", "{\"complete\":true,\"text\":\"a\"} ",
        "{\"complete\":true,\"text\":\"\\u00zz\"}", "{\"complete\":true,\"text\":\"\\q\"}", "{\"complete\":maybe,\"text\":\"\"}",
        "{\"scores\":[{\"tokenCount\":1.5}]}", "{\"scores\":[{\"tokenCount\":99999999999999999999}]}", "{\"scores\":[,]}",
        "{\"embedding\":[1,]}", "{\"embedding\":[-]}", "{\"embedding\":[1e]}", "{\"embedding\":[.5]}", "{\"embedding\":[1.]}",
        "{\"embedding\":[nan]}", "{\"embedding\":[1]", "{\"complete\":true,\"text\":\"a\nb\"}",
    ]) func `a damaged response is read as none`(text: String) {
        #expect(Response(storedText: text) == nil)
    }

    @Test func `every beginning of a response but the whole is read as none`() throws {
        for response in [
            Response.text("a\"\u{1}\n👍", complete: false), .scores([.init(logLikelihood: -1.5e-7, tokenCount: 3)]),
            .embedding([0.25, -3]),
        ] {
            let bytes = Array(try #require(response.storedText).utf8)
            for count in bytes.indices {
                #expect(Response(storedText: String(decoding: bytes.prefix(count), as: UTF8.self)) == nil)
            }
        }
    }

    private func expectNearest(_ text: String) {
        var copy = text
        copy.withUTF8 { bytes in
            let number = DecimalNumber(bytes, from: 0)
            guard let double = number.flatMap(Double.init), let float = number.flatMap(Float.init) else {
                Issue.record("\(text) is not read")
                return
            }
            if double.bitPattern != Double(text)?.bitPattern || float.bitPattern != Float(text)?.bitPattern {
                Issue.record("\(text) is read as \(double) and \(float)")
            }
        }
    }
}

private func bits(_ response: Response) -> [UInt64] {
    switch response {
    case .text(let text, let complete): text.utf8.map(UInt64.init) + [complete ? 1 : 0]
    case .scores(let scores): scores.flatMap { [$0.logLikelihood?.bitPattern ?? 7, UInt64($0.tokenCount)] }
    case .embedding(let vector): vector.map { UInt64($0.bitPattern) }
    }
}

private func finite64(_ generator: inout some RandomNumberGenerator) -> UInt64 {
    let bits = UInt64.random(in: 0...(.max), using: &generator)
    return Double(bitPattern: bits).isFinite ? bits : 0
}

private func finite32(_ generator: inout some RandomNumberGenerator) -> UInt32 {
    let bits = UInt32.random(in: 0...(.max), using: &generator)
    return Float(bitPattern: bits).isFinite ? bits : 0
}
