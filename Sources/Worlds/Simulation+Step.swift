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

    mutating func advance(minds: Minds, jobs: Int) async throws -> StepRecord? {
        var due: [Duty] = []
        guard let moment = queue.popDue(into: &due) else { return nil }
        time = moment
        var happening = Happening(record: StepRecord(time: time))
        var occasions: [Int: Occasion] = [:]
        var arrivals: [(index: Int, place: String)] = []
        for duty in due {
            switch duty {
            case .begin:
                for index in residents.indices { occasions[index] = .begin(awake: !isNight(of: index)) }
            case .wake(let index):
                occasions[index] = .wake
                queue.schedule(.wake(index), at: time + .hours(24), priority: 1)
            case .sleep(let index):
                occasions[index] = .sleep
                queue.schedule(.sleep(index), at: time + .hours(24), priority: 1)
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
        try await think(occasions, &happening, minds: minds, jobs: jobs)
        try await perceive(&happening, minds: minds, jobs: jobs)
        tokens += happening.record.tokens
        return happening.record
    }

    /// In the order of a draw by moment and person: nobody is first because their name is.
    private func inOrder<Item>(_ items: [Item], _ index: (Item) -> Int, _ purpose: String) -> [Item] {
        let moment = time.description
        return items.map { item in
            (item: item, index: index(item), tie: RandomStream.draw(seed: seed, purpose, moment, residents[index(item)].id))
        }
        .sorted { ($0.tie, $0.index) < ($1.tie, $1.index) }.map(\.item)
    }

    /// All decide concurrently on the same world; then their acts are done one by one, in the order of a draw.
    private mutating func think(
        _ occasions: [Int: Occasion], _ happening: inout Happening, minds: Minds, jobs: Int
    ) async throws {
        let order = inOrder(occasions.keys.sorted(), { $0 }, "tie")
        let world = self
        let deliberations = try await concurrently(order, jobs: jobs) { index in
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
}
