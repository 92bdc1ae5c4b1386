internal import Agents
internal import Kernel

extension Simulation {
    /// What happens in one step, with who notices what.
    struct Happening {
        struct Notice {
            var percept: Thinking.Percept
            /// Whether it is their own doing.
            var own = false
            /// Whether it is addressed to them.
            var addressed = false
        }

        var record: StepRecord
        /// For each resident who notices anything, what, in order.
        var noticed: [Int: [Notice]] = [:]
    }

    /// Somebody who thinks at this moment, and why.
    struct Thinker: Sendable {
        var resident: Int
        var occasion: Occasion
    }

    mutating func advance(minds: Minds, jobs: Int) async throws -> StepRecord? {
        var due: [Duty] = []
        guard let moment = queue.popDue(into: &due) else { return nil }
        time = moment
        var happening = Happening(record: StepRecord(time: time))
        let thinkers = take(due, &happening)
        let decided = self
        resolve(
            try await concurrently(thinkers, jobs: jobs) { try await decided.deliberate($0, minds: minds) }, &happening)
        let done = self
        notice(
            try await concurrently(notices(of: happening), jobs: jobs) { try await done.perceive($0, minds: minds) },
            &happening)
        tokens += happening.record.tokens
        return happening.record
    }

    /// Lets what is due happen up to where somebody must think.
    ///
    /// - Returns: Who thinks, in the order of a draw in which their acts are done.
    mutating func take(_ due: [Duty], _ happening: inout Happening) -> [Thinker] {
        var occasions: [Int: Occasion] = [:]
        var arrivals: [(index: Int, place: String)] = []
        for duty in due {
            switch duty {
            case .begin(let index): occasions[index] = .begin(awake: !isNight(of: index))
            case .wake(let index):
                occasions[index] = .wake
                schedule(.wake(index), at: time + .hours(24))
            case .sleep(let index):
                occasions[index] = .sleep
                schedule(.sleep(index), at: time + .hours(24))
            case .arrive(let index, let place): arrivals.append((index, place))
            case .event(let index):
                occur(.event, at: world.events[index].place, nil, world.events[index].seen, &happening)
            case .injected(let place, let text):
                occur(.event, at: place, nil, text, &happening)
            case .told(let index, let text):
                let percept = Thinking.Percept(text: text, kind: .observation, plain: false, striking: true)
                happening.noticed[index, default: []].append(.init(percept: percept, addressed: true))
            case .turn(let index):
                if residents[index].turnAt == time && occasions[index] == nil { occasions[index] = .turn }
            case .poll(let index):
                happening.record.pollsDue.append(world.polls[index])
            }
        }
        for (index, place) in inOrder(arrivals, { $0.index }, "arrive") { arrive(index, at: place, &happening) }
        return inOrder(occasions.keys.sorted(), { $0 }, "tie").map {
            Thinker(resident: $0, occasion: occasions[$0] ?? .turn)
        }
    }

    /// In the order of a draw by moment and person: nobody is first because their name is.
    private func inOrder<Item>(_ items: [Item], _ index: (Item) -> Int, _ purpose: String) -> [Item] {
        if items.count < 2 { return items }
        let moment = time.description
        return items.map { item in
            (item: item, index: index(item), tie: RandomStream.draw(seed: seed, purpose, moment, residents[index(item)].id))
        }
        .sorted { ($0.tie, $0.index) < ($1.tie, $1.index) }.map(\.item)
    }

    /// Does what has been decided on the same world, one after the other.
    mutating func resolve(_ deliberations: [Deliberation], _ happening: inout Happening) {
        for deliberation in deliberations {
            happening.record.add(deliberation.thinking)
            residents[deliberation.resident].mind = deliberation.thinking.mind
            residents[deliberation.resident].read.formUnion(deliberation.read)
            for memory in deliberation.thinking.added where memory.kind == .reflection {
                note(.reflect, deliberation.resident, memory.text, completion: memory.completion, &happening)
            }
            resolve(deliberation, &happening)
        }
    }
}
