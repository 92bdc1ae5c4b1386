internal import Agents
internal import Kernel

extension Simulation {
    /// What happens in one step, with who notices what.
    struct Happening {
        var record: StepRecord
        /// For each resident, what they notice, in order, and whether it is their own doing or addressed to them.
        var noticed: [[(percept: Thinking.Percept, own: Bool, addressed: Bool)]]
    }

    mutating func advance(minds: Minds, jobs: Int) async throws -> StepRecord? {
        guard let due = queue.popDue() else { return nil }
        time = due.time
        var happening = Happening(record: StepRecord(time: time), noticed: residents.map { _ in [] })
        var occasions: [Int: Occasion] = [:]
        for duty in due.events {
            switch duty {
            case .begin:
                let awake = !world.clock.isNight(time)
                for index in residents.indices { occasions[index] = .begin(awake: awake) }
            case .wake:
                for index in residents.indices { occasions[index] = .wake }
                queue.schedule(.wake, at: time + .hours(24), priority: 1)
            case .sleep:
                for index in residents.indices { occasions[index] = .sleep }
                queue.schedule(.sleep, at: time + .hours(24), priority: 1)
            case .event(let index):
                occur(.event, at: world.events[index].place, nil, world.events[index].seen, &happening)
            case .injected(let place, let text):
                occur(.event, at: place, nil, text, &happening)
            case .told(let index, let text):
                let percept = Thinking.Percept(text: text, kind: .observation, plain: false, striking: true)
                happening.noticed[index].append((percept, own: false, addressed: true))
            case .turn(let index):
                if residents[index].turnAt == time && occasions[index] == nil { occasions[index] = .turn }
            case .poll(let index):
                happening.record.pollsDue.append(world.polls[index])
            }
        }
        try await think(occasions, &happening, minds: minds, jobs: jobs)
        try await perceive(&happening, minds: minds, jobs: jobs)
        tokens += happening.record.tokens
        return happening.record
    }

    /// All decide concurrently on the same world; then their acts are done one by one, in the order of a draw.
    private mutating func think(
        _ occasions: [Int: Occasion], _ happening: inout Happening, minds: Minds, jobs: Int
    ) async throws {
        let seed = seed
        let moment = time.description
        let order = occasions.keys.map { (index: $0, tie: RandomStream.draw(seed: seed, "tie", moment, residents[$0].id)) }
            .sorted { ($0.tie, $0.index) < ($1.tie, $1.index) }
        let world = self
        let deliberations = try await concurrently(order.map(\.index), jobs: jobs) { index in
            try await world.deliberate(index, occasions[index] ?? .turn, minds: minds)
        }
        for deliberation in deliberations {
            happening.record.add(deliberation.thinking)
            residents[deliberation.resident].mind = deliberation.thinking.mind
            for memory in deliberation.thinking.added where memory.kind == .reflection {
                note(.reflect, deliberation.resident, memory.text, completion: memory.completion, &happening)
            }
            resolve(deliberation, &happening)
        }
    }

    private mutating func resolve(_ deliberation: Deliberation, _ happening: inout Happening) {
        let index = deliberation.resident
        if case .listen = deliberation.act { return }
        residents[index].news = []
        switch deliberation.act {
        case .begin, .listen: break
        case .wake(let plan):
            residents[index].asleep = false
            residents[index].doing = nil
            occur(.wake, at: residents[index].place, index, "\(residents[index].name) gets up.", &happening)
            let steps = residents[index].mind.plan.steps.map { "\($0.from.timeOfDay) \($0.what) (\($0.place))" }
            note(.plan, index, steps.joined(separator: "; "), completion: plan, &happening)
            turn(index, at: time + world.clock.grain)
        case .sleep:
            endTalk(of: index)
            occur(.sleep, at: residents[index].mind.home, index, "\(residents[index].name) goes to bed.", &happening)
            residents[index].place = residents[index].mind.home
            residents[index].asleep = true
            residents[index].turnAt = nil
            residents[index].walkingTo = nil
        case .carryOn(let completion): carryOn(index, completion, &happening)
        case .go(let place, let completion):
            residents[index].walkingTo = nil
            move(index, to: place, completion, &happening)
        case .wait: turn(index, at: time + TimeSpan(seconds: 3 * world.clock.grain.seconds))
        case .say(let other, let words, let completion): say(index, other, words, completion, &happening)
        case .end(let completion):
            guard let talk = talks.first(where: { $0.holds(index) }) else { break }
            let name = residents[talk.other(than: index)].name
            let text =
                talk.said.count == 1
                ? "\(residents[index].name) does not stop to talk with \(name)." : "\(residents[index].name) takes leave of \(name)."
            occur(.act, at: residents[index].place, index, text, completion: completion, plain: true, &happening)
            endTalk(of: index)
        }
    }

    private mutating func carryOn(_ index: Int, _ completion: String?, _ happening: inout Happening) {
        let resident = residents[index]
        guard let number = resident.mind.plan.current(at: time) else { return turn(index, at: time + Limits.patience) }
        let step = resident.mind.plan.steps[number]
        if let hop = geography.hop(from: resident.place, to: step.place) {
            residents[index].walkingTo = number
            return move(index, to: hop, completion, &happening)
        }
        residents[index].walkingTo = nil
        if resident.doing != step.from {
            residents[index].doing = step.from
            occur(
                .act, at: resident.place, index, "\(resident.name) turns to this: \(step.what).", completion: completion,
                &happening)
        }
        let patience = time + Limits.patience
        turn(index, at: min(patience, resident.mind.plan.nextStep(after: time) ?? patience))
    }

    private mutating func move(_ index: Int, to place: String, _ completion: String?, _ happening: inout Happening) {
        guard geography.near(residents[index].place).contains(place) else {
            return fail(index, "\(residents[index].name) finds no way to \(place).", completion, &happening)
        }
        endTalk(of: index)
        let from = residents[index].place
        residents[index].place = place
        occur(.move, at: place, index, "\(residents[index].name) comes from \(from) to \(place).", completion: completion, &happening)
        turn(index, at: time + world.clock.grain)
    }

    private mutating func say(
        _ index: Int, _ other: Int, _ words: String, _ completion: String, _ happening: inout Happening
    ) {
        let name = residents[index].name
        let reached = !residents[other].asleep && residents[other].place == residents[index].place
        let number = talks.firstIndex { $0.holds(index) }
        if !reached {
            endTalk(of: index)
            return fail(index, "\(name) wanted to speak to \(residents[other].name), who was gone.", completion, &happening)
        }
        if let number {
            guard talks[number].next == index, talks[number].holds(other) else {
                let partner = residents[talks[number].other(than: index)].name
                return note(.failure, index, "\(name) was spoken to first, by \(partner).", completion: completion, &happening)
            }
            if Utterance.repeats(words, talks[number].said.map(\.words)) { return endTalk(of: index) }
            talks[number].said.append(.init(speaker: index, words: words))
            talks[number].next = other
        } else if talks.contains(where: { $0.holds(other) }) {
            return fail(index, "\(name) found \(residents[other].name) already talking.", completion, &happening)
        } else {
            talks.append(Talk(first: index, second: other, next: other, said: [.init(speaker: index, words: words)]))
            residents[index].begun = residents[index].begunOn == time.day ? residents[index].begun + 1 : 1
            residents[index].begunOn = time.day
        }
        residents[index].walkingTo = nil
        residents[other].walkingTo = nil
        residents[index].spoken[other] += 1
        residents[other].spoken[index] += 1
        occur(.say, at: residents[index].place, index, words, to: other, completion: completion, &happening)
        residents[index].turnAt = nil
        turn(other, at: time + Limits.reply)
        if let talk = talks.first(where: { $0.holds(index) }), talk.said.count >= world.conversation.turns { endTalk(of: index) }
    }

    private mutating func fail(_ index: Int, _ text: String, _ completion: String?, _ happening: inout Happening) {
        note(.failure, index, text, completion: completion, &happening)
        turn(index, at: time + world.clock.grain)
    }

    /// Ends the conversation somebody is in, if any; both go back to their plans.
    private mutating func endTalk(of index: Int) {
        guard let number = talks.firstIndex(where: { $0.holds(index) }) else { return }
        let talk = talks.remove(at: number)
        let pair = (first: min(talk.first, talk.second), second: max(talk.first, talk.second))
        cooldowns.removeAll { $0.until <= time || ($0.first == pair.first && $0.second == pair.second) }
        cooldowns.append((pair.first, pair.second, time + world.conversation.cooldown))
        for resident in [talk.first, talk.second] where !residents[resident].asleep {
            turn(resident, at: time + world.clock.grain)
        }
    }

    private mutating func turn(_ index: Int, at moment: SimulationTime) {
        // A listener's turn is the reply; nothing else may put it off.
        if let talk = talks.first(where: { $0.holds(index) }), talk.next != index || moment > time + Limits.reply { return }
        residents[index].turnAt = moment
        queue.schedule(.turn(index), at: moment, priority: 2)
    }
}
