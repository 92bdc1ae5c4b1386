import Kernel
import Worlds

/// Where the places of a world are drawn: cells of a grid, in which places with short ways between them are close.
///
/// Areas are drawn in the cell of the place they are in. Cells are exchanged in pairs as long as that shortens the sum,
/// over all pairs of places, of their distance on the grid divided by the square of their distance on foot. The result
/// depends on names and ways alone, not on the order of the file.
///
/// - Complexity: O(places³) for a round of exchanges, of which there are fewer the more places there are; a town of
///   hundreds is drawn by name.
struct MapLayout: Hashable, Sendable {
    struct Cell: Hashable, Sendable {
        var column: Int
        var row: Int
    }

    /// Work that a layout may take, in comparisons of two places: about a second.
    private static let work = 200_000_000

    let columns: Int
    /// By name of a place that is in no other.
    let cells: [String: Cell]

    init(_ world: World, columns: Int) {
        let outer = MapLayout.outermost(world)
        let names = Set(outer.values).sorted(by: precedes)
        let near = Self.nearness(world, names, outer)
        // As many cells as a rectangle has; some stay empty.
        let rows = (names.count + columns - 1) / columns
        var cell = (0..<rows * columns).map { Cell(column: $0 % columns, row: $0 / columns) }
        func cost(_ place: Int, at here: Cell, exchanging other: Int) -> Double {
            guard place < names.count else { return 0 }
            var sum = 0.0
            for third in names.indices where third != place && third != other {
                let (across, down) = (Double(here.column - cell[third].column), Double(here.row - cell[third].row))
                sum += near[place][third] * (across * across + down * down).squareRoot()
            }
            return sum
        }
        let round = max(1, names.count * names.count * names.count)
        for _ in 0..<min(100, Self.work / round) {
            var improved = false
            for a in names.indices {
                for b in (a + 1)..<max(a + 1, cell.count) {
                    let now = cost(a, at: cell[a], exchanging: b) + cost(b, at: cell[b], exchanging: a)
                    let then = cost(a, at: cell[b], exchanging: b) + cost(b, at: cell[a], exchanging: a)
                    if then < now - 1e-9 {
                        cell.swapAt(a, b)
                        improved = true
                    }
                }
            }
            if !improved { break }
        }
        self.columns = columns
        cells = Dictionary(zip(names, cell), uniquingKeysWith: { first, _ in first })
    }

    /// For every place the one it is in that is in no other, by name.
    static func outermost(_ world: World) -> [String: String] {
        let within = Dictionary(world.places.map { ($0.name, $0.within) }, uniquingKeysWith: { first, _ in first })
        return Dictionary(
            world.places.map { place in
                var name = place.name
                for _ in world.places {
                    guard let outer = within[name] ?? nil else { break }
                    name = outer
                }
                return (place.name, name)
            }, uniquingKeysWith: { first, _ in first })
    }

    /// One over the square of the walking time in minutes, 0 where no way leads.
    private static func nearness(_ world: World, _ names: [String], _ outer: [String: String]) -> [[Double]] {
        let index = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        var minutes = [[Double]](
            repeating: [Double](repeating: .infinity, count: names.count), count: names.count)
        for place in world.places {
            for way in place.near {
                guard let from = outer[place.name].flatMap({ index[$0] }),
                    let to = outer[way.to].flatMap({ index[$0] }), from != to
                else { continue }
                let takes = max(1, Double((way.takes ?? world.clock.grain).seconds) / 60)
                minutes[from][to] = min(minutes[from][to], takes)
                minutes[to][from] = minutes[from][to]
            }
        }
        if names.count * names.count * names.count <= work {
            for via in names.indices {
                for from in names.indices where minutes[from][via] < .infinity {
                    for to in names.indices {
                        minutes[from][to] = min(minutes[from][to], minutes[from][via] + minutes[via][to])
                    }
                }
            }
        }
        return minutes.map { row in row.map { $0 < .infinity ? 1 / ($0 * $0) : 0 } }
    }
}
