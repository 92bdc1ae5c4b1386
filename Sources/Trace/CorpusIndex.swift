import Foundation

/// The index of a corpus, mapped into memory: where any phrase stands in it, in time that hardly depends on its size.
///
///     let index = try CorpusIndex("news.trace")
///     try index.matches(of: "about the right amount").count
///
/// A phrase begins with a word and ends where a word ends: `art` is not found in `party`. White space counts as one
/// space, and capitals do not matter where the index folds them.
public final class CorpusIndex: Sendable {
    public let path: String
    public let description: IndexDescription
    /// The whole file. It is read-only, and stays mapped until `deinit`.
    private nonisolated(unsafe) let mapped: UnsafeRawBufferPointer

    /// - Throws: ``TraceError`` where the file is none of ours or does not hold together. Its bytes are not read: see
    ///   ``check(progress:)``.
    public init(_ path: String) throws(TraceError) {
        let mapped = try Self.map(path)
        do throws(TraceError) {
            description = try Self.described(UnsafeRawBufferPointer(mapped), path)
        } catch {
            munmap(mapped.baseAddress, mapped.count)
            throw error
        }
        // A look-up reads a few bytes here and there.
        madvise(mapped.baseAddress, mapped.count, MADV_RANDOM)
        self.path = path
        self.mapped = UnsafeRawBufferPointer(mapped)
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: mapped.baseAddress), mapped.count) }

    private static func map(_ path: String) throws(TraceError) -> UnsafeMutableRawBufferPointer {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw .notAnIndex(path: path) }
        defer { close(file) }
        var status = stat()
        let least = IndexDescription.magic.count + IndexDescription.tail
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size >= least else {
            throw .notAnIndex(path: path)
        }
        let size = Int(status.st_size)
        guard let base = mmap(nil, size, PROT_READ, MAP_SHARED, file, 0), base != MAP_FAILED else {
            throw .damaged(path: path, "it cannot be mapped into memory: \(String(cString: strerror(errno)))")
        }
        return UnsafeMutableRawBufferPointer(start: base, count: size)
    }

    private static func described(_ file: UnsafeRawBufferPointer, _ path: String) throws(TraceError) -> IndexDescription {
        let magic = IndexDescription.magic
        guard file.prefix(magic.count).elementsEqual(magic) else { throw .notAnIndex(path: path) }
        guard file.suffix(magic.count).elementsEqual(magic) else { throw .damaged(path: path, "its end is missing") }
        let tail = file.count - IndexDescription.tail
        let length = UInt64(littleEndian: file.loadUnaligned(fromByteOffset: tail, as: UInt64.self))
        guard length <= UInt64(tail - magic.count) else { throw .damaged(path: path, "its end does not fit it") }
        let encoded = UnsafeRawBufferPointer(rebasing: file[tail - Int(length)..<tail])
        var digest = Digest()
        digest.update(encoded)
        guard file[(tail + 8)..<(tail + 40)].elementsEqual(digest.bytes) else {
            throw .damaged(path: path, "its description has changed")
        }
        struct Format: Decodable { var format: Int }
        let description: IndexDescription
        do {
            let data = Data(encoded)
            let format = try JSONDecoder().decode(Format.self, from: data).format
            guard format == IndexDescription.currentFormat else { throw TraceError.format(path: path, version: format) }
            description = try JSONDecoder().decode(IndexDescription.self, from: data)
        } catch let error as TraceError { throw error } catch {
            throw .damaged(path: path, "its description cannot be read")
        }
        guard description.holdsTogether(in: tail - Int(length)) else {
            throw .damaged(path: path, "its parts do not fit it")
        }
        return description
    }

    // MARK: What the file holds

    /// Documents' texts, a NUL behind each.
    var text: UnsafeBufferPointer<UInt8> {
        section(description.text).assumingMemoryBound(to: UInt8.self)
    }

    func section(_ section: IndexDescription.Section) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: mapped[section.offset..<section.offset + section.length])
    }

    /// A block's places, as they lie in the file.
    func places(of block: IndexDescription.Block) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: mapped[block.offset..<block.offset + block.words * 4])
    }

    /// Where in the text the `index`th word of a block begins.
    @inline(__always)
    func place(_ index: Int, _ places: UnsafeRawBufferPointer, _ block: IndexDescription.Block) throws(TraceError) -> Int {
        let offset = UInt32(littleEndian: places.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
        guard offset < block.length else { throw .damaged(path: path, "a word lies outside its block") }
        return block.start + Int(offset)
    }

    func damaged(_ reason: String) -> TraceError { .damaged(path: path, reason) }
}
