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

    /// - Returns: The path of the page.
    public func report(runs names: [String], by variable: String?, output: String?) async throws -> String {
        let database = try environment.openExisting()
        var runs: [Run] = []
        for name in names { runs.append(try await database.run(named: name)) }
        var headline: [String] = []
        var sections: [ReportDocument.Section] = []
        for run in runs {
            if run.header.kind == "run" {
                sections += try await town(run, database: database)
            } else if run.header.kind == "experiment" {
                let page = try await experiment(run, database: database)
                headline += page.headline
                sections.append(page.section)
            } else {
                let result = try await CompareStudy(environment: environment).baseline(
                    run, CompareStudy.Request(runs: [run.id], by: variable), database: database)
                headline += ComparisonHeadline.paragraphs(result.summaries, cells: result.cells)
                sections.append(
                    .comparison(
                        .init(
                            title: "\(run.id) beside people", lead: result.note.trimmingCharacters(in: .newlines),
                            summaries: result.summaries, cells: result.cells, panels: result.panels,
                            yardstick: result.yardstick,
                            questions: result.questions.map { .init(id: $0.id, ask: $0.ask) })))
            }
        }
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
                who: occurrence.actor.map { names[$0] ?? $0 }, kind: occurrence.kind.rawValue, text: occurrence.text)
        }
        sections.append(.timeline(.init(title: "What happened in \(run.id)", entries: entries)))
        return sections
    }

    private func facts(_ run: Run, database: ResultsDatabase) async throws -> ReportDocument.Facts {
        let counts = try await database.counts(run: run.id)
        var facts: [ReportDocument.Facts.Fact] = [
            .init("Command", run.header.commandLine), .init("Version", run.header.version),
            .init("Begun", run.header.created), .init("Status", run.status.rawValue),
            .init("Seed", String(run.header.seed)),
            .init("Tokens", "\(run.tokens) of completions used, recorded or not"),
            .init("Wall time", "\(fixed(run.wallSeconds, decimals: 1)) s"),
            .init("Rows", "\(counts.personas) people, \(counts.occurrences) occurrences, \(counts.memories) memories, \(counts.answers) answers, \(counts.completions) completions"),
        ]
        for model in run.header.models {
            facts.append(.init("Model: \(model.role)", "\(model.identity.name) (\(model.identity.backEnd))"))
            if let weights = model.identity.weights { facts.append(.init("  weights", weights)) }
            if let library = model.identity.library { facts.append(.init("  library", library)) }
        }
        for (name, value) in run.header.settings.sorted(by: { precedes($0.key, $1.key) }) {
            facts.append(.init("Setting: \(name)", value))
        }
        for file in run.header.files { facts.append(.init("File: \(file.path)", "sha256:\(file.digest)")) }
        return ReportDocument.Facts(title: "To reproduce \(run.id)", facts: facts)
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
