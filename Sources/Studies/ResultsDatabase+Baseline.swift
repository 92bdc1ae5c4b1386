import Files
import Reports
import Results
import SurveyFormats
import Surveys

/// A survey as it stands in the database.
struct ImportedBaseline: Sendable {
    var digest: String
    /// Of the respondents, in file order; empty for a survey without data.
    var weights: [Double]
    /// Whether it was not there before.
    var imported: Bool
}

extension ResultsDatabase {
    /// Imports a survey if it is not there already.
    ///
    /// Data of a statistics program's format are never in memory: once through for who was asked, and, where that is
    /// new, once more to check and store everything.
    ///
    /// - Parameter saysSo: Whether an import is noted in the progress.
    /// - Throws: ``ImportFailure`` with every mismatch: all or nothing.
    func baseline(
        _ survey: SurveyFile, progress: StudyProgress, saysSo: Bool = true
    ) async throws -> ImportedBaseline {
        let codebook = survey.codebook
        var result: ImportedBaseline
        if let path = survey.dataPath, SurveyFormat(path: path) != nil {
            let data = SurveyData(survey, path: path)
            try data.checkChecksum()
            let people = try data.people()
            let digest = try StudyLoader.digest(codebook, ids: people.map(\.id))
            result = ImportedBaseline(digest: digest, weights: people.map(\.weight), imported: false)
            let count = people.count
            result.imported = try await importSurvey(codebook, digest: digest) { store in
                let stored = RowProgress(progress, "rows stored")
                stored.begin(count)
                try data.read { person in
                    try store(person)
                    stored.advance()
                }
            }
        } else {
            let respondents = try StudyLoader.respondents(survey)
            let digest = try StudyLoader.digest(codebook, ids: respondents.map(\.id))
            result = ImportedBaseline(digest: digest, weights: respondents.map(\.weight), imported: false)
            result.imported = try await importSurvey(codebook, respondents: respondents, digest: digest)
        }
        if saysSo, result.imported, !result.weights.isEmpty {
            progress.note("imported \(codebook.title): \(result.weights.count) respondents")
        }
        return result
    }
}
