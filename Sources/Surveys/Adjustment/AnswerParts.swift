/// A group's answers to some questions, as option indices.
struct AnswerMatrix: Sendable {
    /// Ids of the questions, and their places among all questions.
    let questions: [String]
    let places: [Int]
    let respondents: [String]
    let weights: [Double]
    /// Respondent x question: the option chosen, or -1.
    let chosen: [[Int]]
    let units: ResamplingUnits

    init(_ questions: [Question], of respondents: [Respondent], asked: [String], people: [String]) {
        let (wanted, members) = (Set(asked), Set(people))
        let kept = questions.enumerated().filter { wanted.contains($1.id) }
        let humans = respondents.filter { members.contains($0.id) }
        self.questions = kept.map(\.element.id)
        places = kept.map(\.offset)
        self.respondents = humans.map(\.id)
        weights = humans.map(\.weight)
        chosen = humans.map { human in
            kept.map { _, question in
                guard case .option(let index)? = human.answers[question.id], question.options.indices.contains(index)
                else { return -1 }
                return index
            }
        }
        units = ResamplingUnits(humans)
    }
}

/// A group's answers that a search may look at. They judge nothing.
public struct CalibrationAnswers: Sendable {
    let matrix: AnswerMatrix

    /// The mean over answers of ln of the share a persona gives them, by weight: what a search raises. `nil` without
    /// answers; minus infinity where an answer given has share 0.
    ///
    /// - Parameter shares: By question, in the order of all questions.
    public func logLikelihood(of shares: [[Double]]) -> Double? { matrix.meanLogShare(shares) }
}

/// A group's answers that judge what a search found. Nothing is searched on them.
public struct HeldOutAnswers: Sendable {
    let matrix: AnswerMatrix
}

extension CalibrationSplit {
    /// A group's answers in two parts, of other questions and other people.
    ///
    /// - Parameters:
    ///   - questions: All, in the order in which personas' shares come.
    ///   - respondents: The group.
    public func answers(
        to questions: [Question], of respondents: [Respondent]
    ) -> (calibration: CalibrationAnswers, heldOut: HeldOutAnswers) {
        (
            CalibrationAnswers(
                matrix: AnswerMatrix(
                    questions, of: respondents, asked: calibrationQuestions, people: calibrationRespondents)),
            HeldOutAnswers(
                matrix: AnswerMatrix(questions, of: respondents, asked: heldOutQuestions, people: heldOutRespondents))
        )
    }
}
