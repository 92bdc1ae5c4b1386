internal import GRDB
public import LanguageModels

extension ResultsDatabase {
    /// Some recorded calls of a model, the latest of each kind first: what forecasts are made of.
    ///
    /// - Parameter count: Of each kind, at most.
    public func recordedCalls(of model: String, count: Int) async throws -> [Completion] {
        let keys = try await read { database in
            try ["text", "score", "embed"].flatMap { kind in
                try String.fetchAll(
                    database,
                    sql: "SELECT key FROM completion WHERE model = ? AND kind = ? ORDER BY rowid DESC LIMIT ?",
                    arguments: [model, kind, count])
            }
        }
        var calls: [Completion] = []
        for key in keys { if let call = try completion(forKey: key) { calls.append(call) } }
        return calls
    }
}
