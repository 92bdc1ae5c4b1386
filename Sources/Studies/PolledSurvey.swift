import Files
import Results
import Surveys

/// A survey whose questions can be put to the residents of a world under way.
struct PolledSurvey: Sendable {
    /// From its study's root.
    var path: String
    var codebook: Codebook
    /// It and its microdata.
    var files: [RunFile]
    /// As the command line named it; `nil` for one of the world's.
    var given: String?

    /// One of those the world names.
    init(_ path: String, _ codebook: Codebook, of world: LoadedWorld) {
        self.path = path
        self.codebook = codebook
        files = world.files.filter { $0.path == path || $0.path == codebook.data }
    }

    init(file path: String, environment: StudyEnvironment) throws {
        given = path
        let loaded = try StudyLoader(environment: environment).files.loadSurvey(path)
        self.path = loaded.value.path
        codebook = loaded.value.codebook
        files = try StudyLoader.runFiles(loaded)
    }
}
