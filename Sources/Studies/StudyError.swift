import Agents
import Files
import LanguageModels
import Reports
import Results
import Surveys
import Trace

/// Why a procedure cannot begin or go on, in a sentence that says what to do next.
public enum StudyError: Error, Hashable, Sendable, CustomStringConvertible {
    case serverNotAllowed(host: String)
    case usage(String)
    /// The study ran and failed, or cannot go on; `resume` is the command that goes on.
    case stopped(String, resume: String?)

    public var description: String {
        switch self {
        case .serverNotAllowed(let host):
            "error: a file names the server \(host), which is not this machine; allow it with --allow-server \(host)"
        case .usage(let message): "error: \(message)"
        case .stopped(let message, let resume):
            "error: \(message)" + (resume.map { "\nNothing recorded is lost; go on with: \($0)" } ?? "")
        }
    }
}

/// An error as a user reads it.
public func describe(_ error: any Error) -> String {
    switch error {
    case let error as StudyError: error.description
    case let error as DiagnosticsError: error.description
    case let error as TraceError: "error: " + sanitised(error.description)
    case let error as ImportFailure: sanitised(error.description, keepingLines: true)
    default: "error: \(error)"
    }
}

/// Whether the command or a file was wrong (exit 64), rather than the study having failed (exit 1).
public func isUsersMistake(_ error: any Error) -> Bool {
    switch error {
    case is DiagnosticsError, is ImportFailure, is ElicitationError, is PanelError: true
    case StudyError.serverNotAllowed, StudyError.usage, is TraceError: true
    case ModelError.missingModel, ModelError.unusableModel, ModelError.missingAdapter, ModelError.unusableAdapter: true
    case ResultsError.unknownRun, ResultsError.unknownSurvey, ResultsError.noDatabase, ResultsError.notOurs: true
    default: false
    }
}
