internal import Agents
internal import Kernel

/// How much of their waking time residents spent where their plans said.
///
/// Plans are read as the broad strokes that `plan` occurrences hold; each holds until the resident's next one. Being in
/// an area of the planned place counts as being there; being on the way does not. Hours and minutes within a stroke,
/// which may lead elsewhere, are not written down and not read.
public struct PlanAdherence: Hashable, Sendable {
    /// Seconds of one resident.
    public struct Row: Hashable, Sendable {
        public var resident: String
        public var waking: Int
        /// Waking time for which there is a plan.
        public var planned: Int
        /// Planned time spent in the place the plan said.
        public var kept: Int
        /// Waking time on the way.
        public var walking: Int
    }

    /// By persona id.
    public var rows: [Row]
    /// Plans whose text could not be read.
    public var unreadable: Int

    /// Of the waking time planned, the share spent in the place the plan said, 0...1.
    public var share: Measured<Double> {
        .share(rows.reduce(0) { $0 + $1.kept }, of: rows.reduce(0) { $0 + $1.planned }, else: "nobody planned while awake")
    }

    /// - Complexity: O(occurrences x log + plans x places).
    public init(_ run: RecordedRun) {
        let deeds = run.deeds
        let places = run.world.places.map(\.name)
        let inside = Dictionary(places.map { ($0, run.world.within($0)) }, uniquingKeysWith: { first, _ in first })
        let persons = Dictionary(run.world.residents.map { ($0.persona.id, $0) }, uniquingKeysWith: { first, _ in first })
        var (rows, unreadable): ([Row], Int) = ([], 0)
        for whereabouts in Whereabouts.all(in: run) {
            guard let person = persons[whereabouts.resident] else { continue }
            let own = deeds[whereabouts.resident] ?? []
            let plans = own.indices.filter { own[$0].kind == .plan }
            let waking = whereabouts.waking
            var (planned, kept): ([Span], Int) = ([], 0)
            var first: SimulationTime?
            for (number, index) in plans.enumerated() {
                let plan = own[index]
                let ends = number + 1 < plans.count ? own[plans[number + 1]].time : run.until
                // Whoever has just got up begins a new plan; otherwise it is made from the plan there was.
                let fresh = index > 0 && own[index - 1].kind == .wake && own[index - 1].time == plan.time
                guard let lines = PlannedStrokes.lines(plan.text, places: places) else {
                    (unreadable, first) = (unreadable + 1, nil)
                    continue
                }
                let steps = PlannedStrokes.steps(
                    lines, at: plan.time, earlier: fresh ? nil : first,
                    bedtime: run.world.bedtime(of: person, after: plan.time))
                first = steps.first?.from
                for step in steps {
                    let span = Span(from: step.from, until: step.until).clipped(plan.time, ends)
                    if span.seconds == 0 { continue }
                    planned.append(span)
                    kept += whereabouts.awake(in: inside[step.place] ?? [step.place]).seconds(within: [span])
                }
            }
            rows.append(
                Row(
                    resident: whereabouts.resident, waking: waking.seconds, planned: planned.seconds(within: waking),
                    kept: kept, walking: whereabouts.walking.seconds))
        }
        self.rows = rows
        self.unreadable = unreadable
    }
}

extension World {
    /// When somebody next goes to bed; the next midnight where nobody ever does.
    func bedtime(of resident: Resident, after time: SimulationTime) -> SimulationTime {
        let world = clock.nightStarts == clock.nightEnds ? 0 : clock.nightStarts
        let second = resident.persona.sleeps?.starts ?? world
        let today = SimulationTime(seconds: SimulationTime(day: time.day).seconds + second)
        return today > time ? today : today + .hours(24)
    }
}
