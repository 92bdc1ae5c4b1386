import Agents
import Files
import Kernel
import LanguageModels
import Reports
import Results
import Surveys

/// The same people polled on several days, as articles appear: a poll a day.
struct PollSeries: Sendable {
    var first: CivilDate
    var last: CivilDate
    /// Days between two polls, at least 1.
    var step: Int

    static let limit = 366

    /// Of `--as-of 2026-03-01..2026-03-08` and `--every '2 days'`; `nil` for one day or none.
    init?(_ request: PollStudy.Request) throws {
        guard let range = request.asOf?.firstRange(of: ".."), let text = request.asOf else {
            if request.every != nil { throw StudyError.usage("--every needs two days: --as-of 2026-03-01..2026-03-08") }
            return nil
        }
        first = try PollStudy.day(String(text[..<range.lowerBound]))
        last = try PollStudy.day(String(text[range.upperBound...]))
        step = 1
        if let every = request.every {
            guard let span = TimeSpan(every), span > .zero, span.seconds.isMultiple(of: SimulationTime.secondsPerDay) else {
                throw StudyError.usage("--every \(every) is no number of whole days; write it as '2 days'")
            }
            step = span.seconds / SimulationTime.secondsPerDay
        }
        guard first.daysSince1970 <= last.daysSince1970 else { throw StudyError.usage("\(last) is before \(first)") }
        guard days.count <= Self.limit else { throw StudyError.usage("\(days.count) polls are more than \(Self.limit); ask less often with --every") }
    }

    var days: [CivilDate] {
        stride(from: first.daysSince1970, through: last.daysSince1970, by: step).map(CivilDate.init(daysSince1970:))
    }

    var description: String { "\(first)..\(last)" }

    /// The request of one day.
    static func request(_ request: PollStudy.Request, on day: CivilDate) -> PollStudy.Request {
        var request = request
        (request.asOf, request.every) = (day.description, nil)
        return request
    }
}

extension PollSeries {
    /// One poll of it.
    struct Day: Sendable {
        var day: CivilDate
        var run: String
        var answers: [ElicitedAnswer]
        /// Since the poll before.
        var appeared: [Article]
    }

    /// What was answered on each day, with what appeared since the day before it.
    static func outcome(
        _ days: [Day], people: [Persona], questions: [Question], title: String, meter: CachedModel.Meter, spent: Spending
    ) -> StudyOutcome {
        let weights = Dictionary(people.map { ($0.id, $0.weight) }, uniquingKeysWith: { first, _ in first })
        let runs = "\(days.first?.run ?? "") to \(days.last?.run ?? "")"
        var lines = [
            wrapped("\(runs): \(counted(people.count, "person", "people")) asked on \(counted(days.count, "day")), \(title)")
        ] + meter.lines(more: spent.costText).map { "  \($0)" }
        var shown: [JSONValue] = []
        for question in questions where question.scale != .open {
            let series = days.map { PollStudy.averageShares($0.answers, question: question, correction: .uncorrected, weights: weights) }
            var table = TerminalTable(titles: ["as of", "run"] + question.options.map(\.text) + ["appeared"])
            for (day, shares) in zip(days, series) {
                let news = day.appeared.map { "\($0.outlet): \($0.title)" }
                table.rows.append(
                    [.text(day.day.description), .text(day.run)] + question.options.indices.map { .percent(shares?[$0]) }
                        + [.text(news.first ?? "")])
                for more in news.dropFirst() {
                    table.rows.append([.text(""), .text("")] + question.options.map { _ in TerminalTable.Cell.blank } + [.text(more)])
                }
            }
            lines += ["", "\(question.id), uncorrected", table.rendered(indent: 2).trimmingSuffix("\n")]
            if let from = series.first ?? nil, let to = series.last ?? nil {
                lines.append("  moved \(fixed(totalVariation(from, to), decimals: 3)) in total variation from first to last")
            }
            shown.append(
                .object([
                    .init("question", .string(question.id)), .init("options", JSONValue(question.options.map(\.text))),
                    .init(
                        "days",
                        .array(
                            zip(days, series).map { day, shares in
                                .object([
                                    .init("asOf", .string(day.day.description)), .init("run", .string(day.run)),
                                    .init("shares", shares.map { JSONValue($0) } ?? .null),
                                    .init("appeared", JSONValue(day.appeared.map(\.path))),
                                ])
                            })),
                ]))
        }
        lines += ["", wrapped("Next: populace compare \(days.last?.run ?? "") --diet; populace report \(days.first?.run ?? "") shows the days as a chart")]
        return StudyOutcome(
            text: lines.joined(separator: "\n"),
            json: .object([
                .init("runs", JSONValue(days.map(\.run))), .init("people", .integer(people.count)),
            ] + meter.members + spent.members + [.init("questions", .array(shown))]))
    }
}

extension PollStudy {
    /// A poll a day, each a run of its own; all ask one model.
    func poll(_ request: Request, _ series: PollSeries, _ database: ResultsDatabase, _ recorder: Recorder) async throws -> StudyOutcome {
        var days: [PollSeries.Day] = []
        var last: Polled?
        for day in series.days {
            let polled = try await ask(
                PollSeries.request(request, on: day), database, recorder, speaker: last?.speaker,
                settings: ["days": series.description].merging(days.first.map { ["series": $0.run] } ?? [:]) { $1 })
            let before = days.last?.day.daysSince1970 ?? day.daysSince1970 - 1
            let appeared = GivenReading.sources(of: polled.prepared.personas).flatMap(\.articles)
                .filter { $0.date.daysSince1970 > before && $0.date.daysSince1970 <= day.daysSince1970 }
            days.append(PollSeries.Day(day: day, run: polled.run, answers: polled.answers, appeared: appeared))
            last = polled
        }
        guard let last else { throw StudyError.usage("no day to ask on") }
        return PollSeries.outcome(
            days, people: last.prepared.personas, questions: last.prepared.questions,
            title: sanitised(last.prepared.survey.codebook.title), meter: await last.speaker.meter,
            spent: environment.budget.spent)
    }
}
