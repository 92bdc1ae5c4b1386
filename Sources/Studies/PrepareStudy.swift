import Agents
import Files
import Foundation
import Reports
import Results
import SurveyFormats
import Surveys

/// Checks files, drafts new ones, and loads baselines.
public struct PrepareStudy: Sendable {
    let environment: StudyEnvironment

    public init(environment: StudyEnvironment) {
        self.environment = environment
    }

    public static func template(_ kind: String) throws -> String {
        guard let kind = FileKind(rawValue: kind), let text = Templates.text(kind) else {
            throw StudyError.usage("'\(kind)' is no kind of file to start from; it may be world, persona, panel, survey, study or experiment")
        }
        return text
    }

    /// Checks every file, and says everything that is wrong with all of them at once.
    public func validate(_ paths: [String], expanded: Bool, json: Bool) async throws -> String {
        let files = StudyLoader(environment: environment).files
        var wrong: [Diagnostic] = []
        var lines: [String] = []
        var items: [JSONValue] = []
        for path in paths {
            do {
                let (kind, text): (FileKind, String)
                switch try files.kind(of: path) {
                case .world: (kind, text) = (.world, try files.loadWorld(path).expanded)
                case .persona: (kind, text) = (.persona, try files.loadPersona(path).expanded)
                case .panel: (kind, text) = (.panel, try files.loadPanel(path).expanded)
                case .study: (kind, text) = (.study, try files.loadStudy(path).expanded)
                case .survey:
                    let survey = try files.loadSurvey(path)
                    if let data = survey.value.dataPath, SurveyFormat(path: data) != nil {
                        let data = SurveyData(survey.value, path: data)
                        try data.checkChecksum()
                        try data.read { _ in }
                    } else {
                        _ = try StudyLoader.respondents(survey.value)
                    }
                    (kind, text) = (.survey, survey.expanded)
                case .experiment: (kind, text) = (.experiment, try files.loadExperiment(path).expanded)
                }
                lines.append(expanded ? text : "\(path): \(kind.named), no mistakes")
                items.append(
                    .object([
                        .init("file", .string(path)), .init("kind", .string(kind.rawValue)),
                        .init("expanded", expanded ? .string(text) : .null),
                    ]))
            } catch let error as DiagnosticsError {
                wrong += error.diagnostics
            }
        }
        guard wrong.isEmpty else { throw DiagnosticsError(diagnostics: wrong) }
        return json ? JSONValue.array(items).written() : lines.joined(separator: "\n")
    }

    public func importSurvey(_ path: String) async throws -> StudyOutcome {
        guard SurveyFormat(path: path) == nil else {
            throw StudyError.usage("\(path) is a data file; draft its codebook with --write-codebook my.survey.yaml, then import that")
        }
        let survey = try StudyLoader(environment: environment).files.loadSurvey(path)
        let codebook = survey.value.codebook
        guard survey.value.dataPath != nil else {
            throw StudyError.usage("\(path) names no data; give it 'data:' with the path of a data file")
        }
        let result = try await environment.openDatabase().baseline(
            survey.value, progress: environment.progress, saysSo: false)
        let weights = result.weights
        let size = effectiveSize(weights: weights) ?? 0
        let weighted = codebook.weight.map { "weighted by \($0), Kish n_eff \(fixed(size, decimals: 0))" } ?? "without weights"
        return StudyOutcome(
            text: "\(codebook.id): \(sanitised(codebook.title)), \(weights.count) respondents, \(codebook.questions.count) questions, \(weighted)"
                + (result.imported ? "" : " (was there already)"),
            json: .object([
                .init("survey", .string(codebook.id)), .init("digest", .string(result.digest)),
                .init("respondents", .integer(weights.count)), .init("questions", .integer(codebook.questions.count)),
                .init("effectiveSize", .number(size)), .init("imported", .bool(result.imported)),
            ]))
    }
}
