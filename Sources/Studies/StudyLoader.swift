internal import Crypto
import Agents
import Files
import Foundation
import LanguageModels
import Results
import SurveyFormats
import Surveys
import Worlds

/// A world with everything it names.
struct LoadedWorld: Sendable {
    /// From the study's root.
    var path: String
    var world: World
    var models: ModelSection
    /// By path from the study's root.
    var surveys: [String: Codebook]
    /// By resident's persona id, the persona or panel file they come from.
    var origins: [String: String]
    var files: [RunFile]
}

/// Reads study files with the user's permissions, and the microdata they name.
struct StudyLoader: Sendable {
    let environment: StudyEnvironment

    var files: StudyFiles {
        StudyFiles(
            allowedPaths: environment.permissions.paths, allowedServers: environment.permissions.servers,
            draw: { panel, file, take in
                var panel = panel
                panel.size = take
                return try SiliconSample.draw(
                    panel, codebook: file.codebook, respondents: try Self.respondents(file, for: panel),
                    survey: file.codebook.id)
            })
    }

    func world(_ path: String) throws -> LoadedWorld {
        let loaded = try files.loadWorld(path)
        return LoadedWorld(
            path: loaded.root.relative(StudyRoot.absolute(path)), world: loaded.value, models: loaded.models,
            surveys: Dictionary(loaded.surveys.map { ($0.path, $0.codebook) }, uniquingKeysWith: { first, _ in first }),
            origins: loaded.origins, files: try Self.runFiles(loaded))
    }

    /// Reads a world from the contents stored in its run, as they were.
    func world(recorded files: [RunFile], path: String) throws -> LoadedWorld {
        try restored(files) { folder in
            var loaded = try world(folder + "/" + path)
            loaded.path = path
            loaded.files = files
            return loaded
        }
    }

    /// Reads a panel from the contents stored in its run.
    func panel(recorded files: [RunFile], path: String) throws -> Panel {
        try restored(files) { try self.files.loadPanel($0 + "/" + path).value }
    }

    /// Reads a survey from the contents stored in a run that asked it.
    func survey(recorded files: [RunFile], path: String) throws -> Codebook {
        try restored(files) { try self.files.loadSurvey($0 + "/" + path).value.codebook }
    }

    /// A survey file with its microdata, from the contents stored in a run, while `body` works with it.
    func withSurvey<Value>(
        recorded files: [RunFile], path: String, _ body: (SurveyFile) async throws -> Value
    ) async throws -> Value {
        let folder = try Self.layOut(files)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(try self.files.loadSurvey(folder.path + "/" + path).value)
    }

    /// Lays stored files out in a folder of their own while they are read.
    func restored<Value>(_ files: [RunFile], _ read: (String) throws -> Value) throws -> Value {
        let folder = try Self.layOut(files)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try read(folder.path)
    }

    /// The caller removes the folder.
    private static func layOut(_ files: [RunFile]) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "populace-\(UUID().uuidString)")
        do {
            for file in files {
                guard !file.path.hasPrefix("/"), !file.path.split(separator: "/").contains("..") else {
                    throw StudyError.stopped("the run names \(file.path), outside its study, and cannot be restored", resume: nil)
                }
                let place = folder.appending(path: file.path)
                try FileManager.default.createDirectory(
                    at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(file.bytes).write(to: place)
            }
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
        return folder
    }

    /// The files of a study with their digests, microdata included.
    static func runFiles<Value>(_ loaded: Loaded<Value>) throws -> [RunFile] {
        var files = loaded.sources.map { RunFile(path: $0.path, digest: digest($0.bytes), bytes: Array($0.bytes)) }
        for survey in loaded.surveys {
            guard let path = survey.dataPath, let name = survey.codebook.data,
                !files.contains(where: { $0.path == name })
            else { continue }
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            files.append(RunFile(path: name, digest: digest(bytes), bytes: bytes))
        }
        return files
    }

    static func digest(_ bytes: some Sequence<UInt8>) -> String {
        SHA256.hash(data: Data(bytes)).map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }

    /// What a survey is stored under: of its codebook, its data's checksum and its respondents' ids.
    static func digest(_ codebook: Codebook, ids: [String]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return digest(try encoder.encode(codebook) + Data((codebook.checksum ?? "").utf8) + Data(ids.joined(separator: ",").utf8))
    }

    /// The respondents of a survey file as far as drawing a panel needs them: whole are at least the people drawn.
    static func respondents(_ survey: SurveyFile, for panel: Panel) throws -> [Respondent] {
        guard let path = survey.dataPath, SurveyFormat(path: path) != nil else { return try respondents(survey) }
        let data = SurveyData(survey, path: path)
        try data.checkChecksum()
        return try data.people(for: panel)
    }

    /// The respondents of a survey file, all in memory; empty for one without data.
    ///
    /// - Throws: ``ImportFailure`` with every mismatch: all or nothing.
    static func respondents(_ survey: SurveyFile) throws -> [Respondent] {
        guard let path = survey.dataPath else { return [] }
        let name = survey.codebook.data ?? path
        if SurveyFormat(path: path) != nil {
            let data = SurveyData(survey, path: path)
            try data.checkChecksum()
            var respondents: [Respondent] = []
            try data.read { respondents.append($0) }
            return respondents
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ImportFailure(survey: survey.path, lines: ["\(name): error: the data file cannot be read"])
        }
        let bytes = [UInt8](data)
        if let wanted = survey.codebook.checksum, wanted != "sha256:" + digest(bytes) {
            throw ImportFailure(
                survey: survey.path,
                lines: ["\(name): error: the file's checksum is sha256:\(digest(bytes)), not the codebook's \(wanted)"])
        }
        let table: CSVTable
        do { table = try CSVTable(bytes) } catch {
            throw ImportFailure(survey: survey.path, lines: ["\(name): error: \(error)"])
        }
        let (respondents, mismatches) = survey.codebook.respondents(from: table)
        guard mismatches.isEmpty else {
            throw ImportFailure(survey: survey.path, lines: mismatches.map { "\(name):\($0)" })
        }
        return respondents
    }
}

/// Microdata that do not match their codebook: nothing was imported.
public struct ImportFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public var survey: String
    public var lines: [String]

    public var description: String {
        let shown = lines.prefix(50).joined(separator: "\n")
        let more = lines.count > 50 ? "\n... and \(lines.count - 50) more" : ""
        return "\(shown)\(more)\nerror: \(survey): \(lines.count) mismatch\(lines.count == 1 ? "" : "es"); nothing was imported"
    }
}
