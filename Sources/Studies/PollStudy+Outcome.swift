import Agents
import Files
import Kernel
import LanguageModels
import Reports
import Surveys

extension PollStudy {
    static func outcome(
        run: String, prepared: Prepared, answers: [ElicitedAnswer], meter: CachedModel.Meter, spent: Spending
    ) -> StudyOutcome {
        let names = prepared.personas.count == 1 ? sanitised(prepared.personas[0].name) : "\(prepared.personas.count) people"
        var lines = [
            "\(run): \(names) asked \(prepared.questions.count) question\(prepared.questions.count == 1 ? "" : "s") of \(sanitised(prepared.survey.codebook.title))",
        ] + meter.lines(more: spent.costText).map { "  \($0)" }
        lines += prepared.notes.map { indented($0) }
        let weights = Dictionary(
            prepared.personas.map { ($0.id, $0.weight) }, uniquingKeysWith: { first, _ in first })
        var shown: [JSONValue] = []
        for question in prepared.questions {
            let given = answers.filter { $0.question == question.id && $0.wording == 0 }
            guard let method = given.first?.method else { continue }
            if method == .interview {
                let told = OpenAnswers(question: question, answers: given)
                lines += ["", told.text]
                shown.append(told.json)
                continue
            }
            let corrections = Correction.applicable(to: method)
            let means = corrections.map { correction in
                averageShares(given, question: question, correction: correction, weights: weights)
            }
            lines.append("")
            lines.append(wrapped("\(question.id): \(sanitised(question.ask))", to: 80))
            var table = TerminalTable(titles: ["", ""] + corrections.map(\.rawValue))
            for (index, option) in question.options.enumerated() {
                table.rows.append(
                    [.text(option.text), .text(Bar.text(means.last??[index], width: 20))]
                        + means.map { .percent($0?[index]) })
            }
            lines.append(table.rendered(indent: 2).trimmingSuffix("\n"))
            if let last = corrections.last,
                let groups = byReading(given, question: question, correction: last, people: prepared.personas)
            {
                lines.append(groups)
            }
            let quality = AnswerQuality(given)
            lines += quality.lines.map { indented($0) }
            shown.append(
                .object([
                    .init("question", .string(question.id)), .init("method", .string(method.rawValue)),
                    .init("options", JSONValue(question.options.map(\.text))),
                    .init(
                        "shares",
                        .object(zip(corrections, means).map { .init($0.rawValue, $1.map { JSONValue($0) } ?? .null) })),
                ] + quality.members))
        }
        let probes = prepared.probing
            ? ProbeTable(prepared.questions, answers: answers, weights: weights) : nil
        if let probes { lines += ["", probes.text] }
        lines.append("")
        let closed = prepared.questions.contains { $0.scale != .open }
        lines.append(
            closed ? "Bars show the last column. Next: populace compare \(run)"
                : "Next: populace show \(run)/\(prepared.personas.first?.id ?? "PERSON"); populace compare \(run) ANOTHER-POLL --judge")
        return StudyOutcome(
            text: lines.joined(separator: "\n"),
            json: .object([
                .init("run", .string(run)), .init("people", .integer(prepared.personas.count)),
            ] + meter.members + spent.members + [
                .init("notes", JSONValue(prepared.notes)), .init("answers", .array(shown)),
            ] + (prepared.weights.map { [.init("weighting", $0.json)] } ?? [])
                + (probes.map { [.init("probes", $0.json)] } ?? [])))
    }

    /// What a reader should know of how a panel was told and drawn.
    static func notes(_ panel: Panel, _ people: [Persona], askAs: AskAs) -> [String] {
        var notes: [String] = []
        let lacking = askAs.lacking(in: people)
        if !lacking.isEmpty {
            let key = askAs == .portray ? "the panel has no 'portray:'" : "the survey has no 'ask:'"
            notes.append(
                "Asked as \(askAs.rawValue), but \(key) for \(lacking.joined(separator: ", ")): told in general words.")
        }
        if let strata = panel.strata {
            let weighed = people.contains { $0.weight != 1 } ? "; people are weighted to restore the population" : ""
            notes.append("Drawn by \(strata.variable), \(strata.allocation.rawValue) places\(weighed).")
        }
        if panel.order != .asWritten { notes.append("Backstories are told in \(panel.order.rawValue) order.") }
        return notes
    }
}

/// Wrapped at 80 columns, two spaces in.
private func indented(_ text: String) -> String {
    wrapped(text, to: 78).split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
}
