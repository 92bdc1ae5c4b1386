internal import Kernel

/// Who can come where by when: what makes it certain that nobody else will have come to a place.
///
/// A moment of a place is out of reach when everything due elsewhere lies far enough away: for every other place, the
/// earliest that somebody may set out there and the walk from there end after it. Nobody sets out before something is
/// due where they are, and then
///
/// | due | may set out |
/// |---|---|
/// | a turn, an arrival, bedtime | at once |
/// | a turn in a conversation, getting up, something seen or told | a grain later, when it gives somebody a turn |
/// | a moment under way in which all have decided | a grain later; those who left are on their way |
///
/// What those who come set off in turn is later than they are, so that only the direct ways count.
///
/// - Source: Chandy and Misra 1979, "Distributed Simulation", doi:10.1109/TSE.1979.230182, on lookahead.
struct Reach {
    /// By place, when something is next due there.
    private(set) var next: [Int: SimulationTime] = [:]
    /// By place, when somebody may first set out from there.
    private var leaving: [Int: SimulationTime] = [:]
    /// Where somebody is due who is still thinking of something before, by place, when.
    private var awaited: [Int: SimulationTime] = [:]
    private let geography: Geography

    /// - Parameter thinking: Who has not done with a moment of some place.
    init(_ simulation: Simulation, due: [(time: SimulationTime, duty: Simulation.Duty)], thinking: Set<Int>) {
        geography = simulation.geography
        let visits = Self.visits(due)
        for (time, duty) in due {
            guard let place = Self.place(of: duty, in: simulation, visits: visits) else { continue }
            next[place] = min(time, next[place] ?? time)
            if let resident = duty.resident, thinking.contains(resident) { awaited[place] = min(time, awaited[place] ?? time) }
            mayLeave(place, simulation.mayLeave(duty) ? time : time + simulation.world.clock.grain)
        }
    }

    /// Whether somebody takes part in what is next in a place who has not done with something before.
    func awaits(_ place: Int) -> Bool { awaited[place].map { $0 == next[place] } ?? false }

    mutating func mayLeave(_ place: Int, _ time: SimulationTime) { leaving[place] = min(time, leaving[place] ?? time) }

    /// - Complexity: O(places).
    func canCome(to place: Int, by time: SimulationTime) -> Bool {
        let seconds = geography.distances(to: place)
        return leaving.contains { $0.key != place && seconds[$0.key] < .max && $0.value.seconds + seconds[$0.key] <= time.seconds }
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

extension Simulation.Duty {
    /// Whether nothing comes of it any more.
    func isPast(in simulation: Simulation, at time: SimulationTime) -> Bool {
        switch self {
        case .turn(let index): simulation.residents[index].turnAt != time
        case .poll: true
        default: false
        }
    }
}

extension Simulation {
    /// Whether somebody may set out at the very moment that something is due.
    func mayLeave(_ duty: Duty) -> Bool {
        switch duty {
        case .turn(let index): residents[index].talk == nil
        case .arrive, .sleep: true
        case .begin, .wake, .event, .injected, .told, .poll: false
        }
    }

    /// Whether somebody may set out upon what they decide now.
    func mayLeave(_ thinker: Thinker) -> Bool {
        switch thinker.occasion {
        case .turn: residents[thinker.resident].talk == nil
        case .sleep: true
        case .begin, .wake: false
        }
    }
}
