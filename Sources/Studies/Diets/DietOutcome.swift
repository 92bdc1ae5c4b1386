import Agents
import Kernel
import LanguageModels
import Reports
import Results
import Surveys

/// The effects of reading as a reader sees them.
struct DietOutcome: Sendable {
    var run: Run
    var correction: Correction
    var by: String?
    var people: Int
    var effects: [DietEffect]
    var meter: CachedModel.Meter

    /// Articles shown of a question; the rest is in the JSON.
    private static let shown = 12

    var text: String {
        let day = run.header.settings["as of"].map { ", as of \($0)" } ?? ""
        var blocks = [
            wrapped(
                "What reading does to the answers of \(run.id) (\(correction.label))\(day): shares of \(counted(people, "person", "people")) with it minus the same people's without")
        ]
        for effect in effects {
            let everybody = effect.groups[0]
            var lines = ["\(sanitised(effect.question.id)): \(Self.shares(everybody, effect.question))"]
            if let guilty = everybody.articles.first {
                let option = Self.most(guilty.onAll)
                let sure = everybody.articles.count { $0.effect.excludesNone }
                lines.append(
                    wrapped(
                        "Moves most: \(Self.title(guilty)), \(sanitised(effect.question.options[option].text)) \(Self.signed(guilty.onAll[option])) over all. \(sure) of \(counted(everybody.articles.count, "article")) have an interval without 0; of articles that do nothing one in 20 has."))
            }
            lines.append(Self.table(everybody, effect.question).trimmingSuffix("\n"))
            if let by { lines.append(Self.groups(effect, by: by).trimmingSuffix("\n")) }
            blocks.append(lines.joined(separator: "\n"))
        }
        blocks.append(
            wrapped(
                "'effect' is over those who had read it, with a 95% interval over people (bootstrap); 'over all' is what it adds to the shares of everybody asked. Articles that say the same hide each other and stand under interaction. It is what these texts do to this model's answers, not what they did to people. \(meter.calls) model calls, \(meter.hits) from the record."))
        return blocks.joined(separator: "\n\n")
    }

    private static func shares(_ group: DietEffect.Group, _ question: Question) -> String {
        "with " + zip(question.options, group.whole).map { "\(sanitised($0.text)) \(percent($1))" }.joined(separator: ", ")
            + "; unread " + group.unread.map { percent($0) }.joined(separator: ", ")
    }

    private static func table(_ group: DietEffect.Group, _ question: Question) -> String {
        var table = TerminalTable(titles: ["left out", "readers", "option", "effect", "low", "high", "over all"])
        func row(_ name: String, _ row: DietEffect.Row) -> [TerminalTable.Cell] {
            let effect = row.effect
            let option = effect.option
            return [
                .text(name), .count(effect.people), .text(question.options[option].text),
                .number(effect.mean[option], decimals: 3), .number(effect.low?[option], decimals: 3),
                .number(effect.high?[option], decimals: 3), .number(row.onAll[option], decimals: 3),
            ]
        }
        guard let all = group.all else { return "" }
        table.rows.append(row("all that was read", all))
        for source in group.sources { table.rows.append(row("all of \(MediaSource.name(of: source.source ?? ""))", source)) }
        for article in group.articles.prefix(shown) { table.rows.append(row(short(article), article)) }
        let option = all.effect.option
        let rest = group.articles.dropFirst(shown)
        if !rest.isEmpty {
            table.rows.append([
                .text("\(rest.count) more, less each"), .blank, .text(question.options[option].text), .blank, .blank, .blank,
                .number(rest.reduce(0) { $0 + $1.onAll[option] }, decimals: 3),
            ])
        }
        let sum = group.articles.reduce(0) { $0 + $1.onAll[option] }
        for (name, value) in [("added up", sum), ("interaction", all.onAll[option] - sum)] {
            table.rows.append(
                [.text(name), .blank, .text(question.options[option].text), .blank, .blank, .blank, .number(value, decimals: 3)])
        }
        return table.rendered(indent: 2)
    }

    private static func groups(_ effect: DietEffect, by: String) -> String {
        var table = TerminalTable(titles: [by, "people", "option", "with", "unread", "effect", "low", "high", "moves most"])
        for group in effect.groups.dropFirst() {
            guard let all = group.all else {
                table.rows.append([
                    .text(group.name ?? ""), .count(group.people), .text("-"), .percent(nil), .percent(nil), .blank, .blank,
                    .blank, .text("nothing read"),
                ])
                continue
            }
            let option = all.effect.option
            table.rows.append([
                .text(group.name ?? ""), .count(group.people), .text(effect.question.options[option].text),
                .percent(group.whole[option]), .percent(group.unread[option]), .number(all.effect.mean[option], decimals: 3),
                .number(all.effect.low?[option], decimals: 3), .number(all.effect.high?[option], decimals: 3),
                .text(group.articles.first.map(short) ?? "-"),
            ])
        }
        return table.rendered(indent: 2)
    }

    private static func title(_ row: DietEffect.Row) -> String {
        guard let article = row.article else { return "" }
        return sanitised("\(article.outlet) \(article.date) \(article.title)")
    }

    /// `Courier 03-01 Roof at its end`: the year is that of the poll.
    private static func short(_ row: DietEffect.Row) -> String {
        guard let article = row.article else { return "" }
        return sanitised("\(article.outlet) \(article.date.description.dropFirst(5)) \(article.title)")
    }

    private static func most(_ change: [Double]) -> Int {
        change.indices.max { abs(change[$0]) < abs(change[$1]) || abs(change[$0]) == abs(change[$1]) && $0 > $1 } ?? 0
    }

    /// `+0.042`.
    private static func signed(_ value: Double) -> String {
        let text = fixed(value, decimals: 3)
        return value > 0 && text != "0.000" ? "+" + text : text
    }
}

extension DietOutcome {
    var json: JSONValue {
        .object([
            .init("run", .string(run.id)), .init("correction", .string(correction.rawValue)),
            .init("asOf", JSONValue(run.header.settings["as of"])), .init("by", JSONValue(by)),
            .init(
                "questions",
                .array(
                    effects.map { effect in
                        .object([
                            .init("question", .string(effect.question.id)),
                            .init("options", JSONValue(effect.question.options.map(\.text))),
                            .init("groups", .array(effect.groups.map(Self.json))),
                        ])
                    })),
            .init("calls", .integer(meter.calls)), .init("recorded", .integer(meter.hits)),
        ])
    }

    private static func json(_ group: DietEffect.Group) -> JSONValue {
        .object([
            .init("group", JSONValue(group.name)), .init("people", .integer(group.people)),
            .init("readers", .integer(group.readers)), .init("with", JSONValue(group.whole)),
            .init("unread", JSONValue(group.unread)), .init("all", group.all.map(json) ?? .null),
            .init("sources", .array(group.sources.map(json))), .init("articles", .array(group.articles.map(json))),
        ])
    }

    private static func json(_ row: DietEffect.Row) -> JSONValue {
        .object([
            .init("source", JSONValue(row.source)), .init("article", JSONValue(row.article?.path)),
            .init("date", JSONValue(row.article?.date.description)), .init("title", JSONValue(row.article?.title)),
            .init("readers", .integer(row.effect.people)), .init("moved", .number(row.effect.moved)),
            .init("effect", JSONValue(row.effect.mean)),
            .init("low", row.effect.low.map { JSONValue($0) } ?? .null),
            .init("high", row.effect.high.map { JSONValue($0) } ?? .null), .init("overAll", JSONValue(row.onAll)),
        ])
    }
}
