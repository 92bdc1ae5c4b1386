internal import Agents
internal import Kernel
internal import LanguageModels

extension Simulation {
    /// Writes down something that happens where all who are there and awake notice it.
    mutating func occur(
        _ kind: Occurrence.Kind, at place: String, _ actor: Int?, _ text: String, to addressee: Int? = nil,
        completion: String? = nil, plain: Bool = false, _ happening: inout Happening
    ) {
        write(kind, at: place, actor, text, to: addressee, completion: completion, &happening)
        var told = text
        if kind == .say, let actor, let addressee {
            told = Self.told(text, by: residents[actor].name, to: residents[addressee].name)
        }
        let percept = Thinking.Percept(
            text: told, kind: kind == .say ? .utterance : .observation,
            plain: plain || [.move, .wake, .sleep].contains(kind), striking: kind == .say || actor == nil,
            completion: kind == .say ? completion : nil)
        for index in there[place] ?? [] where !residents[index].asleep {
            happening.noticed[index, default: []].append(
                .init(percept: percept, own: index == actor, addressed: index == addressee))
        }
        if [.say, .act, .move].contains(kind) { lastActive = time }
    }

    /// Writes down something that only its actor knows, and that is in memory already or not at all.
    mutating func note(
        _ kind: Occurrence.Kind, _ actor: Int, _ text: String, completion: String?, _ happening: inout Happening
    ) {
        write(kind, at: residents[actor].place, actor, text, to: nil, completion: completion, &happening)
        if kind == .failure {
            let percept = Thinking.Percept(text: text, kind: .observation, plain: true)
            happening.noticed[actor, default: []].append(.init(percept: percept, own: true))
        }
    }

    private mutating func write(
        _ kind: Occurrence.Kind, at place: String, _ actor: Int?, _ text: String, to addressee: Int?, completion: String?,
        _ happening: inout Happening
    ) {
        occurred += 1
        happening.record.occurrences.append(
            Occurrence(
                sequence: occurred, time: time, place: place, actor: actor.map { residents[$0].id }, kind: kind, text: text,
                addressee: addressee.map { residents[$0].id }, completion: completion))
    }

    /// What somebody notices at a moment.
    struct Noticing: Sendable {
        var resident: Int
        var notices: [Happening.Notice]
    }

    /// Who notices anything, in order of persona id, and what of it they attend to.
    func notices(of happening: Happening) -> [Noticing] {
        happening.noticed.keys.sorted().map { Noticing(resident: $0, notices: attended(happening.noticed[$0] ?? [])) }
    }

    struct Perception: Sendable {
        var noticing: Noticing
        var thinking: Thinking
        /// Memories made of what was noticed.
        var made: [Memory]
    }

    /// One resident remembers what they notice; reads the world and changes nothing.
    func perceive(_ noticing: Noticing, minds: Minds) async throws -> Perception {
        try await Urgency.$moment.withValue(time.seconds) {
            var thinking = Thinking(
                residents[noticing.resident].mind, minds: minds, settings: world.memory, seed: seed, time: time)
            if leavesOut(.observation) { return Perception(noticing: noticing, thinking: thinking, made: []) }
            let made = try await thinking.perceive(
                noticing.notices.map(\.percept), retention: world.perception.retention)
            return Perception(noticing: noticing, thinking: thinking, made: made)
        }
    }

    /// Takes over what has been perceived; what matters gives somebody a turn.
    mutating func notice(_ perceptions: [Perception], _ happening: inout Happening) {
        for perception in perceptions {
            let (index, notices) = (perception.noticing.resident, perception.noticing.notices)
            happening.record.add(perception.thinking)
            residents[index].mind = perception.thinking.mind
            let foreign = notices.filter { !$0.own }
            let fresh = foreign.map(\.percept.text).filter { text in
                leavesOut(.observation) || perception.made.contains { $0.text == text }
            }
            let talking = residents[index].talk != nil
            if !talking { residents[index].news = Array((residents[index].news + fresh).suffix(Self.news)) }
            let matters = perception.made.contains { made in
                made.importance >= world.perception.matters && fresh.contains(made.text)
            }
            if residents[index].asleep || talking || !(foreign.contains { $0.addressed } || matters) { continue }
            interrupt(index)
        }
    }

    /// Whether even plain non-events, which count 1, interrupt.
    var plainInterrupts: Bool { world.perception.matters <= 1 }

    /// Whether something noticed may give somebody a turn, however it is rated.
    func mayInterrupt(_ notice: Happening.Notice) -> Bool {
        !notice.own && (notice.addressed || !notice.percept.plain || plainInterrupts)
    }

    /// What is noticed of all there is: one's own doing, and of the rest what is addressed to one and then the latest.
    private func attended(_ noticed: [Happening.Notice]) -> [Happening.Notice] {
        let foreign = noticed.indices.filter { !noticed[$0].own }
        let ranked = foreign.filter { noticed[$0].addressed } + foreign.reversed().filter { !noticed[$0].addressed }
        let kept = Set(ranked.prefix(world.perception.attention))
        return noticed.indices.filter { noticed[$0].own || kept.contains($0) }.map { noticed[$0] }
    }

    /// Somebody thinks again soon about what they are doing; on the way, when they next come somewhere.
    private mutating func interrupt(_ index: Int) {
        residents[index].interrupted = true
        residents[index].decided = nil
        if residents[index].away || residents[index].homeward { return }
        let moment = time + world.clock.grain
        if let turn = residents[index].turnAt, turn >= time, turn <= moment { return }
        residents[index].turnAt = moment
        schedule(.turn(index), at: moment)
    }
}
