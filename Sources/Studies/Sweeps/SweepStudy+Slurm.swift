import Files
import Foundation

extension SweepStudy {
    /// Seconds between two looks at the queue, at first and at most: a scheduler serves many.
    private static let looks = (first: 1.0, last: 15.0)

    /// Submits the cells that are in no job array yet, and waits until all that were submitted have ended.
    ///
    /// - Throws: ``StudyError/stopped(_:resume:)`` where the user does not wait; the jobs go on.
    func submit(_ todo: [SweepCell], of plan: SweepPlan, _ scheduling: Scheduling) async throws {
        let slurm = Slurm()
        do {
            var arrays = SlurmArrays(in: plan.folder)
            let alive = try await slurm.alive(arrays.names(of: todo))
            let fresh = todo.filter { isToSubmit($0, arrays, alive, plan.folder, resubmits: scheduling.resubmits) }
            if !fresh.isEmpty { arrays.append(try await submit(fresh, of: plan, scheduling, to: slurm)) }
            let submitted = Set(fresh.map(\.digest))
            let waiting = todo.filter { submitted.contains($0.digest) || arrays.isAlive($0, alive) }
            try await wait(for: waiting, of: plan, arrays, slurm)
        } catch let refusal as Slurm.Refusal {
            throw StudyError.stopped("\(refusal.command): \(refusal.words)", resume: comeBack)
        } catch is CancellationError {
            throw StudyError.stopped("stopped waiting; what was submitted goes on without us", resume: comeBack)
        }
    }

    private var comeBack: String { environment.commandLine.replacing(" --resubmit", with: "") }

    private func isToSubmit(
        _ cell: SweepCell, _ arrays: SlurmArrays, _ alive: [String: Set<Int>], _ folder: SweepFolder, resubmits: Bool
    ) -> Bool {
        guard let last = arrays.last(cell) else { return true }
        if arrays.isAlive(cell, alive) { return false }
        // Cut off while it was submitted, and not in the queue: nobody else runs it.
        return resubmits || last.array.job == nil && folder.ended(cell) == nil
    }

    private func submit(
        _ cells: [SweepCell], of plan: SweepPlan, _ scheduling: Scheduling, to slurm: Slurm
    ) async throws -> SlurmArray {
        let tasks = await tasks(cells, of: plan, scheduling, slurm)
        for cell in cells { try? FileManager.default.removeItem(atPath: plan.folder.outcome(cell)) }
        var array = try SlurmArray.make(tasks, of: cells, runner: runner(plan), in: plan.folder)
        do {
            array.job = try await slurm.submit(
                name: array.name, tasks: tasks.tasks.count, script: array.folder + "/task.sh",
                arguments: [program, array.folder + "/tasks.json"], log: array.folder,
                folder: FileManager.default.currentDirectoryPath, partition: scheduling.partition, options: scheduling.options)
        } catch {
            // Nothing was submitted; after a signal, who knows: the queue is looked through the next time.
            if (error as? Slurm.Refusal)?.isCutOff != true { try? FileManager.default.removeItem(atPath: array.folder) }
            throw error
        }
        try array.write()
        environment.progress.note(
            "Submitted job \(array.job ?? "?"): \(counted(cells.count, "cell")) in \(counted(tasks.tasks.count, "task")); logs in \(array.folder)")
        return array
    }

    /// How the cells would be dealt to tasks.
    func tasks(_ cells: [SweepCell], of plan: SweepPlan, _ scheduling: Scheduling, _ slurm: Slurm) async -> TaskPlan {
        let measured = plan.folder.seconds()
        let usual = measured.isEmpty ? 1 : measured[measured.count / 2]
        return TaskPlan(
            seconds: [Double](repeating: max(usual, 0.01), count: cells.count), batch: scheduling.batch,
            slots: await slurm.processors(scheduling.partition) ?? cells.count)
    }

    /// Until every cell has said what became of it, or its task is in the queue no more.
    private func wait(for cells: [SweepCell], of plan: SweepPlan, _ arrays: SlurmArrays, _ slurm: Slurm) async throws {
        var waiting = cells
        var missed: Set<String> = []
        var failures = 0
        let clock = ContinuousClock()
        let start = clock.now
        var (next, pause) = (start + .seconds(Self.looks.first), Self.looks.first)
        while !waiting.isEmpty {
            waiting.removeAll { plan.folder.ended($0) != nil }
            environment.progress.report(
                .advanced(
                    done: cells.count - waiting.count, total: cells.count, what: "cells", seconds: (clock.now - start) / .seconds(1)))
            if waiting.isEmpty { break }
            if clock.now >= next {
                do {
                    let alive = try await slurm.alive(arrays.names(of: waiting))
                    failures = 0
                    // A shared file system may show a task's last file after the task is gone: two looks decide.
                    let gone = Set(waiting.filter { !arrays.isAlive($0, alive) }.map(\.digest))
                    waiting.removeAll { gone.contains($0.digest) && missed.contains($0.digest) && plan.folder.ended($0) == nil }
                    missed = gone
                } catch let refusal as Slurm.Refusal {
                    failures += 1
                    if failures == 10 { throw refusal }
                }
                pause = min(pause * 1.2, Self.looks.last)
                next = clock.now + .seconds(missed.isEmpty ? pause : Self.looks.first)
            }
            try await Task.sleep(for: .milliseconds(200))
        }
    }
}
