import LanguageModels
import Surveys

/// The prompts that put a question to a persona: functions of values, with nothing else in them.
struct QuestionPrompts {
    var setting: SurveySetting
    var askAs: AskAs

    /// What a person is, and what is on their mind, as it enters a prompt.
    struct Person {
        var sentences: [String]
        var memories: String?

        init(_ persona: Persona, memories: String?) {
            sentences = SelfDescription(persona, remembering: memories == nil).sentences
            self.memories = memories.map { $0.split(separator: "\n").map { oneLine($0) }.joined(separator: "\n") }
        }
    }

    /// The content-free cue of the domain correction.
    static let domain = Prompt(form: .plain, segments: [Prompt.Segment(.user, "My answer is")])

    /// The person's statement up to its gap, to be continued by what fills it; `nil` for nobody in particular.
    func words(_ person: Person?, _ question: Question) -> Prompt {
        let say = oneLine(question.say ?? "")
        let statement = askAs == .bio ? say : "\(speakers.question) \(oneLine(question.ask))\n\(speakers.answer) \(say)"
        let gap = askAs == .bio ? " " : "\n\n"
        let opening = askAs == .bio
            ? setting.firstPerson : setting.phrase.isEmpty ? "" : "This is a survey\(setting.phrase)."
        return Self.joined(
            .plain,
            [
                (.user, opening), (.user, person.map { gap + description($0, chat: false) } ?? ""),
                (.user, person.map(memories) ?? ""), (.user, "\n\n" + statement),
            ])
    }

    /// What fills the gap, whole, with the full stop that keeps one answer from being another's beginning.
    static func completion(_ fills: String) -> String {
        var line = oneLine(fills)
        while line.last == "." { line.removeLast() }
        return " \(line)."
    }

    /// The question with its options lettered in the order given.
    func letters(_ person: Person, _ question: Question, order: [Int]) -> Prompt {
        chat(person, question, order: order, last: "Answer with one letter.")
    }

    func sample(_ person: Person, _ question: Question) -> Prompt {
        chat(person, question, order: Array(question.options.indices), last: "Answer with one of these options.")
    }

    private var speakers: (question: String, answer: String) { askAs.speakers }

    private func chat(_ person: Person, _ question: Question, order: [Int], last: String) -> Prompt {
        let options = order.enumerated().map { place, option in
            "\(OptionOrder.letter(place)). \(oneLine(question.options[option].text))"
        }
        let asked = ["\(speakers.question) \(oneLine(question.ask))"] + options + [last]
        return Self.joined(
            .chat,
            [
                (.system, "You are a person answering a survey\(setting.phrase). Answer as this person would."),
                (.user, description(person, chat: true)), (.user, memories(person)),
                (.user, "\n\n" + asked.joined(separator: "\n")),
            ])
    }

    /// Empty where nothing is known.
    private func description(_ person: Person, chat: Bool) -> String {
        guard !person.sentences.isEmpty else { return "" }
        let whole = person.sentences.joined(separator: " ")
        switch askAs {
        case .bio where chat:
            return "Below you will be asked to provide a short description of yourself and then answer some "
                + "questions.\n\nDescription: \(whole)"
        case .bio: return whole
        case .portray: return "Answer the following question as if this were you: \(whole)"
        case .qa, .interview:
            let turns = person.sentences.enumerated().map { place, sentence in
                "\(speakers.question) What \(place == 0 ? "" : "else ")should we know about you?\n"
                    + "\(speakers.answer) \(sentence)"
            }
            return turns.joined(separator: "\n\n")
        }
    }

    private func memories(_ person: Person) -> String {
        guard let memories = person.memories, !memories.isEmpty else { return "" }
        return "\n\nWhat I remember:\n" + memories
    }

    /// Segments without the empty ones; white space that would begin a message goes.
    private static func joined(_ form: Prompt.Form, _ parts: [(role: Prompt.Role, text: String)]) -> Prompt {
        var segments: [Prompt.Segment] = []
        for part in parts where part.text.contains(where: { !$0.isWhitespace }) {
            let begins = segments.last?.role != part.role
            segments.append(
                Prompt.Segment(part.role, begins ? String(part.text.drop(while: \.isWhitespace)) : part.text))
        }
        return Prompt(form: form, segments: segments)
    }
}
