import Foundation
import Surveys

/// Reads a corpus document by document, holding no more than a piece, or a row, of it.
struct CorpusReader {
    enum Event {
        /// A file begins.
        case file(Int)
        /// As the file has them; what follows of it was made of these.
        case bytes(UnsafeRawBufferPointer)
        /// A document begins on a line of its file, from 1; 0 where it is the file.
        case document(line: Int)
        case text(UnsafeBufferPointer<UInt8>)
        case end
    }

    /// Bytes read at once.
    static let piece = 1 << 20
    /// The longest row that is read, in bytes.
    static let longestRow = 256 << 20

    let corpus: Corpus

    func read(_ take: (Event) throws -> Void) throws {
        for (number, file) in corpus.files.enumerated() {
            try take(.file(number))
            switch file.kind {
            case .text:
                try take(.document(line: 0))
                try pieces(of: file) { piece in
                    try take(.bytes(UnsafeRawBufferPointer(piece)))
                    try take(.text(piece))
                }
                try take(.end)
            case .lines(let key):
                try rows(of: file, quoted: false, take) { row, line in try Self.text(of: row, key: key, file, line) }
            case .table(let column):
                var place: (column: Int, count: Int)?
                try rows(of: file, quoted: true, take) { row, line in
                    let cells = try Self.cells(row, file, line)
                    guard let place else {
                        guard let found = cells.firstIndex(of: column) else {
                            throw TraceError.noColumn(file: file.name, column: column, there: cells)
                        }
                        place = (found, cells.count)
                        return nil
                    }
                    guard cells.count == place.count else {
                        throw TraceError.corpus(
                            path: "\(file.name):\(line)", "\(cells.count) cells, but the header names \(place.count) columns")
                    }
                    return Array(cells[place.column].utf8)
                }
            }
        }
    }

    private func pieces(of file: Corpus.File, _ take: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
        guard let handle = FileHandle(forReadingAtPath: file.path) else {
            throw TraceError.corpus(path: file.path, "the file cannot be read")
        }
        defer { try? handle.close() }
        while true {
            let data: Data?
            do { data = try handle.read(upToCount: Self.piece) } catch {
                throw TraceError.corpus(path: file.path, "the file cannot be read")
            }
            guard let data, !data.isEmpty else { return }
            try data.withUnsafeBytes { try take($0.assumingMemoryBound(to: UInt8.self)) }
        }
    }

    /// Gives each row, without its line end, to `text`, and what that makes of it to `take` as a document.
    ///
    /// - Parameter quoted: Whether line ends between quotes are part of a row.
    private func rows(
        of file: Corpus.File, quoted: Bool, _ take: (Event) throws -> Void, _ text: ([UInt8], Int) throws -> [UInt8]?
    ) throws {
        var row: [UInt8] = []
        var (line, begins, isQuoted) = (1, 1, false)
        func finish() throws {
            if row.last == 13 { row.removeLast() }
            let blank = row.allSatisfy { $0 == 32 || $0 == 9 }
            if !blank, let made = try text(row, begins) {
                try take(.document(line: begins))
                try made.withUnsafeBufferPointer { try take(.text($0)) }
                try take(.end)
            }
            row.removeAll(keepingCapacity: true)
        }
        try pieces(of: file) { piece in
            try take(.bytes(UnsafeRawBufferPointer(piece)))
            var start = 0
            for place in piece.indices {
                if piece[place] == UInt8(ascii: "\""), quoted { isQuoted.toggle() }
                guard piece[place] == 10 else { continue }
                line += 1
                if isQuoted { continue }
                row.append(contentsOf: piece[start..<place])
                try finish()
                (start, begins) = (place + 1, line)
            }
            row.append(contentsOf: piece[start...])
            guard row.count <= Self.longestRow else {
                throw TraceError.corpus(
                    path: "\(file.name):\(begins)", "a row of more than \(Self.longestRow >> 20) MiB" + (isQuoted ? "; is a quote not closed?" : ""))
            }
        }
        if !row.isEmpty { try finish() }
    }

    private static func cells(_ row: [UInt8], _ file: Corpus.File, _ line: Int) throws -> [String] {
        do throws(CSVError) { return try CSVTable(row).header } catch {
            throw TraceError.corpus(path: "\(file.name):\(line)", "cell \(error.column): \(error.message)")
        }
    }

    private static func text(of row: [UInt8], key: String, _ file: Corpus.File, _ line: Int) throws -> [UInt8] {
        guard let object = try? JSONSerialization.jsonObject(with: Data(row)) as? [String: Any] else {
            throw TraceError.corpus(path: "\(file.name):\(line)", "this is no JSON object")
        }
        guard let text = object[key] as? String else {
            if object[key] != nil { throw TraceError.corpus(path: "\(file.name):\(line)", "'\(key)' is no text") }
            throw TraceError.noColumn(
                file: "\(file.name):\(line)", column: key,
                there: object.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        }
        return Array(text.utf8)
    }
}
