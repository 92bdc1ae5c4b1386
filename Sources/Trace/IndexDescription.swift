import Foundation

/// What an index says of itself; its last part, so that an index that was cut off has none.
///
/// The file is: the magic, the text with a NUL behind each document, and from multiples of eight bytes the documents
/// (start 8, file 4, line 4), the files' names with a NUL behind each, where each name begins (8), and for every block
/// its places (4 each, little-endian, from the block's start) in the order of the text that follows them; then this
/// description as JSON, its length (8), its SHA-256 (32) and the magic again.
public struct IndexDescription: Codable, Hashable, Sendable {
    /// A stretch of the text whose word beginnings were sorted together.
    struct Block: Codable, Hashable, Sendable {
        /// Of its text, in bytes from the text's start.
        var start: Int
        var length: Int
        /// How many words begin in it.
        var words: Int
        /// Of its places in the file.
        var offset: Int
        /// SHA-256 of its places.
        var digest: String
    }

    /// A stretch of the file, with its SHA-256.
    struct Section: Codable, Hashable, Sendable {
        var offset: Int
        var length: Int
        var digest: String
    }

    static let magic: [UInt8] = Array("poptrace".utf8)
    static let currentFormat = 1
    /// Length, digest and magic behind the description.
    static let tail = 8 + 32 + 8

    var format: Int
    /// What users call the corpus.
    public var name: String
    /// Names of models that were trained on the corpus, and of models that were not, as whoever built the index said.
    public var trainingDataOf: [String]
    public var notTrainingDataOf: [String]
    /// Whether capital and small letters are one.
    public var folds: Bool
    /// What held the text of rows; `nil` for the default.
    public var column: String?
    /// SHA-256 of the corpus: names, lengths and bytes of its files in the order of names.
    public var digest: String
    /// Bytes of its files.
    public var size: Int
    public var files: Int
    public var documents: Int
    /// Bytes that were no UTF-8 and stand as U+FFFD.
    public var replaced: Int
    /// Bytes of the longest phrase that can be asked for.
    public var longestPhrase: Int
    var blockLength: Int
    var text: Section
    var documentTable: Section
    var names: Section
    var nameTable: Section
    var blocks: [Block]

    public var words: Int { blocks.reduce(0) { $0 + $1.words } }
    public var blockCount: Int { blocks.count }

    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(self))
    }

    /// Whether it was built from the same corpus in the same way.
    func isOf(digest: String, _ settings: IndexBuilder.Settings) -> Bool {
        format == Self.currentFormat && self.digest == digest && name == settings.name && folds == settings.folds
            && column == settings.column && trainingDataOf == settings.trainingDataOf
            && notTrainingDataOf == settings.notTrainingDataOf && blockLength == settings.blockLength
            && longestPhrase == settings.longestPhrase
    }

    /// Whether its parts lie in a file of so many bytes, one after another.
    func holdsTogether(in fileSize: Int) -> Bool {
        let (most, none) = (Int(Int32.max), blocks.isEmpty)
        guard documents >= 0, files >= 0, documents <= fileSize / 16, files <= fileSize / 8, longestPhrase > 0,
            text.offset == Self.magic.count, text.length >= 0, text.length <= fileSize, none == (text.length == 0),
            documentTable.length == documents * 16, nameTable.length == files * 8
        else { return false }
        var (end, covered) = (0, 0)
        func follows(_ offset: Int, _ length: Int) -> Bool {
            guard offset >= end, length >= 0, length <= fileSize, offset <= fileSize - length else { return false }
            end = offset + length
            return true
        }
        for section in [text, documentTable, names, nameTable] {
            guard follows(section.offset, section.length), section == text || section.offset % 8 == 0 else { return false }
        }
        for block in blocks {
            guard block.start == covered, block.length > 0, block.length <= most, block.words >= 0,
                block.words <= block.length, block.offset % 8 == 0, follows(block.offset, block.words * 4)
            else { return false }
            covered += block.length
        }
        return covered == text.length
    }
}
