import Agents
import Kernel
import Reports
import Results
import Worlds

/// What differs between two runs of one world, as far as both have come.
struct RunChanges: Sendable {
    struct Side: Sendable {
        /// As it is called: a branch.
        var name: String
        var run: RecordedRun
        var byHand: [Intervention]

        /// Whether the world has begun.
        var hasBegun: Bool { !run.occurrences.isEmpty || run.memories.values.contains { !$0.isEmpty } }
    }

    /// A thing that is on one side only.
    struct Entry: Hashable, Sendable {
        var time: SimulationTime
        var text: String
    }

    struct Difference: Sendable {
        var here: [Entry]
        var there: [Entry]

        var isEmpty: Bool { here.isEmpty && there.isEmpty }

        /// What is in one list oftener than in the other, in its order.
        init(_ here: [Entry], _ there: [Entry]) {
            func beyond(_ entries: [Entry], _ others: [Entry]) -> [Entry] {
                var left: [Entry: Int] = [:]
                for other in others { left[other, default: 0] += 1 }
                return entries.filter { entry in
                    guard let count = left[entry], count > 0 else { return true }
                    left[entry] = count - 1
                    return false
                }
            }
            (self.here, self.there) = (beyond(here, there), beyond(there, here))
        }
    }

    var here: Side
    var there: Side
    /// The moment as far as both have come.
    var until: SimulationTime
    var byHand: Difference
    var occurrences: Difference
    /// By name of who remembers.
    var memories: [(name: String, difference: Difference)]
    /// Who is elsewhere at `until`.
    var whereabouts: [(name: String, here: String, there: String)]

    init(_ here: Side, _ there: Side) {
        self.here = here
        self.there = there
        // Of a world that has not begun its first moment is still to come.
        let until = [here, there].map { $0.hasBegun ? $0.run.until : $0.run.until - TimeSpan(seconds: 1) }.min() ?? here.run.until
        self.until = until
        let residents = here.run.world.residents.map(\.persona).sorted { precedes($0.id, $1.id) }
        let names = Dictionary(residents.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        func entries(_ side: Side) -> [Entry] {
            side.run.occurrences.filter { $0.time <= until }.map { occurrence in
                let words = occurrence.kind == .say
                    ? "\(names[occurrence.actor ?? ""] ?? ""): \"\(occurrence.text)\"" : occurrence.text
                return Entry(time: occurrence.time, text: "\(occurrence.place): \(words)")
            }
        }
        func hands(_ side: Side) -> [Entry] {
            side.byHand.filter { $0.seconds <= until.seconds }.map {
                let words = $0.text.split(separator: "\t", maxSplits: 1).map(String.init)
                return Entry(
                    time: SimulationTime(seconds: $0.seconds),
                    text: "\($0.command) \(words.first ?? "") \"\(words.count > 1 ? words[1] : "")\"")
            }
        }
        func stream(_ side: Side, _ id: String) -> [Entry] {
            (side.run.memories[id] ?? []).filter { $0.time <= until }.map {
                Entry(time: $0.time, text: "\($0.kind.rawValue): \($0.text)")
            }
        }
        byHand = Difference(hands(here), hands(there))
        occurrences = Difference(entries(here), entries(there))
        memories = residents.compactMap { person in
            let difference = Difference(stream(here, person.id), stream(there, person.id))
            return difference.isEmpty ? nil : (person.name, difference)
        }
        let (ours, theirs) = (Whereabouts.all(in: here.run, at: until), Whereabouts.all(in: there.run, at: until))
        whereabouts = residents.compactMap { person in
            let (one, other) = (ours[person.id] ?? "", theirs[person.id] ?? "")
            return one == other ? nil : (person.name, one, other)
        }
    }

    /// The first moment at which anything differs; `nil` where nothing does.
    var divergence: SimulationTime? {
        let all = [byHand, occurrences] + memories.map(\.difference)
        return all.flatMap { $0.here + $0.there }.map(\.time).min()
    }
}
