internal import Kernel

/// Who can come where by when: what makes it certain that nobody else will have come to a place.
///
/// A moment of a place is out of reach when everything due elsewhere lies far enough away: for every other place, the
/// earliest that somebody may set out there and the walk from there end after it. Somebody may set out
///
/// | where there is due | at the earliest |
/// |---|---|
/// | an arrival, or bedtime away from home | then |
/// | a turn | when what they decided on is over or takes them elsewhere ([Leisure]): often then |
/// | a turn in a conversation | a grain later, when it has ended |
/// | a turn among others, or something seen or told | a grain later, or at a turn after it, which it may open anew |
/// | getting up, or bedtime at home | a grain later: who comes and goes, wakes and sleeps, interrupts nobody |
///
/// A moment under way counts as due; once all in it have decided, those who left are on their way. What those who come
/// set off in turn is later than they are, so that only the direct ways count.
///
/// - Source: Chandy and Misra 1979, "Distributed Simulation", doi:10.1109/TSE.1979.230182, on lookahead.
struct Reach {
    /// What is due in one place.
    private struct Local {
        var next: SimulationTime?
        /// The first thing due for somebody who is still thinking of something before.
        var awaited: SimulationTime?
        var leaving: SimulationTime?
        /// The first thing due that may interrupt somebody other than its own actor.
        var stirring: SimulationTime?
        /// The moment under way, where something in it may.
        var stirred: SimulationTime?
        /// Turns outside conversations that are due, and those under way.
        var turns: [Leisure] = []
        var turnsUnderWay: [Leisure] = []
    }

    private var locals: [Int: Local] = [:]
    private let simulation: Simulation
    private let grain: TimeSpan

    /// - Parameter thinking: Who has not done with a moment of some place.
    init(_ simulation: Simulation, due: [(time: SimulationTime, duty: Simulation.Duty)], thinking: Set<Int>) {
        self.simulation = simulation
        grain = simulation.world.clock.grain
        let visits = Self.visits(due)
        for (time, duty) in due {
            guard let place = Self.place(of: duty, in: simulation, visits: visits) else { continue }
            Self.lower(&locals[place, default: Local()].next, time)
            if let resident = duty.resident, thinking.contains(resident) {
                Self.lower(&locals[place, default: Local()].awaited, time)
            }
            var local = locals[place] ?? Local()
            if let turn = add(duty, at: time, to: &local) { local.turns.append(turn) }
            if mayStir(duty, in: place) { Self.lower(&local.stirring, time) }
            locals[place] = local
        }
    }

    private static func lower(_ least: inout SimulationTime?, _ time: SimulationTime) {
        least = min(time, least ?? time)
    }

    /// Whether something may interrupt somebody other than its own actor.
    private func mayStir(_ duty: Simulation.Duty, in place: Int) -> Bool {
        switch duty {
        case .event, .injected, .told: true
        case .turn: !isAlone(place)
        case .begin, .wake, .sleep: simulation.plainInterrupts
        case .arrive, .poll: false
        }
    }

    private func isAlone(_ place: Int) -> Bool { (simulation.there[simulation.geography.names[place]] ?? []).count < 2 }

    /// - Returns: A turn outside a conversation; of anything else, when its actor may leave is added.
    private func add(_ duty: Simulation.Duty, at time: SimulationTime, to local: inout Local) -> Leisure? {
        switch duty {
        case .turn(let index):
            if simulation.residents[index].talk == nil { return Leisure(simulation, of: index, from: time) }
            Self.lower(&local.leaving, time + grain)
        case .sleep(let index): Self.lower(&local.leaving, simulation.isHome(index) ? time + grain : time)
        case .begin, .wake: Self.lower(&local.leaving, time + grain)
        case .arrive: Self.lower(&local.leaving, time)
        case .event, .injected, .told, .poll: break
        }
        return nil
    }

    /// Adds a moment under way.
    ///
    /// - Parameters:
    ///   - thinkers: Those who have not decided.
    ///   - stirs: Whether what somebody has noticed may interrupt them.
    mutating func add(_ time: SimulationTime, in place: Int, thinkers: [Simulation.Thinker], stirs: Bool) {
        var local = locals[place] ?? Local()
        if stirs { Self.lower(&local.stirred, time) }
        for thinker in thinkers {
            let duty: Simulation.Duty =
                switch thinker.occasion {
                case .begin: .begin(thinker.resident)
                case .wake: .wake(thinker.resident)
                case .sleep: .sleep(thinker.resident)
                case .turn: .turn(thinker.resident)
                }
            if let turn = add(duty, at: time, to: &local) { local.turnsUnderWay.append(turn) }
            if mayStir(duty, in: place) { Self.lower(&local.stirred, time) }
        }
        locals[place] = local
    }

    /// By place, when something is next due there.
    var next: [Int: SimulationTime] { locals.compactMapValues(\.next) }

    /// Whether somebody takes part in what is next in a place who has not done with something before.
    func awaits(_ place: Int) -> Bool { locals[place].map { $0.awaited != nil && $0.awaited == $0.next } ?? false }

    /// By place, when somebody may first set out from there.
    var leaving: [Int: SimulationTime] {
        locals.compactMapValues { local in
            var leaving = local.leaving
            for turn in local.turns + local.turnsUnderWay { Self.lower(&leaving, turn.open) }
            if let stirring = local.stirring {
                Self.lower(&leaving, stirring + grain)
                for turn in local.turns { Self.lower(&leaving, turn.turn > stirring ? turn.turn : turn.following) }
            }
            if let stirred = local.stirred {
                Self.lower(&leaving, stirred + grain)
                // Whoever arrives has a turn at the same moment, after what is under way.
                for turn in local.turns { Self.lower(&leaving, turn.turn) }
                for turn in local.turnsUnderWay { Self.lower(&leaving, turn.following) }
            }
            return leaving
        }
    }

    /// Where those who are on their way come next, by resident.
    static func visits(_ due: [(time: SimulationTime, duty: Simulation.Duty)]) -> [Int: String] {
        var visits: [Int: String] = [:]
        for case (_, .arrive(let index, let place)) in due { visits[index] = place }
        return visits
    }

    /// Where something happens: of those on their way, where they come next. `nil` for what happens nowhere.
    static func place(of duty: Simulation.Duty, in simulation: Simulation, visits: [Int: String]) -> Int? {
        let name: String? =
            switch duty {
            case .arrive(_, let place), .injected(let place, _): place
            case .event(let index): simulation.world.events[index].place
            case .begin(let index), .wake(let index), .sleep(let index), .told(let index, _), .turn(let index):
                visits[index] ?? simulation.residents[index].place
            case .poll: nil
            }
        return name.flatMap(simulation.geography.number)
    }
}
