import LanguageModels
import Results

extension ModelSet {
    /// The models that ask a recorded one again, in every role.
    static func section(
        again identity: ModelIdentity, of run: Run, environment: StudyEnvironment
    ) -> ModelSection {
        let recorded = identity.backEnd == "openai" ? servers(run.header.settings["server"] ?? "") : []
        var choice = ModelSection.Choice(again: identity, environment: environment)
        choice.servers = environment.servers.isEmpty ? recorded : environment.servers
        choice.revision = identity.weights
        return ModelSection(speaker: choice, scribe: choice, embedder: choice)
    }

    /// A model as a run recorded it, or none at all.
    ///
    /// - Throws: ``StudyError/usage(_:)`` where there is another by that name now.
    static func model(
        again identity: ModelIdentity, of run: Run, environment: StudyEnvironment, store: any CompletionStore
    ) throws -> CachedModel {
        let model = try speaker(
            section: section(again: identity, of: run, environment: environment), environment: environment, store: store,
            recorded: [identity])
        guard model.identity == identity else {
            throw StudyError.usage(
                "\(run.id) asked another \(identity.title) than there is now (other weights, library or settings); poll again")
        }
        return model
    }
}
