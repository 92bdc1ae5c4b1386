public import Agents
public import Kernel

/// A world taking its course: everything due at a moment is decided concurrently and resolved in order.
///
///     var simulation = Simulation(world: world, seed: world.seed)
///     while let record = try await simulation.step(minds: minds, jobs: 8) { write(record) }
///
/// A step thinks on a copy and commits when all has succeeded: a failed call leaves everything as it was, and the step
/// can be tried again. Given the same file, seed, interventions and completions it takes the same course whatever the
/// latencies and the number of jobs, so that running again from the start is how a run is resumed.
public struct Simulation: Sendable {
    /// Most that somebody keeps in view between two decisions.
    static let news = 4

    public let world: World
    public let seed: UInt64
    /// The present.
    public internal(set) var time: SimulationTime
    /// Tokens of completions used so far, cached or not.
    public internal(set) var tokens = 0
    let geography: Geography
    /// What is to be seen of each place, by its name.
    let abouts: [String: String]
    /// In order of persona id.
    var residents: [ResidentState]
    var queue = EventQueue<Duty>()
    var talks: [Int: Talk] = [:]
    var talksBegun = 0
    /// Until when two do not begin to talk again.
    var cooldowns: [Pair: SimulationTime] = [:]
    /// Things by place, in the file's order, as they are now.
    var objects: [String: [World.Object]]
    /// Who is in each place and not away, by index.
    var there: [String: [Int]] = [:]
    var occurred = 0
    var lastActive: SimulationTime

    public init(world: World, seed: UInt64) {
        self.world = world
        self.seed = seed
        time = world.clock.starts
        lastActive = world.clock.starts
        geography = Geography(world.places, grain: world.clock.grain)
        abouts = Dictionary(world.places.map { ($0.name, $0.about) }, uniquingKeysWith: { first, _ in first })
        objects = Dictionary(world.places.map { ($0.name, $0.objects) }, uniquingKeysWith: { first, _ in first })
        let names = Dictionary(
            world.residents.map { ($0.persona.id, $0.persona.name) }, uniquingKeysWith: { first, _ in first })
        residents = world.residents.sorted { precedes($0.persona.id, $1.persona.id) }.map { resident in
            ResidentState(
                mind: Mind(
                    persona: resident.persona,
                    knows: resident.knows.map { "\(names[$0.persona] ?? $0.persona): \($0.what)" },
                    home: resident.lives),
                place: resident.lives, asleep: true)
        }
        for index in residents.indices {
            schedule(.begin(index), at: time)
            there[residents[index].place, default: []].append(index)
            if let night = night(of: index) {
                schedule(.wake(index), at: next(night.ends))
                schedule(.sleep(index), at: next(night.starts))
            }
        }
        for (index, event) in world.events.enumerated() where event.at >= time {
            schedule(.event(index), at: event.at)
        }
        for (index, poll) in world.polls.enumerated() {
            for when in poll.when where when >= time { schedule(.poll(index), at: when) }
        }
    }

    /// When something is next due; `nil` when nothing ever is.
    public var nextTime: SimulationTime? { queue.nextTime }

    /// Which of the world's stop conditions holds before the next step; `nil` while it may go on.
    public var stopped: World.StopCondition? {
        guard let due = queue.nextTime else { return nil }
        return world.stop.first { condition in
            switch condition {
            case .at(let end): due > end
            case .tokens(let most): tokens >= most
            case .quiet(let span): world.clock.wakingSeconds(from: lastActive, to: due) >= span.seconds
            }
        }
    }

    /// Lets everything due at the next moment happen.
    ///
    /// - Parameter jobs: How many residents think at once; changes nothing but speed.
    /// - Returns: `nil` when the world has stopped.
    /// - Throws: What a model call throws; nothing has changed then.
    public mutating func step(minds: Minds, jobs: Int) async throws -> StepRecord? {
        if stopped != nil { return nil }
        var next = self
        guard let record = try await next.advance(minds: minds, jobs: jobs) else { return nil }
        self = next
        return record
    }

    /// Tells a resident something, now; they remember it. Takes effect with the next step.
    ///
    /// - Returns: `false` where there is no such resident.
    public mutating func tell(_ persona: String, _ text: String) -> Bool {
        guard let index = resident(persona) else { return false }
        schedule(.told(index, text: text), at: time)
        return true
    }

    /// The index of a resident.
    ///
    /// - Complexity: O(log n): residents are in the order of their ids.
    func resident(_ id: String) -> Int? {
        var (low, high) = (0, residents.count)
        while low < high {
            let middle = (low + high) / 2
            if precedes(residents[middle].id, id) { low = middle + 1 } else { high = middle }
        }
        return low < residents.count && residents[low].id == id ? low : nil
    }

    /// Lets something happen in a place, now. Takes effect with the next step.
    ///
    /// - Returns: `false` where there is no such place.
    public mutating func inject(_ place: String, _ text: String) -> Bool {
        guard geography.names.contains(place) else { return false }
        schedule(.injected(place: place, text: text), at: time)
        return true
    }

    /// Lets time pass to `moment`, where nothing is due before it.
    public mutating func pass(until moment: SimulationTime) {
        if moment > time && queue.nextTime.map({ $0 > moment }) ?? true { time = moment }
    }

    /// The next moment after the present at this second of a day.
    private func next(_ secondOfDay: Int) -> SimulationTime {
        let today = SimulationTime(seconds: SimulationTime(day: time.day).seconds + secondOfDay)
        return today > time ? today : today + .hours(24)
    }

    /// When somebody sleeps, themselves or else as the world does; `nil` where nobody ever does.
    func night(of index: Int) -> Persona.Sleep? {
        residents[index].mind.persona.sleeps ?? world.clock.night
    }

    /// When somebody next goes to bed; the next midnight where nobody ever does.
    func bedtime(of index: Int) -> SimulationTime { next(night(of: index)?.starts ?? 0) }

    func isNight(of index: Int) -> Bool { night(of: index)?.contains(time.secondOfDay) ?? false }

    /// Takes somebody out of their place, or puts them into one.
    mutating func place(_ index: Int, in place: String?) {
        there[residents[index].place]?.removeAll { $0 == index }
        residents[index].away = place == nil
        guard let place else { return }
        residents[index].place = place
        let others = there[place] ?? []
        there[place, default: []].insert(index, at: others.firstIndex { $0 > index } ?? others.count)
    }

    func leavesOut(_ part: World.Ablation) -> Bool { world.without.contains(part) }
}

extension World.Clock {
    /// When the world sleeps; `nil` where it never does.
    var night: Persona.Sleep? { nightStarts == nightEnds ? nil : .init(starts: nightStarts, ends: nightEnds) }

    /// Seconds between two moments that are not night.
    func wakingSeconds(from: SimulationTime, to: SimulationTime) -> Int {
        var waking = 0
        var moment = from
        while moment < to {
            let day = SimulationTime(day: moment.day).seconds
            let marks = [nightStarts, nightEnds, SimulationTime.secondsPerDay].map { SimulationTime(seconds: day + $0) }
            let end = min(to, marks.filter { $0 > moment }.min() ?? to)
            if !(night?.contains(moment.secondOfDay) ?? false) { waking += (end - moment).seconds }
            moment = end
        }
        return waking
    }

    /// `Monday 2 March 2026, 17:30`.
    public func words(_ time: SimulationTime) -> String {
        let day = date.advanced(byDays: time.day - 1)
        return "\(day.weekday) \(day.day) \(day.monthName) \(day.year), \(time.timeOfDay)"
    }
}
