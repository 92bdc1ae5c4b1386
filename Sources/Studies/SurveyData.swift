internal import Crypto
import Agents
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
    /// - Parameters:
    ///   - wanted: Ids of the people to read; everybody where `nil`.
    ///   - begin: Gets the number of rows, where the file declares it.
    /// - Throws: ``ImportFailure`` with every mismatch, after the last row; what `take` throws.
    func read(
        only wanted: Set<String>? = nil, begin: (Int?) -> Void = { _ in }, _ take: (Respondent) throws -> Void
    ) throws {
        let codebook = survey.codebook
        let columns = RespondentReader.columns(of: codebook)
        var reader: RespondentReader?
        do {
            try SurveyReader().read(path, columns: columns) { metadata in
                let new = RespondentReader(codebook, header: metadata.variables.map(\.name).filter(columns.contains))
                reader = new
                begin(metadata.rowCount)
                return new.isUsable
            } row: { number, cells in
                guard let person = reader?.read(cells, line: number, only: wanted) else { return }
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

    /// Everybody in file order: ids, weights and the named variables, without looking at the other cells.
    ///
    /// - Throws: ``ImportFailure`` with every mismatch of the file where one of these is wrong.
    func people(variables: Set<String> = []) throws -> [Respondent] {
        var slim = survey
        slim.codebook.variables = survey.codebook.variables.filter { variables.contains($0.name) }
        // One column stays: where people are numbered by their rows and not weighted there would be none to read.
        slim.codebook.questions = Array(survey.codebook.questions.filter(\.hasBaseline).prefix(1))
        if slim.codebook.questions.isEmpty, slim.codebook.variables.isEmpty {
            slim.codebook.variables = Array(survey.codebook.variables.prefix(1))
        }
        var people: [Respondent] = []
        do {
            try Self(slim, path: path).read { person in
                var person = person
                person.answers = [:]
                people.append(person)
            }
        } catch is ImportFailure {
            try read { _ in }
            throw failure(["\(name): error: the data file changed while it was read"])
        }
        return people
    }

    /// Everybody in file order, but only the people drawn for a panel whole: the others hold what drawing looks at.
    ///
    /// - Throws: ``ImportFailure``, ``PanelError``
    func people(for panel: Panel) throws -> [Respondent] {
        var people = try people(variables: Set(panel.universe.conditions.map(\.variable) + [panel.strata?.variable ?? ""]))
        // Who is drawn does not depend on what else is known of them, so drawing again from what is returned gives
        // the same people.
        let drawn = try SiliconSample.draw(
            panel, codebook: survey.codebook, respondents: people, survey: survey.codebook.id)
        var whole: [String: Respondent] = [:]
        try read(only: Set(drawn.compactMap(\.respondent))) { whole[$0.id] = $0 }
        for index in people.indices {
            if let person = whole[people[index].id] { people[index] = person }
        }
        return people
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
