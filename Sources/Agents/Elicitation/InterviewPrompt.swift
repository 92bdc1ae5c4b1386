public import LanguageModels

/// An open question put to a person: a function of values, with nothing else in it.
public enum InterviewPrompt {
    /// - Parameters:
    ///   - memories: What comes to mind, a line each, oldest first; without any, the persona's own memories stand in.
    ///   - when: `Monday 2 March 2026, 17:30`.
    ///   - form: `plain` goes on after `Me:`, since small models talk about an instruction instead of following it.
    public static func ask(
        _ persona: Persona, knows: [String], memories: [String], when: String, question: String, form: Prompt.Form
    ) -> Prompt {
        var person = SelfDescription(persona, remembering: memories.isEmpty).sentences.joined(separator: " ")
        if !knows.isEmpty { person += "\nPeople I know: " + knows.map { oneLine($0) }.joined(separator: "; ") }
        var scene = ""
        if !memories.isEmpty { scene += "\n\nI remember:\n" + memories.map { "- \(oneLine($0))" }.joined(separator: "\n") }
        scene += "\n\nIt is \(when).\n\n"
        let asked = "Interviewer: \(oneLine(question))"
        switch form {
        case .plain:
            return Prompt(
                form: .plain,
                segments: [.init(.user, person), .init(.user, scene), .init(.user, "\(asked)\nMe:")])
        case .chat:
            return Prompt(
                form: .chat,
                segments: [
                    .init(
                        .system,
                        "You are a person in an interview. Answer as this person would, in one or two sentences.\n\n"),
                    .init(.system, person), .init(.user, scene), .init(.user, asked),
                ])
        }
    }

    /// What ends an answer.
    public static let stop = ["\n", "Interviewer:"]

    /// The answer as spoken; `nil` where nothing was said.
    ///
    ///     InterviewPrompt.answer(in: " Me: \"I like it here. It is", complete: false)   // "I like it here."
    ///
    /// - Parameter complete: Whether the model came to an end by itself; else the sentence it was cut in is left out.
    public static func answer(in text: String, complete: Bool) -> String? {
        var line = Utterance.plain(text.split(whereSeparator: \.isNewline).first { $0.contains(where: \.isLetter) } ?? "")
        if line.hasPrefix("Me:") { line = Utterance.plain(line.dropFirst(3)) }
        let quotes: Set<Character> = ["\"", "\u{201C}", "\u{201D}"]
        while let first = line.first, quotes.contains(first) { line.removeFirst() }
        while let last = line.last, quotes.contains(last) { line.removeLast() }
        if !complete {
            if let end = line.lastIndex(where: { ".!?".contains($0) }) {
                line = String(line[...end])
            } else {
                line += "…"
            }
        }
        return line.contains(where: \.isLetter) ? line : nil
    }
}
