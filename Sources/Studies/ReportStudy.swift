import Agents
import Foundation
import Kernel
import LanguageModels
import Reports
import Results
import Surveys
import Worlds

/// Writes one self-contained page about one or more runs.
public struct ReportStudy: Sendable {
    let environment: StudyEnvironment

    public init(environment: StudyEnvironment) {
        self.environment = environment
    }

    /// - Parameter influence: Whether polls are asked again with each thing that people were told left out.
    /// - Returns: The path of the page.
    public func report(
        runs names: [String], by variable: String?, influence: Bool = false, output: String?
    ) async throws -> String {
        let database = try environment.openExisting()
        var runs: [Run] = []
        for name in names { runs.append(try await database.run(named: name)) }
        var headline: [String] = []
        var sections: [ReportDocument.Section] = []
        for run in runs {
            if run.header.kind == "run" {
                sections += try await town(run, database: database)
                continue
            }
            if run.header.kind == "experiment" {
                let page = try await experiment(run, database: database)
                headline += page.headline
                sections.append(page.section)
                continue
            }
            let days = try await days(run, database: database)
            if !days.isEmpty, !sections.contains(where: { days.contains($0) }) { sections += days }
            if let answers = try await answersAlone(run, by: variable, database: database) {
                sections.append(.town(answers))
            } else {
                let result = try await CompareStudy(environment: environment).baseline(
                    run, CompareStudy.Request(runs: [run.id], by: variable), patterns: true, database: database)
                headline += ComparisonHeadline.paragraphs(result.summaries, cells: result.cells)
                sections.append(
                    .comparison(
                        .init(
                            title: "\(run.id) beside people", lead: result.note.trimmingCharacters(in: .newlines),
                            summaries: result.summaries, cells: result.cells, panels: result.panels,
                            patterns: result.patterns, yardstick: result.yardstick,
                            questions: result.questions.map { .init(id: $0.id, ask: $0.ask) })))
                if influence {
                    let found = try await InfluenceStudy(environment: environment, database: database).influence(
                        of: run, store: Recorder(database))
                    sections.append(.influence(found.table))
                }
            }
        }
        for run in runs { sections.append(.cost(try await RunCost(of: run, database))) }
        for run in runs { sections.append(.facts(try await facts(run, database: database))) }
        sections.append(.caveats(title: "How to read this", Self.caveats(runs)))
        let document = ReportDocument(
            title: runs.map(\.id).joined(separator: " and "),
            subtitle: "Populace \(populaceVersion), written from \(URL(fileURLWithPath: environment.database).lastPathComponent)",
            headline: headline, sections: sections)
        let path = output ?? "Results/\(runs.map(\.id).joined(separator: "-")).html"
        let place = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(HTMLReport(document).rendered().utf8).write(to: place, options: .atomic)
        return path
    }

    private func town(_ run: Run, database: ResultsDatabase) async throws -> [ReportDocument.Section] {
        var sections: [ReportDocument.Section] = []
        if let series = try? await TownOverTime(database: database).series(of: run) {
            sections.append(.town(series.reported))
        }
        let measures = try await MeasuresStudy(environment: environment, database: database).measures(of: run)
        sections.append(.measures(title: "Measures of \(run.id)", measures))
        let names = Dictionary(
            try await database.personas(run: run.id).map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        let entries = try await database.occurrences(run: run.id).map { occurrence in
            ReportDocument.Timeline.Entry(
                seconds: occurrence.time.seconds, time: occurrence.time.description, place: occurrence.place,
                who: occurrence.actor.map { names[$0] ?? $0 }, kind: occurrence.kind.rawValue, text: occurrence.text,
                to: occurrence.kind == .say ? occurrence.addressee.map { names[$0] ?? $0 } : nil)
        }
        let spread = measures.news.flatMap { news in
            news.hops.compactMap { hop -> ReportDocument.Timeline.Spread? in
                guard let from = hop.from else { return nil }
                return .init(
                    seconds: hop.seconds, time: hop.time, from: names[from] ?? from, to: names[hop.to] ?? hop.to, news: news.name)
            }
        }
        sections.append(.timeline(.init(title: "What happened in \(run.id)", entries: entries, spread: spread)))
        return sections
    }

    private static func caveats(_ runs: [Run]) -> [String] {
        var caveats = runs.allSatisfy { $0.header.kind == "experiment" } ? [
            "What simulated subjects do is what this model does with these words: an experiment on it is no experiment on people.",
            "Whether the model has seen the original experiment while it was trained is not known.",
        ] : [
            "Uniform answers already score .79 to .95 in representativeness on real surveys: read every figure beside the rows uniform, modal and noise floor.",
            "'persona-free' is between-person movement, centred on uniform: it removes base rates and is no measure of fidelity by itself. No correction was chosen on these data.",
            "Whether the model has seen this survey's published results while it was trained is not known.",
            "A matching distribution does not mean that any simulated person answers as the real one did.",
        ]
        if let toy = runs.lazy.compactMap(\.toyModel).first { caveats.insert(toy, at: 0) }
        return caveats
    }
}

extension Run {
    /// What to say where a run was made with the default model, which is a toy for opinions; `nil` for other models.
    var toyModel: String? {
        guard header.models.contains(where: { $0.identity.name == "smollm2-135m" }) else { return nil }
        return "These answers come from SmolLM2-135M. A model this small does not simulate opinion well: it is the default "
            + "so that everything runs at once, offline. Use a larger instruct model (7B or more: 'populace model pull', or "
            + "--server) for anything you mean to rely on."
    }
}
