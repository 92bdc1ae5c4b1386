import Agents
import Files
import Kernel
import Reports
import Results
import Surveys

/// A town beside itself: the answers of its residents at every poll of a run.
struct TownOverTime: Sendable {
    let database: ResultsDatabase

    struct Series: Sendable {
        var run: String
        var residents: Int
        /// By question and correction.
        var rows: [Row]

        struct Row: Sendable {
            var question: Question
            var correction: Correction
            var moments: [(time: SimulationTime, shares: [Double], count: Int)]
        }
    }

    func series(of run: Run, questions wanted: [String]? = nil) async throws -> Series {
        let recorded = try await database.answers(run: run.id)
        guard !recorded.isEmpty else {
            throw StudyError.usage("\(run.id) holds no polls; give its world 'polls:', or poll its residents with 'populace poll \(run.id) --survey FILE'")
        }
        let texts = try await questionTexts(run)
        var ids: [String] = []
        for answer in recorded where !ids.contains(answer.answer.question) { ids.append(answer.answer.question) }
        if let wanted { ids = ids.filter(wanted.contains) }
        var rows: [Series.Row] = []
        for id in ids {
            guard let question = texts.first(where: { $0.id == id }), question.scale != .open else { continue }
            let given = recorded.filter { $0.answer.question == id }
            let times = Set(given.compactMap(\.time)).sorted()
            for correction in Correction.applicable(to: given[0].answer.method) {
                let moments = times.compactMap { time -> (time: SimulationTime, shares: [Double], count: Int)? in
                    let now = given.filter { $0.time == time }.map(\.answer)
                    guard let shares = PollStudy.averageShares(now, question: question, correction: correction) else { return nil }
                    return (time, shares, PollStudy.persons(now, question: question, correction: correction).count)
                }
                rows.append(Series.Row(question: question, correction: correction, moments: moments))
            }
        }
        let residents = try await database.personas(run: run.id).count
        return Series(run: run.id, residents: residents, rows: rows)
    }

    /// The questions of the surveys stored with a run.
    private func questionTexts(_ run: Run) async throws -> [Question] {
        let loader = StudyLoader(environment: StudyEnvironment(database: database.path))
        let world = try loader.world(
            recorded: try await database.files(ofRun: run.id), path: run.header.settings["path"] ?? "")
        return world.surveys.keys.sorted(by: precedes)
            .flatMap { world.surveys[$0]?.questions ?? [] }
    }
}

extension TownOverTime.Series {
    var text: String {
        var lines = [
            "\(run): \(residents) residents beside themselves. They stand for no population, so there is no baseline;",
            "a change from one poll to the next is a change in what they remember.",
        ]
        for row in rows {
            lines += ["", "\(row.question.id), correction \(row.correction.rawValue)"]
            var table = TerminalTable(titles: ["time"] + row.question.options.map(\.text) + ["n"])
            for moment in row.moments {
                table.rows.append(
                    [.text(moment.time.description)] + moment.shares.map { .percent($0) } + [.count(moment.count)])
            }
            lines.append(table.rendered(indent: 2))
            if let first = row.moments.first, let last = row.moments.last, row.moments.count > 1 {
                let moved = totalVariation(first.shares, last.shares)
                lines.append("  moved \(fixed(moved, decimals: 3)) in total variation from first to last")
            }
        }
        return lines.joined(separator: "\n")
    }

    var json: JSONValue {
        .object([
            .init("run", .string(run)), .init("residents", .integer(residents)),
            .init(
                "questions",
                .array(
                    rows.map { row in
                        .object([
                            .init("question", .string(row.question.id)),
                            .init("correction", .string(row.correction.rawValue)),
                            .init("options", JSONValue(row.question.options.map(\.text))),
                            .init(
                                "moments",
                                .array(
                                    row.moments.map {
                                        .object([
                                            .init("time", .string($0.time.description)), .init("n", .integer($0.count)),
                                            .init("shares", JSONValue($0.shares)),
                                        ])
                                    })),
                        ])
                    })),
        ])
    }

    var csv: String {
        var writer = CSVWriter(header: ["question", "correction", "time", "option", "share", "n"])
        for row in rows {
            for moment in row.moments {
                for (option, share) in zip(row.question.options, moment.shares) {
                    writer.append([
                        .text(row.question.id), .text(row.correction.rawValue), .text(moment.time.description),
                        .text(option.text), .number(share), .count(moment.count),
                    ])
                }
            }
        }
        return writer.text
    }

    /// For the page: the first correction of each question, none.
    var reported: ReportDocument.TownOverTime {
        ReportDocument.TownOverTime(
            title: "The town over time",
            lead: "\(residents) residents of \(run), asked aside; nobody remembers having been asked. Hand-written residents stand for no population.",
            series: rows.filter { $0.correction == .uncorrected }.map { row in
                .init(
                    question: row.question.id, ask: row.question.ask, options: row.question.options.map(\.text),
                    moments: row.moments.map {
                        .init(
                            time: $0.time.description,
                            answers: AnswerDistribution(
                                shares: $0.shares, count: $0.count, effectiveSize: Double($0.count)))
                    })
            })
    }
}
