public import Surveys

/// Which of two polls of the same personas is closer to people, for the terminal and as JSON.
public enum PairedText {
    /// One table a scale and correction.
    ///
    /// - Parameters:
    ///   - first: Name of the first poll; differences are second minus first.
    ///   - width: Columns, at least 60.
    public static func rendered(
        _ differences: [PairedDifference], first: String, second: String, width: Int = 80
    ) -> [String] {
        var parts: [String] = []
        for scale in Scale.allCases {
            for correction in unique(differences.filter { $0.scale == scale }.map(\.correction)) {
                let own = differences.filter { $0.scale == scale && $0.correction == correction }
                var table = TerminalTable(titles: ["", "n_eff", "m", first, second, "closer by", "95% interval", "p"])
                for one in own {
                    table.rows.append([
                        .text(one.group ?? "everybody"), .number(one.humanEffectiveSize, decimals: 0),
                        .count(one.modelCount), .number(one.first, decimals: 3), .number(one.second, decimals: 3),
                        .number(one.difference.value, decimals: 3), .text(ComparisonText.interval(one.difference)),
                        .text(ComparisonFindings.p(one.adjusted)),
                    ])
                }
                let items = own.first?.questions ?? 0
                let title = "Similarity to people, \(items) \(scale.rawValue) item\(items == 1 ? "" : "s"), correction "
                    + "\(correction); closer by: \(second) minus \(first), paired; p two-sided, Holm over the rows."
                parts.append(wrapped(sanitised(title), to: width) + "\n" + table.rendered(width: width))
            }
        }
        return parts
    }

    public static func json(_ differences: [PairedDifference]) -> JSONValue {
        .array(
            differences.map { one in
                [
                    "scale": .string(one.scale.rawValue), "group": JSONValue(one.group),
                    "correction": .string(one.correction), "questions": .integer(one.questions),
                    "first": .number(one.first), "second": .number(one.second),
                    "difference": .number(one.difference.value), "low": JSONValue(one.difference.low),
                    "high": JSONValue(one.difference.high), "p": JSONValue(one.p), "p_holm": JSONValue(one.adjusted),
                    "n_eff": .number(one.humanEffectiveSize), "m": .integer(one.modelCount),
                ]
            })
    }
}
