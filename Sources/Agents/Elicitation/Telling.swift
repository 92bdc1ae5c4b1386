import Kernel

/// What a model is told of a person, in one of the four shapes.
///
/// A shape uses the words that the codebook and the panel have for it. Where they have none the shape keeps its form
/// with general words: "What should we know about you?", "a short description of yourself", "as if this were you".
///
/// - Source: Santurkar et al. 2023, "Whose Opinions Do Language Models Reflect?", `steering_prompts.json`;
///   Argyle et al. 2023, "Out of One, Many", study 3.
struct Telling {
    var askAs: AskAs
    /// Not empty.
    var sentences: [String]
    /// As many as sentences, in the same order; empty for a written persona.
    var facts: [Persona.Fact]

    /// - Parameter chat: Whether a description is announced, as to one who is instructed.
    func text(chat: Bool) -> String {
        switch askAs {
        case .qa, .interview: sentences.indices.map(turn).joined(separator: "\n\n")
        case .bio: chat ? announcement + whole : whole
        case .portray: portrayal
        }
    }

    private var whole: String { sentences.joined(separator: " ") }

    /// One question with its answer.
    private func turn(_ place: Int) -> String {
        let (question, answer) = askAs.speakers
        guard facts.indices.contains(place), let ask = facts[place].ask, let said = facts[place].answer else {
            let more = place == 0 ? "" : "else "
            return "\(question) What \(more)should we know about you?\n\(answer) \(sentences[place])"
        }
        guard askAs == .qa, let options = facts[place].options, (2...26).contains(options.count),
            let chosen = options.firstIndex(of: said)
        else { return "\(question) \(oneLine(ask))\n\(answer) \(oneLine(said))" }
        let lettered = options.enumerated().map { "\(OptionOrder.letter($0.offset)). \(oneLine($0.element))" }
        return (["\(question) \(oneLine(ask))"] + lettered + ["\(answer) \(OptionOrder.letter(chosen))"])
            .joined(separator: "\n")
    }

    private var announcement: String {
        let abouts = facts.compactMap(\.about).map { oneLine($0) }
        let what = !facts.isEmpty && abouts.count == facts.count ? "your \(listed(abouts))" : "yourself"
        return "Below you will be asked to provide a short description of \(what) and then answer some "
            + "questions.\n\nDescription: "
    }

    private var portrayal: String {
        let clauses = facts.compactMap(\.portray).map { Self.unstopped(oneLine($0)) }
        guard !facts.isEmpty, clauses.count == facts.count else {
            return "Answer the following question as if this were you: \(whole)"
        }
        return "Answer the following question as if \(listed(clauses))."
    }

    /// `a, b and c`.
    private func listed(_ parts: [String]) -> String {
        guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
        return parts.dropLast().joined(separator: ", ") + " and \(last)"
    }

    private static func unstopped(_ text: String) -> String {
        var text = text
        while text.last == "." { text.removeLast() }
        return text
    }
}

extension AskAs {
    /// The variables that this shape has no words for among what personas are told, sorted: it told them in general
    /// words. Written personas have none.
    public func lacking(in personas: [Persona]) -> [String] {
        var variables: Set<String> = []
        for persona in personas where persona.respondent != nil {
            for fact in persona.facts {
                let has =
                    switch self {
                    case .qa, .interview: fact.ask != nil
                    case .portray: fact.portray != nil
                    case .bio: true
                    }
                if !has { variables.insert(fact.variable) }
            }
        }
        return variables.sorted(by: precedes)
    }
}
