import Agents
import Results
import Surveys
import Worlds

/// What the people said whom a world's residents were drawn from.
struct ResidentBaseline: Sendable {
    /// The survey as it stands in the database.
    var survey: String
    var title: String
    /// The panel's universe.
    var people: [Respondent]

    /// Why there is none.
    struct Missing: Error, Hashable {
        var why: String

        init(_ why: String) { self.why = "No human baseline: \(why)." }
    }

    /// - Throws: ``Missing`` where the residents stand for nobody who answered the question.
    init(
        of world: LoadedWorld, question: Question, in polled: PolledSurvey, database: ResultsDatabase,
        environment: StudyEnvironment
    ) async throws {
        let residents = world.world.residents.map(\.persona)
        let drawn = residents.filter { $0.respondent != nil }
        guard !drawn.isEmpty else { throw Missing("these residents were written by hand and stand for no population") }
        guard drawn.count == residents.count else {
            throw Missing("\(residents.count - drawn.count) of the \(residents.count) residents were written by hand")
        }
        let panels = Set(drawn.compactMap { world.origins[$0.id] })
        guard let path = panels.first, panels.count == 1 else { throw Missing("the residents come from several panels") }
        let loader = StudyLoader(environment: environment)
        let panel = try loader.panel(recorded: world.files, path: path)
        guard panel.survey == polled.path else {
            throw Missing("the residents were drawn from \(panel.survey), and this is a question of \(polled.path)")
        }
        guard question.hasBaseline else { throw Missing("nobody of \(polled.codebook.title) has answered it") }
        survey = try await loader.withSurvey(recorded: polled.files, path: polled.path) {
            try await database.baseline($0, progress: environment.progress).digest
        }
        title = polled.codebook.title
        people = try await database.respondents(
            ofSurvey: survey, questions: [question.id], variables: Set(panel.universe.conditions.map(\.variable))
        ).filter(panel.universe.contains)
    }
}
