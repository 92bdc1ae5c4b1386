import Agents
import Files
import LanguageModels
import Reports
import Surveys

extension SearchStudy {
    static func text(_ found: Found) -> String {
        let (plan, outcome) = (found.plan, found.outcome)
        var lines = [
            wrapped("\(found.run): \(sanitised(plan.group)), \(counted(plan.members.count, "person", "people")) of \(sanitised(plan.prepared.survey.codebook.title)), asked by \(plan.asking.name)"),
        ]
        lines += found.meter.lines().map { "  \($0)" }
        lines += [
            "",
            wrapped("Searched on \(counted(plan.split.calibrationQuestions.count, "question", "questions")) and \(counted(plan.split.calibrationRespondents.count, "person", "people")): \(counted(outcome.tried, "list", "lists")) of facts tried, \(counted(outcome.steps.count, "step", "steps"))\(outcome.budgetSpent ? "; the budget ended the search" : "")."),
        ]
        var steps = TerminalTable(titles: ["step", "ln share"])
        steps.rows.append([.text("as the panel tells \(plan.personas[0].id)"), .number(outcome.startScore, decimals: 4)])
        for step in outcome.steps { steps.rows.append([.text(words(step.edit, plan)), .number(step.score, decimals: 4)]) }
        lines += [steps.rendered(indent: 2).trimmingSuffix("\n"), ""]
        if found.facts.isEmpty {
            lines.append("Found: tell nothing.")
        } else {
            lines.append("Found, told in this order; what each sentence moves, in shares of an answer:")
            var table = TerminalTable(titles: ["sentence", "mean", "most", "of", "to"])
            for row in found.ablation.rows {
                let fact = plan.candidates[row.fact]
                let most = row.moved.indices.max { row.moved[$0] < row.moved[$1] }
                let question = most.map { plan.prepared.questions[$0] }
                let option = most.flatMap { most in row.effects[most].indices.max { row.effects[most][$0] < row.effects[most][$1] } }
                table.rows.append([
                    .text(fact.sentence), .number(row.meanMoved, decimals: 3), .number(most.map { row.moved[$0] }, decimals: 3),
                    .text(question?.id ?? "-"), .text(option.flatMap { question?.options[$0].text } ?? "-"),
                ])
            }
            lines.append(table.rendered(indent: 2).trimmingSuffix("\n"))
        }
        lines += ["", "The group as a mixture of personas told the same facts about themselves:"]
        var mixture = TerminalTable(titles: ["persona", "weight"])
        for (persona, weight) in zip(plan.personas, found.mixture.weights) {
            mixture.rows.append([.text(persona.id), .percent(weight)])
        }
        lines += [mixture.rendered(indent: 2).trimmingSuffix("\n"), ""]
        lines.append(
            wrapped("Judged on \(counted(found.one.heldOutQuestions.count, "other question", "other questions")) and \(counted(found.one.heldOutRespondents, "other person", "other people")), mean ln of the share given to an answer:"))
        var judged = TerminalTable(titles: ["", "ln share", "over unsearched", "interval", "over uniform"])
        func row(_ name: String, _ report: SearchReport) -> [TerminalTable.Cell] {
            [
                .text(name), .number(report.searched, decimals: 4), .number(report.overUnsearched?.value, decimals: 4),
                .text(interval(report.overUnsearched)), .number(report.overUniform?.value, decimals: 4),
            ]
        }
        judged.rows = [
            row("searched persona", found.one), row("mixture", found.mixed),
            [.text("unsearched persona"), .number(found.one.unsearched, decimals: 4), .blank, .text("-"), .blank],
            [.text("uniform"), .number(found.one.uniform, decimals: 4), .blank, .text("-"), .blank],
        ]
        lines += [judged.rendered(indent: 2).trimmingSuffix("\n"), ""]
        lines += [verdict("the searched persona", found.one), verdict("the mixture", found.mixed)].map { wrapped($0) }
        return lines.joined(separator: "\n")
    }

    private static func interval(_ gain: HeldOutGain?) -> String {
        guard let low = gain?.low, let high = gain?.high else { return "-" }
        return "\(fixed(low, decimals: 4)) to \(fixed(high, decimals: 4))"
    }

    static func verdict(_ name: String, _ report: SearchReport) -> String {
        report.improvement
            ? "Improvement: \(name) makes the answers of people it never saw certainly likelier than the unsearched persona and than uniform shares do."
            : "No improvement found: \(name) is not certainly better than both the unsearched persona and uniform shares."
    }

    private static func words(_ edit: FactSearch.Edit, _ plan: Plan) -> String {
        switch edit {
        case .add(let fact): "tell \(plan.candidates[fact].variable)"
        case .remove(let fact): "do not tell \(plan.candidates[fact].variable)"
        case .moveForward(let fact): "tell \(plan.candidates[fact].variable) one place earlier"
        }
    }

    static func json(_ found: Found) -> JSONValue {
        let (plan, outcome) = (found.plan, found.outcome)
        func json(_ report: SearchReport) -> JSONValue {
            .object([
                .init("searched", JSONValue(report.searched)), .init("unsearched", JSONValue(report.unsearched)),
                .init("uniform", .number(report.uniform)),
                .init("overUnsearched", report.overUnsearched.map(CalibrateStudy.json) ?? .null),
                .init("overUniform", report.overUniform.map(CalibrateStudy.json) ?? .null),
                .init("improvement", .bool(report.improvement)), .init("level", .number(report.level)),
            ])
        }
        return .object([
            .init("run", .string(found.run)), .init("variable", .string(plan.variable)), .init("group", .string(plan.group)),
            .init("people", .integer(plan.members.count)), .init("calls", .integer(found.meter.calls)),
            .init("recorded", .integer(found.meter.hits)), .init("tokens", .integer(found.meter.usage.total)),
            .init("tried", .integer(outcome.tried)), .init("budgetSpent", .bool(outcome.budgetSpent)),
            .init("start", .number(outcome.startScore)),
            .init(
                "steps",
                .array(outcome.steps.map {
                    .object([.init("edit", .string(words($0.edit, plan))), .init("score", .number($0.score))])
                })),
            .init("facts", JSONValue(found.facts.map(\.variable))),
            .init(
                "ablation",
                .array(found.ablation.rows.map { row in
                    .object([
                        .init("fact", .string(plan.candidates[row.fact].variable)), .init("meanMoved", .number(row.meanMoved)),
                        .init(
                            "effects",
                            .object(zip(plan.prepared.questions, row.effects).map { .init($0.id, JSONValue($1)) })),
                    ])
                })),
            .init(
                "mixture",
                .object(zip(plan.personas, found.mixture.weights).map { .init($0.id, .number($1)) })),
            .init("calibrationQuestions", JSONValue(plan.split.calibrationQuestions)),
            .init("heldOutQuestions", JSONValue(found.one.heldOutQuestions)),
            .init("heldOutRespondents", .integer(found.one.heldOutRespondents)), .init("persona", json(found.one)),
            .init("mixed", json(found.mixed)),
        ])
    }
}
