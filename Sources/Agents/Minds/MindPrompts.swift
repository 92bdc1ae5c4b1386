internal import Kernel
public import LanguageModels

/// Everything residents' models are asked, as functions from values to prompts.
public enum MindPrompts {
    /// The memories that fit beside `fixed` characters, best first, and those left out.
    ///
    /// - Parameter budget: In tokens of about four characters.
    public static func fitting(
        _ recalled: [MemoryStream.Recalled], beside fixed: Int, budget: Int
    ) -> (shown: [MemoryStream.Recalled], cut: [Int]) {
        var left = budget * 4 - fixed
        var shown: [MemoryStream.Recalled] = []
        var cut: [Int] = []
        for entry in recalled {
            let length = line(entry.memory).count + 1
            // Once one is cut all worse ones are, so that rank decides and length does not.
            if cut.isEmpty && length <= left {
                left -= length
                shown.append(entry)
            } else {
                cut.append(entry.memory.sequence)
            }
        }
        return (shown, cut)
    }

    static func line(_ memory: Memory) -> String {
        memory.kind == .seed ? "- \(memory.text)" : "- \(memory.time): \(memory.text)"
    }

    /// Memories as lines, oldest first.
    static func lines(_ memories: [Memory]) -> String {
        memories.sorted { $0.sequence < $1.sequence }.map { line($0) + "\n" }.joined()
    }

    /// Who somebody is, in the third person, a line a thing.
    public static func sheet(_ mind: Mind) -> String {
        let persona = mind.persona
        var text = persona.name
        if let age = persona.age { text += ", \(age) years old" }
        if let pronouns = persona.pronouns { text += " (\(pronouns))" }
        text += ".\n"
        if let work = persona.work { text += "Work: \(work)\n" }
        if let about = persona.about { text += Utterance.plain(about) + "\n" }
        if !persona.believes.isEmpty { text += "Believes: " + persona.believes.joined(separator: "; ") + "\n" }
        if !persona.habits.isEmpty { text += "Habits: " + persona.habits.joined(separator: "; ") + "\n" }
        for fact in persona.facts { text += fact.sentence + "\n" }
        if !mind.knows.isEmpty { text += "Knows: " + mind.knows.joined(separator: "; ") + "\n" }
        return text
    }

    static func scene(_ situation: Situation) -> String {
        var text = "It is \(situation.when). Place: \(situation.place). \(Utterance.plain(situation.about))\n"
        if !situation.objects.isEmpty { text += "Here: " + situation.objects.joined(separator: "; ") + "\n" }
        text += "Others here: " + (situation.present.isEmpty ? "nobody" : situation.present.joined(separator: ", ")) + "\n"
        if !situation.news.isEmpty { text += "Just now: " + situation.news.joined(separator: " ") + "\n" }
        return text
    }

    /// An instruction, who it is about, and what is asked.
    private static func instructed(_ task: String, _ mind: Mind, _ text: String) -> Prompt {
        Prompt(form: .chat, segments: [.init(.system, task + "\n\n"), .init(.system, sheet(mind)), .init(.user, text)])
    }

    /// How much something matters. The persona is left out, so that what many perceive is rated once.
    public static func importance(_ text: String) -> Prompt {
        Prompt(
            form: .plain,
            segments: [
                .init(
                    .user,
                    """
                    How much does it matter? 1 is a wholly everyday thing, such as brushing teeth or making the bed; \
                    10 is a thing that changes lives, such as a divorce or the death of a friend.

                    What happened:
                    """),
                .init(.user, " \(Utterance.plain(text))\nRating from 1 to 10:"),
            ])
    }

    /// A memory that says nothing, for the correction of ratings.
    public static let contentFree = importance("N/A")

    public static func choose(_ mind: Mind, _ situation: Situation, memories: [Memory], intention: String?) -> Prompt {
        let name = mind.persona.name
        var text = "\n\(name) remembers:\n" + lines(memories) + "\n" + scene(situation)
        if let intention { text += "\(name) means now to \(intention).\n" }
        return Prompt(form: .plain, segments: [.init(.user, sheet(mind)), .init(.user, text), .init(.user, "\(name) decides to")])
    }

    /// The same choice for nobody anywhere, which shows how likely the words are by themselves.
    public static let chooseContentFree = Prompt(form: .plain, segments: [.init(.user, "Somebody decides to")])

    /// - Parameter left: What is left of the plan there is; empty in the morning.
    public static func plan(
        _ mind: Mind, when: String, places: [String], memories: [Memory], left: [DayPlan.Step] = []
    ) -> Prompt {
        let name = mind.persona.name
        let old = left.map { "\($0.from.timeOfDay) \($0.what) (\($0.place))" }.joined(separator: "; ")
        let ask = left.isEmpty
            ? "What will \(name) do today, given their work and habits? Write 5 to 8 different steps"
            : "\(name) had planned: \(old). Given what has happened, what will \(name) do for the rest of the day? Write the steps"
        return instructed(
            "You write the day's plan of a person in a small town, as JSON.", mind,
            """
            \(name) remembers:
            \(lines(memories))
            Places: \(places.joined(separator: ", ")). Home is \(mind.home).
            It is \(when). \(ask) \
            in order of time, as a JSON list of objects: "from" the time, "where" the place, "do" what \(name) does \
            there, a few words that begin with a verb.
            """)
    }

    /// A broad stroke laid out by the hour.
    public static func hours(_ mind: Mind, when: String, places: [String], stroke: DayPlan.Step) -> Prompt {
        let name = mind.persona.name
        return instructed(
            "You write the day's plan of a person in a small town, as JSON.", mind,
            """
            The day of \(name): \(mind.plan.words).
            Places: \(places.joined(separator: ", ")).
            It is \(when). Until \(stroke.until.timeOfDay) \(name) means to \(stroke.what) (\(stroke.place)). \
            What does \(name) do hour by hour until then? Write a JSON list of objects, one an hour: "from" the time, \
            "where" the place, "do" what \(name) does there, a few words that begin with a verb.
            """)
    }

    /// An hour laid out by the minute.
    public static func minutes(_ mind: Mind, when: String, hour: DayPlan.Step, objects: [String]) -> Prompt {
        let name = mind.persona.name
        let things = objects.isEmpty
            ? "" : " If it changes one of these things, add \"with\" the thing and \"now\" the state it is in then: \(objects.joined(separator: ", "))."
        return instructed(
            "You write down what a person in a small town does, minute by minute, as JSON.", mind,
            """
            It is \(when). From \(hour.from.timeOfDay) to \(hour.until.timeOfDay) \(name) means to \(hour.what), \
            in this place: \(hour.place). What does \(name) do in these minutes? Write a JSON list of objects: \
            "minutes" 5, 10 or 15, "do" what \(name) does, a few words that begin with a verb.\(things)
            """)
    }

    /// What somebody does with an object.
    public static func use(_ mind: Mind, _ situation: Situation, object: String, state: String) -> Prompt {
        let name = mind.persona.name
        return instructed(
            "You write down what a person in a small town does with a thing, as JSON.", mind,
            """
            \(scene(situation))\(name) does something with the \(object), which is now: \(Utterance.plain(state)). \
            Write a JSON object: "do" what \(name) does, a few words that begin with a verb, "now" the state of \
            the \(object) afterwards, in a few words.
            """)
    }

    /// What somebody makes of a conversation that has ended.
    public static func recap(_ mind: Mind, with other: String, said: [(name: String, words: String)]) -> Prompt {
        let name = mind.persona.name
        return instructed(
            "You say what a person makes of a conversation, as JSON.", mind,
            """
            \(name) and \(other) talked:
            \(said.map { "\($0.name): \"\($0.words)\"\n" }.joined())
            Write a JSON object: "said" what was said, in one sentence in \(name)'s own words, "plans" what it means \
            for what \(name) means to do, in one sentence, or null.
            """)
    }

    /// What to say next.
    ///
    /// - Parameter form: `plain` ends with an open quotation for the model to go on with, since small models talk about an
    ///   instruction instead of following it; `chat` instructs.
    public static func speak(
        _ mind: Mind, _ situation: Situation, memories: [Memory], to listener: String, said: [(name: String, words: String)],
        form: Prompt.Form
    ) -> Prompt {
        let name = mind.persona.name
        let talk = said.map { "\($0.name): \"\($0.words)\"\n" }.joined()
        let opening = talk.isEmpty ? "\(name) turns to \(listener):" : "\(name) and \(listener) are talking:"
        let scene = "\n\(name) remembers:\n\(lines(memories))\n\(scene(situation))\n\(opening)\n\n\(talk)"
        switch form {
        case .plain:
            return Prompt(
                form: .plain, segments: [.init(.user, sheet(mind)), .init(.user, scene), .init(.user, "\(name): \"")])
        case .chat:
            return Prompt(
                form: .chat,
                segments: [
                    .init(.system, "You speak as a person in a small town, in one short spoken sentence.\n\nYou are "),
                    .init(.system, sheet(mind)), .init(.user, scene),
                    .init(.user, "\nWhat does \(name) say to \(listener) now? Only the words, one sentence."),
                ])
        }
    }

    /// What the latest memories raise.
    public static func questions(_ mind: Mind, memories: [Memory], count: Int) -> Prompt {
        let name = mind.persona.name
        return instructed(
            "You ask what matters most in a person's memories, as JSON.", mind,
            """
            \(name) remembers:
            \(lines(memories))
            Given only this, what are the \(count) most salient high-level questions that can be answered about \
            \(name) and the people here? Write a JSON list of \(count) questions.
            """)
    }

    public static func reflect(_ mind: Mind, questions: [String], memories: [Memory], insights: Int) -> Prompt {
        let name = mind.persona.name
        let numbered = memories.enumerated().map { "\($0.offset + 1). \($0.element.text)\n" }.joined()
        return instructed(
            "You say what a person would conclude from their memories, as JSON.", mind,
            """
            Statements about \(name):
            \(numbered)
            Questions: \(questions.joined(separator: " "))
            What does \(name) conclude? Write 1 to \(insights) insights as a JSON list of {"insight": one sentence, \
            "because": the numbers of the statements it rests on}.
            """)
    }

    /// Added for the one repair of an answer that could not be read.
    public static let repair = "\nAnswer in exactly that form and with nothing else."
}
