import Agents
import Files
import Results

/// An experiment with what was decided in it: all that its statistics are made of.
struct ExperimentRecord: Sendable {
    let experiment: Experiment
    let cells: [Experiment.Cell]
    let subjects: [RecordedSubject]
    /// In recorded order.
    let decisions: [RecordedDecision]
    /// What was played; `nil` where subjects decided each for themselves, and of a run that did not come to its end.
    let games: GameSession?

    /// - Throws: ``StudyError`` where the decisions are not those of the experiment's game.
    init(
        experiment: Experiment, cells: [Experiment.Cell], subjects: [RecordedSubject], decisions: [RecordedDecision]
    ) throws {
        (self.experiment, self.cells, self.subjects, self.decisions) = (experiment, cells, subjects, decisions)
        games = try decisions.isEmpty ? nil : experiment.game.map { rules in
            var games = try GameSession(
                rules, cells: cells, players: subjects.map(\.id), repeats: experiment.repeats, seed: experiment.seed)
            try games.replay(decisions)
            return games
        }
    }

    /// Reads a run back, with the files as they were.
    init(_ run: Run, environment: StudyEnvironment, database: ResultsDatabase) async throws {
        guard run.header.kind == "experiment" else { throw StudyError.usage("\(run.id) is no experiment") }
        let settings = run.header.settings
        var experiment = try StudyLoader(environment: environment).experiment(
            recorded: try await database.files(ofRun: run.id), path: settings["path"] ?? "")
        experiment.seed = run.header.seed
        let arms = settings["arms"]?.split(separator: ",").map(String.init)
        try await self.init(
            experiment: experiment, cells: experiment.cells(arms: arms), subjects: database.subjects(run: run.id),
            decisions: run.status == .done ? database.decisions(run: run.id) : [])
    }

    /// One value of a measure.
    struct Observation: Hashable {
        /// Place in `cells`.
        var cell: Int
        var subject: String
        var repetition: Int
        var order: [Int]
        var value: Double
    }

    /// Every answer that has a value, in recorded order; refusals and what could not be read have none.
    func observations(_ measure: Measure) -> [Observation] {
        if let games { return observations(measure, in: games) }
        guard let decision = experiment.decision(measure.decision) else { return [] }
        let drawn = Dictionary(subjects.map { ($0.id, $0.drawn) }, uniquingKeysWith: { first, _ in first })
        let places = Dictionary(uniqueKeysWithValues: cells.enumerated().map { ($1.number, $0) })
        let filled = cells.map { decision.filled($0.variables) }
        return decisions.compactMap { recorded in
            guard recorded.answer.decision == measure.decision, let place = places[recorded.cell] else { return nil }
            let answer = recorded.answer
            let own = drawn[answer.subject].flatMap { $0.isEmpty ? nil : filled[place].filled($0) } ?? filled[place]
            return measure.value(answer, own).map {
                Observation(cell: place, subject: answer.subject, repetition: answer.repetition, order: answer.order, value: $0)
            }
        }
    }

    /// What was measured for, in this order: by comparisons, analyses and baselines; else each decision's plainest.
    var measures: [Measure] {
        var all = experiment.comparisons.map(\.measure)
        all += experiment.analyses.map { analysis in
            switch analysis {
            case .trend(let measure, _, _), .regression(let measure, _), .mixture(let measure, _, _, _): measure
            }
        }
        all += [experiment.humans, experiment.paper].compactMap(\.self).flatMap { $0.figures.map(\.measure) }
        for decision in experiment.decisions where !all.contains(where: { $0.decision == decision.name }) {
            // Of a game amounts are shown as shares, which games of any stake have in common.
            if games != nil, experiment.decision(decision.name + " share") != nil { continue }
            all += Self.plainest(decision)
        }
        var seen: Set<Measure> = []
        return all.filter { seen.insert($0).inserted }
    }

    private static func plainest(_ decision: Decision) -> [Measure] {
        let mean = Measure(decision: decision.name)
        switch decision.kind {
        case .integer, .amount: return [mean]
        case .split(_, let parts): return parts.map { Measure(decision: decision.name, part: $0) }
        case .choice, .text:
            if mean.obstacle(decision) == nil { return [mean] }
            let names = decision.outcomes ?? []
            return (names.count == 2 ? Array(names.prefix(1)) : names).map {
                Measure(decision: decision.name, condition: .init(test: .equal, value: $0))
            }
        }
    }
}

extension StudyLoader {
    /// Reads an experiment from the contents stored in its run.
    func experiment(recorded files: [RunFile], path: String) throws -> Experiment {
        try restored(files) { try self.files.loadExperiment($0 + "/" + path).value }
    }
}
