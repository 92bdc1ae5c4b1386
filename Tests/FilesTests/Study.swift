import Files
import Foundation
import Testing

/// A study in a temporary folder, thrown away at the end.
final class Study {
    let folder: String

    init(_ files: [String: String] = [:]) throws {
        folder = NSTemporaryDirectory() + "populace-files-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder + "/Worlds", withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: folder + "/Personas", withIntermediateDirectories: true)
        for (path, text) in files { try write(path, Data(text.utf8)) }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func write(_ path: String, _ bytes: Data) throws { try bytes.write(to: URL(fileURLWithPath: folder + "/" + path)) }

    func path(_ path: String) -> String { folder + "/" + path }

    /// The diagnostics' first lines, without the folder, after at most two seconds.
    func headlines(_ load: () throws -> Void) throws -> [String] {
        let clock = ContinuousClock()
        var headlines: [String] = []
        let spent = try clock.measure {
            do {
                try load()
            } catch let error as DiagnosticsError {
                headlines = error.diagnostics.map { $0.headline.replacingOccurrences(of: folder + "/", with: "") }
            }
        }
        #expect(spent < .seconds(2))
        return headlines
    }

    func persona(_ text: String, files: StudyFiles = StudyFiles()) throws -> [String] { try persona(Data(text.utf8), files: files) }

    func persona(_ bytes: Data, files: StudyFiles = StudyFiles()) throws -> [String] {
        try write("Personas/x.yaml", bytes)
        return try headlines { _ = try files.loadPersona(path("Personas/x.yaml")) }
    }

    func world(_ text: String, files: StudyFiles = StudyFiles()) throws -> [String] {
        try write("Worlds/x.yaml", Data(text.utf8))
        return try headlines { _ = try files.loadWorld(path("Worlds/x.yaml")) }
    }
}

/// The repository's own folder.
let repository = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
