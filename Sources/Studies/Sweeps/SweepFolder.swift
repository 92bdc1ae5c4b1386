import Foundation

/// Where the cells of sweeps are kept: beside the results database, in `sweeps/` and the study's name.
///
/// A cell is known by its digest, so that a study that gained a seed finds the cells it had.
struct SweepFolder: Sendable {
    let path: String
    /// Names the folder among all on this machine: Slurm's jobs are found again by it.
    let mark: String

    init(database: String, sweep: String) {
        let base = URL(fileURLWithPath: database).deletingLastPathComponent().path
        // The name of a file of somebody's becomes part of a path.
        let safe = sweep.unicodeScalars.map { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "-_".unicodeScalars.contains(scalar))
                ? String(scalar) : "-"
        }.joined().prefix(60)
        path = base + "/sweeps/" + (safe.isEmpty ? "-" : safe)
        mark = "populace-\(safe.prefix(24))-\(StudyLoader.digest(path.utf8).prefix(8))"
    }

    init(path: String) {
        self.path = path
        mark = ""
    }

    var lock: String { path + "/lock" }
    private func place(_ cell: SweepCell, _ ending: String) -> String { "\(path)/cells/\(cell.digest.prefix(20)).\(ending)" }
    func database(_ cell: SweepCell) -> String { place(cell, "sqlite") }
    func outcome(_ cell: SweepCell) -> String { place(cell, "json") }
    func output(_ cell: SweepCell) -> String { place(cell, "out") }
    func errors(_ cell: SweepCell) -> String { place(cell, "err") }
    func lock(_ cell: SweepCell) -> String { place(cell, "lock") }

    func make() throws {
        for folder in [path, path + "/cells", path + "/jobs"] {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
    }

    /// What became of a cell; `nil` where it did not end, or its database is gone.
    func ended(_ cell: SweepCell) -> CellOutcome? {
        guard let data = FileManager.default.contents(atPath: outcome(cell)),
            let read = try? JSONDecoder().decode(CellOutcome.self, from: data), read.digest == cell.digest,
            !read.isDone || FileManager.default.fileExists(atPath: database(cell))
        else { return nil }
        return read
    }

    /// Seconds that cells took that are done, of this sweep or of what it was before, sorted.
    func seconds() -> [Double] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path + "/cells")) ?? []
        return names.filter { $0.hasSuffix(".json") }.compactMap { name in
            FileManager.default.contents(atPath: "\(path)/cells/\(name)")
                .flatMap { try? JSONDecoder().decode(CellOutcome.self, from: $0) }
        }.filter(\.isDone).map(\.seconds).sorted()
    }
}

/// What became of a cell, as its file says. Written whole, after the cell's database.
struct CellOutcome: Codable, Hashable, Sendable {
    var digest: String
    /// Of the command; minus the signal that ended it.
    var status: Int
    var seconds: Double
    /// Ids of its runs in its own database.
    var runs: [String]
    /// Of a cell that failed, the last that the command said.
    var why: String?

    var isDone: Bool { status == 0 }

    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(self).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}
