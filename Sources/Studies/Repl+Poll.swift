import Agents
import Files
import Kernel
import LanguageModels
import Reports
import Results
import Surveys
import Worlds

extension Repl {
    /// Puts a survey's question to a copy of everybody; recorded as a poll of its own.
    mutating func poll(_ rest: String) async throws -> String {
        let words = rest.split(whereSeparator: \.isWhitespace).map(String.init)
        guard words.count == 1 || words.count == 3 && words[1] == "by" else {
            throw StudyError.usage("write it as: poll QUESTION, or poll QUESTION by place")
        }
        let (survey, question) = try question(words[0])
        let groups = words.count == 3 ? try self.groups(by: words[2]) : [:]
        let simulation = session.simulation
        var baseline: ResidentBaseline?
        var missing: String?
        do {
            baseline = try await ResidentBaseline(
                of: session.loaded, question: question, in: survey, database: database, environment: environment)
        } catch let error as ResidentBaseline.Missing {
            missing = error.why
        }
        let (answers, uses) = try await WorldSession.ask(
            [question], from: survey.codebook, of: simulation, loaded: session.loaded, models: session.models,
            seed: session.seed, jobs: environment.jobs)
        let run = try await session.recorder.beginRun(
            RunHeader(
                kind: "poll", created: environment.now(), commandLine: "\(environment.commandLine): poll \(rest)",
                version: populaceVersion, seed: session.seed, source: session.run, files: survey.files,
                models: session.models.byRole.filter { $0.role != "scribe" }.map {
                    RunModel(role: $0.role, model: $0.model)
                },
                settings: ["residents of": session.run, "survey": survey.path]),
            personas: session.loaded.world.residents.map(\.persona))
        try await session.recorder.commitStep(
            run: run, time: simulation.time, uses: uses, answers: answers, survey: baseline?.survey)
        try await session.recorder.finishRun(
            run, status: .done, tokens: uses.reduce(0) { $0 + $1.tokens }, wallSeconds: 0)
        try await lookUp()
        var lines = [wrapped("\(question.id): \(sanitised(question.ask))", to: 80).trimmingSuffix("\n")]
        if question.scale == .open {
            lines = [OpenAnswers(question: question, answers: answers).text]
        } else {
            lines.append(PollBars(question, answers, groups: groups, attribute: words.last ?? "", people: baseline?.people).text)
            let beside = baseline.map {
                "People: \(counted($0.people.count, "respondent")) of \($0.title) in the panel's universe, as far as they answered."
            }
            lines.append(wrapped(sanitised(beside ?? missing ?? ""), to: 80).trimmingSuffix("\n"))
        }
        return (lines + [dimmed("\(run), \(run)/PERSON/\(question.id)")]).joined(separator: "\n")
    }

    /// Surveys that can be polled with: the world's by path, then those given besides.
    var surveys: [PolledSurvey] {
        let named = session.loaded.surveys.keys.sorted(by: precedes).compactMap { path in
            session.loaded.surveys[path].map { PolledSurvey(path, $0, of: session.loaded) }
        }
        return named + extraSurveys.filter { extra in !named.contains { $0.path == extra.path } }
    }

    /// A question by its id, or by survey and id where several surveys have one of that id: `gss2018/natpark`.
    private func question(_ name: String) throws -> (PolledSurvey, Question) {
        let surveys = surveys
        let found = surveys.flatMap { survey in
            survey.codebook.questions.filter { $0.id == name || "\(survey.codebook.id)/\($0.id)" == name }.map { (survey, $0) }
        }
        if let only = found.first, found.count == 1 { return only }
        if found.count > 1 {
            throw StudyError.usage("'\(name)' may be \(found.map { "\($0.0.codebook.id)/\($0.1.id)" }.joined(separator: " or "))")
        }
        guard !surveys.isEmpty else {
            throw StudyError.usage("the world names no survey; begin the session with --survey FILE to poll")
        }
        let known = surveys.flatMap { $0.codebook.questions.map(\.id) }
        throw StudyError.usage(
            "no survey here has a question '\(name)'"
                + (suggestion(for: name, among: known).map { "; did you mean '\($0)'?" } ?? "; there are \(known.joined(separator: ", "))"))
    }

    /// The group of everybody who is in one, by persona id.
    private func groups(by attribute: String) throws -> [String: String] {
        let personas = session.loaded.world.residents.map(\.persona)
        var known = Set(personas.flatMap { $0.attributes.keys })
        known.formUnion(["place", "age", "pronouns", "work"])
        guard known.contains(attribute) else {
            throw StudyError.usage("nobody has an attribute '\(attribute)'; there are \(known.sorted(by: precedes).joined(separator: ", "))")
        }
        var groups: [String: String] = [:]
        for persona in personas {
            groups[persona.id] = persona.attributes[attribute] ?? {
                switch attribute {
                case "place": session.simulation.place(of: persona.id)
                case "age": persona.age.map(String.init)
                case "pronouns": persona.pronouns
                case "work": persona.work
                default: nil
                }
            }()
        }
        return groups
    }
}
