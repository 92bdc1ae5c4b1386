/// Which places lie next to which, both ways, in the order of their names' bytes.
struct Geography: Sendable {
    let names: [String]
    private var neighbours: [String: [String]] = [:]

    init(_ places: [World.Place]) {
        names = places.map(\.name).sorted(by: precedes)
        for place in places {
            for near in place.near where near != place.name {
                neighbours[place.name, default: []].append(near)
                neighbours[near, default: []].append(place.name)
            }
        }
        for name in names {
            var seen: [String] = []
            for near in (neighbours[name] ?? []).sorted(by: precedes) where seen.last != near { seen.append(near) }
            neighbours[name] = seen
        }
    }

    func near(_ place: String) -> [String] { neighbours[place] ?? [] }

    /// The next place on a shortest way; `nil` where there is none or one is there already.
    ///
    /// - Complexity: O(places + ways).
    func hop(from: String, to: String) -> String? {
        if from == to { return nil }
        // Searching back from the goal, the first neighbour reached of the start is the next place.
        var distance = [to: 0]
        var frontier = [to]
        while !frontier.isEmpty && distance[from] == nil {
            var further: [String] = []
            for place in frontier {
                for near in near(place) where distance[near] == nil {
                    distance[near] = (distance[place] ?? 0) + 1
                    further.append(near)
                }
            }
            frontier = further
        }
        guard let length = distance[from] else { return nil }
        return near(from).first { distance[$0] == length - 1 }
    }
}

/// Text order by UTF-8 bytes.
func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
