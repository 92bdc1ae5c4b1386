import Foundation

/// An open file, read and written at places by several threads.
struct OpenFile: Sendable {
    let path: String
    private let descriptor: Int32

    /// A file made anew, locked while it is open.
    ///
    /// - Throws: ``TraceError/underWay(path:)`` where another process has it open.
    init(making path: String) throws(TraceError) {
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard opened >= 0 else { throw .cannotWrite(path: path, Self.reason()) }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            Foundation.close(opened)
            throw .underWay(path: path)
        }
        // Whoever had it open may just have put it in its final place.
        var (own, there) = (stat(), stat())
        guard fstat(opened, &own) == 0, stat(path, &there) == 0, own.st_ino == there.st_ino else {
            Foundation.close(opened)
            throw .underWay(path: path)
        }
        self.path = path
        descriptor = opened
        // What a build that was killed has left is of no use.
        guard ftruncate(opened, 0) == 0 else {
            let reason = Self.reason()
            Foundation.close(opened)
            throw .cannotWrite(path: path, reason)
        }
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(TraceError) {
        var done = 0
        while done < bytes.count {
            guard let base = bytes.baseAddress else { return }
            let count = pwrite(descriptor, base + done, bytes.count - done, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .cannotWrite(path: path, Self.reason()) }
            done += count
        }
    }

    /// Fills the bytes from a place of the file that holds as many.
    func read(into bytes: UnsafeMutableRawBufferPointer, at offset: Int) throws(TraceError) {
        var done = 0
        while done < bytes.count {
            guard let base = bytes.baseAddress else { return }
            let count = pread(descriptor, base + done, bytes.count - done, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .cannotWrite(path: path, "what was written cannot be read again") }
            done += count
        }
    }

    /// Puts the file, whole and durable, in the place of another.
    func commit(to final: String) throws(TraceError) {
        guard fsync(descriptor) == 0, rename(path, final) == 0 else { throw .cannotWrite(path: final, Self.reason()) }
        let folder = URL(fileURLWithPath: final).deletingLastPathComponent().path
        let opened = open(folder, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { return }
        fsync(opened)
        Foundation.close(opened)
    }

    func close() { Foundation.close(descriptor) }

    func discard() { unlink(path) }

    private static func reason() -> String { String(cString: strerror(errno)) }
}

/// Appends to a file, a mebibyte at a time.
struct FileAppender {
    let file: OpenFile
    /// With what is not yet written.
    private(set) var length = 0
    private var buffer: [UInt8] = []

    init(_ file: OpenFile) { self.file = file }

    mutating func append(_ bytes: some Collection<UInt8>) throws(TraceError) {
        buffer.append(contentsOf: bytes)
        length += bytes.count
        if buffer.count >= 1 << 20 { try flush() }
    }

    /// As little-endian bytes.
    mutating func append(_ number: some FixedWidthInteger) throws(TraceError) {
        var bytes: [UInt8] = []
        for shift in stride(from: 0, to: number.bitWidth, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
        try append(bytes)
    }

    /// Zeros up to the next multiple of eight.
    mutating func pad() throws(TraceError) {
        try append([UInt8](repeating: 0, count: (8 - length % 8) % 8))
    }

    /// Leaves room that others fill.
    mutating func skip(_ count: Int) throws(TraceError) {
        try flush()
        length += count
    }

    mutating func flush() throws(TraceError) {
        let (file, offset) = (file, length - buffer.count)
        var failure: TraceError?
        buffer.withUnsafeBytes { bytes in
            do throws(TraceError) { try file.write(bytes, at: offset) } catch { failure = error }
        }
        buffer.removeAll(keepingCapacity: true)
        if let failure { throw failure }
    }
}
