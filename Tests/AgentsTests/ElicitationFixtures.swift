import Agents
import Foundation
import LanguageModels
import Surveys

/// Small people and questions that the elicitation tests share.
enum Fixture {
    static let roads = Question(
        id: "natroad", ask: "Are we spending too much, too little, or about the right amount on roads?",
        say: "I think what we spend on roads is", scale: .ordinal,
        options: [
            AnswerOption(code: 1, text: "Too little", fills: "too little"),
            AnswerOption(code: 2, text: "About right", fills: "about right"),
            AnswerOption(code: 3, text: "Too much", fills: "too much"),
        ])
    static let library = Question(
        id: "libtax", ask: "Should the town pay a tax for its library?", scale: .nominal,
        options: [AnswerOption(code: 1, text: "Yes"), AnswerOption(code: 0, text: "No")], hasBaseline: false)
    static let setting = SurveySetting(year: 2018, country: "the United States")
    static let drawn = Persona(
        id: "gss2018-7", name: "Respondent 7", answers: ["natroad": 3],
        facts: [
            .init(variable: "age", sentence: "I am 43 years old."),
            .init(variable: "party", sentence: "I think of myself as a strong Democrat."),
        ], respondent: "7", attributes: ["region": "Nowhere"])
    static let rosa = Persona(
        id: "rosa-delgado", name: "Rosa Delgado", age: 61, pronouns: "she", work: "Librarian",
        about: "Rosa came north\n with her parents at nine.", believes: ["Taxes are a subscription."],
        habits: ["Home by 18:30"],
        remembers: [.init(when: "1994", what: "The council cut the book budget.", importance: 7)],
        answers: ["natroad": 3])

    /// A model that is a function of the request.
    static func completion(_ request: Request, _ response: Response) -> Completion {
        let text: String =
            switch request {
            case .text(let text): text.prompt.text + "#\(text.seed)"
            case .score(let score): score.prompt.text + "#" + score.continuations.joined()
            case .embed(let embed): embed.text
            }
        return Completion(
            key: text, model: "scripted", kind: "test", request: "", response: response, usage: .zero, milliseconds: 0)
    }

    static func prompt(_ request: Request) -> Prompt? {
        switch request {
        case .text(let text): text.prompt
        case .score(let score): score.prompt
        case .embed: nil
        }
    }
}
