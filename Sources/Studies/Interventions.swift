import Kernel
import Results
import Worlds

/// What was done by hand in a run, to be done again at the same moments.
///
/// What is done at a moment comes after all else of that moment and before anything later, so that its time says
/// exactly where it belongs.
struct Interventions: Sendable {
    private var pending: ArraySlice<Intervention>

    init(_ recorded: [Intervention]) {
        pending = ArraySlice(recorded)
    }

    /// When the next of them was done; `nil` when all are done again.
    var next: SimulationTime? { pending.first.map { SimulationTime(seconds: $0.seconds) } }

    /// Does the next of them if its turn has come; call it before every step.
    ///
    /// - Returns: What was done, `nil` where nothing was.
    mutating func applyDue(to simulation: inout Simulation) -> Intervention? {
        guard let moment = nextDue(in: simulation), let first = pending.first else { return nil }
        simulation.pass(until: moment)
        pending.removeFirst()
        return first.apply(to: &simulation) ? first : nil
    }

    /// The moment of the next of them if its turn has come.
    func nextDue(in simulation: Simulation) -> SimulationTime? {
        guard let first = pending.first, simulation.nextTime.map({ $0.seconds > first.seconds }) ?? true else { return nil }
        return SimulationTime(seconds: first.seconds)
    }
}

extension Intervention {
    /// - Parameters:
    ///   - object: Persona id for `tell`, place for `inject`.
    ///   - words: On one line, without tabs.
    init(_ command: String, _ object: String, _ words: String, at simulation: Simulation) {
        self.init(seconds: simulation.time.seconds, command: command, text: "\(object)\t\(words)")
    }

    /// - Returns: `false` where it cannot be done.
    func apply(to simulation: inout Simulation) -> Bool {
        guard let tab = text.lastIndex(of: "\t") else { return false }
        let (object, words) = (String(text[..<tab]), String(text[text.index(after: tab)...]))
        return switch command {
        case "tell": simulation.tell(object, words)
        case "inject": simulation.inject(object, words)
        default: false
        }
    }
}
