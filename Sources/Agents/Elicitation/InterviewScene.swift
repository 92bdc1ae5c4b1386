public import LanguageModels
internal import Surveys

/// What an open question is asked with besides the person and their memories.
public struct InterviewScene: Hashable, Sendable {
    /// What they know of others, a line each.
    public var knows: [String]
    /// `Monday 2 March 2026, 17:30`; `nil` outside a world.
    public var when: String?
    public var form: Prompt.Form
    public var temperature: Double

    public init(knows: [String] = [], when: String? = nil, form: Prompt.Form = .plain, temperature: Double = 0.8) {
        self.knows = knows
        self.when = when
        self.form = form
        self.temperature = temperature
    }

    /// In the form that suits the model: one behind a chat interface is instructed, another goes on with a text.
    public init(
        for identity: ModelIdentity, knows: [String] = [], when: String? = nil, temperature: Double = 0.8
    ) {
        self.init(
            knows: knows, when: when, form: identity.backEnd == "openai" ? .chat : .plain, temperature: temperature)
    }

    /// Characters of the prompt without any memory.
    public func length(_ persona: Persona, question: String) -> Int {
        prompt(persona, question, memories: [""], when: when).text.count
    }

    /// - Parameter memories: One a line; `nil` for a persona without a memory stream.
    func request(
        _ persona: Persona, _ question: Question, memories: String?, setting: SurveySetting, seed: UInt64
    ) -> Request {
        let lines = memories?.split(separator: "\n").map(String.init) ?? []
        // A survey's own year and country stand where no world says what time it is.
        let known = setting.year.map { year in
            "\(year)" + (setting.country.map { " and I live in \(oneLine($0))" } ?? "")
        }
        return .text(
            TextRequest(
                prompt: prompt(persona, question.ask, memories: lines, when: when ?? known), purpose: "interview",
                maximumTokens: 160, temperature: temperature, seed: seed,
                // Each of a small model's lines is another's turn; an instructed one may take several.
                stop: form == .plain ? InterviewPrompt.stop : ["Interviewer:"]))
    }

    private func prompt(_ persona: Persona, _ question: String, memories: [String], when: String?) -> Prompt {
        InterviewPrompt.ask(
            persona, knows: knows, memories: memories, when: when, question: question, length: "a few sentences",
            form: form)
    }
}
