internal import Crypto
import Files
import Foundation
import Surveys
import SurveyFormats

/// Microdata in a statistics program's format, read by their codebook a row at a time.
struct SurveyData: Sendable {
    /// So many mismatches are found at most; reading stops there.
    static let mostMismatches = 1000

    let survey: SurveyFile
    let path: String

    init(_ survey: SurveyFile, path: String) {
        self.survey = survey
        self.path = path
    }

    private var name: String { survey.codebook.data ?? path }

    /// - Throws: ``ImportFailure`` where the file is not the codebook's.
    func checkChecksum() throws {
        guard let found = Self.checksum(of: path) else { throw failure(["\(name): error: the data file cannot be read"]) }
        if let wanted = survey.codebook.checksum, wanted != found {
            throw failure(["\(name): error: the file's checksum is \(found), not the codebook's \(wanted)"])
        }
    }

    /// Gives every respondent in file order.
    ///
    /// - Parameter begin: Gets the number of rows, where the file declares it.
    /// - Throws: ``ImportFailure`` with every mismatch, after the last row; what `take` throws.
    func read(begin: (Int?) -> Void = { _ in }, _ take: (Respondent) throws -> Void) throws {
        let codebook = survey.codebook
        let wanted = RespondentReader.columns(of: codebook)
        var reader: RespondentReader?
        do {
            try SurveyReader().read(path, columns: wanted) { metadata in
                let new = RespondentReader(codebook, header: metadata.variables.map(\.name).filter(wanted.contains))
                reader = new
                begin(metadata.rowCount)
                return new.isUsable
            } row: { number, cells in
                guard let person = reader?.read(cells, line: number) else { return }
                if let count = reader?.mismatches.count, count > 0 {
                    if count >= Self.mostMismatches { throw Stop() }
                } else {
                    try take(person)
                }
            }
        } catch is Stop {} catch let error as SurveyFormatError { throw failure(["\(name): error: \(error)"]) }
        let mismatches = reader?.mismatches ?? []
        guard mismatches.isEmpty else {
            throw failure(mismatches.map { mismatch in
                let row = reader?.isUsable == true ? "row \(mismatch.line): " : ""
                return "\(name): error: \(row)column '\(mismatch.column)': \(mismatch.message)"
            })
        }
    }

    /// Ids and weights of everybody, in file order, without looking at their other cells.
    ///
    /// - Throws: ``ImportFailure`` with every mismatch of the file where one of these is wrong.
    func people() throws -> (ids: [String], weights: [Double]) {
        var slim = survey
        // One column stays: where people are numbered by their rows and not weighted there would be none to read.
        slim.codebook.questions = Array(survey.codebook.questions.filter(\.hasBaseline).prefix(1))
        slim.codebook.variables = slim.codebook.questions.isEmpty ? Array(survey.codebook.variables.prefix(1)) : []
        var (ids, weights): ([String], [Double]) = ([], [])
        do {
            try Self(slim, path: path).read { person in
                ids.append(person.id)
                weights.append(person.weight)
            }
        } catch is ImportFailure {
            try read { _ in }
            throw failure(["\(name): error: the data file changed while it was read"])
        }
        return (ids, weights)
    }

    private struct Stop: Error {}

    private func failure(_ lines: [String]) -> ImportFailure { ImportFailure(survey: survey.path, lines: lines) }

    /// `sha256:` and 64 digits; `nil` where the file cannot be read.
    static func checksum(of path: String) -> String? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        var hash = SHA256()
        do {
            while let chunk = try file.read(upToCount: 1 << 20), !chunk.isEmpty { hash.update(data: chunk) }
        } catch { return nil }
        return "sha256:" + hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// Says how far reading or storing rows has come, a hundred times at most.
final class RowProgress {
    private let progress: StudyProgress
    private let what: String
    private let start = ContinuousClock.now
    private var total = 0
    private var done = 0
    private var step = 1000

    init(_ progress: StudyProgress, _ what: String) {
        self.progress = progress
        self.what = what
    }

    /// - Parameter rows: `nil` where the file does not say.
    func begin(_ rows: Int?) {
        total = max(0, rows ?? 0)
        step = max(1000, total / 100)
    }

    func advance() {
        done += 1
        if done % step == 0 || done == total { say(total) }
    }

    private func say(_ total: Int) {
        let seconds = Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000
        progress.report(.advanced(done: done, total: total, what: what, seconds: seconds))
    }
}
