internal import HeapModule
internal import Kernel
internal import Synchronization

/// Which places lie next to which and how long the way takes, both ways, in the order of their names' bytes.
struct Geography: Sendable {
    /// From an area to its place.
    static let indoors = TimeSpan.minutes(1)

    let names: [String]
    private let index: [String: Int]
    /// By place, in the order of the names: where ways lead, and their seconds.
    private let ways: [[(to: Int, takes: Int)]]
    private let routes = Routes()

    /// - Parameter grain: What a way takes that gives no time.
    init(_ places: [World.Place], grain: TimeSpan) {
        let names = places.map(\.name).sorted(by: precedes)
        let index = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var ways = [[Int: Int]](repeating: [:], count: names.count)
        for place in places {
            let inside = place.within.map { [World.Way(to: $0, takes: Self.indoors)] } ?? []
            for way in place.near + inside {
                guard let from = index[place.name], let to = index[way.to], from != to else { continue }
                let takes = (way.takes ?? grain).seconds
                // The shorter of two ways between the same places counts.
                ways[from][to] = min(takes, ways[from][to] ?? .max)
                ways[to][from] = min(takes, ways[to][from] ?? .max)
            }
        }
        self.names = names
        self.index = index
        self.ways = ways.map { way in way.keys.sorted().map { ($0, way[$0] ?? 0) } }
    }

    /// The shortest of the ways; a year where there is none.
    var leastWay: TimeSpan { TimeSpan(seconds: ways.joined().map(\.takes).min() ?? 31_536_000) }

    /// Of a place, in the order of the names.
    func number(_ place: String) -> Int? { index[place] }

    func near(_ place: String) -> [String] { (index[place].map { ways[$0] } ?? []).map { names[$0.to] } }

    /// How long the direct way takes; `nil` where there is none.
    func takes(from: String, to: String) -> TimeSpan? {
        guard let from = index[from], let to = index[to] else { return nil }
        return ways[from].first { $0.to == to }.map { TimeSpan(seconds: $0.takes) }
    }

    /// The next place on a shortest way, the first by name of several; `nil` where there is none or one is there.
    ///
    /// - Complexity: O(ways log places) for the first way to a place, then O(ways of a place).
    func hop(from: String, to: String) -> String? {
        guard let from = index[from], let goal = index[to], from != goal else { return nil }
        let distance = distances(to: goal)
        guard distance[from] < .max else { return nil }
        return ways[from].first { distance[$0.to] < .max && distance[$0.to] + $0.takes == distance[from] }.map { names[$0.to] }
    }

    /// The places nearest on foot, the place itself first among them, by name; those that cannot be reached last.
    func nearest(_ place: String, count: Int) -> [String] {
        guard names.count > count, let from = index[place] else { return names }
        let distance = distances(to: from)
        return names.indices.sorted { (distance[$0], $0) < (distance[$1], $1) }.prefix(count).sorted().map { names[$0] }
    }

    /// Seconds from every place, `.max` from where no way leads. Ways are as long in both directions.
    func distances(to goal: Int) -> [Int] {
        if let known = routes.known.withLock({ $0[goal] }) { return known }
        var distance = [Int](repeating: .max, count: names.count)
        distance[goal] = 0
        var heap = Heap([Reached(seconds: 0, place: goal)])
        while let next = heap.popMin() {
            if next.seconds > distance[next.place] { continue }
            for way in ways[next.place] where next.seconds + way.takes < distance[way.to] {
                distance[way.to] = next.seconds + way.takes
                heap.insert(Reached(seconds: next.seconds + way.takes, place: way.to))
            }
        }
        routes.known.withLock { $0[goal] = distance }
        return distance
    }

    private struct Reached: Comparable {
        var seconds: Int
        var place: Int

        static func < (a: Self, b: Self) -> Bool { (a.seconds, a.place) < (b.seconds, b.place) }
    }

    /// Distances that have been worked out, by goal; shared by copies, and the same whoever works them out.
    private final class Routes: Sendable {
        let known = Mutex<[Int: [Int]]>([:])
    }
}
