internal import Foundation
internal import LanguageModels

/// The questions a reflection asks, as a JSON list of strings.
enum Questions {
    static func grammar(count: Int) -> Grammar {
        let gbnf =
            "root ::= \"[\" item" + String(repeating: " \",\" item", count: max(1, count) - 1)
            + " \"]\"\nitem ::= \"\\\"\" verb \" \" [a-zA-Z] [a-zA-Z ,']{6,80} \"?\\\"\"\n"
            + "verb ::= \"What\" | \"How\" | \"Why\" | \"Who\" | \"Which\"\n"
        let schema = """
            {"type":"array","minItems":\(max(1, count)),"maxItems":\(max(1, count)),"items":{"type":"string",\
            "minLength":8,"maxLength":100}}
            """
        return Grammar(gbnf: gbnf, jsonSchema: schema)
    }

    /// - Returns: Up to `count` different questions; `nil` where there is none.
    static func parsed(_ text: String, count: Int) -> [String]? {
        guard let lines = try? JSONDecoder().decode([String].self, from: Data(text.utf8)) else { return nil }
        var questions: [String] = []
        for line in lines.map({ Utterance.plain($0) }) where line.contains(where: \.isLetter) && !questions.contains(line) {
            questions.append(line)
        }
        return questions.isEmpty ? nil : Array(questions.prefix(max(1, count)))
    }
}
