import Agents
import Reports
import Results
import Surveys

extension ShowStudy {
    /// What moves the answers of a poll besides their content.
    func probes(_ run: Run, _ database: ResultsDatabase) async throws -> StudyOutcome {
        guard run.header.kind == "poll", let path = run.header.settings["survey"] else {
            throw StudyError.usage("\(run.id) is no poll; --probes reads polls, best of 'populace poll ... --probe'")
        }
        let survey = try StudyLoader(environment: environment).survey(
            recorded: try await database.files(ofRun: run.id), path: path)
        var weights: [String: Double] = [:]
        for persona in try await database.personas(run: run.id) { weights[persona.id] = persona.weight }
        let table = ProbeTable(
            survey.questions, answers: try await database.answersToEveryWording(run: run.id).map(\.answer),
            weights: weights)
        return StudyOutcome(text: table.text, json: table.json)
    }
}
