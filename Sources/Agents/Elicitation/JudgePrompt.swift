public import LanguageModels
public import Surveys

/// Two answers to an open question put to a judge, lettered in the order shown.
///
/// The judge knows of the person what their file says, and none of their memories.
public enum JudgePrompt {
    public static func ask(_ persona: Persona, question: String, first: String, second: String) -> Prompt {
        let person = SelfDescription(persona, remembering: true).sentences.joined(separator: " ")
        return Prompt(
            form: .chat,
            segments: [
                .init(.system, "You judge how believable a person's answers in an interview are."),
                .init(.user, "The person says: \(person)"),
                .init(.user, "\n\nThe interviewer asks: \(oneLine(question))"),
                .init(.user, "\n\nA. \(oneLine(first))"),
                .init(
                    .user,
                    "\nB. \(oneLine(second))\n\nWhich of the two answers is the more believable one from this person? "
                        + "Answer with one letter."),
            ])
    }

    /// Scores both letters: as the elicitation method `letters` does, so that servers can be asked too.
    public static func request(_ persona: Persona, question: String, first: String, second: String) -> Request {
        .score(
            ScoreRequest(
                prompt: ask(persona, question: question, first: first, second: second), purpose: "judge",
                continuations: ["A", " A", "B", " B"]))
    }

    /// The likelier letter; of each the better of `A` and ` A`.
    ///
    /// - Returns: `.tie` where both are equally likely, `nil` where neither was listed.
    /// - Throws: ``MindError/wrongResponse(purpose:completion:)`` for anything but four scores.
    public static func verdict(_ completion: Completion) throws -> PositionVerdict? {
        guard case .scores(let scores) = completion.response, scores.count == 4,
            scores.allSatisfy({ $0.logLikelihood?.isNaN != true })
        else { throw MindError.wrongResponse(purpose: "judge", completion: completion.key) }
        let logs = scores.map { $0.logLikelihood ?? -.infinity }
        let (first, second) = (max(logs[0], logs[1]), max(logs[2], logs[3]))
        if first == second { return first == -.infinity ? nil : .tie }
        return first > second ? .first : .second
    }
}
