internal import Agents
internal import Kernel

extension Simulation {
    mutating func resolve(_ deliberation: Deliberation, _ happening: inout Happening) {
        let index = deliberation.resident
        let name = residents[index].name
        if case .listen = deliberation.act { return }
        residents[index].news = []
        if deliberation.recapped { residents[index].ended = [] }
        residents[index].interrupted = false
        switch deliberation.act {
        case .begin, .listen: break
        case .wake(let plan):
            residents[index].asleep = false
            residents[index].homeward = false
            residents[index].doing = nil
            residents[index].decided = nil
            occur(.wake, at: residents[index].place, index, "\(name) gets up.", &happening)
            if !leavesOut(.planning) { note(.plan, index, residents[index].mind.plan.words, completion: plan, &happening) }
            look(index, &happening)
            turn(index, at: time + world.clock.grain)
        case .sleep: goToBed(index, &happening)
        case .carryOn(let completion): carryOn(index, completion, &happening)
        case .walk: walk(index, completion: nil, &happening)
        case .go(let place, let completion):
            residents[index].decided = nil
            guard geography.near(residents[index].place).contains(place) else {
                return fail(index, "\(name) finds no way to \(place).", completion, &happening)
            }
            residents[index].heading = place
            walk(index, completion: completion, &happening)
        case .use(let object, let deed, let completion):
            act(index, "\(name) turns to this: \(deed.what).", object: object, state: deed.state, completion, &happening)
            turn(index, at: time + world.clock.grain)
        case .replan(let completion):
            residents[index].decided = nil
            residents[index].heading = nil
            note(.plan, index, residents[index].mind.plan.words, completion: completion, &happening)
            carryOn(index, nil, &happening)
        case .wait: turn(index, at: time + TimeSpan(seconds: 3 * world.clock.grain.seconds))
        case .say(let other, let words, let completion): say(index, other, words, completion, &happening)
        case .echo(let words, let completion): echo(index, words, completion, &happening)
        case .end(let completion):
            guard let talk = residents[index].talk.flatMap({ talks[$0] }) else { break }
            let other = residents[talk.other(than: index)].name
            let text = talk.said.count == 1 ? "\(name) does not stop to talk with \(other)." : "\(name) takes leave of \(other)."
            occur(.act, at: residents[index].place, index, text, completion: completion, plain: true, &happening)
            endTalk(of: index)
        }
    }

    /// Does what the plan says, walking where it says first.
    private mutating func carryOn(_ index: Int, _ completion: String?, _ happening: inout Happening) {
        let resident = residents[index]
        guard let step = resident.mind.plan.current(at: time) else {
            return turn(index, at: time + world.planning.patience)
        }
        residents[index].decided = resident.mind.plan.hour(at: time)?.until
        if step.place != resident.place, geography.hop(from: resident.place, to: step.place) != nil {
            residents[index].heading = step.place
            return walk(index, completion: completion, &happening)
        }
        residents[index].heading = nil
        if resident.doing.map({ $0.from != step.from || $0.what != step.what }) ?? true {
            residents[index].doing = step
            act(
                index, "\(resident.name) turns to this: \(step.what).", object: step.object, state: step.state, completion,
                &happening)
        }
        turn(index, at: end(of: step, from: time))
    }

    /// Something done, with the state that it leaves an object in.
    private mutating func act(
        _ index: Int, _ text: String, object: String?, state: String?, _ completion: String?, _ happening: inout Happening
    ) {
        let place = residents[index].place
        var text = text
        if let object, let state, let number = objects[place]?.firstIndex(where: { $0.name == object }),
            objects[place]?[number].state != state
        {
            objects[place]?[number].state = state
            text += " The \(object) is now \(state)."
            for witness in there[place] ?? [] where !residents[witness].asleep {
                residents[witness].seen["\(place)\u{0}\(object)"] = state
            }
        }
        occur(.act, at: place, index, text, completion: completion, &happening)
    }

    private mutating func goToBed(_ index: Int, _ happening: inout Happening) {
        endTalk(of: index)
        residents[index].turnAt = nil
        residents[index].decided = nil
        residents[index].homeward = true
        residents[index].heading = residents[index].mind.home
        if !residents[index].away { homeward(index, &happening) }
    }

    /// The next way home, or to bed where one is there or no way leads there.
    mutating func homeward(_ index: Int, _ happening: inout Happening) {
        let resident = residents[index]
        if let hop = geography.hop(from: resident.place, to: resident.mind.home) {
            return setOut(index, to: hop, completion: nil, &happening)
        }
        residents[index].heading = nil
        residents[index].homeward = false
        occur(.sleep, at: resident.place, index, "\(resident.name) goes to bed.", &happening)
        residents[index].asleep = true
    }

    private mutating func say(
        _ index: Int, _ other: Int, _ words: String, _ completion: String, _ happening: inout Happening
    ) {
        let name = residents[index].name
        let reached = !residents[other].asleep && !residents[other].away && residents[other].place == residents[index].place
        if !reached {
            endTalk(of: index)
            return fail(index, "\(name) wanted to speak to \(residents[other].name), who was gone.", completion, &happening)
        }
        var number = 0
        if let under = residents[index].talk, let talk = talks[under] {
            guard talk.next == index, talk.other(than: index) == other else {
                let partner = residents[talk.other(than: index)].name
                return note(.failure, index, "\(name) was spoken to first, by \(partner).", completion: completion, &happening)
            }
            if Utterance.repeats(words, talk.said.map(\.words)) { return echo(index, words, completion, &happening) }
            number = under
            talks[number]?.said.append(.init(speaker: index, words: words))
            talks[number]?.next = other
        } else if residents[other].talk != nil {
            return fail(index, "\(name) found \(residents[other].name) already talking.", completion, &happening)
        } else {
            talksBegun += 1
            number = talksBegun
            talks[number] = Talk(first: index, second: other, next: other, said: [.init(speaker: index, words: words)])
            (residents[index].talk, residents[other].talk) = (number, number)
            residents[index].begun = residents[index].begunOn == time.day ? residents[index].begun + 1 : 1
            residents[index].begunOn = time.day
        }
        (residents[index].decided, residents[other].decided) = (nil, nil)
        residents[index].spoken[other, default: 0] += 1
        residents[other].spoken[index, default: 0] += 1
        occur(.say, at: residents[index].place, index, words, to: other, completion: completion, &happening)
        residents[index].turnAt = nil
        turn(other, at: time + world.conversation.reply)
        if let talk = talks[number], talk.said.count >= world.conversation.turns { endTalk(of: index) }
    }

    /// Records what would only have been said again, and ends the talk.
    private mutating func echo(_ index: Int, _ words: String, _ completion: String, _ happening: inout Happening) {
        guard let talk = residents[index].talk.flatMap({ talks[$0] }) else { return }
        let (name, other) = (residents[index].name, residents[talk.other(than: index)].name)
        note(
            .failure, index, "\(name) would only have said again to \(other): \"\(words)\"", completion: completion, &happening)
        endTalk(of: index)
    }

    mutating func fail(_ index: Int, _ text: String, _ completion: String?, _ happening: inout Happening) {
        note(.failure, index, text, completion: completion, &happening)
        turn(index, at: time + world.clock.grain)
    }

    /// Ends the conversation somebody is in, if any; both think about it, and go back to their plans.
    mutating func endTalk(of index: Int) {
        guard let number = residents[index].talk, let talk = talks.removeValue(forKey: number) else { return }
        cooldowns[Pair(talk.first, talk.second)] = time + world.conversation.cooldown
        for resident in [talk.first, talk.second] {
            residents[resident].talk = nil
            // One utterance that was not answered is no conversation.
            if talk.said.count > 1 {
                residents[resident].ended.append(.init(other: talk.other(than: resident), said: talk.said))
            }
            if !residents[resident].asleep, !residents[resident].homeward {
                turn(resident, at: time + world.clock.grain)
            }
        }
    }

    mutating func turn(_ index: Int, at moment: SimulationTime) {
        // A listener's turn is the reply; nothing else may put it off.
        if let talk = residents[index].talk.flatMap({ talks[$0] }),
            talk.next != index || moment > time + world.conversation.reply
        {
            return
        }
        residents[index].turnAt = moment
        schedule(.turn(index), at: moment)
    }
}
