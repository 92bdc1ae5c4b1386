public import Surveys

/// What a comparison finds beyond similarities: who is least well represented, how members are flattened into types,
/// and how well persons are foretold one by one.
public enum ComparisonFindings {
    /// - Parameter width: Columns, at least 60.
    public static func rendered(_ panels: [ComparedPanel], yardstick: [String], width: Int = 80) -> String {
        let parts = [
            standings(panels.flatMap(\.standings), width: width),
            persons(panels.flatMap(\.persons), yardstick: yardstick, width: width),
            flattening(panels.compactMap(\.flattening), width: width),
            tests(panels.flatMap(\.cells), width: width),
        ]
        return parts.filter { !$0.isEmpty }.map { "\n" + $0 }.joined()
    }

    /// `nil` with fewer than two groups.
    static func verdict(_ standings: [GroupStanding]) -> String? {
        guard let first = standings.first else { return nil }
        let worse = standings.filter(\.isWorse)
        let tested = standings.count { $0.p != nil }
        guard !worse.isEmpty else {
            return "No \(first.scale.rawValue) group is certainly represented worse than the others "
                + "(\(tested) tests, Holm, 5%; correction \(first.correction))."
        }
        return "Represented worse than the others, \(first.scale.rawValue) items: "
            + worse.map { "\($0.group) (p \(p($0.adjusted)))" }.joined(separator: ", ")
            + " (\(tested) tests, Holm, 5%; correction \(first.correction))."
    }

    static func standings(_ standings: [GroupStanding], width: Int) -> String {
        var text = ""
        for scale in Scale.allCases {
            for correction in unique(standings.filter { $0.scale == scale }.map(\.correction)) {
                let own = standings.filter { $0.scale == scale && $0.correction == correction }
                var table = TerminalTable(titles: ["least well first", "n_eff", "m", "excess", "worse by", "95% interval", "p"])
                for standing in own {
                    table.rows.append([
                        .text(standing.group), .number(standing.humanEffectiveSize, decimals: 0),
                        .count(standing.modelCount), .number(standing.excess, decimals: 3),
                        .number(standing.difference.value, decimals: 3),
                        .text(ComparisonText.interval(standing.difference)), .text(p(standing.adjusted)),
                    ])
                }
                let title = "Who is least well represented: \(scale.rawValue) items, correction \(correction). Excess: "
                    + "distance beyond sampling noise; worse by: minus the other groups' mean."
                text += (text.isEmpty ? "" : "\n") + wrapped(sanitised(title), to: width) + "\n" + table.rendered(width: width)
                if let verdict = verdict(own) { text += wrapped(sanitised(verdict), to: width) + "\n" }
            }
        }
        return text
    }

    static func persons(_ persons: [PersonByPerson], yardstick: [String], width: Int) -> String {
        guard let first = persons.first(where: { $0.yardstick != nil }) ?? persons.first else { return "" }
        let name = yardstick.joined(separator: "+")
        let hasYardstick = first.yardstick != nil
        var table = TerminalTable(
            titles: ["", "correction", "n", "right", "kappa", "Brier"]
                + (hasYardstick ? [name, "kappa", "Brier"] : []) + ["most"])
        func figures(_ figures: PersonByPerson.Figures?) -> [TerminalTable.Cell] {
            [
                .percent(figures?.agreement.share), .number(figures?.kappa, decimals: 2),
                .number(figures?.brier, decimals: 2),
            ]
        }
        for person in persons {
            table.rows.append(
                [.text(person.question), .text(person.correction), .count(person.people)] + figures(person.model)
                    + (hasYardstick ? figures(person.yardstick) : []) + [.percent(person.majority)])
        }
        let title = "Each drawn person's own answer, foretold by the model"
            + (hasYardstick ? " and by \(name) alone (a logit fitted on other respondents)" : "") + "; most: the "
            + "commonest answer."
        return wrapped(sanitised(title), to: width) + "\n" + table.rendered(width: width)
    }

    static func flattening(_ panels: [PanelFlattening], width: Int) -> String {
        guard !panels.isEmpty else { return "" }
        var table = TerminalTable(
            titles: ["variance ratio", "items", "over all", "within groups", "between", "less varied"])
        for panel in panels {
            table.rows.append([
                .text(panel.correction), .count(panel.questions), .number(panel.overall, decimals: 2),
                .number(panel.within, decimals: 2), .number(panel.between, decimals: 2),
                .percent(panel.compressed?.share),
            ])
        }
        return table.rendered(width: width)
            + wrapped(
                "The model's variance over people's: 1 is ideal; within groups under 1, members are types. Less varied: the "
                    + "share of items on which the model is.", to: width) + "\n"
    }

    /// How many cells over all people's answers could have come from the model's shares.
    static func tests(_ cells: [ComparisonCell], width: Int) -> String {
        let whole = cells.filter { $0.group == nil }
        guard !whole.isEmpty else { return "" }
        var lines: [String] = []
        for correction in unique(whole.map(\.correction)) {
            let tests = whole.filter { $0.correction == correction }.map { $0.spread?.test?.p }
            let defined = tests.compactMap(\.self)
            let kept = holmAdjusted(defined).count { $0 > 0.05 }
            let untested = tests.count - defined.count
            lines.append(
                "correction \(correction): on \(kept) of \(defined.count) items people may have the model's shares"
                    + (untested > 0 ? " (\(untested) untested: the model gives an answer share 0)" : ""))
        }
        return wrapped(
            sanitised("Rao-Scott second-order tests, Holm over items, 5%; " + lines.joined(separator: "; ") + "."), to: width)
            + "\n"
    }

    /// A p-value for a table; a dash where there is none.
    static func p(_ value: Double?) -> String {
        guard let value else { return "-" }
        return value < 0.001 ? "<.001" : fixed(value, decimals: 3)
    }

    public static func json(_ panels: [ComparedPanel], yardstick: [String]) -> JSONValue {
        [
            "yardstick": JSONValue(yardstick),
            "standings": .array(panels.flatMap(\.standings).map(json)),
            "persons": .array(panels.flatMap(\.persons).map(json)),
            "flattening": .array(panels.compactMap(\.flattening).map(json)),
        ]
    }

    private static func json(_ standing: GroupStanding) -> JSONValue {
        [
            "scale": .string(standing.scale.rawValue), "group": .string(standing.group),
            "correction": .string(standing.correction), "questions": .integer(standing.questions),
            "similarity": .number(standing.similarity), "noise_floor": .number(standing.noiseFloor),
            "excess": .number(standing.excess), "worse_by": .number(standing.difference.value),
            "low": JSONValue(standing.difference.low), "high": JSONValue(standing.difference.high),
            "p": JSONValue(standing.p), "p_holm": JSONValue(standing.adjusted), "n": .integer(standing.humanCount),
            "n_eff": .number(standing.humanEffectiveSize), "m": .integer(standing.modelCount),
        ]
    }

    private static func json(_ person: PersonByPerson) -> JSONValue {
        [
            "question": .string(person.question), "correction": .string(person.correction),
            "people": .integer(person.people), "majority": .number(person.majority), "model": json(person.model),
            "yardstick": person.yardstick.map(json) ?? .null,
        ]
    }

    private static func json(_ figures: PersonByPerson.Figures) -> JSONValue {
        [
            "agreement": .number(figures.agreement.share), "agreement_low": .number(figures.agreement.low),
            "agreement_high": .number(figures.agreement.high), "kappa": JSONValue(figures.kappa),
            "brier": JSONValue(figures.brier), "log_loss": JSONValue(figures.logLoss),
            "calibration_error": JSONValue(figures.calibrationError), "tetrachoric": JSONValue(figures.tetrachoric),
        ]
    }

    private static func json(_ panel: PanelFlattening) -> JSONValue {
        [
            "correction": .string(panel.correction), "questions": .integer(panel.questions),
            "overall": JSONValue(panel.overall), "within": JSONValue(panel.within), "between": JSONValue(panel.between),
            "less_varied": JSONValue(panel.compressed?.share),
        ]
    }
}
