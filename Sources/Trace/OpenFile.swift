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
