import Agents
import Kernel
import LanguageModels
import Reports
import Results
import Surveys

extension InfluenceStudy.Found {
    /// Answer by answer: what each part adds to each option.
    var text: String {
        var blocks: [String] = []
        for one in answers {
            var table = TerminalTable(titles: ["left out", "what", "moves"] + one.question.options.map { oneLine($0.text) })
            let influence = one.influence
            func row(_ kind: String, _ text: String, _ change: [Double]) -> [TerminalTable.Cell] {
                [.text(kind), .text(text), .number(AnswerInfluence.size(change), decimals: 3)]
                    + change.map { .number($0, decimals: 3) }
            }
            // The most moving first; equals in the order of telling.
            let ranked = one.parts.indices.sorted { (-influence.moved[$0], $0) < (-influence.moved[$1], $1) }
            table.rows = ranked.map { place in
                let part = one.parts[place]
                let number = part.address.map { "\($0.split(separator: "/").last ?? ""). " } ?? ""
                return row(part.kind, number + part.text, influence.effects[place])
            }
            for source in one.sources where source.places.count > 1 {
                table.rows.append(row(Reading.kind(of: source.source), "all \(source.places.count) articles", source.effect))
            }
            table.rows.append(row("all of them", "", influence.together))
            table.rows.append(row("added up", "", influence.sum))
            table.rows.append(row("interaction", "left over", influence.interaction))
            let when = one.time.map { ", \($0)" } ?? ""
            blocks.append(
                "\(sanitised(one.persona.id)), \(sanitised(one.question.id))\(when): shares "
                    + one.influence.whole.map { fixed($0, decimals: 3) }.joined(separator: " ") + ", "
                    + "without any of it " + one.influence.bare.map { fixed($0, decimals: 3) }.joined(separator: " ") + "\n"
                    + table.rendered(indent: 2))
        }
        let remembers = answers.contains { $0.parts.contains { $0.address != nil } }
        let hint = remembers ? ["'populace show RUN/PERSON/NUMBER' shows where a memory comes from."] : []
        return ([heading] + blocks + hint + [caution]).joined(separator: "\n\n")
    }

    /// Over people: which kinds of parts move which questions.
    var panelText: String {
        var table = TerminalTable(titles: ["question", "people", "all of it", "interaction", "moves most", "by"])
        for summary in summaries {
            let most = kinds.max { summary.moved[$0]?.mean ?? 0 < summary.moved[$1]?.mean ?? 0 }
            table.rows.append([
                .text(summary.question), .count(summary.people), .number(summary.together.mean, decimals: 3),
                .number(summary.interaction.mean, decimals: 3), .text(most ?? ""),
                .number(most.flatMap { summary.moved[$0]?.mean }, decimals: 3),
            ])
        }
        var widths = TerminalTable(titles: ["question", "kind", "moves", "low", "high", "people told"])
        for summary in summaries {
            for kind in kinds {
                guard let moved = summary.moved[kind] else { continue }
                widths.rows.append(
                    [
                        .text(summary.question), .text(kind), .number(moved.mean, decimals: 3), .number(moved.low, decimals: 3),
                        .number(moved.high, decimals: 3), .count(moved.people),
                    ])
            }
        }
        return [
            heading, "How far leaving out what one was told moves the answer: total variation, mean over people", table.rendered(),
            "By kind, with 95% intervals over people (bootstrap)", widths.rendered(), caution,
        ].joined(separator: "\n\n")
    }

    private var heading: String {
        wrapped("Influence on the answers of \(run.id) (\(correction.label)): shares with all that was told minus shares without one part")
    }

    /// For a report.
    var table: InfluenceTable {
        InfluenceTable(
            title: "What moves the answers of \(run.id)", kinds: kinds, questions: summaries,
            caution: "\(words) Answers \(correction.label).")
    }

    private var caution: String { wrapped("\(words) \(meter.calls) model calls, \(meter.hits) from the record.") }

    private var words: String {
        "This is what words in the prompt do to this model's answers, one left out at a time; parts that say the same hide each other and stand under interaction. It says nothing of what moves people."
    }

    var json: JSONValue {
        .object([
            .init("run", .string(run.id)), .init("correction", .string(correction.rawValue)),
            .init(
                "answers",
                .array(
                    answers.map { one in
                        .object([
                            .init("person", .string(one.persona.id)), .init("question", .string(one.question.id)),
                            .init("time", JSONValue(one.time?.description)),
                            .init("shares", .array(one.influence.whole.map { .number($0) })),
                            .init("without any", .array(one.influence.bare.map { .number($0) })),
                            .init(
                                "parts",
                                .array(
                                    one.parts.indices.map { place in
                                        .object([
                                            .init("kind", .string(one.parts[place].kind)),
                                            .init("text", .string(one.parts[place].text)),
                                            .init("address", JSONValue(one.parts[place].address)),
                                            .init("moved", .number(one.influence.moved[place])),
                                            .init("effects", .array(one.influence.effects[place].map { .number($0) })),
                                        ])
                                    })),
                            .init(
                                "sources",
                                .array(
                                    one.sources.map {
                                        .object([
                                            .init("source", .string($0.source)), .init("articles", .integer($0.places.count)),
                                            .init("effects", JSONValue($0.effect)),
                                        ])
                                    })),
                            .init("sum", .array(one.influence.sum.map { .number($0) })),
                            .init("interaction", .array(one.influence.interaction.map { .number($0) })),
                        ])
                    })),
            .init(
                "questions",
                .array(
                    summaries.map { summary in
                        .object([
                            .init("question", .string(summary.question)), .init("people", .integer(summary.people)),
                            .init(
                                "kinds",
                                .array(
                                    kinds.compactMap { kind in
                                        summary.moved[kind].map { moved in
                                            .object([
                                                .init("kind", .string(kind)), .init("moved", .number(moved.mean)),
                                                .init("low", JSONValue(moved.low)), .init("high", JSONValue(moved.high)),
                                                .init("people", .integer(moved.people)),
                                            ])
                                        }
                                    })),
                            .init("together", .number(summary.together.mean)),
                            .init("interaction", .number(summary.interaction.mean)),
                        ])
                    })),
        ])
    }

    /// Of all parts, in the order in which they were first told.
    var kinds: [String] {
        var kinds: [String] = []
        for kind in answers.flatMap({ $0.parts.map(\.kind) }) where !kinds.contains(kind) { kinds.append(kind) }
        return kinds
    }

    /// By question, in the order asked; answers at different times count each.
    var summaries: [InfluenceSummary] {
        var ids: [String] = []
        for id in answers.map(\.question.id) where !ids.contains(id) { ids.append(id) }
        return ids.map { id in
            var stream = RandomStream(seed: run.header.seed, "influence", id)
            return InfluenceSummary(
                question: id,
                answers: answers.filter { $0.question.id == id }.map {
                    .init(influence: $0.influence, kinds: $0.parts.map(\.kind), weight: $0.persona.weight)
                }, using: &stream)
        }
    }
}
