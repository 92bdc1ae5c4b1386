public import LanguageModels

/// An open question put to a person: a function of values, with nothing else in it.
public enum InterviewPrompt {
    /// - Parameters:
    ///   - memories: What comes to mind, a line each, oldest first; without any, the persona's own memories stand in.
    ///   - when: `Monday 2 March 2026, 17:30`; `nil` outside a world.
    ///   - length: How much is asked for: `a few sentences`.
    ///   - form: `plain` goes on after `Me:`, since small models talk about an instruction instead of following it.
    public static func ask(
        _ persona: Persona, knows: [String], memories: [String], when: String?, question: String,
        length: String = "one or two sentences", form: Prompt.Form
    ) -> Prompt {
        var person = SelfDescription(persona, remembering: memories.isEmpty).sentences.joined(separator: " ")
        if !knows.isEmpty { person += "\nPeople I know: " + knows.map { oneLine($0) }.joined(separator: "; ") }
        var scene = ""
        if !memories.isEmpty { scene += "\n\nI remember:\n" + memories.map { "- \(oneLine($0))" }.joined(separator: "\n") }
        scene += "\n\n" + (when.map { "It is \($0).\n\n" } ?? "")
        let asked = "Interviewer: \(oneLine(question))"
        var read = persona.read.map { Prompt.Segment(.user, "\n- " + $0.line) }
        if !read.isEmpty { read.insert(Prompt.Segment(.user, QuestionPrompts.readLead), at: 0) }
        switch form {
        case .plain:
            let who = Prompt.Segment(.user, read.isEmpty ? person : "\n\n" + person)
            return Prompt(form: .plain, segments: read + [who, .init(.user, scene), .init(.user, "\(asked)\nMe:")])
        case .chat:
            let task = Prompt.Segment(
                .system, "You are a person in an interview. Answer as this person would, in \(length).\n\n")
            return Prompt(
                form: .chat,
                segments: [task, .init(.system, person)] + read + [.init(.user, scene), .init(.user, asked)])
        }
    }

    /// A memory as it stands among those that come to mind: what was before the world began without a time.
    public static func line(_ memory: Memory) -> String {
        memory.kind == .seed ? oneLine(memory.text) : "\(memory.time): \(oneLine(memory.text))"
    }

    /// What ends an answer.
    public static let stop = ["\n", "Interviewer:"]

    /// The answer as spoken; `nil` where nothing was said.
    ///
    ///     InterviewPrompt.answer(in: " Me: \"I like it here. It is", complete: false)   // "I like it here."
    ///
    /// - Parameter complete: Whether the model came to an end by itself; else the sentence it was cut in is left out.
    public static func answer(in text: String, complete: Bool) -> String? {
        spoken(text.split(whereSeparator: \.isNewline).first { $0.contains(where: \.isLetter) } ?? "", complete)
    }

    /// The answer to an open question: all its lines as one, up to where the interviewer speaks again.
    ///
    ///     InterviewPrompt.reply(in: "I rise at six.\nThen I walk.", complete: true)   // "I rise at six. Then I walk."
    ///     InterviewPrompt.reply(in: "<|im_end|>", complete: true)                     // nil
    ///
    /// - Returns: `nil` where nothing was said, or nothing but markup.
    public static func reply(in text: String, complete: Bool) -> String? {
        let turns = text.split(separator: "Interviewer:", omittingEmptySubsequences: false)
        guard let said = spoken(turns[0], complete || turns.count > 1) else { return nil }
        let ends = (said.first, said.last)
        if ends == ("{", "}") || ends == ("[", "]") { return nil }
        var rest = said[...]
        // A tag begins with a letter, `/`, `|` or `!`, and runs to its bracket or to the end.
        while let first = rest.first {
            rest.removeFirst()
            if first.isLetter { return said }
            if first == "<", let next = rest.first, next.isLetter || "/|!".contains(next) {
                rest = rest.drop { $0 != ">" }
            }
        }
        return nil
    }

    private static func spoken(_ text: Substring, _ complete: Bool) -> String? {
        var line = Utterance.plain(text)
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
