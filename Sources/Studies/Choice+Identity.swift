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
    init(again identity: ModelIdentity, environment: StudyEnvironment) {
        self.init(name: identity.name)
        guard let recorded = identity.adapter else { return }
        let file = recorded.file ?? String(recorded.digest.prefix(12))
        let isPermitted = StudyRoot.here.permits(file, allowing: environment.permissions.paths)
        adapter = Adapter(file: file, path: isPermitted ? StudyRoot.here.absolute(file) : "", scale: recorded.scale)
    }
}
