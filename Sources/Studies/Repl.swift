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

    let environment: StudyEnvironment
    var session: WorldSession
    /// What to say first: which world, recorded as which run.
    public internal(set) var greeting = ""
    private var closed = false

    init(environment: StudyEnvironment, session: WorldSession) {
        self.environment = environment
        self.session = session
    }

    /// The clock: `day 1 06:00> `.
    public var prompt: String { "\(session.simulation.time)> " }

    /// What a line can begin with or name: commands, people's ids and first names, places.
    public var vocabulary: [String] {
        let people = session.simulation.who
        return ReplLine.words + (people.map { firstName($0.name) } + people.map(\.id) + places.map(\.name)).map { sanitised($0) }
    }

    /// Does what a line says. Errors are text; after one, everything is as it was before the step that failed.
    public mutating func answer(_ line: String) async -> Reply {
        do {
            switch ReplLine(line) {
            case .nothing: return .text("")
            case .quit:
                try await close()
                return .quit
            case .help: return .text(help)
            case .step(let count): return .text(try await step(count))
            case .run(let span): return .text(try await run(span))
            case .who: return .text(who)
            case .map: return .text(map)
            case .look(let place): return .text(try look(place))
            case .person(let name): return .text(try profile(of: name))
            case .memories(let name): return .text(try memories(of: name))
            case .plan(let name): return .text(try plan(of: name))
            case .ask(let rest): return .text(try await ask(rest))
            case .tell(let rest): return .text(try await tell(rest))
            case .inject(let rest): return .text(try await inject(rest))
            case .mistaken(""): throw StudyError.usage(unknown(line))
            case .mistaken(let why): throw StudyError.usage(why)
            }
        } catch {
            return .text(sanitised(describe(error), keepingLines: true))
        }
    }

    /// Marks the run as stopped, or as done where the world came to its end.
    public mutating func close() async throws {
        if closed { return }
        let simulation = session.simulation
        let done = simulation.nextTime == nil || simulation.stopped.map { if case .tokens = $0 { false } else { true } } ?? false
        try await session.recorder.finishRun(
            session.run, status: done ? .done : .stopped, tokens: simulation.tokens, wallSeconds: 0)
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
