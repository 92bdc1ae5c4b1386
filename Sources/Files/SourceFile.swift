public import Foundation

/// A file that was read, as a run stores it.
public struct SourceFile: Hashable, Sendable {
    /// From the study's root; absolute for a file outside it.
    public var path: String
    public var bytes: Data

    /// The largest file that is read, in bytes.
    public static let limit = 5_000_000

    public init(path: String, bytes: Data) {
        self.path = path
        self.bytes = bytes
    }

    /// What a file holds, unless it is too large, no plain file, or not there.
    static func read(_ path: String) throws(Refusal) -> Data {
        // The plain-file check comes before opening: opening a pipe would wait for its other end.
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { throw .missing }
        guard attributes[.type] as? FileAttributeType == .typeRegular else { throw .notAFile }
        guard let size = attributes[.size] as? Int, size <= limit else { throw .tooLarge }
        guard let handle = FileHandle(forReadingAtPath: path) else { throw .unreadable }
        defer { try? handle.close() }
        guard let bytes = try? handle.read(upToCount: limit + 1) else {
            if size == 0 { return Data() }
            throw .unreadable
        }
        guard bytes.count <= limit else { throw .tooLarge }
        return bytes
    }

    enum Refusal: Error, Equatable {
        case missing, notAFile, tooLarge, unreadable

        var message: String {
            switch self {
            case .missing: "no such file"
            case .notAFile: "this is not a plain file"
            case .tooLarge: "the file is larger than \(limit / 1_000_000) MB"
            case .unreadable: "the file cannot be read"
            }
        }
    }
}
