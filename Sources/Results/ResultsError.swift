/// Why the database could not be opened, read or written. Payloads name ids and digests, never people's words.
public enum ResultsError: Error, Equatable, Sendable, CustomStringConvertible {
    case noDatabase(path: String)
    case cannotOpen(path: String, reason: String)
    /// The file is not an SQLite database, or one of another program.
    case notOurs(path: String)
    case corrupt(path: String, reason: String)
    case newerSchema(path: String)
    case locked(path: String)
    case diskFull(path: String)
    case failed(path: String, reason: String)
    case unknownRun(String)
    case unknownSurvey(String)
    case notFinite(what: String)
    case containsNUL(table: String, column: String)
    /// A row names a completion, memory or person that is not recorded.
    case missingReference(table: String)
    case badRespondent(id: String, reason: String)
    case badCodebook(id: String, reason: String)
    /// Another process recorded a different response under the same key: two models share one identity.
    case answeredElsewhere(key: String)
    /// What is re-executed differs from what was recorded.
    case diverged(run: String, place: String)

    public var description: String {
        switch self {
        case .noDatabase(let path): "There is no database at \(path)."
        case .cannotOpen(let path, let reason): "The database \(path) could not be opened: \(reason)."
        case .notOurs(let path):
            "The file \(path) is not a Populace database; it was left as it is. Name another with --db."
        case .corrupt(let path, let reason):
            "The database \(path) is corrupt (\(reason)); it was left as it is. Move it away, or recover what can be "
                + "read with: sqlite3 \(path) .recover"
        case .newerSchema(let path):
            "The database \(path) was written by a newer release of Populace; it was left as it is."
        case .locked(let path): "The database \(path) is locked by another process."
        case .diskFull(let path): "The disk of the database \(path) is full; the last step was not recorded."
        case .failed(let path, let reason): "The database \(path) refused: \(reason)."
        case .unknownRun(let id): "The database holds no run \(id)."
        case .unknownSurvey(let id): "The database holds no survey \(id)."
        case .notFinite(let what): "A number of \(what) is not finite; it was not recorded."
        case .containsNUL(let table, let column): "A NUL character in \(table).\(column) was refused."
        case .missingReference(let table):
            "A row of \(table) names a completion, memory, person or run that is not recorded; nothing of it was kept."
        case .badRespondent(let id, let reason): "Respondent \(id): \(reason); nothing was imported."
        case .badCodebook(let id, let reason): "Survey \(id): \(reason); nothing was imported."
        case .answeredElsewhere(let key):
            "Another process recorded a different response to the same request (completion \(key.prefix(12))): two models "
                + "go by the same name and revision. Nothing of the step was kept."
        case .diverged(let run, let place):
            "Replaying \(run) gave something else than what was recorded, first at \(place)."
        }
    }
}
