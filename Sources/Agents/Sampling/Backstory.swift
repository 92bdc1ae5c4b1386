import Surveys

/// The sentences a panel tells its personas about themselves, checked against the codebook.
struct Backstory {
    private enum Part {
        case text(String)
        case name(String)
    }

    private let sentences: [(variable: String, parts: [Part])]
    private let codebook: Codebook

    /// - Throws: ``PanelError`` where a sentence names a held-out question or something the survey does not have.
    init(_ panel: Panel, codebook: Codebook) throws(PanelError) {
        self.codebook = codebook
        for id in panel.heldOut where codebook.question(id) == nil {
            throw .unknownName(panel: panel.id, name: id)
        }
        sentences = panel.backstory.map { ($0.variable, Self.parts($0.template)) }
        for sentence in sentences {
            let named = sentence.parts.compactMap { if case .name(let name) = $0 { name } else { nil } }
            for name in [sentence.variable] + named {
                if panel.heldOut.contains(name) { throw .heldOutInBackstory(panel: panel.id, question: name) }
                if codebook.variable(name) == nil, codebook.question(name) == nil {
                    throw .unknownName(panel: panel.id, name: name)
                }
            }
        }
    }

    /// What one respondent is told, in the panel's order; sentences with a missing cell are left out.
    func facts(for respondent: Respondent) -> [Persona.Fact] {
        sentences.compactMap { sentence in
            guard words(for: sentence.variable, of: respondent) != nil else { return nil }
            var text = ""
            for part in sentence.parts {
                switch part {
                case .text(let literal): text += literal
                case .name(let name):
                    guard let words = words(for: name, of: respondent) else { return nil }
                    text += words
                }
            }
            return Persona.Fact(variable: sentence.variable, sentence: text)
        }
    }

    /// The words for a variable's cell, or for the respondent's own answer to a question; `nil` where missing.
    private func words(for name: String, of respondent: Respondent) -> String? {
        if let variable = codebook.variable(name) {
            return respondent.variables[name].map(variable.words(for:))
        }
        guard let question = codebook.question(name), case .option(let index)? = respondent.answers[name],
            question.options.indices.contains(index)
        else { return nil }
        return question.options[index].fills ?? question.options[index].text
    }

    /// `I am {age}.` as text, name, text; a brace without its partner is text.
    private static func parts(_ template: String) -> [Part] {
        var parts: [Part] = []
        var rest = Substring(template)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            parts.append(.text(String(rest[..<open])))
            parts.append(.name(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        return parts + [.text(String(rest))]
    }
}
