import LanguageModels
import Reports
import Results

extension ShowStudy {
    /// What each thing that somebody was told did to their answers, or each memory recalled to an occurrence.
    func influence(_ id: String?, _ database: ResultsDatabase) async throws -> StudyOutcome {
        let recorder = Recorder(database)
        switch try id.map({ try Address($0) }) {
        case .person(let name, let person):
            let found = try await InfluenceStudy(environment: environment, database: database).influence(
                of: try await database.run(named: name), persona: person, store: recorder)
            return StudyOutcome(text: found.text, json: found.json)
        case .occurrence(let name, let sequence):
            let run = try await database.run(named: name)
            let shown = try await occurrence(sequence, of: run, database)
            let study = OccurrenceInfluence(run: run.id, database: database, recorder: recorder)
            var owner = run.id
            let found = try await study.found(sequence) { completion, actor in
                owner = "\(run.id)/\(actor)"
                return try model(of: completion, actor, in: run, recorder)
            }
            try await recorder.settle()
            guard let found else {
                throw StudyError.usage("\(run.id)#\(sequence) rests on no recalled memory, so none has influenced it")
            }
            return StudyOutcome(
                text: ([shown.text] + found.lines).joined(separator: "\n"),
                json: .object([.init("occurrence", shown.json), .init("influence", found.json(of: owner))]))
        default:
            throw StudyError.usage("--influence is of a person's answers or of an occurrence: write RUN/PERSON or RUN#NUMBER")
        }
    }

    private func model(
        of completion: Completion, _ actor: String, in run: Run, _ recorder: Recorder
    ) throws -> CachedModel {
        let models = run.header.models
        let own = models.filter { $0.role.hasSuffix("/\(actor)") }
        guard let identity = (own + models).first(where: { $0.identity.title == completion.model })?.identity else {
            throw StudyError.usage("\(run.id) does not name the model '\(sanitised(completion.model))' that was asked")
        }
        return try ModelSet.model(again: identity, of: run, environment: environment, store: recorder)
    }
}
