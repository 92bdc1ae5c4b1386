import LanguageModels
import Surveys

/// The prompts that put a question to a persona: functions of values, with nothing else in them.
struct QuestionPrompts {
    var setting: SurveySetting
    var askAs: AskAs

    /// What a person is, and what is on their mind, as it enters a prompt.
    struct Person {
        var sentences: [String]
        /// Of a drawn persona, what its sentences say in other shapes: as many as sentences, in the same order.
        var facts: [Persona.Fact]
        var memories: String?

        init(_ persona: Persona, memories: String?) {
            sentences = SelfDescription(persona, remembering: memories == nil).sentences
            facts = persona.respondent == nil ? [] : persona.facts.filter { !oneLine($0.sentence).isEmpty }
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

    /// The question, then its options lettered in the order given: apart, since they are asked in several orders.
    func letters(_ person: Person, _ question: Question, order: [Int]) -> Prompt {
        let (asked, options) = asked(question, order: order, last: last(person) ?? "Answer with one letter.")
        return chat(person, asked: [asked, options])
    }

    func sample(_ person: Person, _ question: Question) -> Prompt {
        let (asked, options) = asked(
            question, order: Array(question.options.indices), last: last(person) ?? "Answer with one of these options.")
        return chat(person, asked: [asked + options])
    }

    /// After questions answered by letter the next one ends as they did; `nil` where there were none.
    private func last(_ person: Person) -> String? {
        askAs == .qa && person.facts.contains { $0.ask != nil } ? speakers.answer : nil
    }

    private var speakers: (question: String, answer: String) { askAs.speakers }

    private func asked(_ question: Question, order: [Int], last: String) -> (question: String, options: String) {
        let options = order.enumerated().map { place, option in
            "\(OptionOrder.letter(place)). \(oneLine(question.options[option].text))"
        }
        return (
            "\n\n\(speakers.question) \(oneLine(question.ask))", "\n" + (options + [last]).joined(separator: "\n")
        )
    }

    private func chat(_ person: Person, asked: [String]) -> Prompt {
        Self.joined(
            .chat,
            [
                (.system, "You are a person answering a survey\(setting.phrase). Answer as this person would."),
                (.user, description(person, chat: true)), (.user, memories(person)),
            ] + asked.map { (.user, $0) })
    }

    /// Empty where nothing is known.
    private func description(_ person: Person, chat: Bool) -> String {
        guard !person.sentences.isEmpty else { return "" }
        return Telling(askAs: askAs, sentences: person.sentences, facts: person.facts).text(chat: chat)
    }

    private func memories(_ person: Person) -> String {
        guard let memories = person.memories, !memories.isEmpty else { return "" }
        return "\n\nWhat I remember:\n" + memories
    }

    /// Segments without the empty ones; white space that would begin a message goes.
    static func joined(_ form: Prompt.Form, _ parts: [(role: Prompt.Role, text: String)]) -> Prompt {
        var segments: [Prompt.Segment] = []
        for part in parts where part.text.contains(where: { !$0.isWhitespace }) {
            let begins = segments.last?.role != part.role
            segments.append(
                Prompt.Segment(part.role, begins ? String(part.text.drop(while: \.isWhitespace)) : part.text))
        }
        return Prompt(form: form, segments: segments)
    }
}
