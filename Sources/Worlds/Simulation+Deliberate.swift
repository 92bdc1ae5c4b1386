internal import Agents
internal import Kernel

extension Simulation {
    /// What somebody has decided; not yet done.
    enum Act: Sendable {
        case begin
        case wake(plan: String?)
        case sleep
        case carryOn(completion: String?)
        case go(String, completion: String?)
        case say(to: Int, words: String, completion: String)
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
    }

    /// One resident thinks; reads the world and changes nothing.
    func deliberate(_ index: Int, _ occasion: Occasion, minds: Minds) async throws -> Deliberation {
        let resident = residents[index]
        var thinking = Thinking(resident.mind, minds: minds, settings: world.memory, seed: seed, time: time)
        var act = Act.begin
        switch occasion {
        case .begin(let awake):
            try await thinking.rememberSeeds()
            if awake { act = .wake(plan: try await plan(&thinking)) }
        case .wake:
            act = .wake(plan: try await plan(&thinking))
        case .sleep:
            if resident.mind.unreflected > 0 { try await thinking.reflect() }
            act = .sleep
        case .turn:
            if thinking.mustReflect { try await thinking.reflect() }
            if let talk = talks.first(where: { $0.holds(index) }) {
                act = talk.next == index ? try await answer(index, talk, &thinking) : .listen
            } else {
                act = try await decide(index, &thinking)
            }
        }
        return Deliberation(resident: index, thinking: thinking, act: act)
    }

    private func plan(_ thinking: inout Thinking) async throws -> String? {
        try await thinking.planDay(
            when: world.clock.words(time), places: geography.names, until: world.clock.nightfall(after: time))
    }

    func situation(_ index: Int) -> Situation {
        let resident = residents[index]
        let place = world.places.first { $0.name == resident.place }
        return Situation(
            when: world.clock.words(time), place: resident.place, about: place?.about ?? "",
            objects: (place?.objects ?? []).map { "\($0.name): \($0.state)" }, present: others(with: index).map { residents[$0].name },
            news: resident.news)
    }

    /// The others who are in the same place and awake.
    func others(with index: Int) -> [Int] {
        residents.indices.filter {
            $0 != index && residents[$0].place == residents[index].place && !residents[$0].asleep
        }
    }

    /// What is possible now: carry on first, then whom to address and where to go by name, then wait.
    func options(_ index: Int) -> [ActionOption] {
        let resident = residents[index]
        var options: [ActionOption] = []
        if let step = resident.mind.plan.current(at: time) {
            let what = resident.mind.plan.steps[step]
            options.append(
                ActionOption(.carryOn, what.place == resident.place ? what.what : "go to \(what.place) and \(what.what)"))
        }
        if resident.begunOn != time.day || resident.begun < Limits.begins {
            let free = others(with: index).filter { other in
                !talks.contains { $0.holds(other) } && !isCooling(index, other)
            }
            for other in free.sorted(by: { precedes(residents[$0].name, residents[$1].name) }) {
                options.append(ActionOption(.say(to: residents[other].id), "talk with \(residents[other].name)"))
            }
        }
        options += geography.near(resident.place).map { ActionOption(.go($0), "go to \($0)") }
        return options + [ActionOption(.wait, "wait a while")]
    }

    private func decide(_ index: Int, _ thinking: inout Thinking) async throws -> Act {
        let resident = residents[index]
        let step = resident.mind.plan.current(at: time)
        if let step, resident.walkingTo == step { return .carryOn(completion: nil) }
        let options = options(index)
        let situation = situation(index)
        let chosen = try await thinking.choose(
            options, situation, intention: step.map { resident.mind.plan.steps[$0].what })
        switch options[chosen.index].action {
        case .carryOn: return .carryOn(completion: chosen.completion)
        case .go(let place): return .go(place, completion: chosen.completion)
        case .wait, .end: return .wait
        case .say(let id):
            guard let other = residents.firstIndex(where: { $0.id == id }),
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
        if talk.said.count == 1 || talk.said.count >= Limits.polite {
            let options = [
                ActionOption(.say(to: residents[other].id), talk.said.count == 1 ? "talk with \(name)" : "go on talking with \(name)"),
                ActionOption(.end, talk.said.count == 1 ? "walk past \(name) without a word" : "say goodbye to \(name)"),
            ]
            let chosen = try await thinking.choose(options, situation, intention: nil)
            if chosen.index == 1 { return .end(completion: chosen.completion) }
        }
        let said = talk.said.map { (name: residents[$0.speaker].name, words: $0.words) }
        guard let spoken = try await thinking.speak(to: name, said: said, situation) else { return .end(completion: nil) }
        if Utterance.repeats(spoken.words, talk.said.map(\.words)) { return .end(completion: spoken.completion) }
        return .say(to: other, words: spoken.words, completion: spoken.completion)
    }

    func isCooling(_ a: Int, _ b: Int) -> Bool {
        cooldowns.contains { $0.first == min(a, b) && $0.second == max(a, b) && $0.until > time }
    }
}
