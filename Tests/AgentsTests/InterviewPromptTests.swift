import LanguageModels
import Agents
import Testing

struct InterviewPromptTests {
    private let rosa = Persona(
        id: "rosa", name: "Rosa Delgado", age: 58, work: "head librarian",
        remembers: [.init(when: "1994", what: "Opened the new wing", importance: 8)])

    private func asked(memories: [String], form: String) -> String {
        InterviewPrompt.ask(
            rosa, knows: ["Sam Okafor: her oldest friend"], memories: memories, when: "Monday 2 March 2026, 17:30",
            question: "Will the\nlibrary  close?", form: form == "chat" ? .chat : .plain
        ).segments.map { form == "chat" ? "[\($0.role.rawValue)]\($0.text)" : $0.text }.joined(separator: "|")
    }

    @Test func `a small model goes on after the person's name for themselves`() {
        #expect(
            asked(memories: ["Walt waved.", "The roof leaks."], form: "plain") == """
                My name is Rosa Delgado. I am 58 years old. My work: head librarian.
                People I know: Sam Okafor: her oldest friend|

                I remember:
                - Walt waved.
                - The roof leaks.

                It is Monday 2 March 2026, 17:30.

                |Interviewer: Will the library close?
                Me:
                """)
    }

    @Test func `a chat model is instructed, and a person without a stream has their own memories`() {
        #expect(
            asked(memories: [], form: "chat") == """
                [system]You are a person in an interview. Answer as this person would, in one or two sentences.

                |[system]My name is Rosa Delgado. I am 58 years old. My work: head librarian. \
                I remember (1994): Opened the new wing.
                People I know: Sam Okafor: her oldest friend|[user]

                It is Monday 2 March 2026, 17:30.

                |[user]Interviewer: Will the library close?
                """)
    }

    @Test(arguments: [
        (" I hope not.", true, "I hope not."), (" I hope not. The roof", false, "I hope not."), (" The roof", false, "The roof…"),
        ("\n Me: \"No!\"", true, "No!"), ("\u{1B}[31mYes.", true, "[31mYes."),
    ])
    func `an answer is one line without marks or a sentence cut short`(_ text: String, _ complete: Bool, _ answer: String) {
        #expect(InterviewPrompt.answer(in: text, complete: complete) == answer)
    }

    @Test func `silence is no answer`() {
        #expect(InterviewPrompt.answer(in: " \n ...", complete: true) == nil)
    }
}
