import Crypto
import Foundation

/// The part of a download that has come, open and locked so that no other process adds to it.
final class PartialFile {
    private let url: URL
    private let handle: FileHandle

    /// - Throws: ``ServerError/file(path:reason:)``.
    init(beside destination: URL) throws {
        url = destination.appendingPathExtension("part")
        let descriptor = open(url.path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw failure(url, "it cannot be opened for writing") }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw ServerError.file(path: url.path, reason: "Another download is writing this file.")
        }
    }

    func close() { try? handle.close() }

    func size() throws -> Int {
        do { return Int(try handle.seekToEnd()) } catch { throw failure(url, "it cannot be read") }
    }

    func empty() throws {
        do { try handle.truncate(atOffset: 0) } catch { throw failure(url, "it cannot be written") }
    }

    func append(_ data: Data) throws {
        do {
            try handle.seekToEnd()
            try handle.write(contentsOf: data)
        } catch { throw failure(url, "it cannot be written") }
    }

    /// Puts the file in its place if its digest is right, and throws it away if not.
    func finish(as destination: URL, digest: String) throws {
        do { try handle.synchronize() } catch { throw failure(url, "it cannot be written") }
        let actual = try fileDigest(url)
        guard actual == digest else {
            try? FileManager.default.removeItem(at: url)
            throw ServerError.wrongDigest(expected: digest, actual: actual)
        }
        guard rename(url.path, destination.path) == 0 else { throw failure(destination, "it cannot be put in place") }
    }
}

private func failure(_ url: URL, _ what: String) -> ServerError {
    let cause = errno == 0 ? "" : " (\(String(cString: strerror(errno))))"
    return .file(path: url.path, reason: "\(what.prefix(1).uppercased())\(what.dropFirst())\(cause).")
}

/// SHA-256 of a file, in hexadecimal.
///
/// - Complexity: O(length) time, a megabyte of memory.
func fileDigest(_ url: URL) throws -> String {
    do {
        let handle = try FileHandle(forReadingFrom: url)
        defer { try? handle.close() }
        var hash = SHA256()
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
        let digits = Array("0123456789abcdef")
        return String(hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    } catch { throw failure(url, "it cannot be read") }
}
