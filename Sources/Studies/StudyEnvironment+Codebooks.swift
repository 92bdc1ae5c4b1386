import Kernel
import Results
import Surveys

extension StudyEnvironment {
    /// The codebooks of what was asked: of the survey of a poll, or of those that a world names; none where nobody was.
    func codebooks(of run: Run, _ recorded: [RecordedAnswer], in database: ResultsDatabase) async throws -> [Codebook] {
        if let digest = recorded.compactMap(\.survey).first, let survey = try await database.survey(digest) {
            return [survey.codebook]
        }
        guard run.header.kind == "run", !recorded.isEmpty else { return [] }
        let world = try StudyLoader(environment: self).world(
            recorded: try await database.files(ofRun: run.id), path: run.header.settings["path"] ?? "")
        return world.surveys.keys.sorted(by: precedes).compactMap { world.surveys[$0] }
    }
}
