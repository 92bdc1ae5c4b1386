import Files
import LanguageModels

extension ModelSection.Choice {
    /// Whether this is how a file or the command line names a model with this identity, as far as a name can tell.
    func names(_ identity: ModelIdentity) -> Bool {
        guard identity.name == name, (identity.adapter == nil) == (adapter == nil) else { return false }
        guard let adapter, let other = identity.adapter else { return true }
        return AdapterIdentity(digest: other.digest, scale: adapter.scale, file: adapter.file).title == other.title
    }

    /// The embedded model of a recorded identity, to be asked again.
    ///
    /// - Throws: ``StudyError/usage(_:)`` where its adapter lies outside the study the current folder belongs to.
    init(again identity: ModelIdentity, environment: StudyEnvironment) throws {
        self.init(name: identity.name)
        guard let recorded = identity.adapter else { return }
        let file = recorded.file ?? String(recorded.digest.prefix(12))
        guard StudyRoot.here.permits(file, allowing: environment.permissions.paths) else {
            throw StudyError.usage("the adapter \(file) lies outside the study; allow it with --allow-path \(file)")
        }
        adapter = Adapter(file: file, path: StudyRoot.here.absolute(file), scale: recorded.scale)
    }
}
