import Surveys

/// Who is least well represented, and persons foretold one by one, as tables of the page with their CSV.
struct FindingsTables {
    var panels: [ComparedPanel]
    var yardstick: [String]

    var content: HTML {
        let tables = [standings, persons, flattening].compactMap(\.self)
        guard !tables.isEmpty else { return [] }
        return .joined(
            [.element("h3", [:], ["Who, and person by person"])]
                + tables.flatMap { [$0.table, $0.link] }
                + panels.compactMap { ComparisonFindings.verdict($0.standings) }.map { .element("p", [:], [.text($0)]) })
    }

    private var standings: DataTable? {
        let standings = panels.flatMap(\.standings)
        guard !standings.isEmpty else { return nil }
        return DataTable(
            caption: "Groups, the least well represented first. Excess: distance beyond sampling noise; worse by: minus "
                + "the other groups' mean, with a 95% interval; p: one-sided, Holm over the groups.",
            name: "standings",
            titles: [
                "scale", "correction", "group", "n", "n_eff", "m", "similarity", "noise floor", "excess", "worse by", "low",
                "high", "p",
            ],
            rows: standings.map { one in
                [
                    .text(one.scale.rawValue), .text(one.correction), .text(one.group), .count(one.humanCount),
                    .number(one.humanEffectiveSize), .count(one.modelCount), .number(one.similarity),
                    .number(one.noiseFloor), .number(one.excess), .number(one.difference.value),
                    .number(one.difference.low), .number(one.difference.high), .number(one.adjusted),
                ]
            })
    }

    private var persons: DataTable? {
        let persons = panels.flatMap(\.persons)
        guard !persons.isEmpty else { return nil }
        let name = yardstick.joined(separator: "+")
        return DataTable(
            caption: "Each drawn person's own answer foretold by the model"
                + (name.isEmpty ? "." : ", and by \(name) alone: a logit fitted on other respondents."),
            name: "person-by-person",
            titles: ["question", "correction", "people", "agreement", "kappa", "Brier", "log loss", "calibration error"]
                + (name.isEmpty ? [] : ["\(name): agreement", "\(name): kappa", "\(name): Brier"]) + ["commonest answer"],
            rows: persons.map { one in
                [
                    .text(one.question), .text(one.correction), .count(one.people), .number(one.model.agreement.share),
                    .number(one.model.kappa), .number(one.model.brier), .number(one.model.logLoss),
                    .number(one.model.calibrationError),
                ]
                    + (name.isEmpty
                        ? []
                        : [
                            .number(one.yardstick?.agreement.share), .number(one.yardstick?.kappa),
                            .number(one.yardstick?.brier),
                        ]) + [.number(one.majority)]
            })
    }

    private var flattening: DataTable? {
        let found = panels.compactMap(\.flattening)
        guard !found.isEmpty else { return nil }
        return DataTable(
            caption: "The model's variance over people's, ordinal items: 1 is ideal; under 1 within groups, members are types.",
            name: "flattening", titles: ["correction", "items", "over all", "within groups", "between groups", "items less varied"],
            rows: found.map { one in
                [
                    .text(one.correction), .count(one.questions), .number(one.overall), .number(one.within),
                    .number(one.between), .number(one.compressed?.share),
                ]
            })
    }
}
