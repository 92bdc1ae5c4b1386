import Surveys

/// The sentences a panel tells its personas about themselves, checked against the codebook.
struct Backstory {
    private enum Part {
        case text(String)
        case name(String)
    }

    private let sentences: [(written: Panel.Sentence, say: [Part], portray: [Part]?)]
    private let codebook: Codebook

    /// - Throws: ``PanelError`` where a sentence names a held-out question or something the survey does not have.
    init(_ panel: Panel, codebook: Codebook) throws(PanelError) {
        self.codebook = codebook
        for id in panel.heldOut where codebook.question(id) == nil {
            throw .unknownName(panel: panel.id, name: id)
        }
        sentences = panel.backstory.map { ($0, Self.parts($0.template), $0.portray.map(Self.parts)) }
        for sentence in sentences {
            for name in [sentence.written.variable] + Self.names(sentence.say + (sentence.portray ?? [])) {
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
            let name = sentence.written.variable
            guard words(for: name, of: respondent) != nil, let said = filled(sentence.say, of: respondent) else {
                return nil
            }
            var fact = Persona.Fact(
                variable: name, sentence: said, portray: sentence.portray.flatMap { filled($0, of: respondent) },
                about: sentence.written.about)
            let others = Self.names(sentence.say + (sentence.portray ?? [])).filter { $0 != name }
            if !others.isEmpty { fact.alsoTells = others }
            // A sentence that says more than its variable is not that variable's answer.
            if Self.names(sentence.say).allSatisfy({ $0 == name }) {
                (fact.ask, fact.options, fact.answer) = asked(name, of: respondent)
            }
            return fact
        }
    }

    private func filled(_ parts: [Part], of respondent: Respondent) -> String? {
        var text = ""
        for part in parts {
            switch part {
            case .text(let literal): text += literal
            case .name(let name):
                guard let words = words(for: name, of: respondent) else { return nil }
                text += words
            }
        }
        return text
    }

    /// The survey's own question about a variable, with what it offers and what the respondent said.
    private func asked(
        _ name: String, of respondent: Respondent
    ) -> (ask: String?, options: [String]?, answer: String?) {
        if let variable = codebook.variable(name) {
            guard let ask = variable.ask else { return (nil, nil, nil) }
            return (ask, variable.options, words(for: name, of: respondent))
        }
        guard let question = codebook.question(name), case .option(let index)? = respondent.answers[name],
            question.options.indices.contains(index)
        else { return (nil, nil, nil) }
        return (question.ask, question.options.map(\.text), question.options[index].text)
    }

    private static func names(_ parts: [Part]) -> [String] {
        parts.compactMap { if case .name(let name) = $0 { name } else { nil } }
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
