import Agents
import Reports
import Results
import Surveys

extension ReportStudy {
    /// The answers of a poll that has no people to stand beside; `nil` where it has.
    func answersAlone(
        _ run: Run, by variable: String?, database: ResultsDatabase
    ) async throws -> ReportDocument.TownOverTime? {
        guard run.header.kind == "poll" else { return nil }
        let personas = try await database.personas(run: run.id)
        let recorded = try await database.answers(run: run.id)
        let codebooks = try await environment.codebooks(of: run, recorded, in: database)
        guard !StudyEnvironment.standBesidePeople(personas, recorded, codebooks) else { return nil }
        let why = personas.contains { $0.respondent != nil }
            ? "Nobody's answers to these questions are known" : "People written by hand stand for no population"
        guard variable == nil else {
            throw StudyError.usage("\(run.id) has no baseline, and --by is for answers beside people's: \(why.prefix(1).lowercased() + why.dropFirst())")
        }
        var series: [ReportDocument.TownOverTime.Series] = []
        var open: [String] = []
        for question in codebooks.flatMap(\.questions) {
            let answers = recorded.map(\.answer).filter { $0.question == question.id }
            guard let method = answers.first?.method else { continue }
            guard question.scale != .open else {
                open.append(question.id)
                continue
            }
            series.append(
                .init(
                    question: question.id, ask: question.ask, options: question.options.map(\.text),
                    moments: Correction.applicable(to: method).compactMap { correction in
                        guard let shares = PollStudy.averageShares(answers, question: question, correction: correction)
                        else { return nil }
                        let count = PollStudy.persons(answers, question: question, correction: correction).count
                        return .init(
                            time: correction.label,
                            answers: AnswerDistribution(shares: shares, count: count, effectiveSize: Double(count)))
                    }))
        }
        var lead = "Of \(counted(personas.count, "person", "people")). \(why): there is no baseline to compare with."
        if !open.isEmpty { lead += " Answered in words, to be read with 'populace show \(run.id)/PERSON': \(open.joined(separator: ", "))." }
        return ReportDocument.TownOverTime(title: "Answers of \(run.id)", lead: lead, series: series, rows: "by correction")
    }
}
