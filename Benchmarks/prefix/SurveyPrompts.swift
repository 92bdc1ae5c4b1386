import LanguageModels

/// Made-up personas of about 150 tokens and questions of about 60 with four options, the same every time.
struct SurveyPrompts {
    enum Method: String, CaseIterable {
        case letters, words
    }

    private static let parties = [
        "strong Democrat", "moderate Democrat", "independent", "moderate Republican", "strong Republican",
    ]
    private static let states = ["Ohio", "Texas", "Maine", "Utah", "Iowa", "Georgia", "Oregon"]
    private static let works = ["nurse", "teacher", "driver", "farmer", "clerk", "welder", "cook", "plumber", "lawyer"]
    private static let matters = [
        "the environment", "public schools", "the military", "big cities", "health care", "parks and recreation",
        "scientific research", "roads and bridges", "mass transportation", "assistance to the poor", "child care",
    ]
    private static let options = ["far too little", "too little", "about the right amount", "too much"]

    static func persona(_ number: Int) -> String {
        """
        I am \(20 + number * 7 % 60) years old and I live in \(states[number % states.count]). I consider myself a \
        \(parties[number % parties.count]). I have worked as a \(works[number % works.count]) for \(number % 30 + 1) \
        years, and before that I was a \(works[(number + 3) % works.count]). I finished \(9 + number % 8) years of school. \
        I have \(number % 5) children and \(number % 4 + 1) sisters, and I rent a house near the river with my family. \
        On Sundays I go to church, and in the evening I read the newspaper or watch the news on television. My household \
        earns about \(20 + number * 13 % 90) thousand dollars a year. I care most about \
        \(matters[number % matters.count]), and I worry about \(matters[(number + 5) % matters.count]) when I think of \
        the years to come. My neighbours would say that I am a patient and honest person, number \(number) in our street.
        """
    }

    /// One request for each persona and question, persona by persona.
    static func requests(_ method: Method, personas: Int, questions: Int) -> [Request] {
        (0..<personas).flatMap { persona in (0..<questions).map { request(method, persona: persona, question: $0) } }
    }

    private static func request(_ method: Method, persona: Int, question: Int) -> Request {
        let matter = matters[question % matters.count]
        switch method {
        case .letters:
            let letters = ["A", "B", "C", "D"]
            let listed = zip(letters, options).map { "\($0). \($1)" }.joined(separator: "\n")
            let asked = """


                Question \(question + 1): We are faced with many problems in this country. Are we spending far too \
                little, too little, about the right amount or too much money on \(matter)?
                \(listed)
                Answer with one letter.
                """
            return .score(
                ScoreRequest(
                    prompt: Prompt(
                        form: .chat,
                        segments: [
                            .init(.system, "You are a person answering a survey in 2018. Answer as this person would."),
                            .init(.user, Self.persona(persona)), .init(.user, asked),
                        ]),
                    purpose: "poll", continuations: letters.flatMap { [$0, " " + $0] }))
        case .words:
            let statement = """


                Question \(question + 1) was about the problems we are faced with in this country, none of which can be \
                solved easily or inexpensively, and about the money that is spent on each of them. When they came to \
                \(matter) and wanted to know my opinion, I said that the government spends on it
                """
            return .score(
                ScoreRequest(
                    prompt: Prompt(
                        form: .plain,
                        segments: [
                            .init(.user, "In 2018 I took part in a survey of the United States."),
                            .init(.user, " " + Self.persona(persona)), .init(.user, statement),
                        ]),
                    purpose: "poll", continuations: options.map { " \($0)." }))
        }
    }
}
