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
        /// What they have read, a line an article: first, so that those who read alike begin alike.
        var read: [String]

        init(_ persona: Persona, memories: String?) {
            read = persona.read.map(\.line)
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
        let gap = askAs == .bio && person?.read.isEmpty != false ? " " : "\n\n"
        let opening = askAs == .bio
            ? setting.firstPerson : setting.phrase.isEmpty ? "" : "This is a survey\(setting.phrase)."
        var parts: [Part] = [(.user, opening)]
        parts += Self.reading(person)
        parts += [
            (.user, person.map { gap + description($0, chat: false) } ?? ""), (.user, person.map(memories) ?? ""),
            (.user, "\n\n" + statement),
        ]
        return Self.joined(.plain, parts)
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
        var parts: [Part] = [
            (.system, "You are a person answering a survey\(setting.phrase). Answer as this person would.")
        ]
        parts += Self.reading(person)
        parts.append((.user, (person.read.isEmpty ? "" : "\n\n") + description(person, chat: true)))
        parts.append((.user, memories(person)))
        return Self.joined(.chat, parts + asked.map { (.user, $0) })
    }

    /// Empty where nothing is known.
    private func description(_ person: Person, chat: Bool) -> String {
        guard !person.sentences.isEmpty else { return "" }
        return Telling(askAs: askAs, sentences: person.sentences, facts: person.facts).text(chat: chat)
    }

    /// A segment an article; none where nothing was read.
    private static func reading(_ person: Person?) -> [Part] {
        guard let read = person?.read, !read.isEmpty else { return [] }
        return [(.user, "\n\n" + readLead)] + read.map { (.user, "\n- " + $0) }
    }

    /// What comes before articles.
    static let readLead = "What I have read lately:"

    private func memories(_ person: Person) -> String {
        guard let memories = person.memories, !memories.isEmpty else { return "" }
        return "\n\nWhat I remember:\n" + memories
    }

    private typealias Part = (role: Prompt.Role, text: String)

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
