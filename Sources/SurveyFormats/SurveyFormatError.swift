/// Why a data file gave no rows.
public enum SurveyFormatError: Error, Codable, Hashable, Sendable, CustomStringConvertible {
    case notSupported
    case cannotBeRead
    /// What the reading library says.
    case damaged(String)
    /// The reading process was ended by this signal: the file is damaged or hostile.
    case readerCrashed(signal: Int)
    /// CPU seconds, or seconds without a word.
    case tookTooLong(seconds: Int)
    /// What the reading process wrote makes no sense: the file is damaged or hostile.
    case garbled
    /// The program that reads in a process of its own could not be started.
    case noReader(String)

    public var description: String {
        switch self {
        case .notSupported: "the file's ending is none of \(SurveyFormat.allCases.map { "." + $0.rawValue }.joined(separator: ", "))"
        case .cannotBeRead: "the data file cannot be read"
        case .damaged(let reason): "the file is damaged or not of its kind: \(reason)"
        case .readerCrashed(let signal): "the file is damaged: its reader was ended by signal \(signal)"
        case .tookTooLong(let seconds): "the file is damaged: its reader was stopped after \(seconds) s"
        case .garbled: "the file is damaged: its reader wrote nonsense"
        case .noReader(let reason): "the program that reads the file could not be started: \(reason)"
        }
    }
}
