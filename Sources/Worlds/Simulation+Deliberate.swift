internal import Agents
internal import Kernel
internal import LanguageModels

extension Simulation {
    /// What somebody has decided; not yet done.
    enum Act: Sendable {
        case begin
        case wake(plan: String?)
        case sleep
        case carryOn(completion: String?)
        /// Goes on walking where they were going.
        case walk
        case go(String, completion: String?)
        case use(String, deed: Deed, completion: String)
        case replan(completion: String?)
        case say(to: Int, words: String, completion: String)
        /// Would say again what was said.
        case echo(words: String, completion: String)
        case wait
        /// Leaves the conversation under way.
        case end(completion: String?)
        /// It is the other's turn to speak.
        case listen
    }

    /// Why somebody thinks at this moment.
    enum Occasion: Sendable {
        case begin(awake: Bool)
        case wake, sleep, turn
    }

    struct Deliberation: Sendable {
        var resident: Int
        var thinking: Thinking
        var act: Act
        /// Whether the conversations that had ended have been put into words.
        var recapped = true
        /// Paths of the articles read.
        var read: [String] = []
    }

    /// One resident thinks; reads the world and changes nothing.
    func deliberate(_ thinker: Thinker, minds: Minds) async throws -> Deliberation {
        try await Urgency.$moment.withValue(time.seconds) {
            try await deliberate(thinker.resident, thinker.occasion, minds: minds)
        }
    }

    private func deliberate(_ index: Int, _ occasion: Occasion, minds: Minds) async throws -> Deliberation {
        let resident = residents[index]
        var thinking = Thinking(resident.mind, minds: minds, settings: world.memory, seed: seed, time: time)
        var act = Act.begin
        var recapped = true
        var read: [String] = []
        switch occasion {
        case .begin(let awake):
            try await thinking.rememberSeeds()
            if awake {
                read = try await self.read(index, &thinking)
                act = .wake(plan: try await plan(index, &thinking))
            }
        case .wake:
            try await recap(index, &thinking)
            read = try await self.read(index, &thinking)
            act = .wake(plan: try await plan(index, &thinking))
        case .sleep:
            try await recap(index, &thinking)
            if resident.mind.unreflected > 0, !leavesOut(.reflection) { try await thinking.reflect() }
            act = .sleep
        case .turn:
            if thinking.mustReflect, !leavesOut(.reflection) { try await thinking.reflect() }
            if let talk = resident.talk.flatMap({ talks[$0] }) {
                recapped = false
                act = talk.next == index ? try await answer(index, talk, &thinking) : .listen
            } else {
                let changed = try await recap(index, &thinking)
                act = try await decide(index, interrupted: resident.interrupted || changed, &thinking)
            }
        }
        return Deliberation(resident: index, thinking: thinking, act: act, recapped: recapped, read: read)
    }

    private func plan(_ index: Int, again: Bool = false, _ thinking: inout Thinking) async throws -> String? {
        if leavesOut(.planning) { return nil }
        return try await thinking.plan(
            when: world.clock.words(time), places: known(to: index), until: bedtime(of: index), again: again)
    }

    /// The places that somebody plans with, by name.
    private func known(to index: Int) -> [String] {
        let (near, home) = (geography.nearest(residents[index].place, count: world.planning.nearby), residents[index].mind.home)
        return near.contains(home) ? near : (near + [home]).sorted(by: precedes)
    }

    /// Puts the conversations that have ended into their own words.
    ///
    /// - Returns: Whether one means something for their plans.
    @discardableResult
    private func recap(_ index: Int, _ thinking: inout Thinking) async throws -> Bool {
        if !world.conversation.recap || leavesOut(.observation) { return false }
        var changed = false
        for talk in residents[index].ended {
            let said = talk.said.map { (name: residents[$0.speaker].name, words: $0.words) }
            if try await thinking.recap(with: residents[talk.other].name, said: said) { changed = true }
        }
        return changed
    }

    func situation(_ index: Int) -> Situation {
        let resident = residents[index]
        return Situation(
            when: world.clock.words(time), place: resident.place, about: abouts[resident.place] ?? "",
            objects: (objects[resident.place] ?? []).map { "\($0.name): \($0.state)" },
            present: others(with: index).map { residents[$0].name }, news: resident.news)
    }

    /// The others who are in the same place and awake.
    func others(with index: Int) -> [Int] {
        residents[index].away
            ? [] : (there[residents[index].place] ?? []).filter { $0 != index && !residents[$0].asleep }
    }

    /// What is possible now: carry on first, plan anew where something happened, whom to address, what to use and
    /// where to go by name, then wait.
    func options(_ index: Int, step: DayPlan.Step?, interrupted: Bool) -> [ActionOption] {
        let resident = residents[index]
        var options: [ActionOption] = []
        if let step {
            options.append(
                ActionOption(.carryOn, step.place == resident.place ? step.what : "go to \(step.place) and \(step.what)"))
            if interrupted { options.append(ActionOption(.replan, "change the plan for the rest of the day")) }
        }
        if resident.begunOn != time.day || resident.begun < world.conversation.begins {
            let free = others(with: index).filter { residents[$0].talk == nil && !isCooling(index, $0) }
            for other in free.sorted(by: { precedes(residents[$0].name, residents[$1].name) }) {
                options.append(ActionOption(.say(to: residents[other].id), "talk with \(residents[other].name)"))
            }
        }
        options += (objects[resident.place] ?? []).map { ActionOption(.use($0.name), "do something with the \($0.name)") }
        options += geography.near(resident.place).map { ActionOption(.go($0), "go to \($0)") }
        return options + [ActionOption(.wait, "wait a while")]
    }

    private func decide(_ index: Int, interrupted: Bool, _ thinking: inout Thinking) async throws -> Act {
        let resident = residents[index]
        if resident.heading != nil, !interrupted { return .walk }
        let detail = world.planning.detail
        if detail != .day, !leavesOut(.planning) {
            try await thinking.refine(
                when: world.clock.words(time), places: known(to: index), minutes: detail == .minutes
            ) { (objects[$0] ?? []).map(\.name) }
        }
        let step = thinking.mind.plan.current(at: time)
        // The minutes of an hour were decided on when it was: they follow each other without asking.
        if step != nil, !interrupted, let decided = resident.decided, time < decided { return .carryOn(completion: nil) }
        let situation = situation(index)
        let options = options(index, step: step, interrupted: interrupted)
        let chosen = try await thinking.choose(options, situation, intention: step?.what)
        switch options[chosen.index].action {
        case .carryOn: return .carryOn(completion: chosen.completion)
        case .replan:
            return .replan(completion: try await plan(index, again: true, &thinking) ?? chosen.completion)
        case .go(let place): return .go(place, completion: chosen.completion)
        case .use(let object):
            guard let thing = objects[resident.place]?.first(where: { $0.name == object }),
                let used = try await thinking.use(object, state: thing.state, situation)
            else { return .wait }
            return .use(object, deed: used.deed, completion: used.completion)
        case .wait, .end: return .wait
        case .say(let id):
            guard let other = self.resident(id),
                let spoken = try await thinking.speak(to: residents[other].name, said: [], situation)
            else { return .wait }
            return .say(to: other, words: spoken.words, completion: spoken.completion)
        }
    }

    /// Answers, declines, or takes leave: asked at the first words and again once it would be polite to go.
    private func answer(_ index: Int, _ talk: Talk, _ thinking: inout Thinking) async throws -> Act {
        let other = talk.other(than: index)
        let name = residents[other].name
        let situation = situation(index)
        if talk.said.count == 1 || talk.said.count >= world.conversation.polite {
            let options = [
                ActionOption(.say(to: residents[other].id), talk.said.count == 1 ? "talk with \(name)" : "go on talking with \(name)"),
                ActionOption(.end, talk.said.count == 1 ? "walk past \(name) without a word" : "say goodbye to \(name)"),
            ]
            let chosen = try await thinking.choose(options, situation, intention: nil)
            if chosen.index == 1 { return .end(completion: chosen.completion) }
        }
        let said = talk.said.map { (name: residents[$0.speaker].name, words: $0.words) }
        guard let spoken = try await thinking.speak(to: name, said: said, situation) else { return .end(completion: nil) }
        if Utterance.repeats(spoken.words, talk.said.map(\.words)) {
            return .echo(words: spoken.words, completion: spoken.completion)
        }
        return .say(to: other, words: spoken.words, completion: spoken.completion)
    }

    func isCooling(_ a: Int, _ b: Int) -> Bool { cooldowns[Pair(a, b)].map { $0 > time } ?? false }
}
