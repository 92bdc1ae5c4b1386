import Agents
import Results

extension CompareStudy {
    /// Which kinds of things that people were told move which answers of a poll.
    ///
    /// - Parameter dryRun: Only says what it would take.
    public func influence(
        _ name: String, questions: [String]?, correction: String?, dryRun: Bool
    ) async throws -> StudyOutcome {
        let database = try environment.openExisting()
        let run = try await database.run(named: name)
        let correction = try Self.correction(correction)
        let study = InfluenceStudy(environment: environment, database: database)
        let recorder = Recorder(database)
        if dryRun { return try await study.estimate(of: run, questions: questions, store: recorder) }
        let found = try await study.influence(of: run, questions: questions, correction: correction, store: recorder)
        return StudyOutcome(text: found.panelText, json: found.json)
    }

    /// The one that `--correct` names; none where it names nothing.
    static func correction(_ name: String?) throws -> Correction {
        guard let name else { return .uncorrected }
        guard let correction = Correction(rawValue: name) else {
            throw StudyError.usage(
                "--correct \(name) is unknown; it may be \(Correction.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return correction
    }
}
