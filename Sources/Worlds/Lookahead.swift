public import Agents
public import Kernel

extension Simulation {
    /// Asks now what the run is going to ask, so that the answers are in the models' record when it comes to it.
    ///
    ///     let ahead = Task { try await simulation.lookAhead(minds: minds, until: end) }
    ///     while let record = try await simulation.step(minds: minds, jobs: 8) { write(record) }
    ///
    /// A copy of the world goes on, place by place, each as far as nobody from elsewhere can have come there by then
    /// (``Reach``). There the requests are the run's own to the byte; the run stays the one that says what happens, and
    /// nothing is asked that it will not ask. Only a run that stops at a number of tokens may stop short of what was
    /// asked.
    ///
    /// - Parameter end: The last moment that is looked at, as of an intervention to come; what the world's file says
    /// about   its end holds besides.
    /// - Throws: What a model call throws; the run will make that call again.
    public func lookAhead(minds: Minds, until end: SimulationTime? = nil) async throws {
        guard stopped == nil, geography.leastWay > .zero else { return }
        var lookahead = Lookahead(self, until: end)
        try await withThrowingTaskGroup(of: Lookahead.Progress.self) { group in
            lookahead.start(&group, minds)
            while let progress = try await group.next() {
                lookahead.go(on: progress, &group, minds)
                lookahead.start(&group, minds)
            }
        }
    }
}

/// A world whose places are each at a time of their own, none of which can be reached from another's past.
struct Lookahead {
    typealias Group = ThrowingTaskGroup<Progress, any Error>

    /// What comes back from a place where people have thought.
    enum Progress: Sendable {
        case decided(place: Int, [Simulation.Deliberation])
        case noticed(place: Int, [Simulation.Perception])
    }

    /// A moment under way in one place.
    struct Moment {
        var time: SimulationTime
        var happening: Simulation.Happening
        /// Those who have not decided what to do.
        var thinkers: [Simulation.Thinker]
        /// Who decides or notices something in it: they are nowhere else before they have done, though they may have left.
        var thinking: Set<Int>
        /// Whether what somebody notices may interrupt them.
        var stirs = false
    }

    private var simulation: Simulation
    /// Everything scheduled, in the order of scheduling among equals.
    private var due: [(time: SimulationTime, duty: Simulation.Duty)] = []
    private var underWay: [Int: Moment] = [:]
    private let end: SimulationTime?
    private let budget: Int
    private let quiet: TimeSpan?
    /// When somebody is known to have spoken or acted.
    private var active: [SimulationTime]

    init(_ simulation: Simulation, until end: SimulationTime?) {
        self.simulation = simulation
        var ends = end.map { [$0] } ?? []
        var (budgets, spans): ([Int], [TimeSpan]) = ([], [])
        for condition in simulation.world.stop {
            switch condition {
            case .at(let time): ends.append(time)
            // What is asked for and what has happened are not the same at the end: a tenth is left to the run itself.
            case .tokens(let most): budgets.append(most - most / 10)
            case .quiet(let span): spans.append(span)
            }
        }
        self.end = ends.min()
        budget = budgets.min() ?? .max
        quiet = spans.min()
        active = [simulation.lastActive]
        drain()
    }

    /// Takes over what has been scheduled.
    private mutating func drain() {
        var duties: [Simulation.Duty] = []
        while let time = simulation.queue.popDue(into: &duties) { due += duties.map { (time, $0) } }
    }

    /// Begins the next moment of every place that nobody can come to before it.
    mutating func start(_ group: inout Group, _ minds: Minds) {
        while true {
            let ready = ready()
            if ready.isEmpty { return }
            for (place, time) in ready { begin(place, time, &group, minds) }
        }
    }

    private mutating func ready() -> [(place: Int, time: SimulationTime)] {
        if simulation.tokens >= budget { return [] }
        due = due.filter { !simulation.isPast($0.duty, at: $0.time) }
        let thinking = underWay.values.reduce(into: Set<Int>()) { $0.formUnion($1.thinking) }
        var reach = Reach(simulation, due: due, thinking: thinking)
        for (place, moment) in underWay {
            reach.add(moment.time, in: place, thinkers: moment.thinkers, stirs: moment.stirs)
        }
        let next = reach.next
        let leaving = reach.leaving.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        var horizon = end
        if let quiet {
            // Before the earliest thing that is open everything is known, so that whoever acted last before it is too.
            let open = (Array(next.values) + underWay.values.map(\.time)).min() ?? simulation.time
            let last = active.filter { $0 < open }.max() ?? active[0]
            active.removeAll { $0 < last }
            let silent = last + quiet - TimeSpan(seconds: 1)
            horizon = min(silent, horizon ?? silent)
        }
        return next.keys.sorted().compactMap { place in
            guard underWay[place] == nil, !reach.awaits(place), let time = next[place],
                horizon.map({ time <= $0 }) ?? true
            else { return nil }
            let walk = simulation.geography.distances(to: place)
            // Earliest first: most places are soon found to be in reach of somebody.
            let isReached = leaving.lazy.prefix { $0.value < time }.contains { from, moment in
                from != place && walk[from] < .max && moment.seconds + walk[from] <= time.seconds
            }
            return isReached ? nil : (place, time)
        }
    }

    private mutating func begin(_ place: Int, _ time: SimulationTime, _ group: inout Group, _ minds: Minds) {
        var (duties, later): ([Simulation.Duty], [(SimulationTime, Simulation.Duty)]) = ([], [])
        let visits = Reach.visits(due)
        for entry in due {
            if entry.time == time, Reach.place(of: entry.duty, in: simulation, visits: visits) == place {
                duties.append(entry.duty)
            } else {
                later.append(entry)
            }
        }
        due = later
        // Equal priorities stay as they were scheduled.
        let order = duties.indices.sorted { (duties[$0].priority, $0) < (duties[$1].priority, $1) }
        simulation.time = time
        var happening = Simulation.Happening(record: StepRecord(time: time))
        let thinkers = simulation.take(order.map { duties[$0] }, &happening)
        underWay[place] = Moment(
            time: time, happening: happening, thinkers: thinkers, thinking: Set(thinkers.map(\.resident)).union(happening.noticed.keys),
            stirs: happening.noticed.values.contains { $0.contains(where: simulation.mayInterrupt) })
        drain()
        if thinkers.isEmpty { return notice(place, &group, minds) }
        let world = simulation
        group.addTask {
            .decided(
                place: place,
                try await concurrently(thinkers, jobs: thinkers.count) { try await world.deliberate($0, minds: minds) })
        }
    }

    mutating func go(on progress: Progress, _ group: inout Group, _ minds: Minds) {
        switch progress {
        case .decided(let place, let deliberations):
            guard var moment = underWay[place] else { return }
            simulation.time = moment.time
            simulation.resolve(deliberations, &moment.happening)
            moment.thinkers = []
            underWay[place] = moment
            drain()
            notice(place, &group, minds)
        case .noticed(let place, let perceptions): finish(place, perceptions)
        }
    }

    /// All who notice something in a place remember it.
    private mutating func notice(_ place: Int, _ group: inout Group, _ minds: Minds) {
        guard let moment = underWay[place] else { return }
        simulation.time = moment.time
        let notices = simulation.notices(of: moment.happening)
        if notices.isEmpty { return finish(place, []) }
        let world = simulation
        underWay[place]?.thinking = Set(notices.map(\.resident))
        underWay[place]?.stirs = notices.contains { $0.notices.contains(where: world.mayInterrupt) }
        group.addTask {
            .noticed(
                place: place,
                try await concurrently(notices, jobs: notices.count) { try await world.perceive($0, minds: minds) })
        }
    }

    private mutating func finish(_ place: Int, _ perceptions: [Simulation.Perception]) {
        guard var moment = underWay.removeValue(forKey: place) else { return }
        simulation.time = moment.time
        simulation.notice(perceptions, &moment.happening)
        drain()
        simulation.tokens += moment.happening.record.tokens
        if quiet != nil, simulation.lastActive == moment.time { active.append(moment.time) }
    }
}
