internal import Kernel
internal import Worlds
internal import Yams

/// A way with its place in the file.
struct WrittenWay {
    var from: String
    var way: World.Way
    var node: Node
}

extension Loading {
    /// Reports ways that two places time differently, and what cannot be walked to from the first resident's home.
    ///
    /// - Complexity: O(places + ways + residents + events).
    func check(_ ways: [WrittenWay], of world: World, _ fields: Fields, _ reader: NodeReader) {
        // Where something is amiss already, ways may be missing that were meant.
        guard (try? findings.check()) != nil, let start = world.residents.first?.lives else { return }
        var known: [[String]: (takes: TimeSpan, line: Int?)] = [:]
        var neighbours: [String: [String]] = [:]
        func connect(_ from: String, _ to: String) {
            neighbours[from, default: []].append(to)
            neighbours[to, default: []].append(from)
        }
        for place in world.places {
            guard let outer = place.within else { continue }
            connect(place.name, outer)
            known[[outer, place.name].sorted(by: precedes)] = (.minutes(1), nil)
        }
        for (from, way, node) in ways.map({ ($0.from, $0.way, $0.node) }) {
            connect(from, way.to)
            let takes = way.takes ?? world.clock.grain
            let pair = [from, way.to].sorted(by: precedes)
            if let other = known[pair], other.takes != takes {
                reader.report(node, "the way from '\(from)' to '\(way.to)' takes \(takes) here",
                    hint: other.line.map { "it takes \(other.takes) in line \($0)" } ?? "an area is 1 min from what it lies in")
            } else if known[pair] == nil {
                known[pair] = (takes, node.mark?.line)
            }
        }
        var reached: Set<String> = [start]
        var frontier = [start]
        while let place = frontier.popLast() {
            for next in neighbours[place] ?? [] where reached.insert(next).inserted { frontier.append(next) }
        }
        let goals = fields.list("residents").map { $0["lives"] } + fields.list("events").map { $0["in"] }
            + fields.entries("news").map { $0.value["event"]?["in"] }
        for case let goal? in goals {
            guard let place = goal.scalar?.string.trimmingSpace, !reached.contains(place) else { continue }
            reader.report(goal, "no way leads from '\(start)' to '\(place)'", hint: "a place's 'near' says where one can walk from it")
        }
    }
}
