import Foundation
import Results

/// Runs cells of a sweep, each as a command with a database of its own.
struct CellRunner: Codable, Hashable, Sendable {
    /// The program whose commands are run.
    var program: String
    /// Where paths of the cells' commands start from.
    var root: String
    /// Of the sweep, absolute.
    var folder: String
    /// What every command is given besides: what files may name, and whether models may be called.
    var options: [String]

    /// Lets a cell happen, unless it is done; goes on with one that was cut off.
    ///
    /// A cell that another process is at is waited for. Its file of what became of it is written last.
    func run(_ cell: SweepCell) async throws -> CellOutcome {
        let places = SweepFolder(path: folder)
        let lock = try await FileLock.waiting(places.lock(cell))
        if let ended = places.ended(cell), ended.isDone { return ended }
        let database = places.database(cell)
        let clock = ContinuousClock()
        let start = clock.now
        let status = try await CellProcess.run(
            program, try await command(cell, database: database) + ["--db=\(database)", "--json", "--quiet"] + options, folder: root,
            output: places.output(cell), errors: places.errors(cell), input: lock.descriptor)
        let seconds = (clock.now - start) / .seconds(1)
        // What ended it is about to reach us too.
        if [SIGINT, SIGTERM].contains(Int32(-status)) { try await Task.sleep(for: .milliseconds(300)) }
        var outcome = CellOutcome(digest: cell.digest, status: status, seconds: seconds, runs: [], why: nil)
        if status == 0 {
            outcome.runs = try await runs(named: places.output(cell), in: database)
            if outcome.runs.isEmpty { (outcome.status, outcome.why) = (1, "the command named no run that it recorded") }
        } else {
            outcome.why = Self.last(of: places.errors(cell)) ?? (status < 0 ? "ended by signal \(-status)" : "exit status \(status)")
        }
        try outcome.write(to: places.outcome(cell))
        withExtendedLifetime(lock) {}
        return outcome
    }

    /// The cell's command, or the one that goes on with its run.
    private func command(_ cell: SweepCell, database: String) async throws -> [String] {
        guard cell.arguments.first == "run", FileManager.default.fileExists(atPath: database),
            let begun = try? await ResultsDatabase(path: database).runs().last(where: { $0.header.kind == "run" })
        else { return cell.arguments }
        return ["run", "--resume=\(begun.id)"] + (cell.until.map { ["--until=\($0)"] } ?? [])
    }

    /// The runs that a command's output names, with those that they asked or went on with.
    private func runs(named output: String, in database: String) async throws -> [String] {
        guard let said = ReadJSON(file: output) else { return [] }
        let known = try await ResultsDatabase(path: database, mustExist: true).runs()
        var wanted = Set(said.strings)
        for run in known.reversed() where wanted.contains(run.id) {
            if let source = run.header.source { wanted.insert(source) }
        }
        return known.map(\.id).filter(wanted.contains)
    }

    /// The last lines of a file that say something, as one.
    static func last(of file: String) -> String? {
        guard let data = FileManager.default.contents(atPath: file) else { return nil }
        let lines = String(decoding: data.suffix(4000), as: UTF8.self).split(whereSeparator: \.isNewline)
            .filter { !$0.allSatisfy(\.isWhitespace) }
        return lines.isEmpty ? nil : lines.suffix(3).joined(separator: " ")
    }
}
