public import Kernel
internal import LanguageModels

extension Thinking {
    /// Plans the rest of the waking day in broad strokes, and remembers the plan.
    ///
    /// - Parameters:
    ///   - when: `Monday 2 March 2026, 06:00`.
    ///   - places: Sorted.
    ///   - until: When they go to bed.
    ///   - again: Whether there is a plan already, of which only what is left is replaced.
    /// - Returns: The completion it came from; `nil` where habits, or the plan there was, had to do.
    @discardableResult
    public mutating func plan(when: String, places: [String], until: SimulationTime, again: Bool = false) async throws
        -> String?
    {
        let left = again ? mind.plan.strokes.filter { $0.until > time } : []
        let bare = MindPrompts.plan(mind, when: when, places: places, memories: [], left: left)
        let recalled = try await recall(
            "What \(mind.persona.name) means to do on \(when)", purpose: "plan", beside: bare.text.count)
        let prompt = MindPrompts.plan(mind, when: when, places: places, memories: recalled.map(\.memory), left: left)
        let from = time
        let count = PlanText.strokes(from: from, until: until)
        let written = try await words(
            prompt, purpose: "plan", maximumTokens: 400, temperature: minds.temperatures.plan,
            grammar: PlanText.grammar(places: places, from: from, until: until), recalled: recalled
        ) { PlanText.parsed($0, from: from, until: until, places: places, least: min(3, count.lowerBound)) }
        switch (written, again) {
        case (let written?, true): mind.plan.replan(DayPlan(written.value, until: until), at: time)
        case (let written?, false): mind.plan = DayPlan(written.value, until: until)
        case (nil, true): return nil
        case (nil, false): mind.plan = .habits(of: mind.persona, home: mind.home, from: time, until: until)
        }
        try await remember(
            "\(mind.persona.name)'s \(again ? "new plan" : "plan") for day \(time.day): \(mind.plan.words).",
            kind: .plan, importance: 1, completion: written?.completion)
        return written?.completion
    }

    /// Plans the stroke under way by the hour and the hour under way by the minute, where that has not been done.
    ///
    /// - Parameters:
    ///   - minutes: Whether to go down to minutes.
    ///   - objects: What is in each place.
    public mutating func refine(when: String, places: [String], minutes: Bool, objects: (String) -> [String]) async throws {
        guard let stroke = mind.plan.stroke(at: time) else { return }
        if mind.plan.lacksHours(at: time) {
            let (from, until) = (max(time, stroke.from), stroke.until)
            let count = PlanText.hours(from: from, until: until).count
            if count > 1 {
                let written = try await words(
                    MindPrompts.hours(mind, when: when, places: places, stroke: stroke), purpose: "hours",
                    maximumTokens: 60 * count, temperature: minds.temperatures.plan,
                    grammar: PlanText.grammar(places: places, hoursFrom: from, until: until), recalled: []
                ) { PlanText.parsed($0, from: from, until: until, places: places, least: 1) }
                var steps = written?.value ?? [stroke]
                // The present is never lost: the first hour planned has begun.
                steps[0].from = from
                mind.plan.refine(hours: steps, of: stroke)
            } else {
                mind.plan.refine(hours: [stroke.beginning(from)], of: stroke)
            }
        }
        guard minutes, let hour = mind.plan.hourLackingMinutes(at: time) else { return }
        let rest = hour.beginning(max(time, hour.from))
        let things = objects(rest.place)
        let length = (rest.until - rest.from).seconds / 60
        let written = try await words(
            MindPrompts.minutes(mind, when: when, hour: rest, objects: things), purpose: "minutes", maximumTokens: 320,
            temperature: minds.temperatures.plan, grammar: PlanText.grammar(objects: things, minutes: length), recalled: []
        ) { PlanText.parsed($0, minutesOf: rest, objects: things) }
        mind.plan.refine(minutes: written?.value ?? [rest], of: hour)
    }
}

extension DayPlan.Step {
    /// The same step from a later moment on.
    func beginning(_ time: SimulationTime) -> Self {
        var step = self
        step.from = time
        return step
    }
}
