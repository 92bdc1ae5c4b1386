import Agents
import Files
import Kernel
import Reports
import Results
import Worlds

/// A world stepped through by hand: one line in, one answer out.
///
///     var repl = try await Repl.open(.file("Worlds/alder-creek.yaml"), environment: environment)
///     if case .text(let text) = await repl.answer("run 2 h") { print(text) }
///
/// Everything that happens is recorded as a run of its own. What is done by hand is recorded before it is done, and takes
/// effect at once.
public struct Repl: Sendable {
    public enum Reply: Sendable, Hashable {
        /// Safe to print; may be empty.
        case text(String)
        case quit
    }

    /// How what is said is shown.
    public struct Look: Sendable, Hashable {
        /// Whether addresses are dimmed, which only a terminal can do.
        public var dims: Bool
        /// Whether prompts and answers of models are printed whole.
        public var showsPrompts: Bool

        public static let plain = Look(dims: false)

        public init(dims: Bool, showsPrompts: Bool = false) {
            self.dims = dims
            self.showsPrompts = showsPrompts
        }
    }

    var environment: StudyEnvironment
    /// Of the branch one is on.
    var session: WorldSession
    /// Sessions of other branches that are under way, by run.
    var beside: [String: WorldSession] = [:]
    /// The run that the first of the branches began as.
    var root: String
    /// The name of the branch one is on.
    var branch = Branches.first
    var look = Look.plain
    /// What to say first: which world, recorded as which run.
    public internal(set) var greeting = ""
    /// Surveys to poll with besides those the world names.
    var extraSurveys: [PolledSurvey] = []
    /// What the database holds, for completion.
    var runNames: [String] = []
    var branchNames: [String] = []
    /// A world file or a run, as it was opened.
    var opened: String
    /// The lines that were done, without those that failed.
    var script: [String] = []
    private var closed = false

    init(environment: StudyEnvironment, session: WorldSession, root: String, opened: String) {
        self.environment = environment
        self.session = session
        self.root = root
        self.opened = opened
    }

    var database: ResultsDatabase { session.recorder.database }

    /// The clock, and the branch where it is not the first: `day 1 06:00> `, `day 1 06:00 (tent)> `.
    public var prompt: String {
        "\(session.simulation.time)" + (branch == Branches.first ? "" : " (\(branch))") + "> "
    }

    /// Does what a line says. Errors are text; after one, everything is as it was before the step that failed.
    public mutating func answer(_ line: String) async -> Reply {
        do {
            let reply = try await reply(to: ReplLine(line), line)
            if case .text = reply { note(line) }
            return reply
        } catch {
            return .text(failure(error))
        }
    }

    private mutating func reply(to meaning: ReplLine, _ line: String) async throws -> Reply {
        switch meaning {
        case .nothing: .text("")
        case .quit: try await quit()
        case .help: .text(help)
        case .step(let count): .text(try await step(count))
        case .run(let span): .text(try await run(span))
        case .who: .text(who)
        case .map: .text(map)
        case .look(let place): .text(try look(place))
        case .person(let name): .text(try profile(of: name))
        case .memories(let name): .text(try memories(of: name))
        case .plan(let name): .text(try plan(of: name))
        case .ask(let rest): .text(try await ask(rest))
        case .tell(let rest): .text(try await tell(rest))
        case .inject(let rest): .text(try await inject(rest))
        case .poll(let rest): .text(try await poll(rest))
        case .why(let number): .text(try await why(number))
        case .show(let address): .text(try await show(address))
        case .branch(let name): .text(try await branch(name))
        case .back(let rest): .text(try await back(rest))
        case .changes(let name): .text(try await changes(name))
        case .cost: .text(try await cost())
        case .save(let file): .text(try save(file))
        case .open(let name): .text(try await open(name))
        case .mistaken(""): throw StudyError.usage(unknown(line))
        case .mistaken(let why): throw StudyError.usage(why)
        }
    }

    private mutating func quit() async throws -> Reply {
        try await close()
        return .quit
    }

    /// Marks the runs as stopped, or as done where the world came to its end.
    public mutating func close() async throws {
        if closed { return }
        for session in [session] + beside.keys.sorted(by: precedes).compactMap({ beside[$0] }) {
            let simulation = session.simulation
            let done = simulation.nextTime == nil
                || simulation.stopped.map { if case .tokens = $0 { false } else { true } } ?? false
            try await session.recorder.finishRun(
                session.run, status: done ? .done : .stopped, tokens: simulation.tokens, wallSeconds: 0)
        }
        closed = true
    }

    private func unknown(_ line: String) -> String {
        let word = line.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
        if session.simulation.who.contains(where: { matches($0, line) }) {
            return "what about \(oneLine(line))? Write '\(oneLine(line))?', '\(oneLine(line))??', or 'help'"
        }
        return "unknown command '\(word)'"
            + (suggestion(for: word, among: ReplLine.words).map { "; did you mean '\($0)'?" } ?? "; 'help' lists them")
    }
}

extension Repl {
    var places: [World.Place] { session.simulation.world.places.sorted { precedes($0.name, $1.name) } }

    func firstName(_ name: String) -> String { name.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? name }

    /// Whether somebody goes by this: id, full name or first name, in either case.
    func matches(_ person: ResidentView, _ name: String) -> Bool {
        let wanted = oneLine(name).lowercased()
        return [person.id, person.name, firstName(person.name)].contains { oneLine($0).lowercased() == wanted }
    }

    func person(_ name: String) throws -> ResidentView {
        let people = session.simulation.who
        let found = people.filter { matches($0, name) }
        // A full name or an id is never ambiguous because of somebody's first name.
        let wanted = oneLine(name).lowercased()
        let exact = found.filter { $0.id.lowercased() == wanted || oneLine($0.name).lowercased() == wanted }
        if let only = exact.count == 1 ? exact.first : found.count == 1 ? found.first : nil { return only }
        if found.count > 1 {
            throw StudyError.usage("'\(name)' may be \(found.map(\.id).joined(separator: " or "))")
        }
        let known = people.flatMap { [firstName($0.name), $0.name, $0.id] }
        throw StudyError.usage(
            "nobody is called '\(name)'"
                + (suggestion(for: name, among: known).map { "; did you mean '\($0)'?" } ?? "; 'who' lists everybody"))
    }

    func place(_ name: String) throws -> World.Place {
        let wanted = oneLine(name).lowercased()
        if let found = places.first(where: { oneLine($0.name).lowercased() == wanted }) { return found }
        throw StudyError.usage(
            "no place is called '\(name)'"
                + (suggestion(for: name, among: places.map(\.name)).map { "; did you mean '\($0)'?" } ?? "; 'map' shows them"))
    }

    func name(of id: String) -> String { session.simulation.who.first { $0.id == id }?.name ?? id }
}

/// On one line, with single spaces.
func oneLine(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
