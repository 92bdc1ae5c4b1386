internal import Agents
public import Kernel

/// Where a resident was, from beginning to end of a run; between two stays they were on the way.
public struct Whereabouts: Hashable, Sendable {
    public struct Stay: Hashable, Sendable {
        public var place: String
        public var from: SimulationTime
        /// The first moment it is over.
        public var until: SimulationTime
        public var awake: Bool
    }

    public let resident: String
    /// Earliest first; none is empty and no two overlap.
    public let stays: [Stay]
    let span: Span

    /// Read from `move`, `sleep` and `wake`. Whoever only passes through a place leaves it without a word: when they
    /// left follows from when they came to the next place and how long the way there takes.
    ///
    /// - Complexity: O(n) in the resident's own occurrences, which `deeds` has in order.
    init(of resident: World.Resident, _ deeds: [Occurrence], _ geography: Geography, in run: RecordedRun) {
        let name = resident.persona.name
        var place = resident.lives
        var since = run.world.clock.starts
        var (awake, present, passing) = (false, true, false)
        var stays: [Stay] = []
        func close(_ time: SimulationTime) {
            if present, time > since { stays.append(Stay(place: place, from: since, until: time, awake: awake)) }
        }
        for deed in deeds {
            switch deed.kind {
            case .wake, .sleep:
                close(deed.time)
                since = deed.time
                awake = deed.kind == .wake
                passing = false
            case .move where Movement.isDeparture(deed.text, of: name):
                close(deed.time)
                present = false
            case .move:
                if present {
                    let takes = geography.takes(from: place, to: deed.place) ?? run.world.clock.grain
                    close(deed.time - takes)
                }
                (place, since, present) = (deed.place, deed.time, true)
                passing = Movement.isPassing(deed.text, of: name, at: deed.place)
            default: passing = false
            }
        }
        // Whoever was last seen passing through is on the way.
        if !passing { close(run.until) }
        self.resident = resident.persona.id
        self.stays = stays
        span = Span(from: run.world.clock.starts, until: run.until)
    }

    /// Of every resident, by persona id.
    ///
    /// - Complexity: O(occurrences + residents log residents).
    public static func all(in run: RecordedRun) -> [Whereabouts] {
        let deeds = run.deeds
        let geography = Geography(run.world.places, grain: run.world.clock.grain)
        return run.world.residents.sorted { precedes($0.persona.id, $1.persona.id) }.map {
            Whereabouts(of: $0, deeds[$0.persona.id] ?? [], geography, in: run)
        }
    }

    /// Where every resident was at a moment, by persona id: a place, `asleep in` one, or `on the way`.
    public static func all(in run: RecordedRun, at time: SimulationTime) -> [String: String] {
        // What was done at the moment itself is over only after it.
        let run = RecordedRun(
            world: run.world, occurrences: run.occurrences.filter { $0.time <= time }, until: time + TimeSpan(seconds: 1))
        return Dictionary(uniqueKeysWithValues: all(in: run).map { whereabouts in
            guard let stay = whereabouts.stays.last, stay.until == run.until else { return (whereabouts.resident, "on the way") }
            return (whereabouts.resident, (stay.awake ? "" : "asleep in ") + stay.place)
        })
    }

    /// When they were awake, on the way or not.
    var waking: [Span] { (present(awake: true) + walking).merged }

    func present(awake: Bool) -> [Span] {
        stays.filter { $0.awake == awake }.map { Span(from: $0.from, until: $0.until) }
    }

    /// When they were in one of these places and awake.
    func awake(in places: Set<String>) -> [Span] {
        stays.filter { $0.awake && places.contains($0.place) }.map { Span(from: $0.from, until: $0.until) }
    }

    /// When they were on the way.
    var walking: [Span] {
        var from = span.from
        var walks: [Span] = []
        for stay in stays {
            walks.append(Span(from: from, until: stay.from))
            from = stay.until
        }
        walks.append(Span(from: from, until: span.until))
        return walks.filter { $0.seconds > 0 }
    }
}

/// How going from place to place is put into words, and read again.
enum Movement {
    static func departure(of name: String, from: String, goal: String) -> String { "\(name) leaves \(from) for \(goal)." }

    static func arrival(of name: String, from: String, at place: String, goal: String?) -> String {
        "\(name) comes from \(from) to \(place)" + (goal.map { ", on the way to \($0)." } ?? ".")
    }

    static func isDeparture(_ text: String, of name: String) -> Bool { text.hasPrefix("\(name) leaves ") }

    /// Where somebody goes who leaves a place or only passes through it; `nil` for whoever stays.
    static func goal(_ text: String, of name: String, at place: String) -> String? {
        let leaving = "\(name) leaves \(place) for "
        if text.hasPrefix(leaving) { return String(text.dropFirst(leaving.count).dropLast()) }
        guard isPassing(text, of: name, at: place), let way = text.firstRange(of: " to \(place), on the way to ") else {
            return nil
        }
        return String(text[way.upperBound...].dropLast())
    }

    /// Whether somebody comes to a place only on the way to another.
    static func isPassing(_ text: String, of name: String, at place: String) -> Bool {
        text.hasPrefix("\(name) comes from ") && text.contains(" to \(place), on the way to ")
    }
}

extension World {
    /// A place and the areas inside it, and inside those.
    func within(_ place: String) -> Set<String> {
        var inside: Set = [place]
        var found = true
        while found {
            found = false
            for area in places where area.within.map(inside.contains) ?? false {
                if inside.insert(area.name).inserted { found = true }
            }
        }
        return inside
    }
}
