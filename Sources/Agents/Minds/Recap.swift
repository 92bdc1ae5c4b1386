internal import Foundation
internal import LanguageModels

/// What somebody makes of a conversation: what was said, in their own words, and what it means for their plans.
struct Recap: Hashable, Sendable {
    var said: String
    /// `nil` where it means nothing for them.
    var plans: String?

    static var grammar: Grammar {
        let gbnf = #"""
            root ::= "{\"said\":\"" [A-Z] \#(GrammarText.character){8,110} "\",\"plans\":" plans "}"
            plans ::= "null" | "\"" [A-Z] \#(GrammarText.character){8,110} "\""

            """#
        let schema = """
            {"type":"object","additionalProperties":false,"required":["said","plans"],"properties":{"said":{"type":"string",\
            "minLength":9,"maxLength":111},"plans":{"anyOf":[{"type":"null"},{"type":"string","minLength":9,"maxLength":111}]}}}
            """
        return Grammar(gbnf: gbnf, jsonSchema: schema)
    }

    static func parsed(_ text: String) -> Self? {
        struct Line: Decodable {
            let said: String
            let plans: String?
        }
        guard let line = try? JSONDecoder().decode(Line.self, from: Data(text.utf8)) else { return nil }
        let (said, plans) = (Utterance.plain(line.said), line.plans.map { Utterance.plain($0) })
        guard said.contains(where: \.isLetter) else { return nil }
        return Self(said: said, plans: plans.flatMap { $0.contains(where: \.isLetter) ? $0 : nil })
    }
}
