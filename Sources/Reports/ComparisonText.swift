public import Surveys

/// A comparison for the terminal: the headline, a summary table a scale, groups, and a table with bars a question.
public enum ComparisonText {
    /// - Parameters:
    ///   - everyGroup: Also draws each question within each group.
    ///   - width: Columns, at least 60.
    public static func rendered(
        summaries: [ComparisonSummary], cells: [ComparisonCell], everyGroup: Bool = false, width: Int = 80
    ) -> String {
        var parts = ComparisonHeadline.paragraphs(summaries, cells: cells).map { wrapped(sanitised($0), to: width) + "\n" }
        for scale in Scale.allCases {
            let ofScale = summaries.filter { $0.scale == scale }
            guard !ofScale.isEmpty else { continue }
            parts.append(summaryTable(ofScale.filter { $0.group == nil }, width: width))
            if ofScale.contains(where: { $0.group != nil }) { parts.append(groupTable(ofScale, width: width)) }
        }
        for block in ComparisonBlock.blocks(cells) where everyGroup || block.group == nil {
            parts.append(questionTable(block, width: width))
        }
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// The model under each correction, then the mirrors, of one scale and one group.
    static func summaryTable(_ summaries: [ComparisonSummary], width: Int) -> String {
        guard let first = summaries.first else { return "" }
        var table = TerminalTable(titles: ["", "similarity", "95% interval", "skill", "0 to 1"])
        func row(_ name: String, _ value: Double?, interval: String = "", skill: TerminalTable.Cell = .blank) {
            table.rows.append([
                .text(name), .number(value, decimals: 3), .text(interval), skill, .text(Bar.text(value, width: 24)),
            ])
        }
        for summary in summaries {
            row(
                "model, \(summary.correction)", summary.similarity.value, interval: interval(summary.similarity),
                skill: .number(summary.skill, decimals: 2))
        }
        for (name, value) in ComparisonMirrors.rows(summaries) { row(name, value) }
        let over = summaries.compactMap { summary in
            summary.similarityOverItems.map { "\(summary.correction) \(interval($0))" }
        }
        let what = first.scale == .ordinal ? "1 - WD/range" : "1 - total variation"
        var text = "\(first.scale.rawValue) items: \(first.questions)   similarity: \(what)   "
            + "n \(first.humanCount), n_eff \(fixed(first.humanEffectiveSize, decimals: 0)), m \(first.modelCount)\n"
            + table.rendered(width: width)
        if !over.isEmpty {
            text += wrapped("Intervals with the items resampled too: " + sanitised(over.joined(separator: ", ")), to: width)
                + "\n"
        }
        return text
    }

    static func groupTable(_ summaries: [ComparisonSummary], width: Int) -> String {
        let corrections = unique(summaries.map(\.correction))
        var table = TerminalTable(
            titles: ["", "n", "n_eff", "m"] + corrections + ["floor", "whole", "uniform"])
        let groups = unique(summaries.compactMap(\.group))
        // Names that would be cut until they look alike stand below the table.
        let numbered = (groups.map { displayWidth(sanitised($0)) }.max() ?? 0) > 16
        for (number, group) in groups.enumerated() {
            let own = summaries.filter { $0.group == group }
            guard let first = own.first else { continue }
            table.rows.append(
                [.text(numbered ? "\(number + 1)" : group), .count(first.humanCount), .number(first.humanEffectiveSize, decimals: 0), .count(first.modelCount)]
                    + corrections.map { correction in
                        .number(own.first { $0.correction == correction }?.similarity.value, decimals: 3)
                    }
                    + [
                        .number(first.mirrors.noiseFloor, decimals: 3), .number(first.mirrors.everybody, decimals: 3),
                        .number(first.mirrors.uniform, decimals: 3),
                    ])
        }
        return "\(summaries.first?.scale.rawValue ?? "") items by group, similarity by correction; whole: everybody's shares\n"
            + table.rendered(width: width)
            + (numbered ? groups.enumerated().map { "  \($0 + 1)  \(sanitised($1))\n" }.joined() : "")
    }

    /// People beside the model, an option a line, with a bar for each.
    static func questionTable(_ block: ComparisonBlock, width: Int) -> String {
        let series = block.series
        let labels = min(28, block.options.map { displayWidth(sanitised($0)) }.max() ?? 0)
        let column = min(24, (width - labels - 2 * series.count) / max(1, series.count))
        var table = TerminalTable(titles: ["", "people"] + block.cells.map(\.correction))
        for option in block.options.indices {
            table.rows.append(
                [.text(block.options[option])]
                    + series.map { one in
                        let share = option < one.shares.count ? one.shares[option] : nil
                        let figure = percent(share)
                        let space = String(repeating: " ", count: max(0, 4 - figure.count))
                        return .text(space + figure + " " + Bar.text(share, width: max(1, column - 5)))
                    })
        }
        let scores = block.cells.map { cell in
            "\(cell.correction) \(fixed(cell.similarity.value, decimals: 3))" + (cell.similarity.low == nil ? "" : " ")
                + interval(cell.similarity)
        }
        let first = block.cells[0]
        let note =
            "similarity: \(scores.joined(separator: ", ")); floor \(fixed(first.mirrors.noiseFloor, decimals: 3)), "
            + "uniform \(fixed(first.mirrors.uniform, decimals: 3)); n \(first.human.count), "
            + "n_eff \(fixed(first.human.effectiveSize, decimals: 0)), m \(first.model.count)"
        let title = block.question + (block.group.map { ", \($0)" } ?? "") + " (\(block.scale.rawValue))"
        return wrapped(sanitised(title), to: width) + "\n" + table.rendered(width: width)
            + wrapped(sanitised(note), to: width) + "\n"
    }

    static func interval(_ estimate: ComparisonCell.Estimate) -> String {
        guard let low = estimate.low, let high = estimate.high else { return "" }
        return "[\(fixed(low, decimals: 3)), \(fixed(high, decimals: 3))]"
    }
}
