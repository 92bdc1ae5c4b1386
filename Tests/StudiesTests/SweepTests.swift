import Files
import Foundation
@testable import Studies
import Testing

@Suite struct TaskPlanTests {
    @Test func `each cell is in one task, and tasks are as even as can be`() {
        for cells in [1, 2, 7, 12, 100, 1500] {
            for slots in [1, 2, 64] {
                let plan = TaskPlan(seconds: [Double](repeating: 1, count: cells), slots: slots)
                #expect(plan.tasks.flatMap(\.self).sorted() == Array(0..<cells))
                let sizes = plan.tasks.map(\.count)
                #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1 && plan.tasks.count <= TaskPlan.mostTasks)
            }
        }
        #expect(TaskPlan(seconds: [], slots: 2).tasks.isEmpty)
        #expect(TaskPlan(seconds: [1, 1, 1], batch: 2, slots: 2).tasks.map(\.count).sorted() == [1, 2])
        #expect(TaskPlan(seconds: [1, 1, 1], batch: 1, slots: 2).tasks.count == 3)
    }

    @Test func `short cells are many a task, long ones one, and no processor is idle`() {
        // 200 cells of a tenth of a second on 2 processors: starting 200 tasks would take longer than all the work.
        let short = TaskPlan(seconds: [Double](repeating: 0.1, count: 200), slots: 2)
        #expect(short.tasks.count == 2)
        let long = TaskPlan(seconds: [Double](repeating: 600, count: 200), slots: 2)
        #expect(long.tasks.count == 200)
        let wide = TaskPlan(seconds: [Double](repeating: 60, count: 100), slots: 50)
        #expect(wide.tasks.count >= 50 && wide.tasks.count.isMultiple(of: 50))
    }

    @Test func `the overhead of the chosen number is within 2% of the best`() {
        for (cells, seconds, slots) in [(60, 1.0, 2), (200, 0.3, 8), (1000, 2.0, 32), (12, 5.0, 4)] {
            let chosen = TaskPlan(seconds: [Double](repeating: seconds, count: cells), slots: slots).tasks.count
            let best = (1...cells).map { TaskPlan.wall(cells: cells, tasks: $0, seconds: seconds, slots: slots) }.min() ?? 0
            #expect(TaskPlan.wall(cells: cells, tasks: chosen, seconds: seconds, slots: slots) <= 1.02 * best)
        }
    }

    @Test func `cells that alternate do not gather, and longer ones are spread`() {
        let plan = TaskPlan(seconds: [Double](repeating: 1, count: 8), batch: 4, slots: 2)
        // Even places may be one model, odd ones another: each task has two of each.
        #expect(plan.tasks.map { $0.count { $0.isMultiple(of: 2) } } == [2, 2])
        let uneven = TaskPlan(seconds: [9, 1, 1, 1, 9, 1, 1, 1], batch: 4, slots: 2)
        #expect(uneven.tasks.map { $0.contains(0) != $0.contains(4) } == [true, true])
    }
}

@Suite struct SweepCellTests {
    private let sweep = Sweep(
        id: "s", title: "S", procedure: .run, target: "Worlds/a.yaml",
        fixed: [Sweep.Dimension(.until, [Sweep.Value("day 1 08:00")])],
        dimensions: [
            Sweep.Dimension(.seed, [Sweep.Value("1"), Sweep.Value("2")]),
            Sweep.Dimension(.model, [Sweep.Value("m"), Sweep.Value("-rf", servers: ["http://127.0.0.1:1/v1"])]),
        ])

    @Test func `a cell is a command, and no value is taken for an option`() {
        #expect(SweepCell.arguments(sweep, sweep.combinations[3], seed: nil, model: nil) == [
            "run", "Worlds/a.yaml", "--seed=2", "--model=-rf", "--server=http://127.0.0.1:1/v1", "--until=day 1 08:00",
        ])
        var odd = sweep
        odd.target = "-x.yaml"
        odd.dimensions = []
        #expect(SweepCell.arguments(odd, [], seed: 7, model: Sweep.Value("scripted")) == [
            "run", "./-x.yaml", "--seed=7", "--model=scripted", "--until=day 1 08:00",
        ])
    }

    @Test func `a shell takes a quoted word for itself`() throws {
        for word in ["a b", "it's", "$(reboot)", "`id`", "a\nb", "\\", "\"", "", "*", "~", "ä", "-n", "x;y"] {
            let process = Process()
            let output = Pipe()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", "printf %s. \(shellQuoted(word))"]
            process.standardOutput = output
            try process.run()
            let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(said == word + ".")
        }
        #expect(shellQuoted("--seed=1") == "--seed=1")
    }

    @Test func `a folder's name is made of nothing that a path could be led astray by`() {
        #expect(SweepFolder(database: "/r/p.sqlite", sweep: "../../etc/x y'z").path == "/r/sweeps/------etc-x-y-z")
        #expect(SweepFolder(database: "/r/p.sqlite", sweep: "alder-seeds").path == "/r/sweeps/alder-seeds")
        #expect(SweepFolder(database: "/r/p.sqlite", sweep: "a").mark != SweepFolder(database: "/q/p.sqlite", sweep: "a").mark)
    }

    @Test func `a lock is one process's at a time, and goes with whoever holds it last`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "lock-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var held = try FileLock(path)
        #expect(held != nil)
        #expect(try FileLock(path) == nil)
        held = nil
        #expect(try FileLock(path) != nil)
    }
}
