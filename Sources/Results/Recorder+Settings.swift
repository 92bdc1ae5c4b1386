internal import GRDB

extension Recorder {
    /// Adds settings that a run only knows once it is under way, such as what a calibration chose.
    ///
    /// - Throws: ``ResultsError/unknownRun(_:)``.
    public func addSettings(_ settings: [String: String], run id: String) async throws {
        let all = try await database.run(id).header.settings.merging(settings) { _, new in new }
        try await database.write { database in
            try database.execute(
                sql: "UPDATE run SET settings = ? WHERE id = ?", arguments: [try StoredJSON.text(all), id])
        }
    }
}
