internal import Kernel

/// Which places lie next to which and how long the way takes, both ways, in the order of their names' bytes.
struct Geography: Sendable {
    /// From an area to its place.
    static let indoors = TimeSpan.minutes(1)

    let names: [String]
    private var ways: [String: [(to: String, takes: TimeSpan)]] = [:]

    /// - Parameter grain: What a way takes that gives no time.
    init(_ places: [World.Place], grain: TimeSpan) {
        names = places.map(\.name).sorted(by: precedes)
        for place in places {
            let inside = place.within.map { [World.Way(to: $0, takes: Self.indoors)] } ?? []
            for way in place.near + inside where way.to != place.name {
                connect(place.name, way.to, way.takes ?? grain)
                connect(way.to, place.name, way.takes ?? grain)
            }
        }
        for name in names { ways[name]?.sort { precedes($0.to, $1.to) } }
    }

    /// The shorter of two ways between the same places counts.
    private mutating func connect(_ from: String, _ to: String, _ takes: TimeSpan) {
        var out = ways[from] ?? []
        if let index = out.firstIndex(where: { $0.to == to }) {
            out[index].takes = min(takes, out[index].takes)
        } else {
            out.append((to, takes))
        }
        ways[from] = out
    }

    func near(_ place: String) -> [String] { (ways[place] ?? []).map(\.to) }

    /// How long the direct way takes; `nil` where there is none.
    func takes(from: String, to: String) -> TimeSpan? { ways[from]?.first { $0.to == to }?.takes }

    /// The next place on a shortest way, the first by name of several; `nil` where there is none or one is there.
    ///
    /// - Complexity: O(places x (places + ways)).
    func hop(from: String, to: String) -> String? {
        if from == to { return nil }
        // Searching back from the goal, the neighbour of the start that is on a shortest way is the next place.
        var distance = [to: 0]
        var settled: Set<String> = []
        while let place = names.filter({ distance[$0] != nil && !settled.contains($0) }).min(by: {
            (distance[$0] ?? 0) < (distance[$1] ?? 0)
        }) {
            if place == from { break }
            settled.insert(place)
            for way in ways[place] ?? [] {
                let further = (distance[place] ?? 0) + way.takes.seconds
                if further < distance[way.to] ?? .max { distance[way.to] = further }
            }
        }
        guard let length = distance[from] else { return nil }
        return ways[from]?.first { distance[$0.to] == length - $0.takes.seconds }?.to
    }
}

/// Text order by UTF-8 bytes.
func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
