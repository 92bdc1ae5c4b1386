import Kernel

/// A run as calls that wait for one another: what a schedule of it can be.
///
/// The calls of a person in a moment follow one another. A moment of a place comes after the moment before it there, and
/// after those in which they took part last who take part in it.
struct Trace {
    struct Node {
        var step: Int
        /// Seconds of the calls of each person, in their order; what was asked before costs nothing.
        var chains: [[Double]]
        var after: Set<Int>
    }

    private(set) var nodes: [Node] = []
    private var lastIn: [String: Int] = [:]
    private var lastOf: [String: Int] = [:]
    private var asked: Set<String> = []
    private var steps = 0

    /// - Parameters:
    ///   - calls: Of a step, in order: who asked, and under which key.
    ///   - place: Where somebody is after it.
    ///   - seconds: What a call costs, by key.
    mutating func add(_ calls: [(persona: String, key: String)], place: (String) -> String, seconds: (String) -> Double) {
        var chains: [String: [String: [Double]]] = [:]
        for call in calls {
            let cost = asked.insert(call.key).inserted ? seconds(call.key) : 0
            chains[place(call.persona), default: [:]][call.persona, default: []].append(cost)
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

    var work: Double { nodes.reduce(0) { $0 + $1.chains.joined().reduce(0, +) } }

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
        // (step, node, chain, next call) waiting for a slot; and calls that end.
        var waiting: [(step: Int, node: Int, chain: Int, call: Int)] = []
        var ending: [(at: Double, node: Int, chain: Int, call: Int)] = []
        var (now, free) = (0.0, slots)
        func release(_ node: Int) {
            var ready = [node]
            while let node = ready.popLast() {
                if nodes[node].chains.isEmpty { chainsLeft[node] = 0; ready += finish(node) }
                for chain in nodes[node].chains.indices { ready += advance(node, chain, 0) }
            }
        }
        func finish(_ node: Int) -> [Int] {
            before[node].filter { later in
                open[later] -= 1
                return open[later] == 0
            }
        }
        func advance(_ node: Int, _ chain: Int, _ from: Int) -> [Int] {
            let calls = nodes[node].chains[chain]
            if let next = calls.indices.first(where: { $0 >= from && calls[$0] > 0 }) {
                waiting.append((nodes[node].step, node, chain, next))
                return []
            }
            chainsLeft[node] -= 1
            return chainsLeft[node] == 0 ? finish(node) : []
        }
        for node in nodes.indices where after[node].isEmpty { release(node) }
        while !waiting.isEmpty || !ending.isEmpty {
            waiting.sort { ($0.step, $0.node, $0.chain) > ($1.step, $1.node, $1.chain) }
            while free > 0, let call = waiting.popLast() {
                free -= 1
                ending.append((now + nodes[call.node].chains[call.chain][call.call], call.node, call.chain, call.call))
            }
            guard let first = ending.indices.min(by: { ending[$0].at < ending[$1].at }) else { break }
            let done = ending.remove(at: first)
            now = done.at
            free += 1
            for node in advance(done.node, done.chain, done.call + 1) { release(node) }
        }
        return now
    }
}
