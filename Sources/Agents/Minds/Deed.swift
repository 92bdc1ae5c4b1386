internal import Foundation
internal import LanguageModels

/// Something done with an object, and the state it is left in.
public struct Deed: Hashable, Sendable {
    /// `turn on the stove`.
    public var what: String
    public var state: String

    static var grammar: Grammar {
        let gbnf = #"""
            root ::= "{\"do\":\"" [a-z] [a-z ,']{3,50} "\",\"now\":\"" [a-z] [a-z ]{2,24} "\"}"

            """#
        let schema = """
            {"type":"object","additionalProperties":false,"required":["do","now"],"properties":{"do":{"type":"string",\
            "minLength":4,"maxLength":60},"now":{"type":"string","minLength":2,"maxLength":30}}}
            """
        return Grammar(gbnf: gbnf, jsonSchema: schema)
    }

    static func parsed(_ text: String) -> Self? {
        struct Line: Decodable {
            let `do`: String
            let now: String
        }
        guard let line = try? JSONDecoder().decode(Line.self, from: Data(text.utf8)) else { return nil }
        let (what, state) = (PlanText.phrase(line.do), PlanText.phrase(line.now))
        guard what.contains(where: \.isLetter), state.contains(where: \.isLetter) else { return nil }
        return Self(what: what, state: state)
    }
}
