import Files
import Foundation
import Reports
import Results

extension SweepStudy {
    /// What the sweep would take: cells, calls and tokens, and on Slurm tasks. Nothing is written.
    ///
    /// Seeds hardly change what a cell takes: of cells that differ in nothing else one is asked.
    public func estimate(_ request: Request) async throws -> StudyOutcome {
        let plan = try SweepPlan(request.file, environment: environment)
        let merged = (try? await environment.openExisting().mergedCells()) ?? [:]
        let todo = plan.cells.filter { merged[$0.digest] == nil && plan.folder.ended($0)?.isDone != true }
        let temporary = FileManager.default.temporaryDirectory.appending(path: "populace-sweep-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: temporary) }
        var (calls, tokens, kinds): (Double, Double?, [[String]: [SweepCell]]) = (0, 0, [:])
        for cell in todo { kinds[cell.arguments.filter { !$0.hasPrefix("--seed=") }, default: []].append(cell) }
        for cells in kinds.values.sorted(by: { $0[0].number < $1[0].number }) {
            let said = try await dryRun(cells[0], of: plan, in: temporary.path)
            guard let each = Self.calls(said) else {
                throw StudyError.stopped("the commands of cells do not say how many calls they make", resume: nil)
            }
            calls += each * Double(cells.count)
            tokens = tokens.flatMap { sum in said["tokens"]?.number.map { sum + $0 * Double(cells.count) } }
        }
        let bound = plan.sweep.procedure == .run ? "about " : ""
        var text = "sweep: \(counted(plan.cells.count, "cell")), \(plan.cells.count - todo.count) done already, \(todo.count) to run: "
            + "\(bound)\(Int(calls)) calls\(tokens.map { ", \(plan.sweep.procedure == .run ? "at most about" : "about") \(Int($0)) tokens" } ?? "")"
        var members: [JSONValue.Member] = [
            .init("cells", .integer(plan.cells.count)), .init("done", .integer(plan.cells.count - todo.count)),
            .init("calls", .integer(Int(calls))), .init("tokens", JSONValue(tokens.map { Int($0) })),
        ]
        if let scheduling = request.slurm {
            let tasks = await tasks(todo, of: plan, scheduling, Slurm())
            text += "; \(counted(tasks.tasks.count, "task")) of Slurm"
            members.append(.init("tasks", .array(tasks.tasks.map { .array($0.map { .integer(todo[$0].number) }) })))
        }
        return StudyOutcome(text: wrapped(text), json: .object(members))
    }

    /// What a command says it would call; of a run, whose residents decide what is asked, about as many at most.
    private static func calls(_ said: ReadJSON) -> Double? {
        if let known = said["new"]?.number ?? said["newAtMost"]?.number { return known }
        let parts = ["generatedAtMost", "scoredAbout", "embeddedAbout"].compactMap { said[$0]?.number }
        return parts.count == 3 ? parts.reduce(0, +) : nil
    }

    private func dryRun(_ cell: SweepCell, of plan: SweepPlan, in folder: String) async throws -> ReadJSON {
        guard let lock = try FileLock("\(folder)/\(cell.number).lock") else { throw StudyError.stopped("the lock is taken", resume: nil) }
        let (output, errors) = ("\(folder)/\(cell.number).out", "\(folder)/\(cell.number).err")
        let status = try await CellProcess.run(
            program, cell.arguments + ["--db=\(folder)/\(cell.number).sqlite", "--dry-run", "--json", "--quiet"] + runner(plan).options,
            folder: plan.root, output: output, errors: errors, input: lock.descriptor)
        withExtendedLifetime(lock) {}
        guard status == 0, let said = ReadJSON(file: output) else {
            let why = CellRunner.last(of: errors).map { String($0.trimmingPrefix("error: ")) } ?? "exit status \(status)"
            throw StudyError.usage("cell \(cell.number) (\(sanitised(cell.name))): \(sanitised(why))")
        }
        return said
    }
}
