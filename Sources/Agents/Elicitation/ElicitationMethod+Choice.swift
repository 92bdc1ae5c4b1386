public import LanguageModels
public import Surveys

extension ElicitationMethod {
    /// The methods a model can serve: a server behind a chat interface scores no raw text, a uniform one says nothing.
    public static func possible(on identity: ModelIdentity) -> Set<ElicitationMethod> {
        switch identity.backEnd {
        case "openai": [.letters, .sample, .interview]
        case "uniform": [.words, .letters]
        default: Set(allCases)
        }
    }

    /// The method asked for, or by default `words` where the question has a statement, else `letters`, else `sample`;
    /// `interview` for open questions, and only for them.
    ///
    /// - Throws: ``ElicitationError`` where the method asked for is impossible: there is no silent fallback.
    public static func choose(
        _ asked: ElicitationMethod?, for question: Question, possible: Set<ElicitationMethod>
    ) throws(ElicitationError) -> ElicitationMethod {
        if let asked {
            if let because = asked.obstacle(question, possible: possible) {
                throw .impossible(method: asked, question: question.id, because: because)
            }
            return asked
        }
        for method in [ElicitationMethod.words, .letters, .sample, .interview]
        where method.obstacle(question, possible: possible) == nil {
            return method
        }
        throw .noMethod(question: question.id)
    }

    /// Why the method cannot be used, as the end of a sentence; `nil` where it can.
    private func obstacle(_ question: Question, possible: Set<ElicitationMethod>) -> String? {
        if !possible.contains(self) { return "the model cannot serve it" }
        if question.scale == .open, self != .interview { return "it is an open question, answered in words of one's own" }
        switch self {
        case .interview:
            if question.scale != .open { return "it has options, and only open questions are answered in words of one's own" }
        case .words:
            if oneLine(question.say ?? "").isEmpty { return "it has no 'say:' statement" }
            let fills = question.options.map { oneLine($0.fills ?? "") }
            if fills.contains("") { return "not every option says what it 'fills:' the statement with" }
            let completions = fills.map { Array(QuestionPrompts.completion($0).utf8) }
            if Set(completions).count < completions.count {
                return "two options fill the statement with the same words"
            }
        case .letters, .sample:
            if question.options.count > 26 { return "it has more than 26 options" }
        }
        return nil
    }
}
