import Agents
import Kernel
import Reports
import Results
import Surveys

extension ReportStudy {
    /// The answers by day of a poll that is one of several, and the articles read by day; none of another.
    func days(_ run: Run, database: ResultsDatabase) async throws -> [ReportDocument.Section] {
        guard let range = run.header.settings["days"] else { return [] }
        let first = run.header.settings["series"] ?? run.id
        let runs = try await database.runs().filter {
            $0.status == .done && $0.header.settings["days"] == range && ($0.header.settings["series"] ?? $0.id) == first
        }
        var questions: [Question] = []
        var moments: [String: [ReportDocument.TownOverTime.Moment]] = [:]
        var facts: [ReportDocument.Facts.Fact] = []
        var before = ""
        for one in runs {
            guard let day = one.header.settings["as of"] else { continue }
            let recorded = try await database.answers(run: one.id)
            let people = try await database.personas(run: one.id)
            if questions.isEmpty {
                questions = try await environment.codebooks(of: one, recorded, in: database).flatMap(\.questions)
            }
            // Days are written so that their text sorts as they do.
            let new = Set(people.flatMap { $0.read.map(\.article) }.filter { $0.date.description > before && $0.date.description <= day })
                .sorted { precedes($0.path, $1.path) }
            let fresh = before.isEmpty ? new.filter { $0.date.description == day } : new
            facts += fresh.map { .init($0.date.description, "\($0.outlet): \($0.title)") }
            let label = ([day] + fresh.prefix(1).map { "\($0.outlet): \($0.title)" }).joined(separator: "  ")
            before = day
            let weights = Dictionary(people.map { ($0.id, $0.weight) }, uniquingKeysWith: { first, _ in first })
            for question in questions where question.scale != .open {
                let answers = recorded.map(\.answer)
                guard let shares = PollStudy.averageShares(answers, question: question, correction: .uncorrected, weights: weights)
                else { continue }
                let count = PollStudy.persons(answers, question: question, correction: .uncorrected).count
                moments[question.id, default: []].append(
                    .init(time: label, answers: AnswerDistribution(shares: shares, count: count, effectiveSize: Double(count))))
            }
        }
        let series = questions.compactMap { question in
            moments[question.id].map {
                ReportDocument.TownOverTime.Series(
                    question: question.id, ask: question.ask, options: question.options.map(\.text), moments: $0)
            }
        }
        guard !series.isEmpty else { return [] }
        return [
            .town(
                .init(
                    title: "Answers day by day, as articles appear",
                    lead: "The same people as of each day, \(range), uncorrected: only what had appeared by then, and what had grown old, differs.",
                    series: series)),
            .facts(.init(title: "Articles that appeared and were read", facts: facts)),
        ]
    }
}
