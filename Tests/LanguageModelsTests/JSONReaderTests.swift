import Foundation
import Testing

@testable import LanguageModels

private func accepts(_ json: [UInt8]) -> Bool {
    var reader = JSONReader(json)
    return (try? reader.skip()) != nil && (try? reader.end()) != nil
}

private func text(_ json: String) -> String? {
    var reader = JSONReader(Array(json.utf8))
    return try? reader.string()
}

private let chat = #"""
    {"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":"A \u00e9\ud83d\ude00\n\"q\"","refusal":null},"logprobs":{"content":[{"token":"A","logprob":-0.1,"bytes":[65],"top_logprobs":[{"token":"A","logprob":-1e-1,"bytes":[65]},{"token":"?","logprob":-2.5E0,"bytes":null},{"token":"C","logprob":0}]}]},"finish_reason":"length"},{"other":true}],"usage":{"prompt_tokens":200,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":150}}}
    """#

@Suite struct `JSON from servers` {
    @Test func `is read for what is used`() throws {
        let reply = try ChatReply(Array(chat.utf8))
        #expect(reply.content == "A é😀\n\"q\"" && reply.finish == "length" && reply.hasLogprobs)
        #expect(reply.candidates == [
            .init(token: [65], logprob: -0.1), .init(token: [63], logprob: -2.5), .init(token: [67], logprob: 0),
        ])
        #expect(reply.usage == TokenUsage(input: 200, output: 1, cached: 150))
    }

    @Test(arguments: [
        ("{}", "its JSON has no 'choices'"), (#"{"choices":[]}"#, "its JSON has no 'usage'"),
        (#"{"choices":[{}],"usage":{"prompt_tokens":1}}"#, "its JSON has no 'message'"),
        (#"{"choices":[],"usage":{"prompt_tokens":-1}}"#, "its token counts are negative"),
        ("[]", "its body is not the JSON expected"), (chat + "x", "its body is not the JSON expected"),
        (#"{"choices":[],"usage":{"prompt_tokens":1.5}}"#, "its body is not the JSON expected"),
    ]) func `that lacks something says what`(json: String, reason: String) {
        #expect(throws: Malformed(reason: reason)) { try ChatReply(Array(json.utf8)) }
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":1,}", "{'a':1}", "nul", "01", "-", "1.", ".5", "+1", "1e", "NaN", "Infinity", "\"\\x\"",
        "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"a\nb\"", "[1 2]", "{\"a\" 1}", "// c\n1", "\u{feff}1", "1 1", "tru",
    ]) func `that is none is refused`(json: String) { #expect(!accepts(Array(json.utf8))) }

    @Test func `with bytes that are no UTF-8 is refused, and nesting has a bound`() {
        #expect(!accepts([0x22, 0xff, 0x22]) && !accepts([0x22, 0xed, 0xa0, 0x80, 0x22]))
        let deep = { (count: Int) in Array(String(repeating: "[", count: count).utf8) + Array(String(repeating: "]", count: count).utf8) }
        #expect(accepts(deep(JSONReader.deepest)) && !accepts(deep(JSONReader.deepest + 1)) && !accepts(deep(1_000_000)))
    }

    @Test func `changed at random is accepted where Foundation accepts it, but for commas at an end, and only there`() {
        var state: UInt64 = 5
        func draw(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % below
        }
        let pieces = Array(#"{}[]",:\tfn019.eE+-u "#.utf8) + [0x00, 0x1f, 0x80, 0xc3, 0xff]
        var (kept, refused) = (0, 0)
        for _ in 0..<20_000 {
            var bytes = Array(chat.utf8)
            for _ in 0..<(1 + draw(2)) {
                let place = draw(bytes.count)
                switch draw(3) {
                case 0: bytes[place] = pieces[draw(pieces.count)]
                case 1: bytes.remove(at: place)
                default: bytes.insert(pieces[draw(pieces.count)], at: place)
                }
            }
            let theirs = (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
            let ours = accepts(bytes)
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(ours == (theirs && !text.contains(/,\s*[}\]]/)), "\(text)")
            if ours { kept += 1 } else { refused += 1 }
        }
        #expect(kept > 1_000 && refused > 1_000)
    }

    @Test func `that we write is what JSONEncoder writes`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for text in ["", "a/b", "\"\\\u{8}\u{c}\n\r\t", "\u{0}\u{1f}\u{7f}", "é👍\u{2028}", String(repeating: "x\n", count: 5_000)] {
            var writer = JSONWriter()
            writer.string(text)
            #expect(writer.bytes == Array(try encoder.encode(text)))
            #expect(LanguageModelsTests.text(String(decoding: writer.bytes, as: UTF8.self)) == text)
        }
        for number in [0, 1, -1, 0.1, 0.8, 1e-7, 123_456_789, 2.5, 1.0 / 3] {
            var writer = JSONWriter()
            writer.number(number)
            #expect(writer.bytes == Array(try encoder.encode(number)))
        }
    }
}
