/// How a sweep's cells are dealt to the tasks of a job array.
///
/// A scheduler starts a few jobs a second and takes its time between two on the same processor, so that cells of a
/// second each are best run many a task; fewer tasks than processors would leave some idle.
struct TaskPlan: Hashable, Sendable {
    /// Seconds from the end of a task to the beginning of the next in its place, as measured on a single node.
    static let pause = 0.5
    /// Tasks that a scheduler starts in a second.
    static let startsPerSecond = 4.0
    /// Most schedulers refuse larger arrays.
    static let mostTasks = 1000

    /// Places in the list of cells, by task, each in ascending order.
    var tasks: [[Int]]

    /// - Parameters:
    ///   - seconds: What each cell is expected to take.
    ///   - batch: Cells a task; chosen where `nil`: the most tasks that take at most 2% longer than the best number.
    ///   - slots: Tasks that can run at once.
    /// - Complexity: O(cells * tasks).
    init(seconds: [Double], batch: Int? = nil, slots: Int) {
        let cells = seconds.count
        guard cells > 0 else {
            tasks = []
            return
        }
        let most = min(cells, Self.mostTasks)
        let count: Int
        if let batch {
            count = min(most, (cells + batch - 1) / batch)
        } else {
            let each = seconds.reduce(0, +) / Double(cells)
            let costs = (1...most).map { Self.wall(cells: cells, tasks: $0, seconds: each, slots: slots) }
            let best = costs.min() ?? 0
            count = (costs.lastIndex { $0 <= 1.02 * best } ?? 0) + 1
        }
        tasks = Self.deal(seconds, to: count)
    }

    /// How long so many tasks would take, cells alike.
    static func wall(cells: Int, tasks: Int, seconds: Double, slots: Int) -> Double {
        let slots = max(1, slots)
        let waves = (tasks + slots - 1) / slots
        let batch = (cells + tasks - 1) / tasks
        let work = Double(waves) * (Double(batch) * seconds + pause)
        let starting = Double(tasks) / startsPerSecond
        // The last to start still does its work.
        return max(work + Double(min(tasks, slots)) / startsPerSecond, starting + Double(batch) * seconds + pause)
    }

    /// The longest cells first, each to the task that has least to do; cells of the same length go forth and back over
    /// the tasks, so that what alternates among cells does not gather in one task.
    private static func deal(_ seconds: [Double], to count: Int) -> [[Int]] {
        var tasks = [[Int]](repeating: [], count: count)
        if Set(seconds).count == 1 {
            for place in seconds.indices {
                let (round, turn) = place.quotientAndRemainder(dividingBy: count)
                tasks[round % 2 == 0 ? turn : count - 1 - turn].append(place)
            }
            return tasks
        }
        var loads = [Double](repeating: 0, count: count)
        for place in seconds.indices.sorted(by: { (-seconds[$0], $0) < (-seconds[$1], $1) }) {
            let task = loads.indices.min { (loads[$0], tasks[$0].count, $0) < (loads[$1], tasks[$1].count, $1) } ?? 0
            tasks[task].append(place)
            loads[task] += seconds[place]
        }
        return tasks.filter { !$0.isEmpty }.map { $0.sorted() }
    }
}
