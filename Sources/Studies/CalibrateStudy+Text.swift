import Agents
import Files
import LanguageModels
import Reports
import Surveys

extension CalibrateStudy {
    static func text(_ found: Found, _ prepared: PollStudy.Prepared) -> String {
        let report = found.report
        var lines = [
            "\(found.run): \(counted(prepared.personas.count, "person", "people")) of \(sanitised(prepared.panel?.title ?? "")), asked in \(counted(found.candidates.count, "way", "ways"))",
        ]
        lines += found.meter.lines().map { "  \($0)" }
        lines += prepared.notes.map { "  \($0)" }
        lines += [
            "",
            "Chosen on \(report.calibrationQuestions.count) \(report.scale.rawValue) questions and \(report.calibrationRespondents) people, of \(report.tried) settings tried:",
            "  \(choice(report.choice))",
            "Judged on \(report.heldOutQuestions.count) other questions and \(report.heldOutRespondents) other people:",
            "  \(report.heldOutQuestions.joined(separator: ", "))",
        ].map { wrapped($0) }
        let tables = tables(report) { label($0, found, prepared) }
        lines += ["", tables[0], "", tables[1], ""]
        lines += sentences(report, raw: found.raw) { label($0, found, prepared) }.map { wrapped($0) }
        lines += ["", wrapped("Next: populace compare POLL --calibration \(found.run) --held-out")]
        return lines.joined(separator: "\n")
    }

    /// `letters, bio, letter-prior; temperature 2, 25% of the way to uniform; groups shrunk toward the whole, n0 20`.
    static func choice(_ choice: CalibrationChoice) -> String {
        var parts = [choice.candidate, "temperature \(fixed(choice.temperature, decimals: 1))"]
        parts.append(
            choice.pull == 0
                ? "not pulled"
                : "pulled \(percent(choice.pull)) of the way to \(choice.anchor == .uniform ? "uniform shares" : "how people use such scales")")
        parts.append(
            choice.priorSize == 0
                ? "groups not shrunk" : "groups shrunk toward the whole, n0 = \(fixed(choice.priorSize, decimals: 0))")
        return parts.joined(separator: "; ")
    }

    /// Groups in words.
    private static func label(_ group: String, _ found: Found, _ prepared: PollStudy.Prepared) -> String {
        guard found.stored.names.count == 1, let name = found.stored.names.first else { return group }
        return prepared.survey.codebook.variable(name)?.words(for: group) ?? group
    }

    private static func tables(_ report: CalibrationReport, label: (String) -> String) -> [String] {
        var table = TerminalTable(
            titles: ["similarity", "raw", "calibrated", "uniform", "anchor", "marginal", "floor", "n"])
        var closed = TerminalTable(titles: ["gap closed", "part", "interval", "calibrated - raw", "interval"])
        for row in [report.overall] + report.groups {
            let name = row.group.map(label) ?? "all groups"
            table.rows.append([
                .text(name), .number(row.raw, decimals: 3), .number(row.calibrated, decimals: 3),
                .number(row.uniform, decimals: 3), .number(row.anchor, decimals: 3), .number(row.marginal, decimals: 3),
                .number(row.noiseFloor, decimals: 3), .count(row.humanCount),
            ])
            closed.rows.append([
                .text(name), .number(row.closed?.value, decimals: 2),
                .text(range(row.closed?.low, row.closed?.high, decimals: 2)), .number(row.overRaw.value, decimals: 3),
                .text(range(row.overRaw.low, row.overRaw.high, decimals: 3)),
            ])
        }
        return [table, closed].map { $0.rendered().trimmingSuffix("\n") }
    }

    private static func range(_ low: Double?, _ high: Double?, decimals: Int) -> String {
        guard let low, let high else { return "-" }
        return "\(fixed(low, decimals: decimals)) to \(fixed(high, decimals: decimals))"
    }

    static func sentences(
        _ report: CalibrationReport, raw: String, label: (String) -> String = { $0 }
    ) -> [String] {
        var lines = [
            "Similarities, 1 = the same answers. Raw is '\(raw)' as it comes; marginal is what everybody answered, given for every group alike; floor is what two samples of these sizes score. Closed is the part of the gap between raw and floor that calibration closed, with its \(percent(1 - 2 * report.level)) interval over questions and people."
        ]
        switch report.verdict {
        case .improvement:
            lines.append("Improvement: the calibrated model is certainly better than the raw one and than answers without a model.")
        case .noImprovementFound(let others):
            lines.append("No improvement found: the calibrated model is not certainly better than \(others.joined(separator: ", ")).")
        }
        if let over = report.overall.overMarginal {
            let range = over.low.flatMap { low in
                over.high.map { " (\(fixed(low, decimals: 3)) to \(fixed($0, decimals: 3)))" }
            }
            lines.append(
                report.beatsMarginal
                    ? "It beats the overall human marginal by \(fixed(over.value, decimals: 3))\(range ?? ""): it says more of these groups than the survey's toplines do."
                    : "It does not beat the overall human marginal: the difference is \(fixed(over.value, decimals: 3))\(range ?? ""). Whoever has the survey's toplines needs no such model.")
        } else {
            lines.append("Nobody of the calibration part answered these questions, so there is no overall human marginal to beat.")
        }
        if !report.worse.isEmpty {
            let certain = report.certainlyWorse.isEmpty ? "none certainly" : "certainly \(report.certainlyWorse.map(label).joined(separator: ", "))"
            lines.append("Groups that got worse: \(report.worse.map(label).joined(separator: ", ")) (\(certain)).")
        } else if !report.groups.isEmpty {
            lines.append("No group got worse.")
        }
        if !report.leftOut.isEmpty {
            lines.append("Left out, too few people in a part: \(report.leftOut.map(label).joined(separator: ", ")).")
        }
        return lines
    }
}
