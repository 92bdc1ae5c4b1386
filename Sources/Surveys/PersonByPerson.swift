/// How well a model foretells each drawn person's own answer, beside what a few variables of theirs foretell.
///
/// Every persona of a silicon sample stands for a respondent whose answer is known. Nothing here is about shares of a
/// population: a model can be right about everybody on the whole and about nobody in particular.
public struct PersonByPerson: Codable, Hashable, Sendable {
    /// The figures of one forecaster on the same people.
    public struct Figures: Codable, Hashable, Sendable {
        /// Share of people whose likeliest answer is the one they gave.
        public var agreement: ShareEstimate
        public var kappa: Double?
        /// 0...2, summed over options; 0 is certain and right.
        public var brier: Double?
        /// Nats; `nil` where somebody's answer was given share 0.
        public var logLoss: Double?
        /// Of "the likeliest answer is right" against its share, 10 bins.
        public var calibrationError: Double?
        /// Two options only; halves are added to empty cells.
        public var tetrachoric: Double?

        init?(_ shares: [[Double]], chosen: [Int], options: Int) {
            let said = shares.map(likeliest)
            guard let agreement = proportionAgreement(said, chosen) else { return nil }
            self.agreement = agreement.agreement
            kappa = cohensKappa(said, chosen, options: options)
            brier = brierScore(shares, chosen: chosen)
            logLoss = Surveys.logLoss(shares, chosen: chosen).flatMap { $0.isFinite ? $0 : nil }
            calibrationError = Surveys.calibrationError(
                zip(shares, said).map { $0[$1] }, outcomes: zip(said, chosen).map(==))?.expected
            tetrachoric = options == 2 ? tetrachoricCorrelation(crossTable(said, chosen, rows: 2, columns: 2)) : nil
        }
    }

    public var question: String
    public var correction: String
    /// Personas whose respondent answered; a respondent drawn twice counts twice.
    public var people: Int
    public var model: Figures
    /// A logit of ``variables``, fitted on other respondents.
    public var yardstick: Figures?
    /// The commonest answer of these people for everybody.
    public var majority: Double
}

extension Comparer {
    /// - Parameter fitted: The yardstick of each question, by id.
    /// - Returns: In the order of the questions; one that nobody's respondent answered is left out.
    func personByPerson(_ fitted: [String: Yardstick]) -> [PersonByPerson] {
        let place = Dictionary(zip(humans.map(\.id), humans.indices), uniquingKeysWith: { first, _ in first })
        return questions.compactMap { question in
            var (shares, chosen, drawn) = ([[Double]](), [Int](), [Int]())
            for person in people {
                guard let index = person.respondent.flatMap({ place[$0] }), let answer = person.shares[question.id],
                    case .option(let option)? = humans[index].answers[question.id]
                else { continue }
                shares.append(answer)
                chosen.append(option)
                drawn.append(index)
            }
            let options = question.options.count
            guard let model = PersonByPerson.Figures(shares, chosen: chosen, options: options) else { return nil }
            var counts = [Int](repeating: 0, count: options)
            for option in chosen { counts[option] += 1 }
            var yardstick: PersonByPerson.Figures?
            if let fit = fitted[question.id] {
                let slot = Dictionary(zip(fit.respondents, fit.respondents.indices), uniquingKeysWith: { first, _ in first })
                let predicted = drawn.compactMap { slot[$0].map { fit.predictions[$0] } }
                if predicted.count == chosen.count {
                    yardstick = PersonByPerson.Figures(predicted, chosen: chosen, options: options)
                }
            }
            return PersonByPerson(
                question: question.id, correction: correction, people: chosen.count, model: model, yardstick: yardstick,
                majority: Double(counts.max() ?? 0) / Double(chosen.count))
        }
    }
}
