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
        if questions.contains(where: { $0.found.shares != nil }) { lines += ["", legend] }
        for one in questions where one.found.shares != nil { lines += ["", table(one)] }
        let silent = questions.filter { $0.found.shares == nil }.map { "\($0.question.id) (\($0.found.longestWords))" }
        if !silent.isEmpty {
            lines += [
                "",
                wrapped(
                    "No option follows any ending of the statement; how many of its last words stand in the corpus together: \(silent.joined(separator: ", "))."),
            ]
        }
        lines += ["", associations]
        return lines.joined(separator: "\n")
    }

    private var legend: String {
        let peopled = questions.contains { $0.people != nil } ? "; people: of the survey" : ""
        let corrections = questions.first { !$0.model.isEmpty }?.model.map(\.correction.rawValue) ?? []
        let modelled = corrections.isEmpty ? "" : "; \(corrections.joined(separator: ", ")): of the model, by correction"
        return wrapped("times, share, docs: of what follows the words quoted; anywhere: how often an option's words stand anywhere\(peopled)\(modelled).")
    }

    private func table(_ one: TraceStudy.TracedQuestion) -> String {
        let (found, shares) = (one.found, one.found.shares ?? [])
        var titles = ["after it", "times", "share", "docs", "anywhere"]
        if one.people != nil { titles.append("people") }
        titles += one.model.map(\.correction.rawValue)
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
        let place = found.endingWords == found.statementWords
            ? "all of the statement" : "the last \(counted(found.endingWords, "word")) of \(found.statementWords)"
        let occurs = found.endingWords == found.longestWords
            ? "" : "; \(found.longestWords) stand there together, \(counted(found.longestCount, "time"))"
        var lines = [
            wrapped("\(one.question.id): \"... \(sanitised(found.ending ?? ""))\" (\(place)\(occurs))"),
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
        guard !pairs.isEmpty else {
            return wrapped(
                "No correlation: no option follows \(counted(leastWords, "word")) or more of a statement whose answers are known.")
        }
        var table = TerminalTable(titles: ["corpus and", "r", "words constant", "and people"])
        for pair in pairs {
            table.rows.append([
                .text(pair.what), .text(Self.estimate(pair.association.raw)),
                .text(Self.estimate(pair.association.partial)), .text(Self.estimate(pair.beyondPeople)),
            ])
        }
        let most = pairs.map(\.association.questions).max() ?? 0
        var lines = [
            wrapped(
                "Correlation of options' shares, less their mean within each question, over \(counted(most, "question")) in which an option follows \(counted(leastWords, "word")) or more of the statement; then with how common the options' words are anywhere held constant, and people's answers too. 95% intervals by bootstrap over questions; - where undefined."),
            "", table.rendered().trimmingSuffix("\n"),
        ]
        if most < 10 { lines.append(wrapped("So few questions say little about others, and their intervals are too narrow.")) }
        return lines.joined(separator: "\n")
    }

    private static func estimate(_ estimate: ShareAssociation.Estimate?) -> String {
        guard let estimate else { return "-" }
        guard let low = estimate.low, let high = estimate.high else { return fixed(estimate.value, decimals: 2) }
        return "\(fixed(estimate.value, decimals: 2)) [\(fixed(low, decimals: 2)), \(fixed(high, decimals: 2))]"
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
                                .init("wordsConstant", Self.json(pair.association.partial)),
                                .init("wordsAndPeopleConstant", Self.json(pair.beyondPeople)),
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
