import Agents
import LanguageModels

/// What Argyle's first study asks: for four words about a party, and of a judge, about such words.
enum WordsPrompts {
    /// The first-person sentences, then the list begun, for a model to go on with.
    ///
    /// - Source: Argyle et al. 2023, "Out of One, Many", study 1; worded from memory.
    static func list(_ persona: Persona, party: String, form: Prompt.Form, seed: UInt64) -> Request {
        let told = persona.facts.map(\.sentence).joined(separator: " ")
        let begun = "When I am asked to write down four words that typically describe \(party)s, I respond with:"
        let segments: [Prompt.Segment] =
            form == .plain
            ? [.init(.user, told), .init(.user, " \(begun)\n1.")]
            : [
                .init(.system, "You go on with what a person says of themselves. Write the four words as a numbered list, nothing else."),
                .init(.user, "\(told) \(begun)"),
            ]
        return .text(
            TextRequest(
                prompt: Prompt(form: form, segments: segments), purpose: "words", maximumTokens: 40, temperature: 0.7,
                topP: 1, seed: seed, stop: ["\n\n", "\n5."]))
    }

    /// What a judge is asked of a list.
    enum Judged: String, CaseIterable, Sendable {
        case positive, party, human
    }

    /// Two wordings of the same question: a judge that changes its mind with them is not to be trusted.
    static func ask(_ judged: Judged, wording: Int) -> String {
        switch (judged, wording) {
        case (.positive, 0): "Are these words positive or negative?"
        case (.positive, _): "Does whoever wrote these words mean them kindly or unkindly?"
        case (.party, 0): "Which supporters do these words describe?"
        case (.party, _): "Of whom would somebody say these words?"
        case (.human, 0): "Who wrote these words, a person or a language model?"
        case (.human, _): "Were these words written by a human being or made by a computer?"
        }
    }

    /// The two answers, the first of them the one that is counted.
    static func options(_ judged: Judged, wording: Int, parties: [String]) -> [String] {
        switch (judged, wording) {
        case (.positive, 0): ["Positive", "Negative"]
        case (.positive, _): ["Kindly", "Unkindly"]
        case (.party, _): parties.map { "\($0)s" }
        case (.human, 0): ["A person", "A language model"]
        case (.human, _): ["A human being", "A computer"]
        }
    }

    static func judge(
        _ words: [String], _ judged: Judged, wording: Int, parties: [String], swapped: Bool
    ) -> Request {
        let options = options(judged, wording: wording, parties: parties)
        let shown = swapped ? [options[1], options[0]] : options
        return .score(
            ScoreRequest(
                prompt: Prompt(
                    form: .chat,
                    segments: [
                        .init(.system, "You judge lists of words that describe the supporters of a political party."),
                        .init(.user, "The words: \(words.joined(separator: ", ")).\n\n"),
                        .init(.user, "\(ask(judged, wording: wording))\nA. \(shown[0])\nB. \(shown[1])\nAnswer with one letter."),
                    ]), purpose: "judge", continuations: ["A", " A", "B", " B"]))
    }
}
