import Agents
import Kernel
import LanguageModels
import Reports
import Results
import Surveys

extension CompareStudy {
    /// What reading did to the answers of a poll: each article, each source and all of it is left out in turn, and the
    /// same people asked again.
    ///
    /// - Parameters:
    ///   - by: An attribute of people, `reads` for what they mostly read; `nil` for everybody only.
    ///   - dryRun: Only says what it would take.
    public func diet(
        _ name: String, by: String?, questions: [String]?, correction: String?, dryRun: Bool
    ) async throws -> StudyOutcome {
        let database = try environment.openExisting()
        let run = try await database.run(named: name)
        let correction = try Self.correction(correction)
        let people = try await database.personas(run: run.id)
        guard people.contains(where: { !$0.read.isEmpty }) else {
            throw StudyError.usage(
                "nobody in \(run.id) had read anything; poll people whose file has 'reads:', without --without reading")
        }
        let attributes = Set(people.flatMap(\.attributes.keys)).sorted(by: precedes)
        if let by, !attributes.contains(by) {
            throw StudyError.usage("people of \(run.id) have no '\(by)'; they have \(attributes.joined(separator: ", "))")
        }
        let study = InfluenceStudy(environment: environment, database: database)
        let recorder = Recorder(database)
        if dryRun { return try await study.estimate(of: run, questions: questions, scope: .reading, store: recorder) }
        let found = try await study.influence(
            of: run, questions: questions, correction: correction, scope: .reading, store: recorder)
        var ids: [String] = []
        for id in found.answers.map(\.question.id) where !ids.contains(id) { ids.append(id) }
        let effects = ids.compactMap { id -> DietEffect? in
            let answered = found.answers.filter { $0.question.id == id }
            return answered.first.map { DietEffect($0.question, answered, by: by, seed: run.header.seed) }
        }
        let outcome = DietOutcome(
            run: run, correction: correction, by: by, people: people.count, effects: effects, meter: found.meter)
        return StudyOutcome(text: outcome.text, json: outcome.json)
    }
}
