import Files
import Kernel
import LanguageModels
import Reports
import Results
import Worlds

extension Repl {
    /// Lists the branches, or makes or switches to one.
    mutating func branch(_ name: String?) async throws -> String {
        let branches = try await branches()
        guard let name else { return try await listed(branches) }
        if let found = branches[name] { return try await goOn(with: found) }
        guard Branches.isName(name) else {
            throw StudyError.usage(
                "'\(name)' is no branch and cannot be the name of one: letters, digits, - and _, a letter first"
                    + (suggestion(for: name, among: branches.all.map(\.name)).map { "; did you mean '\($0)'?" } ?? ""))
        }
        let (before, from) = (branch, session.run)
        try await copy(until: .whole, as: name)
        return "On \(name) (\(session.run)), a copy of \(before) (\(from)) as it is now. 'branch \(before)' goes back there."
    }

    /// Undoes the last step, or goes back to a moment.
    mutating func back(_ rest: String?) async throws -> String {
        let end: Reexecution.End
        if let rest {
            let words = rest.split(maxSplits: 1, whereSeparator: \.isWhitespace)
            let time = try moment(words.first == "to" && words.count == 2 ? String(words[1]) : rest)
            let starts = session.simulation.world.clock.starts
            guard time >= starts else { throw StudyError.usage("the world begins at \(starts)") }
            guard time < session.simulation.time else {
                throw StudyError.usage("\(time) is not past; it is \(session.simulation.time)")
            }
            end = .moment(time)
        } else {
            let steps = try await database.run(session.run).committedSteps
            guard steps > 0 else { throw StudyError.usage("nothing has happened yet that could be undone") }
            end = .steps(steps - 1)
        }
        let undone = session.run
        try await copy(until: end, as: Branches.name(of: try await database.run(undone)))
        let name = try await branches().name(ofRun: undone)
        return "Back at \(session.simulation.time), as \(session.run). What was undone is \(name) (\(undone)); 'branch \(name)' goes there."
    }

    /// Another run, at its end; the session's own are closed.
    mutating func open(_ name: String) async throws -> String {
        var other = try await Self.replayed(name, until: nil, recorder: session.recorder, environment: environment)
        try await close()
        (other.look, other.extraSurveys, other.script, other.opened) = (look, extraSurveys, script, opened)
        try await other.lookUp()
        self = other
        return greeting
    }

    func branches() async throws -> Branches { Branches(try await database.runs(), session: root) }

    /// `09:00` of the present day, or `day 1 09:00`.
    func moment(_ text: String) throws -> SimulationTime {
        let text = oneLine(text)
        if let second = SimulationTime.secondOfDay(text) {
            return SimulationTime(seconds: SimulationTime(day: session.simulation.time.day).seconds + second)
        }
        return try RunStudy.moment(text)
    }

    /// Goes on with a copy of the branch one is on, re-executed as far as `end` into a run of its own.
    private mutating func copy(until end: Reexecution.End, as name: String) async throws {
        let run = try await database.run(session.run)
        var other = try await again(run).session(
            until: end, header: Self.header(of: run, as: name, environment: environment))
        if end == .whole { other.simulation.pass(until: session.simulation.time) }
        try await session.recorder.addSettings(
            [Branches.Setting.moment: other.simulation.time.description], run: other.run)
        try await take(up: other)
    }

    private func again(_ run: Run) throws -> Reexecution {
        var offline = environment
        offline.offline = true
        return Reexecution(
            run: run, loaded: session.loaded,
            models: try ModelSet(
                section: session.loaded.models, environment: offline, store: session.recorder,
                recorded: run.header.models.map(\.identity)),
            recorder: session.recorder, jobs: environment.jobs, progress: environment.progress)
    }

    private mutating func goOn(with found: Branches.Branch) async throws -> String {
        guard found.run.id != session.run else { return "On \(found.name) (\(found.run.id)) already." }
        if let there = beside.removeValue(forKey: found.run.id) {
            try await take(up: there)
        } else {
            try await take(up: try await again(found.run).resumed())
        }
        return "On \(found.name) (\(found.run.id)), \(session.simulation.time)."
    }

    private mutating func take(up other: WorldSession) async throws {
        var other = other
        other.models = session.models
        beside[session.run] = session
        session = other
        try await lookUp()
    }

    /// What can be named that the database knows of.
    mutating func lookUp() async throws {
        let runs = try await database.runs()
        let branches = Branches(runs, session: root)
        branch = branches.name(ofRun: session.run)
        branchNames = branches.all.map(\.name)
        runNames = runs.map(\.id)
    }

    private func listed(_ branches: Branches) async throws -> String {
        var table = TerminalTable(titles: ["", "branch", "run", "until", "copied from"])
        for branch in branches.all {
            let there = branch.run.id == session.run ? session : beside[branch.run.id]
            var until = there?.simulation.time
            if until == nil { until = try await database.lastCommittedTime(run: branch.run.id) }
            table.rows.append([
                .text(branch.run.id == session.run ? "*" : ""), .text(branch.name), .text(branch.run.id),
                .text(until?.description ?? "its beginning"),
                .text(branch.origin.map { "\($0.run) at \($0.moment)" } ?? ""),
            ])
        }
        return table.rendered()
    }
}
