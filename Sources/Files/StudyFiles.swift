public import Agents
internal import Foundation
public import LanguageModels
public import Surveys
public import Worlds

/// A survey file that was read.
public struct SurveyFile: Hashable, Sendable {
    /// From the study's root.
    public var path: String
    public var codebook: Codebook
    /// The licence of the data, as the file words it.
    public var licence: String?
    /// Absolute, permitted; `nil` where the survey has no data.
    public var dataPath: String?
    public var models: ModelSection
}

/// What a study file says, with everything it names read in.
public struct Loaded<Value: Sendable>: Sendable {
    public var value: Value
    public var models: ModelSection
    public var root: StudyRoot
    /// Every study file read, in the order read; microdata are not among them.
    public var sources: [SourceFile]
    /// The surveys named on the way, in the order read.
    public var surveys: [SurveyFile]
    /// By resident's persona id, the path from the root of the persona or panel file they come from.
    public var origins: [String: String]

    public func survey(_ path: String) -> SurveyFile? { surveys.first { $0.path == path } }
}

/// Reads study files: worlds, personas, panels, surveys, studies and experiments.
///
/// Files are untrusted: they may name neither paths outside their root nor servers on other machines, unless allowed
/// here. All mistakes of a file and of those it names are thrown together as a ``DiagnosticsError``.
public struct StudyFiles: Sendable {
    /// Files and folders outside the root that files may name.
    public var allowedPaths: [String]
    /// Hosts other than this machine that files may name.
    public var allowedServers: [String]
    /// Draws so many personas from the data of a panel's survey, for residents.
    var draw: @Sendable (Panel, SurveyFile, Int) throws -> [Persona]

    public init(
        allowedPaths: [String] = [], allowedServers: [String] = [],
        draw: @escaping @Sendable (Panel, SurveyFile, Int) throws -> [Persona] = { _, _, _ in [] }
    ) {
        self.allowedPaths = allowedPaths
        self.allowedServers = allowedServers
        self.draw = draw
    }

    /// The kind that a file's first key names.
    public func kind(of path: String) throws(DiagnosticsError) -> FileKind {
        let source: SourceText
        do {
            source = try SourceText(file: path, bytes: try SourceFile.read(StudyRoot(of: path).absolute(StudyRoot.absolute(path))))
        } catch let error as DiagnosticsError {
            throw error
        } catch let refusal as SourceFile.Refusal {
            throw DiagnosticsError(diagnostics: [Diagnostic(file: path, message: refusal.message)])
        } catch {
            throw DiagnosticsError(diagnostics: [Diagnostic(file: path, message: "the file cannot be read")])
        }
        if let kind = source.kind { return kind }
        throw DiagnosticsError(diagnostics: [
            Diagnostic(
                file: path, message: "this is no study file",
                hint: "the first key must be one of \(FileKind.allCases.map(\.rawValue).joined(separator: ", "))")
        ])
    }

    public func loadPersona(_ path: String) throws(DiagnosticsError) -> Loaded<Persona> {
        try load(path) { $0.personaFile($1).map { ($0.persona, $0.models) } }
    }

    public func loadPanel(_ path: String) throws(DiagnosticsError) -> Loaded<Panel> {
        try load(path) { $0.panel($1).map { ($0.panel, $0.models) } }
    }

    public func loadSurvey(_ path: String) throws(DiagnosticsError) -> Loaded<SurveyFile> {
        try load(path) { $0.survey($1).map { ($0, $0.models) } }
    }

    public func loadStudy(_ path: String) throws(DiagnosticsError) -> Loaded<Replication> {
        try load(path) { $0.study($1).map { ($0.study, $0.models) } }
    }

    public func loadExperiment(_ path: String) throws(DiagnosticsError) -> Loaded<Experiment> {
        try load(path) { $0.experiment($1).map { ($0.experiment, $0.models) } }
    }

    public func loadWorld(_ path: String) throws(DiagnosticsError) -> Loaded<World> {
        try load(path) { $0.world($1).map { ($0.world, $0.models) } }
    }

    private func load<Value>(
        _ path: String, _ read: (Loading, String) -> (Value, ModelSection)?
    ) throws(DiagnosticsError) -> Loaded<Value> {
        let loading = Loading(path, self)
        let result = read(loading, loading.root.absolute(StudyRoot.absolute(path)))
        try loading.findings.check()
        guard let result else {
            throw DiagnosticsError(diagnostics: [Diagnostic(file: path, message: "the file cannot be read")])
        }
        return Loaded(
            value: result.0, models: result.1, root: loading.root, sources: loading.sources, surveys: loading.surveys,
            origins: loading.origins)
    }
}
