import Agents
import Foundation
import Kernel
import Reports
import Results
import Surveys

/// A figure of one cell.
struct SweepMeasure: Hashable, Sendable {
    enum Form: Hashable, Sendable {
        /// 0...1
        case share
        /// How many: means of them have decimals.
        case count
        case number(decimals: Int)
    }

    var name: String
    /// `nil` where it is undefined.
    var value: Double?
    var form: Form
}

/// The figures of cells: of a run its measures and last answers, of a poll how near it comes to people, of an experiment
/// what was decided in each treatment, of a paper's design its table.
struct SweepMeasures: Sendable {
    let environment: StudyEnvironment
    let database: ResultsDatabase

    func measures(of run: Run, output: String) async throws -> [SweepMeasure] {
        switch run.header.kind {
        case "run": try await town(run)
        case "poll": try await poll(run)
        case "experiment": Self.treatments(output)
        default: Self.tables(output)
        }
    }

    private func town(_ run: Run) async throws -> [SweepMeasure] {
        let measures = try await MeasuresStudy(environment: environment, database: database).measures(of: run)
        var found = [
            SweepMeasure(name: "density", value: measures.network.last?.share, form: .share),
            SweepMeasure(name: "mutual density", value: measures.mutual.last?.share, form: .share),
        ]
        for news in measures.news {
            found.append(SweepMeasure(name: "\(news.name): know", value: news.points.last?.share, form: .share))
            if let gathering = news.gathering, gathering.complete, !gathering.invited.isEmpty {
                let share = Double(gathering.invitedCame.count) / Double(gathering.invited.count)
                found.append(SweepMeasure(name: "\(news.name): invited came", value: share, form: .share))
            }
        }
        if try await database.counts(run: run.id).answers > 0 {
            let series = try await TownOverTime(database: database).series(of: run)
            for row in series.rows where row.correction == .uncorrected {
                found.append(Self.firstOption(row.question, row.moments.last?.shares))
            }
        }
        for figure in measures.conduct where figure.name != "simulated hours" {
            switch figure.value {
            case .count(let count): found.append(SweepMeasure(name: figure.name, value: Double(count), form: .count))
            case .share(let share): found.append(SweepMeasure(name: figure.name, value: share, form: .share))
            case .number(let number, let decimals):
                found.append(SweepMeasure(name: figure.name, value: number, form: .number(decimals: decimals)))
            case .missing: found.append(SweepMeasure(name: figure.name, value: nil, form: .number(decimals: 1)))
            }
        }
        return found
    }

    /// Uncorrected, beside the people of the survey where there are any.
    private func poll(_ run: Run) async throws -> [SweepMeasure] {
        let recorded = try await database.answers(run: run.id)
        let codebooks = try await environment.codebooks(of: run, recorded, in: database)
        if StudyEnvironment.standBesidePeople(try await database.personas(run: run.id), recorded, codebooks) {
            let baseline = try await BaselineReader(environment: environment, database: database).baseline(of: run)
            var stream = RandomStream(seed: run.header.seed, "sweep", baseline.codebook.id)
            let panel = baseline.comparer(baseline.corrections.first ?? .uncorrected, repeats: 0).compare(by: nil, using: &stream)
            return panel.summaries.filter { $0.group == nil }.flatMap { summary in
                [
                    SweepMeasure(name: "\(summary.scale.rawValue) similarity", value: summary.similarity.value, form: .number(decimals: 3)),
                    SweepMeasure(name: "\(summary.scale.rawValue) skill", value: summary.skill, form: .number(decimals: 2)),
                ]
            }
        }
        return codebooks.flatMap(\.questions).compactMap { question in
            let given = recorded.map(\.answer).filter { $0.question == question.id }
            guard question.scale != .open, !given.isEmpty else { return nil }
            return Self.firstOption(question, PollStudy.averageShares(given, question: question, correction: .uncorrected))
        }
    }

    /// `libtax: Yes`, the share that gives the first answer.
    private static func firstOption(_ question: Question, _ shares: [Double]?) -> SweepMeasure {
        SweepMeasure(name: "\(question.id): \(question.options.first?.text ?? "")", value: shares?.first, form: .share)
    }

    /// Means and shares by treatment, `share choice = left: Berk29, none`, as the command wrote them.
    private static func treatments(_ output: String) -> [SweepMeasure] {
        (ReadJSON(file: output)?["cells"]?.items ?? []).compactMap { cell in
            guard let measure = cell["measure"]?.text, let treatment = cell["cell"]?.texts else { return nil }
            return SweepMeasure(
                name: treatment.isEmpty ? measure : "\(measure): \(treatment.joined(separator: ", "))",
                value: cell["value"]?.number, form: measure.hasPrefix("share ") ? .share : .number(decimals: 2))
        }
    }

    /// The figures that a design's tables have for the model, as the command wrote them.
    private static func tables(_ output: String) -> [SweepMeasure] {
        (ReadJSON(file: output)?["tables"]?.items ?? []).enumerated().flatMap { place, table in
            (table["rows"]?.items ?? []).compactMap { row -> SweepMeasure? in
                guard let name = row["name"]?.text, let cell = row["ours"] ?? row["here"] else { return nil }
                if cell.number == nil, cell != .null { return nil }
                let title = place == 0 ? name : "\(table["title"]?.text ?? ""): \(name)"
                return SweepMeasure(name: title, value: cell.number, form: .number(decimals: 3))
            }
        }
    }
}
