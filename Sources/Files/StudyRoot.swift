internal import Foundation

/// The folder that paths in study files start from: the nearest at or above the file that holds `Worlds/` or
/// `Personas/`, else the file's own.
public struct StudyRoot: Hashable, Sendable {
    /// Absolute, symbolic links resolved, without a slash at its end.
    public var path: String

    /// - Parameter file: Absolute, or from the current folder.
    public init(of file: String) {
        let folder = Self.real((Self.absolute(file) as NSString).deletingLastPathComponent)
        var candidate = folder
        while true {
            if ["Worlds", "Personas"].contains(where: { Self.isFolder(candidate + "/" + $0) }) {
                path = candidate == "/" ? "" : candidate
                return
            }
            if candidate == "/" || candidate.isEmpty { break }
            candidate = (candidate as NSString).deletingLastPathComponent
        }
        path = folder == "/" ? "" : folder
    }

    /// The path of a file from the root; the absolute path of one that lies outside.
    public func relative(_ file: String) -> String {
        let real = Self.real(Self.absolute(file))
        return real.hasPrefix(path + "/") ? String(real.dropFirst(path.utf8.count + 1)) : real
    }

    /// The absolute path of a file that a study file names.
    public func absolute(_ reference: String) -> String {
        Self.real(reference.hasPrefix("/") ? Self.normal(reference) : Self.normal(path + "/" + reference))
    }

    /// Whether a study file may name this file: it lies under the root or under an allowed path, links resolved.
    public func permits(_ reference: String, allowing allowed: [String]) -> Bool {
        let lexical = reference.hasPrefix("/") ? Self.normal(reference) : Self.normal(path + "/" + reference)
        let real = Self.real(lexical)
        let inside = !reference.hasPrefix("/") && lexical.hasPrefix(path + "/") && real.hasPrefix(path + "/")
        return inside || allowed.contains {
            let allowed = Self.real(Self.absolute($0))
            return real == allowed || real.hasPrefix(allowed == "/" ? "/" : allowed + "/")
        }
    }

    /// A path from the root of the file system, with `.` and `..` resolved but symbolic links left.
    public static func absolute(_ file: String) -> String {
        normal(file.hasPrefix("/") ? file : FileManager.default.currentDirectoryPath + "/" + file)
    }

    static func isFolder(_ path: String) -> Bool {
        var folder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &folder) && folder.boolValue
    }

    /// Without `.`, `..` and doubled slashes.
    private static func normal(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// With symbolic links resolved, also those of the folders of a file that does not exist.
    private static func real(_ path: String) -> String {
        if path == "/" || path.isEmpty { return "/" }
        if let resolved = realpath(path, nil) {
            defer { free(resolved) }
            return String(cString: resolved)
        }
        let folder = real((path as NSString).deletingLastPathComponent)
        return (folder == "/" ? "" : folder) + "/" + (path as NSString).lastPathComponent
    }
}
