import Kernel

/// A run as calls that wait for one another: what a schedule of it can be.
///
/// The calls of a person in a moment follow one another, but for those that are asked at once. A moment of a place
/// comes after the moment before it there, and after those in which they took part last who take part in it.
struct Trace {
    struct Node {
        var step: Int
        /// Seconds of the calls of each person in rounds, in their order; what was asked before costs nothing.
        var chains: [[[Double]]]
        var after: Set<Int>
    }

    private(set) var nodes: [Node] = []
    private var lastIn: [String: Int] = [:]
    private var lastOf: [String: Int] = [:]
    private var asked: Set<String> = []
    private var steps = 0

    /// - Parameters:
    ///   - calls: Of a step, in order: who asked, what for, and under which key.
    ///   - place: Where somebody is after it.
    ///   - seconds: What a call costs, by key.
    mutating func add(
        _ calls: [(persona: String, purpose: String, key: String)], place: (String) -> String, seconds: (String) -> Double
    ) {
        var chains: [String: [String: [[Double]]]] = [:]
        var before: [String: (purpose: String, joins: Bool)] = [:]
        for call in calls {
            let cost = asked.insert(call.key).inserted ? seconds(call.key) : 0
            // Vectors and ratings are asked for at once, and with the vector of a choice how likely its words are
            // anywhere.
            let joins = ["embed", "importance"].contains(call.purpose) || call.purpose == "decide" && before[call.persona]?.purpose == "embed"
            let isRound = joins && before[call.persona]?.joins == true
            before[call.persona] = (call.purpose, joins)
            let there = place(call.persona)
            var rounds = chains[there, default: [:]][call.persona] ?? []
            if isRound, let last = rounds.indices.last { rounds[last].append(cost) } else { rounds.append([cost]) }
            chains[there, default: [:]][call.persona] = rounds
        }
        for (there, people) in chains {
            var after = Set(people.keys.compactMap { lastOf[$0] })
            if let last = lastIn[there] { after.insert(last) }
            nodes.append(Node(step: steps, chains: people.keys.sorted().map { people[$0] ?? [] }, after: after))
            lastIn[there] = nodes.count - 1
            for person in people.keys { lastOf[person] = nodes.count - 1 }
        }
        steps += 1
    }

    var work: Double { nodes.reduce(0) { $0 + $1.chains.joined().joined().reduce(0, +) } }

    /// The wall of lists: whatever may go on goes on in the order of the run's steps, as far as there are slots.
    ///
    /// - Parameter lockStep: Whether each step waits for the one before it.
    func wall(slots: Int, lockStep: Bool) -> Double {
        var after = nodes.map(\.after)
        if lockStep {
            var previous: [Int] = []
            var start = 0
            while start < nodes.count {
                let end = nodes[start...].firstIndex { $0.step != nodes[start].step } ?? nodes.count
                for index in start..<end { after[index] = Set(previous) }
                previous = Array(start..<end)
                start = end
            }
        }
        var before = [[Int]](repeating: [], count: nodes.count)
        for (index, earlier) in after.enumerated() { for one in earlier { before[one].append(index) } }
        var open = after.map(\.count)
        var chainsLeft = nodes.map(\.chains.count)
        var roundLeft = nodes.map { $0.chains.map { _ in 0 } }
        struct Call {
            var node: Int
            var chain: Int
            var round: Int
            var seconds: Double
        }
        var waiting: [Call] = []
        var ending: [(at: Double, call: Call)] = []
        var (now, free) = (0.0, slots)
        func finish(_ node: Int) -> [Int] {
            before[node].filter { later in
                open[later] -= 1
                return open[later] == 0
            }
        }
        func advance(_ node: Int, _ chain: Int, _ from: Int) -> [Int] {
            let rounds = nodes[node].chains[chain]
            if let next = rounds.indices.first(where: { $0 >= from && rounds[$0].contains { $0 > 0 } }) {
                let calls = rounds[next].filter { $0 > 0 }
                roundLeft[node][chain] = calls.count
                waiting += calls.map { Call(node: node, chain: chain, round: next, seconds: $0) }
                return []
            }
            chainsLeft[node] -= 1
            return chainsLeft[node] == 0 ? finish(node) : []
        }
        func release(_ node: Int) {
            var ready = [node]
            while let node = ready.popLast() {
                for chain in nodes[node].chains.indices { ready += advance(node, chain, 0) }
            }
        }
        for node in nodes.indices where after[node].isEmpty { release(node) }
        while !waiting.isEmpty || !ending.isEmpty {
            waiting.sort { (nodes[$0.node].step, $0.node, $0.chain) > (nodes[$1.node].step, $1.node, $1.chain) }
            while free > 0, let call = waiting.popLast() {
                free -= 1
                ending.append((now + call.seconds, call))
            }
            guard let first = ending.indices.min(by: { ending[$0].at < ending[$1].at }) else { break }
            let done = ending.remove(at: first)
            now = done.at
            free += 1
            let call = done.call
            roundLeft[call.node][call.chain] -= 1
            if roundLeft[call.node][call.chain] == 0 {
                for node in advance(call.node, call.chain, call.round + 1) { release(node) }
            }
        }
        return now
    }
}
