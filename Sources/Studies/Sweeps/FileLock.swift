import Foundation

/// A file that one process at a time holds, for as long as it or a child that it was given to lives.
///
/// The lock goes with the process however it ends, `kill -9` too. On a file system without locks it is always had.
final class FileLock: Sendable {
    let descriptor: Int32

    /// `nil` where another holds it.
    init?(_ path: String) throws {
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard opened >= 0 else { throw StudyError.stopped("\(path) could not be made: \(String(cString: strerror(errno)))", resume: nil) }
        if flock(opened, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
            close(opened)
            return nil
        }
        descriptor = opened
    }

    deinit { close(descriptor) }

    /// Waits for whoever holds it.
    static func waiting(_ path: String) async throws -> FileLock {
        while true {
            if let lock = try FileLock(path) { return lock }
            try await Task.sleep(for: .milliseconds(300))
        }
    }
}
