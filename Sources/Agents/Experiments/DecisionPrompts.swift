internal import LanguageModels

/// The prompts that put a decision to a subject: functions of values, with nothing else in them.
///
/// A subject without a persona is told nothing about itself but its endowment: the model decides as it is.
enum DecisionPrompts {
    static let scene = "You are a person taking part in a study. Decide as this person would."

    /// Instructed, to be answered in words or by a label.
    static func chat(_ encounter: Encounter, byLabel: Bool) -> Prompt {
        let opening = opening(encounter)
        return QuestionPrompts.joined(
            .chat,
            [
                (.system, encounter.persona == nil ? "" : scene), (.user, opening),
                (.user, (opening.isEmpty ? "" : "\n\n") + told(encounter)),
                (.user, listed(encounter)), (.user, asked(encounter, closing: closing(encounter.decision, byLabel: byLabel))),
            ])
    }

    /// A text that ends in the subject's own statement, up to its gap.
    static func plain(_ encounter: Encounter) -> Prompt {
        let opening = opening(encounter)
        let statement = Statement(encounter.decision.say ?? "").before
        return QuestionPrompts.joined(
            .plain,
            [
                (.user, opening), (.user, (opening.isEmpty ? "" : "\n\n") + told(encounter)),
                (.user, listed(encounter)), (.user, asked(encounter, closing: "")), (.user, "\n" + statement),
            ])
    }

    /// What a reply was that could not be used, and what is asked for instead.
    static func repair(_ encounter: Encounter, reply: String) -> Prompt {
        var prompt = chat(encounter, byLabel: false)
        let said = oneLine(String(reply.unicodeScalars.prefix(200)))
        prompt.segments += [
            Prompt.Segment(.assistant, said.isEmpty ? "..." : said),
            Prompt.Segment(.user, "That cannot be used. " + closing(encounter.decision, byLabel: false)),
        ]
        return prompt
    }

    /// What may fill the gap, in the order of the outcomes: whole, with what follows the gap and a full stop, so that none
    /// is another's beginning.
    static func completions(_ encounter: Encounter) -> [String] {
        let statement = Statement(encounter.decision.say ?? "")
        let fills: [String]
        switch encounter.decision.kind {
        case .choice(let options, let labels):
            fills = options.indices.map { option in
                let label = encounter.order.firstIndex(of: option).flatMap { labels.indices.contains($0) ? labels[$0] : nil }
                return options[option].fills ?? label ?? options[option].text
            }
        default: fills = encounter.decision.outcomes ?? []
        }
        return fills.map { fill in
            var line = oneLine(fill)
            while line.last == "." { line.removeLast() }
            return " \(line)\(statement.after)."
        }
    }

    /// Labels in the order shown.
    static func labels(_ encounter: Encounter) -> [String] {
        guard case .choice(_, let labels) = encounter.decision.kind else { return [] }
        return encounter.order.indices.map { labels.isEmpty ? OptionOrder.letter($0) : labels[$0] }
    }

    // MARK: Parts

    /// What the subject is told of itself.
    private static func opening(_ encounter: Encounter) -> String {
        var told: [String] = []
        if let persona = encounter.persona {
            let person = QuestionPrompts.Person(
                persona, memories: encounter.memories.isEmpty ? nil : encounter.memories.joined(separator: "\n"))
            if !person.sentences.isEmpty {
                told.append(Telling(askAs: .bio, sentences: person.sentences, facts: person.facts).text(chat: false))
            }
        }
        let endowment = oneLine(encounter.endowment)
        if !endowment.isEmpty { told.append(endowment) }
        var text = told.joined(separator: " ")
        if !encounter.memories.isEmpty {
            text += (text.isEmpty ? "" : "\n\n") + "What I remember:\n" + encounter.memories.map { oneLine($0) }.joined(separator: "\n")
        }
        return text
    }

    private static func told(_ encounter: Encounter) -> String {
        var text = paragraphs(encounter.situation)
        if !encounter.before.isEmpty {
            text += "\n\nWhat happened so far:\n" + encounter.before.map { oneLine($0) }.joined(separator: "\n")
        }
        return text
    }

    private static func asked(_ encounter: Encounter, closing: String) -> String {
        "\n" + oneLine(encounter.decision.ask) + (closing.isEmpty ? "" : "\n" + closing)
    }

    /// `Option Left: ...` under labels of one word, `Person 1: ...` of several, `1) ...` under numbers and
    /// single letters, `A. ...` where there are no labels; nothing where an option is its label.
    private static func listed(_ encounter: Encounter) -> String {
        guard case .choice(let options, let labels) = encounter.decision.kind else { return "" }
        let lines = encounter.order.enumerated().compactMap { place, option -> String? in
            let text = oneLine(options[option].text)
            guard !labels.isEmpty else { return "\(OptionOrder.letter(place)). \(text)" }
            let label = oneLine(labels[place])
            if label == text { return nil }
            if label.count == 1 || label.allSatisfy(\.isNumber) { return "\(label)) \(text)" }
            return (label.contains(" ") ? "" : "Option ") + "\(label): \(text)"
        }
        return lines.map { "\n" + $0 }.joined()
    }

    private static func closing(_ decision: Decision, byLabel: Bool) -> String {
        switch decision.kind {
        case .choice(_, let labels):
            // Who gives labels says in the question how to answer.
            labels.isEmpty ? byLabel ? "Answer with one letter." : "Answer with one of these options." : ""
        case .integer(let low, let high): "Answer with one whole number from \(low) to \(high)."
        case .amount(let low, let high): "Answer with one number from \(plain(low)) to \(plain(high))."
        case .split(let total, let parts):
            "Divide \(total), all of it, and answer with one line for each: "
                + parts.map { "\(oneLine($0)): number" }.joined(separator: ", ") + "."
        case .text: "Answer in one or two sentences."
        }
    }

    private static func plain(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
    }

    /// Runs of spaces as one, lines kept, none empty at the ends.
    private static func paragraphs(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { oneLine($0) }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.drop { $0.isEmpty }.joined(separator: "\n")
    }
}
