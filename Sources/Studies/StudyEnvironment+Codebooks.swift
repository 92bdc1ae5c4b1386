import Agents
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

    /// Whether a poll's answers can stand beside people's: drawn people were asked, and of some question the answers of
    /// the survey's own are known.
    static func standBesidePeople(_ asked: [Persona], _ recorded: [RecordedAnswer], _ codebooks: [Codebook]) -> Bool {
        let questions = Set(recorded.map(\.answer.question))
        return asked.contains { $0.respondent != nil }
            && codebooks.flatMap(\.questions).contains { questions.contains($0.id) && $0.hasBaseline }
    }
}
