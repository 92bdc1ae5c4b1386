import Agents
import Reports

extension ProbeTable {
    /// The columns of the table with what they hold.
    private static let columns: [(measure: Measure, title: String, meaning: String)] = [
        (.orderEffect, "order", "largest change of the shares between two orders of the options, 0 none"),
        (.reversedScale, "reversed", "their change when the scale is shown reversed, 0 none"),
        (.acquiescence, "agreeing", "agreement with the statement plus with its opposite, less 1: 0 by content, "
            + "1 the first option whatever is stated, -1 the last"),
        (.paraphraseConsistency, "paraphrase", "likeness of one person's answers to paraphrases, 1 the same"),
    ]

    /// What a reader sees, at 80 columns.
    var text: String {
        guard !rows.isEmpty else { return "No question with options was asked, so there is nothing to probe." }
        var table = TerminalTable(titles: ["probe"] + Self.columns.map(\.title))
        for row in rows {
            table.rows.append(
                [.text(row.question)] + Self.columns.map { .number(row.values[$0.measure], decimals: 3) })
        }
        table.rows.append(
            [.text("over all")] + Self.columns.map { .number(mean($0.measure), decimals: 3) })
        var paragraphs = Self.columns.map { "\($0.title): \($0.meaning)." }
        let letters = rows.filter { $0.letterPrior != nil }
        if !letters.isEmpty {
            paragraphs.append("Letters, whatever they stand for:")
            paragraphs += letters.map { "\($0.question): \(Self.listed($0.letterPrior))" }
            paragraphs.append("over all: \(Self.listed(letterPrior))")
        }
        paragraphs += undefined
        return table.rendered() + paragraphs.map { wrapped($0, to: 80) }.joined(separator: "\n")
    }

    private static func listed(_ prior: [Double]?) -> String {
        guard let prior else { return "- (questions have different numbers of options)" }
        return prior.enumerated().map { "\(letter($0.offset)) \(percent($0.element))" }.joined(separator: ", ")
    }

    private static func letter(_ place: Int) -> String {
        String(Character(Unicode.Scalar(UInt8(65 + place))))
    }

    /// Why there are dashes: reasons in the order they first occur, each with what it explains.
    private var undefined: [String] {
        var order: [String] = []
        var names: [String: [String]] = [:]
        var questions: [String: [String]] = [:]
        for row in rows {
            for measure in Measure.allCases {
                guard let reason = row.reasons[measure] else { continue }
                if names[reason] == nil { order.append(reason) }
                let name = Self.columns.first { $0.measure == measure }?.title ?? "letters"
                if names[reason]?.contains(name) != true { names[reason, default: []].append(name) }
                if questions[reason]?.contains(row.question) != true {
                    questions[reason, default: []].append(row.question)
                }
            }
        }
        return order.map { reason in
            let (what, whose) = (names[reason] ?? [], questions[reason] ?? [])
            return "No \(what.joined(separator: ", ")) of \(whose.joined(separator: ", ")): \(reason)."
        }
    }

    var json: JSONValue {
        .object([
            .init("questions", .array(rows.map(Self.json))),
            .init(
                "overAll",
                .object(
                    Self.columns.map { .init($0.measure.rawValue, JSONValue(mean($0.measure))) }
                        + [.init(Measure.letterPrior.rawValue, letterPrior.map { JSONValue($0) } ?? .null)])),
        ])
    }

    private static func json(_ row: Row) -> JSONValue {
        let undefined = Measure.allCases.compactMap { measure in
            row.reasons[measure].map { JSONValue.Member(measure.rawValue, .string($0)) }
        }
        return .object(
            [.init("question", .string(row.question)), .init("method", .string(row.method.rawValue))]
                + columns.map { .init($0.measure.rawValue, JSONValue(row.values[$0.measure])) }
                + [
                    .init(Measure.letterPrior.rawValue, row.letterPrior.map { JSONValue($0) } ?? .null),
                    .init("undefined", .object(undefined)),
                ])
    }
}
