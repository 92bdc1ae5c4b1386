/// A table of text cells read from comma-separated values.
///
/// Strict: UTF-8, a header, the same number of cells in every row, quotes closed and doubled inside quotes.
///
/// - Source: RFC 4180.
public struct CSVTable: Hashable, Sendable {
    public struct Row: Hashable, Sendable {
        /// Line of the file on which the row begins, from 1.
        public var line: Int
        public var cells: [String]
    }

    public var header: [String]
    public var rows: [Row] = []

    public init(_ bytes: [UInt8]) throws(CSVError) {
        var reader = Reader(bytes: bytes)
        guard let first = try reader.row() else { throw CSVError(line: 1, column: 1, message: "the file is empty") }
        header = first.cells
        while let row = try reader.row() {
            guard row.cells.count == header.count else {
                throw CSVError(
                    line: row.line, column: min(row.cells.count, header.count) + 1,
                    message: "\(row.cells.count) cell\(row.cells.count == 1 ? "" : "s"), but the header names \(header.count) columns")
            }
            rows.append(row)
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        var place = 0
        var line = 1

        init(bytes: [UInt8]) {
            self.bytes = bytes
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
        }

        /// `nil` at the end of the file.
        mutating func row() throws(CSVError) -> Row? {
            guard place < bytes.count else { return nil }
            let start = line
            var cells: [String] = []
            while true {
                cells.append(try cell(column: cells.count + 1))
                guard place < bytes.count else { break }
                if bytes[place] == UInt8(ascii: ",") {
                    place += 1
                    continue
                }
                if bytes[place] == 13 { place += 1 }
                guard place < bytes.count, bytes[place] == 10 else {
                    throw CSVError(
                        line: line, column: cells.count, message: "a carriage return without a line feed")
                }
                place += 1
                line += 1
                break
            }
            return Row(line: start, cells: cells)
        }

        /// Stops at the comma, line end or end of file behind the cell.
        private mutating func cell(column: Int) throws(CSVError) -> String {
            var text: [UInt8] = []
            let start = line
            if place < bytes.count, bytes[place] == UInt8(ascii: "\"") {
                place += 1
                while true {
                    guard place < bytes.count else {
                        throw CSVError(line: start, column: column, message: "a quote is not closed")
                    }
                    let byte = bytes[place]
                    place += 1
                    if byte == UInt8(ascii: "\"") {
                        guard place < bytes.count, bytes[place] == byte else { break }
                        place += 1
                    }
                    if byte == 10 { line += 1 }
                    text.append(byte)
                }
                guard place == bytes.count || [UInt8(ascii: ","), 10, 13].contains(bytes[place]) else {
                    throw CSVError(line: line, column: column, message: "text follows a closing quote")
                }
            } else {
                while place < bytes.count, ![UInt8(ascii: ","), 10, 13].contains(bytes[place]) {
                    guard bytes[place] != UInt8(ascii: "\"") else {
                        throw CSVError(line: line, column: column, message: "a quote inside a cell that is not quoted")
                    }
                    text.append(bytes[place])
                    place += 1
                }
            }
            guard !text.contains(0) else { throw CSVError(line: start, column: column, message: "a NUL character") }
            guard let string = String(validating: text, as: UTF8.self) else {
                throw CSVError(line: start, column: column, message: "the text is not UTF-8")
            }
            return string
        }
    }
}

/// Why a file is no table.
public struct CSVError: Error, Hashable, Sendable, CustomStringConvertible {
    public var line: Int
    /// Number of the cell in its row, from 1.
    public var column: Int
    public var message: String

    public var description: String { "line \(line), column \(column): \(message)" }
}
