import Files
import Foundation
import Reports
import Results
import SurveyFormats
import Surveys

extension PrepareStudy {
    /// Drafts a codebook from a data file's own labels; the file it writes loads as it is, and must not be there yet.
    public func draftCodebook(of data: String, to output: String) async throws -> StudyOutcome {
        let (source, target) = (StudyRoot.absolute(data), StudyRoot.absolute(output))
        guard SurveyFormat(path: source) != nil else { throw StudyError.usage("\(data): \(SurveyFormatError.notSupported)") }
        guard !FileManager.default.fileExists(atPath: target) else {
            throw StudyError.usage("\(output) is there already; a draft never replaces a file")
        }
        var draft: CodebookDraft?
        let progress = RowProgress(environment.progress, "rows read")
        do {
            try SurveyReader().read(source) { metadata in
                draft = CodebookDraft(metadata)
                progress.begin(metadata.rowCount)
                return true
            } row: { _, cells in
                draft?.observe(cells)
                progress.advance()
            }
        } catch let error as SurveyFormatError {
            throw DiagnosticsError(diagnostics: [Diagnostic(file: data, message: error.description)])
        }
        guard let checksum = SurveyData.checksum(of: source) else {
            throw DiagnosticsError(diagnostics: [Diagnostic(file: data, message: "\(SurveyFormatError.cannotBeRead)")])
        }
        guard let draft, !draft.questions.isEmpty else {
            throw DiagnosticsError(diagnostics: [
                Diagnostic(file: data, message: "no variable has labels for 2 to 12 answers, so there is nothing to ask; write its codebook by hand, from 'populace new survey'")
            ])
        }
        let root = StudyRoot(of: target)
        let name = (source as NSString).lastPathComponent
        let text = draft.text(name: name, data: root.relative(source), checksum: checksum)
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: target), options: .withoutOverwriting)
        } catch { throw StudyError.usage("\(output) cannot be written") }
        let outside = !root.permits(root.relative(source), allowing: environment.permissions.paths)
        if !outside {
            // What was drafted must load; a draft that does not is a defect, and is not left behind.
            do { _ = try StudyLoader(environment: environment).files.loadSurvey(output) } catch {
                try? FileManager.default.removeItem(atPath: target)
                throw error
            }
        }
        let note = outside ? "\nThe data lie outside the codebook's study: move them there, or import with --allow-path \(data)" : ""
        return StudyOutcome(
            text: sanitised("\(output): \(counted(draft.questions.count, "question")) drafted from \(data); check it, then: populace import \(output)\(note)", keepingLines: true),
            json: .object([
                .init("codebook", .string(output)), .init("data", .string(data)), .init("checksum", .string(checksum)),
                .init("questions", .array(draft.questions.map { .string($0) })),
            ]))
    }
}
