/// What calibration needs: questions of one scale, people's answers, and several ways of asking a model for them.
public struct CalibrationStudy: Sendable {
    /// One way of asking: an elicitation, a wording, a correction.
    public struct Candidate: Sendable {
        public var name: String
        /// The same personas in the same order for every candidate, each with shares by question.
        public var people: [PersonAnswer]

        public init(name: String, people: [PersonAnswer]) {
            self.name = name
            self.people = people
        }
    }

    public let questions: [Question]
    public let humans: [Respondent]
    public let candidates: [Candidate]
    /// Whose groups are compared; `nil` for everybody at once.
    public let variable: String?
    /// Respondents a group needs in either part; smaller groups are left out and named.
    public let leastGroup: Int

    /// - Parameter candidates: The first is the raw model.
    public init(
        questions: [Question], humans: [Respondent], candidates: [Candidate], by variable: String?, leastGroup: Int = 10
    ) throws(AdjustmentError) {
        guard let first = candidates.first else { throw .tooFew("candidates") }
        guard Set(questions.map(\.scale)).count < 2 else { throw .mixedScales }
        guard questions.count > 1, Set(questions.map(\.id)).count == questions.count else {
            throw .tooFew("different questions")
        }
        guard Set(humans.map(\.id)).count == humans.count else { throw .misshapen("Two respondents have one id") }
        guard Set(candidates.map(\.name)).count == candidates.count else { throw .misshapen("Two candidates have one name") }
        for candidate in candidates {
            guard candidate.people.map(\.persona) == first.people.map(\.persona),
                candidate.people.map(\.respondent) == first.people.map(\.respondent),
                candidate.people.map(\.weight) == first.people.map(\.weight)
            else { throw .misshapen("'\(candidate.name)' has other personas than '\(first.name)'") }
            for question in questions {
                for person in candidate.people {
                    guard let shares = person.shares[question.id] else { continue }
                    guard shares.count == question.options.count, shares.allSatisfy({ $0 >= 0 && $0.isFinite }),
                        abs(shares.reduce(0, +) - 1) < 1e-6
                    else { throw .misshapen("Shares of '\(candidate.name)' on '\(question.id)' are none") }
                }
            }
        }
        self.questions = questions
        self.humans = humans
        self.candidates = candidates
        self.variable = variable
        self.leastGroup = leastGroup
    }

    /// The two parts. Only `calibration` can be tuned on, only `heldOut` reports.
    ///
    /// A persona goes where its respondent is; one that stands for nobody in the sample is in both.
    public func parts(
        _ split: CalibrationSplit
    ) throws(AdjustmentError) -> (calibration: CalibrationPart, heldOut: HeldOutPart) {
        let (tuned, kept) = (Set(split.calibrationRespondents), Set(split.heldOutRespondents))
        let everybody = humanIds
        var (groups, leftOut) = ([String](), [String]())
        for name in allGroups() {
            let members = humans.filter { group(of: $0.variables) == name }
            let enough = [tuned, kept].allSatisfy { part in
                members.count { part.contains($0.id) } >= leastGroup
                    && candidates[0].people.contains { person in
                        group(of: person.attributes) == name
                            && (person.respondent.map { part.contains($0) || !everybody.contains($0) } ?? true)
                    }
            }
            if enough { groups.append(name) } else { leftOut.append(name) }
        }
        guard !groups.isEmpty else { throw .tooFew("people in every group") }
        let calibration = table(split.calibrationQuestions, tuned, groups)
        let heldOut = table(split.heldOutQuestions, kept, groups)
        guard !calibration.questions.isEmpty, !heldOut.questions.isEmpty else { throw .tooFew("questions in a part") }
        let known = table(split.heldOutQuestions, tuned, groups)
        return (
            CalibrationPart(table: calibration, candidates: candidates.map(\.name)),
            HeldOutPart(
                table: heldOut, candidates: candidates.map(\.name), leftOut: leftOut,
                marginals: known.questions.indices.map(known.marginal))
        )
    }

    private var humanIds: Set<String> { Set(humans.map(\.id)) }

    private func group(of attributes: [String: String]) -> String? {
        guard let variable else { return "all" }
        return attributes[variable]
    }

    /// In the order of first appearance among the humans.
    private func allGroups() -> [String] {
        var (names, seen) = ([String](), Set<String>())
        for human in humans {
            if let name = group(of: human.variables), seen.insert(name).inserted { names.append(name) }
        }
        return names
    }

    private func table(_ questionIds: [String], _ people: Set<String>, _ groups: [String]) -> CalibrationTable {
        let wanted = Set(questionIds)
        let asked = questions.filter { wanted.contains($0.id) }
        let respondents = humans.filter { people.contains($0.id) }
        let slot = Dictionary(zip(respondents.map(\.id), respondents.indices), uniquingKeysWith: { first, _ in first })
        let place = Dictionary(zip(groups, groups.indices), uniquingKeysWith: { first, _ in first })
        let everybody = humanIds
        let personas = candidates[0].people.indices.filter { index in
            candidates[0].people[index].respondent.map { slot[$0] != nil || !everybody.contains($0) } ?? true
        }
        return CalibrationTable(
            questions: asked, measures: asked.map(Similarity.init), groups: groups, respondents: respondents.map(\.id),
            weights: respondents.map(\.weight),
            groupOfRespondent: respondents.map { group(of: $0.variables).flatMap { place[$0] } ?? -1 },
            groupOfPersona: personas.map { group(of: candidates[0].people[$0].attributes).flatMap { place[$0] } ?? -1 },
            personaWeights: personas.map { candidates[0].people[$0].weight },
            respondentOfPersona: personas.map { candidates[0].people[$0].respondent.flatMap { slot[$0] } },
            chosen: asked.map { question in
                respondents.map { respondent in
                    if case .option(let index)? = respondent.answers[question.id] { index } else { -1 }
                }
            },
            shares: candidates.map { candidate in
                asked.map { question in personas.map { candidate.people[$0].shares[question.id] } }
            },
            units: ResamplingUnits(respondents))
    }
}
