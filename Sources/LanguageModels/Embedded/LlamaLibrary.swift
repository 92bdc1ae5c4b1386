internal import CLlama
internal import Crypto
internal import Foundation
internal import Synchronization

/// The loaded libllama and its parts.
enum LlamaLibrary {
    /// Starts the library once a process; errors go to standard error, its chatter nowhere.
    static let start: Void = {
        llama_log_set({ level, text, _ in
            if level == GGML_LOG_LEVEL_ERROR, LlamaLibrary.silences.load(ordering: .relaxed) == 0, let text { _ = write(2, text, strlen(text)) }
        }, nil)
        llama_backend_init()
        ggml_backend_load_all()
    }()

    private static let silences = Atomic(0)

    /// Does what may fail without the library's own word on it: whoever asks says it better.
    static func silently<Value>(_ work: () -> Value) -> Value {
        _ = start
        silences.add(1, ordering: .relaxed)
        defer { silences.subtract(1, ordering: .relaxed) }
        return work()
    }

    /// Version, SHA-256 of the library files loaded into this process, and the CPU features in use.
    static let identity: String = {
        _ = start
        let version = String(cString: llama_version())
        let features = String(cString: llama_print_system_info())
        var digest = SHA256()
        for path in loadedFiles() {
            digest.update(data: Data(path.split(separator: "/").last!.utf8))
            // A library file that vanished after loading leaves its name and an empty body in the digest.
            if let body = try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped) { digest.update(data: body) }
        }
        return "llama.cpp \(version); \(digest.finalize().hexadecimal); \(features)"
    }()

    /// Paths of the loaded files named `libllama*` or `libggml*`, by UTF-8 bytes.
    private static func loadedFiles() -> [String] {
        #if os(Linux)
            let maps = (try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)) ?? ""
            let paths = maps.split(separator: "\n").compactMap { line in
                line.firstIndex(of: "/").map { String(line[$0...]) }
            }
        #else
            let paths = (0..<_dyld_image_count()).compactMap { _dyld_get_image_name($0).map { String(cString: $0) } }
        #endif
        let ours = paths.filter { path in
            guard let file = path.split(separator: "/").last else { return false }
            return file.hasPrefix("libllama") || file.hasPrefix("libggml")
        }
        return Set(ours).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}

/// SHA-256 of a large file, remembered in `FILE.sha256` beside it for as long as size and modification time agree.
///
/// The memory is an optimisation: where the folder cannot be written, the file is read each time.
func weightsDigest(ofFileAt path: String) throws(ModelError) -> String {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .unusableModel(path: path, reason: "it cannot be read") }
    #if os(Linux)
        let stamp = "\(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    #else
        let stamp = "\(status.st_size) \(status.st_mtimespec.tv_sec).\(status.st_mtimespec.tv_nsec)"
    #endif
    let memory = path + ".sha256"
    if let text = try? String(contentsOfFile: memory, encoding: .utf8) {
        let parts = text.split(separator: "\n")
        if parts.count == 2, parts[0] == stamp, parts[1].utf8.count == 64 { return String(parts[1]) }
    }
    let hexadecimal = try fileDigest(path)
    try? Data("\(stamp)\n\(hexadecimal)\n".utf8).write(to: URL(filePath: memory), options: .atomic)
    return hexadecimal
}

/// SHA-256 of a file, read piece by piece.
func fileDigest(_ path: String) throws(ModelError) -> String {
    guard let handle = FileHandle(forReadingAtPath: path) else {
        throw .unusableModel(path: path, reason: "it cannot be read")
    }
    defer { try? handle.close() }
    var digest = SHA256()
    do {
        while let piece = try handle.read(upToCount: 1 << 22), !piece.isEmpty { digest.update(data: piece) }
    } catch {
        throw .unusableModel(path: path, reason: "it cannot be read to its end")
    }
    return digest.finalize().hexadecimal
}
