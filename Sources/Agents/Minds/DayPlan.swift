public import Kernel

/// What somebody means to do in a day, in three grains: broad strokes, the hours of the stroke under way, and the
/// minutes of the hour under way.
///
/// Within a grain no two steps overlap and each ends where the next begins; a finer grain lies inside one step of the
/// coarser. A plan is never longer than a day.
///
/// - Source: Park et al. 2023, "Generative Agents", section 4.3.
public struct DayPlan: Codable, Hashable, Sendable {
    public struct Step: Codable, Hashable, Sendable {
        public var from: SimulationTime
        public var until: SimulationTime
        /// Name of a place.
        public var place: String
        /// `open the library`.
        public var what: String
        /// Name of an object in the place that it changes, and the state it leaves it in.
        public var object: String?
        public var state: String?

        public init(
            from: SimulationTime, until: SimulationTime, place: String, what: String, object: String? = nil,
            state: String? = nil
        ) {
            self.from = from
            self.until = until
            self.place = place
            self.what = what
            self.object = object
            self.state = state
        }
    }

    /// The day in broad strokes, earliest first.
    public private(set) var strokes: [Step]
    public private(set) var hours: [Step] = []
    public private(set) var minutes: [Step] = []

    /// Broad strokes, cut where the next begins and at a day's length.
    ///
    /// - Parameter starts: When each step begins, in order, each before `until`; a step that begins no later than the
    ///   one before it, or a day or more after the first, is left out.
    public init(_ starts: [Step] = [], until: SimulationTime? = nil) {
        strokes = Self.sequence(starts, until: until)
    }

    /// Steps end where the next begins; the last at `until`, or where it says.
    private static func sequence(_ starts: [Step], until: SimulationTime?) -> [Step] {
        var steps: [Step] = []
        for step in starts {
            if let last = steps.last, step.from <= last.from { continue }
            if let first = steps.first, step.from >= first.from + .hours(24) { continue }
            if let until, step.from >= until { continue }
            steps.append(step)
        }
        for index in steps.indices {
            let limit = steps[0].from + .hours(24)
            let end = index + 1 < steps.count ? steps[index + 1].from : until ?? steps[index].until
            steps[index].until = min(limit, max(end, steps[index].from + .minutes(1)))
        }
        return steps
    }

    public var isEmpty: Bool { strokes.isEmpty }
    public var until: SimulationTime? { strokes.last?.until }

    /// The finest step under way; the first broad stroke before its time, `nil` after the last and for an empty plan.
    public func current(at time: SimulationTime) -> Step? {
        for grain in [minutes, hours, strokes] {
            if let step = grain.first(where: { $0.from <= time && time < $0.until }) { return step }
        }
        return strokes.first.flatMap { time < $0.from ? $0 : nil }
    }

    /// The broad stroke under way.
    public func stroke(at time: SimulationTime) -> Step? { strokes.first { $0.from <= time && time < $0.until } }

    /// The step of the hours under way, or the broad stroke where the hours are not planned.
    public func hour(at time: SimulationTime) -> Step? {
        hours.first { $0.from <= time && time < $0.until } ?? stroke(at: time)
    }

    /// Whether there is a stroke under way whose hours are not laid out.
    func lacksHours(at time: SimulationTime) -> Bool {
        stroke(at: time) != nil && !hours.contains { $0.from <= time && time < $0.until }
    }

    /// The hour under way, where its minutes are not laid out and more than a quarter of an hour is left of it.
    func hourLackingMinutes(at time: SimulationTime) -> Step? {
        guard let hour = hour(at: time), hour.until > time + .minutes(15) else { return nil }
        return minutes.contains { $0.from <= time && time < $0.until } ? nil : hour
    }

    /// Whether nothing is left to lay out of the present.
    public func isLaidOut(at time: SimulationTime, minutes: Bool) -> Bool {
        stroke(at: time) == nil || !lacksHours(at: time) && !(minutes && hourLackingMinutes(at: time) != nil)
    }

    /// Lays out the stroke under way by the hour.
    mutating func refine(hours steps: [Step], of stroke: Step) {
        hours = Self.sequence(steps.filter { $0.from >= stroke.from && $0.from < stroke.until }, until: stroke.until)
        minutes = []
    }

    /// Lays out the hour under way by the minute.
    mutating func refine(minutes steps: [Step], of hour: Step) {
        minutes = Self.sequence(steps.filter { $0.from >= hour.from && $0.from < hour.until }, until: hour.until)
    }

    /// Puts another plan in the place of what is left of this one, from `time` on.
    ///
    /// What is past stays. Where the new plan begins later than now, the step under way goes on until then.
    mutating func replan(_ new: DayPlan, at time: SimulationTime) {
        var kept = strokes.filter { $0.from < time }
        let begins = new.strokes.first?.from
        if let last = kept.indices.last, let begins, kept[last].until > begins || begins > time {
            kept[last].until = begins
        }
        let first = kept.first?.from ?? begins
        strokes = kept + new.strokes.filter { step in first.map { step.from < $0 + .hours(24) } ?? true }
        if let first, let last = strokes.indices.last { strokes[last].until = min(strokes[last].until, first + .hours(24)) }
        hours = []
        minutes = []
    }

    /// `07:00 open the library (library); 12:00 eat (diner)`.
    public var words: String {
        strokes.map { "\($0.from.timeOfDay) \($0.what) (\($0.place))" }.joined(separator: "; ")
    }
}

extension DayPlan {
    /// Habits spread evenly over the rest of the day, at home: what somebody does whose plan could not be read.
    public static func habits(of persona: Persona, home: String, from: SimulationTime, until: SimulationTime) -> Self {
        let habits = persona.habits.isEmpty ? ["spend a quiet day at home"] : Array(persona.habits.prefix(8))
        let length = max(1, (until - from).seconds / habits.count / 60) * 60
        return Self(
            habits.enumerated().map { index, habit in
                Step(
                    from: from + TimeSpan(seconds: index * length), until: until, place: home, what: PlanText.phrase(habit))
            }, until: until)
    }
}
