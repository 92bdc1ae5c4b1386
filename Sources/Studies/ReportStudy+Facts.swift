import Agents
import Kernel
import LanguageModels
import Reports
import Results

extension ReportStudy {
    /// Everything that a run's result depends on, by name.
    func facts(_ run: Run, database: ResultsDatabase) async throws -> ReportDocument.Facts {
        let counts = try await database.counts(run: run.id)
        let header = run.header
        var facts: [ReportDocument.Facts.Fact] = [
            .init("Command", header.commandLine), .init("Version", header.version),
            .init("Begun", header.created), .init("Status", run.status.rawValue),
            .init("Seed", String(header.seed)),
        ]
        if let source = header.source { facts.append(.init("Of the residents of", source)) }
        facts += [
            .init("Tokens", "\(run.tokens) of completions used, recorded or not"),
            .init("Wall time", "\(fixed(run.wallSeconds, decimals: 1)) s"),
            .init("Rows", "\(counted(counts.personas, "person", "people")), \(counts.occurrences) occurrences, \(counts.memories) memories, \(counts.answers) answers, \(counts.completions) completions"),
        ]
        facts += asked(try await database.answers(run: run.id).map(\.answer))
        for model in header.models { facts += Self.facts(model) }
        for (name, value) in header.settings.sorted(by: { precedes($0.key, $1.key) }) {
            facts.append(.init("Setting: \(name)", value))
        }
        for done in try await database.interventions(run: run.id) {
            facts.append(.init("By hand", "\(SimulationTime(seconds: done.seconds)) \(done.command) \(oneLine(done.text))"))
        }
        for file in header.files { facts.append(.init("File: \(file.path)", "sha256:\(file.digest)")) }
        facts.append(
            .init("Again", "The same command on this database with --offline gives the same answers without a model."))
        return ReportDocument.Facts(title: "Methods: to reproduce \(run.id)", facts: facts)
    }

    /// How answers were got, and how many are none.
    private func asked(_ answers: [ElicitedAnswer]) -> [ReportDocument.Facts.Fact] {
        guard !answers.isEmpty else { return [] }
        let methods = ElicitationMethod.allCases.compactMap { method -> String? in
            let count = answers.count { $0.method == method }
            return count > 0 ? "\(count) by \(method.rawValue)" : nil
        }
        let none = [
            ("refused", answers.count { $0.refused == true }), ("unparsed", answers.count { $0.unparsed }),
        ].filter { $0.1 > 0 }.map { ", \($0.1) \($0.0)" }.joined()
        return [.init("Answers", methods.joined(separator: ", ") + none)]
    }

    private static func facts(_ model: RunModel) -> [ReportDocument.Facts.Fact] {
        let identity = model.identity
        var facts = [ReportDocument.Facts.Fact("\(model.role): model", "\(identity.title) (\(identity.backEnd))")]
        if let weights = identity.weights { facts.append(.init("\(model.role): weights", weights)) }
        if let adapter = identity.adapter {
            facts.append(.init("\(model.role): adapter", "\(adapter.file ?? "") sha256:\(adapter.digest), scale \(adapter.scale)"))
        }
        if let library = identity.library { facts.append(.init("\(model.role): library", library)) }
        let settings = identity.settings.sorted { precedes($0.key, $1.key) }.map { "\($0.key) \($0.value)" }
        if !settings.isEmpty { facts.append(.init("\(model.role): settings", settings.joined(separator: ", "))) }
        if let prices = model.prices {
            let cached = prices.cached.map { ", cached \($0)" } ?? ""
            facts.append(.init("\(model.role): prices", "of a million tokens: input \(prices.input)\(cached), output \(prices.output)"))
        }
        return facts
    }
}
