internal import Foundation
internal import GRDBSQLite

/// A value that a column takes, bound to a prepared statement without detours.
protocol ColumnValue {
    /// - Throws: ``RefusedValue``.
    func write(to statement: OpaquePointer, at index: Int32) throws(RefusedValue)
}

/// Why a value is not written.
enum RefusedValue: Error {
    /// SQLite would cut the text there.
    case containsNUL
    case notFinite
}

/// The library copies the bytes before it returns.
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

extension String: ColumnValue {
    func write(to statement: OpaquePointer, at index: Int32) throws(RefusedValue) {
        var text = self
        let containsNUL = text.withUTF8 { bytes in
            if let base = bytes.baseAddress, memchr(base, 0, bytes.count) != nil { return true }
            _ = bytes.withMemoryRebound(to: CChar.self) { characters in
                // A text without bytes may have no address, which would be bound as NULL.
                characters.isEmpty
                    ? sqlite3_bind_text(statement, index, "", 0, copied)
                    : sqlite3_bind_text(statement, index, characters.baseAddress, Int32(characters.count), copied)
            }
            return false
        }
        if containsNUL { throw .containsNUL }
    }
}

extension Int: ColumnValue {
    func write(to statement: OpaquePointer, at index: Int32) { sqlite3_bind_int64(statement, index, Int64(self)) }
}

extension Bool: ColumnValue {
    func write(to statement: OpaquePointer, at index: Int32) { sqlite3_bind_int64(statement, index, self ? 1 : 0) }
}

extension Double: ColumnValue {
    func write(to statement: OpaquePointer, at index: Int32) throws(RefusedValue) {
        guard isFinite else { throw .notFinite }
        sqlite3_bind_double(statement, index, self)
    }
}

extension Data: ColumnValue {
    func write(to statement: OpaquePointer, at index: Int32) {
        _ = withUnsafeBytes { bytes in
            bytes.isEmpty
                ? sqlite3_bind_zeroblob(statement, index, 0)
                : sqlite3_bind_blob(statement, index, bytes.baseAddress, Int32(bytes.count), copied)
        }
    }
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
    func write(to statement: OpaquePointer, at index: Int32) throws(RefusedValue) {
        if let self { try self.write(to: statement, at: index) } else { sqlite3_bind_null(statement, index) }
    }
}
