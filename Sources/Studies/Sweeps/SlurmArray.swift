import Foundation

/// A job array that was submitted for a sweep: written before it is, so that it is never forgotten.
struct SlurmArray: Codable, Hashable, Sendable {
    /// Of all arrays on the cluster, only this one goes by it.
    var name: String
    /// `nil` where we were cut off while it was submitted.
    var job: String?
    /// Digests of the cells, by task.
    var tasks: [[String]]
    /// Its list of cells, script and logs.
    var folder: String

    private var file: String { folder + "/array.json" }

    func write() throws { try JSONEncoder().encode(self).write(to: URL(fileURLWithPath: file), options: .atomic) }

    /// A new one, with the list of cells that its tasks read.
    static func make(_ plan: TaskPlan, of cells: [SweepCell], runner: CellRunner, in folder: SweepFolder) throws -> SlurmArray {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/jobs")) ?? []
        let number = (names.compactMap(Int.init).max() ?? 0) + 1
        let own = "\(folder.path)/jobs/\(number)"
        try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
        let tasks = plan.tasks.map { $0.map { cells[$0] } }
        try JSONEncoder().encode(TaskList(runner: runner, tasks: tasks)).write(to: URL(fileURLWithPath: own + "/tasks.json"), options: .atomic)
        try Data(Slurm.script.utf8).write(to: URL(fileURLWithPath: own + "/task.sh"), options: .atomic)
        let array = SlurmArray(name: "\(folder.mark)-\(number)", job: nil, tasks: tasks.map { $0.map(\.digest) }, folder: own)
        try array.write()
        return array
    }
}

/// The arrays that were submitted for a sweep, the latest last.
struct SlurmArrays: Sendable {
    private(set) var all: [SlurmArray] = []
    private var places: [String: (array: Int, task: Int)] = [:]

    init(in folder: SweepFolder) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/jobs")) ?? []
        for number in names.compactMap({ Int($0) }).sorted() {
            if let data = FileManager.default.contents(atPath: "\(folder.path)/jobs/\(number)/array.json"),
                let array = try? JSONDecoder().decode(SlurmArray.self, from: data)
            { append(array) }
        }
    }

    mutating func append(_ array: SlurmArray) {
        for (task, digests) in array.tasks.enumerated() {
            for digest in digests { places[digest] = (all.count, task + 1) }
        }
        all.append(array)
    }

    /// Where a cell was last submitted: the array, and the number of its task, from 1.
    func last(_ cell: SweepCell) -> (array: SlurmArray, task: Int)? {
        places[cell.digest].map { (all[$0.array], $0.task) }
    }

    /// Names of the arrays that these cells were last submitted with.
    func names(of cells: [SweepCell]) -> [String] {
        let wanted = Set(cells.compactMap { places[$0.digest]?.array })
        return all.indices.filter(wanted.contains).map { all[$0].name }
    }

    /// Whether a cell's task waits or runs.
    func isAlive(_ cell: SweepCell, _ alive: [String: Set<Int>]) -> Bool {
        last(cell).map { alive[$0.array.name]?.contains($0.task) == true } ?? false
    }
}

/// The cells of an array by task: what a task reads.
public struct TaskList: Codable, Sendable {
    var runner: CellRunner
    var tasks: [[SweepCell]]

    /// Runs a task's cells one after the other; one that fails does not keep the next from running.
    ///
    /// - Parameter number: From 1, as the scheduler counts.
    /// - Throws: ``StudyError/stopped(_:resume:)`` where one failed.
    public static func run(_ file: String, task number: String) async throws {
        guard let data = FileManager.default.contents(atPath: file), let list = try? JSONDecoder().decode(Self.self, from: data) else {
            throw StudyError.usage("\(file) is no list of a sweep's tasks")
        }
        guard let number = Int(number), list.tasks.indices.contains(number - 1) else {
            throw StudyError.usage("the list has tasks 1 to \(list.tasks.count)")
        }
        var failed: [Int] = []
        for cell in list.tasks[number - 1] {
            let outcome: CellOutcome
            do { outcome = try await list.runner.run(cell) } catch is CancellationError {
                throw StudyError.stopped("told to stop in cell \(cell.number)", resume: nil)
            }
            if !outcome.isDone { failed.append(cell.number) }
        }
        guard failed.isEmpty else {
            throw StudyError.stopped("of cells \(list.tasks[number - 1].map { String($0.number) }.joined(separator: ", ")), these failed: \(failed.map(String.init).joined(separator: ", "))", resume: nil)
        }
    }
}
