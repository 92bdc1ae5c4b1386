/// Why a corpus cannot be indexed or an index not read, in a sentence that says what to do.
public enum TraceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is not as it should be with a file or folder of the corpus.
    case corpus(path: String, String)
    /// By column, the columns there are.
    case noColumn(file: String, column: String, there: [String])
    case notAnIndex(path: String)
    /// The file ends too soon or does not hold together.
    case damaged(path: String, String)
    /// Made by a release whose format this one does not read.
    case format(path: String, version: Int)
    case underWay(path: String)
    case cannotWrite(path: String, String)
    case phrase(String)

    public var description: String {
        switch self {
        case .corpus(let path, let reason): "\(path): \(reason)"
        case .noColumn(let file, let column, let there):
            "\(file): no column '\(column)'; there are \(there.joined(separator: ", ")): name one with --column"
        case .notAnIndex(let path): "\(path) is no index of a corpus; make one with 'populace trace index'"
        case .damaged(let path, let reason): "\(path) is a damaged index: \(reason); build it again with 'populace trace index'"
        case .format(let path, let version):
            "\(path) is an index of format \(version), which this release does not read; build it again"
        case .underWay(let path): "another build of \(path) is under way"
        case .cannotWrite(let path, let reason): "\(path) cannot be written: \(reason)"
        case .phrase(let reason): reason
        }
    }
}
