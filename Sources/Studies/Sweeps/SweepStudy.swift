import Files
import Foundation
import LanguageModels
import Reports
import Results
import Worlds

/// Runs a study many times over, here or as a job array of Slurm, and merges the runs into one database.
///
/// Every cell is a command of this program with a database of its own, so that cells are killed, gone on with and done
/// on other machines without touching the others. Cells that are done are not run again.
public struct SweepStudy: Sendable {
    /// How Slurm is asked.
    public struct Scheduling: Sendable, Hashable {
        public var partition: String?
        /// Cells a task; chosen where `nil`.
        public var batch: Int?
        /// Further options of `sbatch`, such as `--time=1:00:00`.
        public var options: [String]
        /// Whether cells whose tasks failed or were killed are submitted again.
        public var resubmits: Bool

        public init(partition: String? = nil, batch: Int? = nil, options: [String] = [], resubmits: Bool = false) {
            self.partition = partition
            self.batch = batch
            self.options = options
            self.resubmits = resubmits
        }
    }

    public struct Request: Sendable {
        /// A `study` file with a `sweep`.
        public var file: String
        /// `nil` runs cells on this machine, as many at once as there are jobs.
        public var slurm: Scheduling?
        /// Runs nothing: merges what is done.
        public var collects: Bool

        public init(file: String, slurm: Scheduling? = nil, collects: Bool = false) {
            self.file = file
            self.slurm = slurm
            self.collects = collects
        }
    }

    let environment: StudyEnvironment
    /// The program that cells are commands of.
    let program: String

    public init(environment: StudyEnvironment, program: String) {
        self.environment = environment
        self.program = program
    }

    public func run(_ request: Request) async throws -> StudyOutcome {
        let plan = try SweepPlan(request.file, environment: environment)
        let database = try environment.openDatabase()
        try plan.folder.make()
        let lock = request.collects ? nil : try FileLock(plan.folder.lock)
        guard request.collects || lock != nil else {
            throw StudyError.usage("another process is at work on this sweep (\(plan.folder.path)); '--collect' shows what is done")
        }
        let merged = try await database.mergedCells()
        let todo = plan.cells.filter { merged[$0.digest] == nil && plan.folder.ended($0)?.isDone != true }
        if !request.collects, !todo.isEmpty {
            if let slurm = request.slurm {
                try await submit(todo, of: plan, slurm)
            } else {
                try await runHere(todo, of: plan)
            }
        }
        let left = todo.filter { plan.folder.ended($0)?.isDone != true }
        if !left.isEmpty, !request.collects { throw failure(left, of: plan, onSlurm: request.slurm != nil) }
        let runs = try await merge(plan, beside: merged, database: database)
        withExtendedLifetime(lock) {}
        return try await SweepTable(plan, runs: runs, left: left, environment: environment, database: database).outcome(
            now: todo.count - left.count)
    }

    func runner(_ plan: SweepPlan) -> CellRunner {
        var options = environment.permissions.paths.map { "--allow-path=\($0)" }
            + environment.permissions.servers.map { "--allow-server=\($0)" }
        if environment.offline { options.append("--offline") }
        return CellRunner(program: program, root: plan.root, folder: plan.folder.path, options: options)
    }

    private func runHere(_ cells: [SweepCell], of plan: SweepPlan) async throws {
        let runner = runner(plan)
        if plan.isEmbedded, environment.jobs > 1 {
            environment.progress.note("Cells have a model in this process: one at a time, as two at once would wait for each other by spinning.")
        }
        let counter = Counter(total: cells.count, what: "cells", progress: environment.progress)
        do {
            _ = try await concurrently(cells, jobs: plan.isEmbedded ? 1 : environment.jobs) { cell in
                _ = try await runner.run(cell)
                await counter.advance()
            }
        } catch is CancellationError {
            let done = cells.count { plan.folder.ended($0)?.isDone == true }
            throw StudyError.stopped("stopped by hand with \(done) of \(cells.count) cells done", resume: environment.commandLine)
        }
    }

    /// What failed, why, and the command that shows it.
    private func failure(_ cells: [SweepCell], of plan: SweepPlan, onSlurm: Bool) -> StudyError {
        var lines = ["\(cells.count) of \(counted(plan.cells.count, "cell")) \(cells.count == 1 ? "is" : "are") not done:"]
        let arrays = SlurmArrays(in: plan.folder)
        for cell in cells.prefix(20) {
            let task = onSlurm ? arrays.last(cell).map { "\($0.array.folder)/task-\($0.task).log" } : nil
            let why = plan.folder.ended(cell)?.why
                ?? "it was killed: its task ended without a word" + (task.map { "; its log is \($0)" } ?? "")
            lines.append("  cell \(cell.number) (\(sanitised(cell.name))): \(sanitised(why))")
            lines.append("    " + sanitised(cell.shellCommand(database: plan.folder.database(cell))))
        }
        if cells.count > 20 { lines.append("  ... and \(cells.count - 20) more") }
        lines.append("The commands are to be run in \(plan.root). '--collect' merges the cells that are done.")
        let again = environment.commandLine + (onSlurm && !environment.commandLine.contains("--resubmit") ? " --resubmit" : "")
        return .stopped(lines.joined(separator: "\n"), resume: again)
    }

    /// Copies the runs of all cells that are done into the database, in the order of the cells.
    private func merge(
        _ plan: SweepPlan, beside before: [String: [String]], database: ResultsDatabase
    ) async throws -> [String: MergedRuns] {
        let recorder = Recorder(database)
        var runs: [String: MergedRuns] = [:]
        for cell in plan.cells {
            if let there = before[cell.digest] {
                runs[cell.digest] = MergedRuns(ids: there, isNew: false, conflicts: [])
            } else if let ended = plan.folder.ended(cell), ended.isDone {
                runs[cell.digest] = try await recorder.merge(
                    ended.runs, from: plan.folder.database(cell), cell: cell.digest,
                    settings: ["sweep": plan.sweep.id, "cell": cell.name], commandLine: cell.commandLine)
            }
        }
        return runs
    }
}
