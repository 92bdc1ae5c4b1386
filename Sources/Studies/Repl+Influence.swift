import LanguageModels
import Reports

extension Repl {
    /// What each memory recalled for an occurrence did to it: lines below how it came about; none where no model was
    /// asked or nothing was recalled.
    func influence(on sequence: Int) async throws -> [String] {
        let study = OccurrenceInfluence(run: session.run, database: database, recorder: session.recorder)
        do {
            return try await study.found(sequence, model: model)?.lines ?? []
        } catch where error is ModelError || error is StudyError {
            return ["  influence: not to be had: " + sanitised(describe(error))]
        }
    }

    /// The model that gave a completion: the actor's own, or the world's.
    private func model(of completion: Completion, _ actor: String) -> CachedModel? {
        let models = session.models
        let own = models.residents[actor].map { [$0.speaker, $0.scribe] } ?? []
        return (own + [models.speaker, models.scribe]).first { $0.identity.title == completion.model }
    }
}
