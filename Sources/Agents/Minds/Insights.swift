internal import Foundation
public import LanguageModels

/// What somebody concludes from memories, with the memories it rests on.
public struct Insight: Hashable, Sendable {
    public var text: String
    /// Sequences in the stream, in the order cited, each once.
    public var evidence: [Int]
}

extension Insight {
    /// Up to `most` insights, each citing up to three of `count` numbered statements.
    public static func grammar(count: Int, most: Int) -> Grammar {
        let numbers = (1...max(1, count)).map { "\"\($0)\"" }.joined(separator: " | ")
        let more = String(repeating: #" ("," item"#, count: max(1, most) - 1) + String(repeating: ")?", count: max(1, most) - 1)
        let gbnf = #"""
            root ::= "[" item\#(more) "]"
            item ::= "{\"insight\":\"" text "\",\"because\":[" number ("," number ("," number)?)? "]}"
            text ::= [A-Z] \#(GrammarText.character){8,110}
            number ::= \#(numbers)

            """#
        let schema = """
            {"type":"array","minItems":1,"maxItems":\(max(1, most)),"items":{"type":"object","additionalProperties":false,\
            "required":["insight","because"],"properties":{"insight":{"type":"string","minLength":9,"maxLength":111},\
            "because":{"type":"array","minItems":1,"maxItems":3,"items":{"type":"integer","minimum":1,\
            "maximum":\(max(1, count))}}}}}
            """
        return Grammar(gbnf: gbnf, jsonSchema: schema)
    }

    /// Reads such a list; numbers stand for the statements shown.
    ///
    /// - Parameter shown: Sequences of the numbered statements, first is 1.
    /// - Returns: The insights that cite something shown, and how many did not; `nil` for anything that is no such list.
    public static func parsed(_ text: String, shown: [Int], most: Int) -> (insights: [Insight], uncited: Int)? {
        struct Line: Decodable {
            let insight: String
            let because: [Int]
        }
        guard let lines = try? JSONDecoder().decode([Line].self, from: Data(text.utf8)) else { return nil }
        var insights: [Insight] = []
        var uncited = 0
        for line in lines.prefix(most) {
            var evidence: [Int] = []
            for number in line.because where (1...max(1, shown.count)).contains(number) && !shown.isEmpty {
                if !evidence.contains(shown[number - 1]) { evidence.append(shown[number - 1]) }
            }
            let words = Utterance.plain(line.insight)
            if evidence.isEmpty || !words.contains(where: \.isLetter) {
                uncited += 1
            } else if !insights.contains(where: { $0.text == words }) {
                insights.append(Insight(text: words, evidence: evidence))
            }
        }
        return (insights, uncited)
    }
}
