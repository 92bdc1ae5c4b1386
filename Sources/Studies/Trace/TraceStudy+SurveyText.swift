import Agents
import Reports
import Surveys
import Trace

extension TraceStudy.TracedSurvey {
    var text: String {
        var lines = [
            wrapped("\(sanitised(title)) in \(sanitised(corpus.name)) (\(counted(corpus.documents, "document")), \(counted(corpus.words, "word")), sha256:\(corpus.digest.prefix(12)))" + (run.map { ", beside \($0)" } ?? "")),
        ]
        lines += (TraceStudy.caveats(corpus, models: models) + notes).map { wrapped($0) }
        for one in questions { lines += ["", self.lines(one)] }
        lines += ["", associations]
        return lines.joined(separator: "\n")
    }

    private func lines(_ one: TraceStudy.TracedQuestion) -> String {
        let found = one.found
        let occurs = found.longestWords == 0
            ? "not even its last word stands in the corpus"
            : "\(found.longestWords) of its \(found.statementWords) words stand there together, \(counted(found.longestCount, "time"))"
        guard let ending = found.ending, let shares = found.shares else {
            return wrapped("\(one.question.id): no option follows any ending of its statement; \(occurs)")
        }
        var titles = ["after it", "times", "share", "documents", "anywhere"]
        if one.people != nil { titles.append("people") }
        titles += one.model.map { "model, \($0.correction.rawValue)" }
        var table = TerminalTable(titles: titles)
        for (place, option) in found.options.enumerated() {
            var row: [TerminalTable.Cell] = [
                .text(one.question.options[place].fills ?? ""), .count(option.count), .percent(shares[place]),
                .count(option.documents?.documents), .count(option.alone),
            ]
            if let people = one.people { row.append(.percent(people[place])) }
            row += one.model.map { .percent($0.shares[place]) }
            table.rows.append(row)
        }
        var lines = [
            wrapped("\(one.question.id): \"... \(sanitised(ending))\" (the last \(found.endingWords) of \(found.statementWords) words; \(occurs))"),
            table.rendered(indent: 2).trimmingSuffix("\n"),
        ]
        for (option, text) in zip(found.options, one.question.options) where option.count > 0 {
            if let documents = option.documents, !documents.most.isEmpty {
                lines.append("  \(sanitised(text.fills ?? "")): \(TraceStudy.text(documents))")
            }
        }
        return lines.joined(separator: "\n")
    }

    private var associations: String {
        guard let widest = pairs.map(\.association.questions).max() else {
            return wrapped(
                "No correlation: in no question does an option follow at least \(leastWords) words of the statement\(run == nil ? ", or nobody's answers are known" : "").")
        }
        var table = TerminalTable(titles: ["corpus and", "r", "95% interval", "r partial", "95% interval", "questions"])
        for pair in pairs {
            let association = pair.association
            table.rows.append([
                .text(pair.what), .number(association.raw?.value, decimals: 2), .text(Self.range(association.raw)),
                .number(association.partial?.value, decimals: 2), .text(Self.range(association.partial)),
                .count(association.questions),
            ])
        }
        var lines = [
            wrapped(
                "Shares of options, corpus with others, less their mean within each question; partial: how common the options' words are anywhere held constant. Of questions where \(leastWords) words or more of the statement are followed; intervals by bootstrap over questions; - where undefined."),
            "", table.rendered().trimmingSuffix("\n"),
        ]
        if widest < 3 { lines.append(wrapped("Fewer than three questions: these figures say nothing about others.")) }
        return lines.joined(separator: "\n")
    }

    private static func range(_ estimate: ShareAssociation.Estimate?) -> String {
        guard let low = estimate?.low, let high = estimate?.high else { return "-" }
        return "\(fixed(low, decimals: 2)) to \(fixed(high, decimals: 2))"
    }

    var json: JSONValue {
        .object(
            TraceStudy.members(corpus) + [
                .init("run", JSONValue(run)), .init("models", TraceStudy.json(corpus, models: models)),
                .init("notes", JSONValue(TraceStudy.caveats(corpus, models: models) + notes)),
                .init("leastWords", .integer(leastWords)), .init("questions", .array(questions.map(Self.json))),
                .init(
                    "associations",
                    .array(
                        pairs.map { pair in
                            .object([
                                .init("corpusAnd", .string(pair.what)),
                                .init("questions", .integer(pair.association.questions)),
                                .init("options", .integer(pair.association.options)),
                                .init("r", Self.json(pair.association.raw)),
                                .init("partial", Self.json(pair.association.partial)),
                            ])
                        })),
            ])
    }

    private static func json(_ estimate: ShareAssociation.Estimate?) -> JSONValue {
        guard let estimate else { return .null }
        return .object([
            .init("value", .number(estimate.value)), .init("low", JSONValue(estimate.low)),
            .init("high", JSONValue(estimate.high)),
        ])
    }

    private static func json(_ one: TraceStudy.TracedQuestion) -> JSONValue {
        let found = one.found
        return .object([
            .init("question", .string(one.question.id)), .init("statementWords", .integer(found.statementWords)),
            .init("longestWords", .integer(found.longestWords)), .init("longestCount", .integer(found.longestCount)),
            .init("ending", JSONValue(found.ending)), .init("endingWords", .integer(found.endingWords)),
            .init(
                "options",
                .array(
                    found.options.indices.map { place in
                        .object([
                            .init("fills", JSONValue(one.question.options[place].fills)),
                            .init("count", .integer(found.options[place].count)),
                            .init("share", JSONValue(found.shares?[place])),
                            .init("documents", TraceStudy.json(found.options[place].documents)),
                            .init("anywhere", .integer(found.options[place].alone)),
                            .init("people", JSONValue(one.people?[place])),
                            .init(
                                "model",
                                .object(one.model.map { .init($0.correction.rawValue, .number($0.shares[place])) })),
                        ])
                    })),
        ])
    }
}
