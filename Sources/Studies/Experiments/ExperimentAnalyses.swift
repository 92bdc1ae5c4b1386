import Agents
import Files
import Kernel
import Reports
import Results
import Surveys

/// The analyses that an experiment's file plans.
struct ExperimentAnalyses {
    let record: ExperimentRecord

    private var experiment: Experiment { record.experiment }

    func sections(_ analysis: Experiment.Analysis) -> [ReplicationResult.Section] {
        switch analysis {
        case .trend(let measure, let over, let by): [trend(measure, over: over, by: by)]
        case .regression(let measure, let terms): [regression(measure, on: terms)]
        case .mixture(let measure, let over, let types, let typesOf):
            (types.isEmpty ? [] : mixture(measure, over, theory(types), "types as written\(place(of: analysis))"))
                + (typesOf.map { mixture(measure, over, played(measure, over: over, of: $0), "types as the model plays them (\($0))") } ?? [])
        }
    }

    /// ` (1 of 2)` where several mixtures have types of their own.
    private func place(of analysis: Experiment.Analysis) -> String {
        let written = experiment.analyses.filter {
            if case .mixture(_, _, let types, _) = $0 { !types.isEmpty } else { false }
        }
        guard written.count > 1, let place = written.firstIndex(of: analysis) else { return "" }
        return " (\(place + 1) of \(written.count))"
    }

    // MARK: Trend

    /// Kendall's tau within each combination of the other factors; over all of them Page's test, whose rows are
    /// combinations or, where there are several subjects, each subject within each combination.
    private func trend(_ measure: Measure, over: String, by: [String]) -> ReplicationResult.Section {
        let levels = experiment.factors.first { $0.name == over }?.levels.map(\.name) ?? []
        let numbers = levels.compactMap { Double($0) }
        let ordered = numbers.count == levels.count
        // Levels that are numbers count as they are, others by their place.
        let positions = ordered ? numbers : levels.indices.map(Double.init)
        let ranks = positions.indices.sorted { positions[$0] < positions[$1] }
        let observations = record.observations(measure)
        func combination(_ cell: Int) -> [String] { by.map { record.cells[cell].value($0) ?? "" } }
        var combinations: [[String]] = []
        for cell in record.cells.indices where !combinations.contains(combination(cell)) { combinations.append(combination(cell)) }
        let subjects = record.subjects.map(\.id)
        var rows: [[TerminalTable.Cell]] = []
        var blocks: [[Double]] = []
        for combined in combinations {
            let own = observations.filter { combination($0.cell) == combined }
            let means = levels.map { level in mean(own.filter { record.cells[$0.cell].value(over) == level }.map(\.value)) }
            let known = levels.indices.filter { means[$0] != nil }
            let found = kendallTrend(known.map { positions[$0] }, known.compactMap { means[$0] })
            rows.append(
                combined.map { .text($0) } + means.map { .number($0, decimals: 2) }
                    + [.number(found?.tau, decimals: 2), .text(ExperimentTables.p(found?.p))])
            let units = subjects.count > 1 ? subjects.map { id in own.filter { $0.subject == id } } : [own]
            for unit in units {
                let values = ranks.compactMap { place in
                    mean(unit.filter { record.cells[$0.cell].value(over) == levels[place] }.map(\.value))
                }
                if values.count == levels.count { blocks.append(values) }
            }
        }
        let page = blocks.count > 1 && levels.count > 2 ? pageTrend(blocks) : nil
        var note = "tau: Kendall's, from -1 (falls) to 1 (rises), of the means."
        if let page {
            note += " Over all \(counted(blocks.count, "row")): Page's L \(fixed(page.statistic, decimals: 0)) where "
                + "\(fixed(page.expected, decimals: 0)) is expected without a trend, p \(ExperimentTables.p(page.p))."
        }
        if rows.allSatisfy({ $0.count > levels.count && Self.isMissing($0[by.count + levels.count]) }) {
            note += " No tau where the measure does not vary."
        }
        return .init(
            title: "Trend of \(measure.text) over \(over)", columns: by + levels + ["tau", "p"], rows: rows, note: note)
    }

    private static func isMissing(_ cell: TerminalTable.Cell) -> Bool {
        if case .number(nil, _) = cell { true } else { false }
    }

    private func mean(_ values: [Double]) -> Double? { values.isEmpty ? nil : values.reduce(0, +) / Double(values.count) }

    // MARK: Regression

    private func regression(_ measure: Measure, on terms: [String]) -> ReplicationResult.Section {
        let title = "Regression of \(measure.text) on \(terms.joined(separator: ", "))"
        let columns = ["", "estimate", "95% interval", "error", "df", "p"]
        let observations = record.observations(measure)
        var variables: [String: RegressionVariable] = [:]
        for factor in experiment.factors {
            let values = observations.map { record.cells[$0.cell].value(factor.name) ?? "" }
            let numbers = factor.levels.compactMap { Double($0.name) }
            variables[factor.name] =
                numbers.count == factor.levels.count && numbers.count > 2
                ? .number(values.compactMap { Double($0) }) : .factor(values, levels: factor.levels.map(\.name))
        }
        let subjects = observations.map(\.subject)
        do {
            let design = try RegressionDesign(variables, terms: terms)
            let fit = try OrdinaryLeastSquares(observations.map(\.value), on: design)
            guard Set(subjects).count > 1 else {
                // One subject: coefficients describe the cells, and there is nobody to generalise from.
                return .init(
                    title: title, columns: ["", "estimate"],
                    rows: zip(fit.names, fit.estimates).map { [.text($0), .number($1, decimals: 3)] },
                    note: "One subject: coefficients describe the cells, without errors. R2 \(fixed(fit.rSquared, decimals: 2)).")
            }
            let coefficients = try fit.coefficients(clusters: subjects)
            return .init(
                title: title, columns: columns,
                rows: coefficients.map {
                    [
                        .text($0.name), .number($0.estimate, decimals: 3), between($0.low, $0.high),
                        .number($0.standardError, decimals: 3), .number($0.degreesOfFreedom, decimals: 1),
                        .text(ExperimentTables.p($0.p)),
                    ]
                },
                note: "Errors by subject (CR2, Satterthwaite's degrees of freedom); \(counted(Set(subjects).count, "subject")), "
                    + "\(counted(observations.count, "decision")), R2 \(fixed(fit.rSquared, decimals: 2)).")
        } catch {
            return .init(title: title, columns: columns, rows: [], note: "None: \(error)")
        }
    }

    // MARK: Mixture

    private func theory(_ types: [Experiment.MixtureType]) -> [BehaviourType] {
        types.map { type in
            BehaviourType(
                type.name, type.cells.map(\.share),
                ties: type.cells.enumerated().compactMap { place, cell in
                    cell.otherwise.map { .init(situation: place, otherwise: $0) }
                })
        }
    }

    /// Each level of a factor as a type: what the model did under it.
    private func played(_ measure: Measure, over: String, of factor: String) -> [BehaviourType] {
        let observations = record.observations(measure)
        let levels = experiment.factors.first { $0.name == over }?.levels.map(\.name) ?? []
        let types = experiment.factors.first { $0.name == factor }?.levels.map(\.name) ?? []
        return types.compactMap { type in
            let shares = levels.compactMap { level in
                mean(observations.filter {
                    record.cells[$0.cell].value(over) == level && record.cells[$0.cell].value(factor) == type
                }.map(\.value))
            }
            return shares.count == levels.count ? BehaviourType(type, shares) : nil
        }
    }

    private func mixture(
        _ measure: Measure, _ over: String, _ types: [BehaviourType], _ what: String
    ) -> [ReplicationResult.Section] {
        let title = "Mixture nearest to people's \(measure.text), \(what)"
        let levels = experiment.factors.first { $0.name == over }?.levels.map(\.name) ?? []
        let figures = levels.compactMap { level in
            experiment.humans?.figures.first {
                $0.measure == measure && $0.cells.values == [.init(name: over, value: level)]
            }
        }
        var stream = RandomStream(seed: experiment.seed, "experiment/mixture", experiment.id)
        guard figures.count == levels.count,
            let found = simplexMixture(
                types, observed: figures.map(\.value), sizes: figures.map(\.n), using: &stream)
        else { return [.init(title: title, columns: ["type", "weight"], rows: [], note: "None: not every cell was decided.")] }
        let cells = ReplicationResult.Section(
            title: "What each of these types does, and their mixture", columns: [over, "people", "mixture"] + found.names,
            rows: levels.indices.map { place in
                [
                    .text(levels[place]), .number(found.observed[place], decimals: 2),
                    .number(found.fit.fitted[place], decimals: 2),
                ] + types.map { type in
                    type.ties.contains { $0.situation == place }
                        ? .text("\(fixed(type.predictions[place], decimals: 2)) tie")
                        : .text(fixed(type.predictions[place], decimals: 2))
                }
            })
        return [weights(found, title: title), cells]
    }

    private func weights(_ found: SimplexMixture, title: String) -> ReplicationResult.Section {
        let best = found.best
        let hasTies = found.resolutions.count > 1
        var columns = ["type", "weight"]
        if hasTies { columns += ["best ties", "over ties"] }
        columns.append("without one cell")
        if found.intervals != nil { columns.append("95% interval") }
        let rows = found.names.indices.map { type -> [TerminalTable.Cell] in
            var row: [TerminalTable.Cell] = [.text(found.names[type]), .number(found.fit.weights[type], decimals: 3)]
            if hasTies {
                row += [
                    .number(best.fit.weights[type], decimals: 3), between(found.overTies[type].low, found.overTies[type].high),
                ]
            }
            row.append(between(found.overSituations[type].low, found.overSituations[type].high))
            if let interval = found.intervals?[type] { row.append(between(interval.low, interval.high)) }
            return row
        }
        var note = "Root mean square of mixture minus people \(fixed(found.fit.rootMeanSquare, decimals: 3))"
        if hasTies { note += " with ties as written, \(fixed(best.fit.rootMeanSquare, decimals: 3)) as they fit best" }
        note += "."
        if !found.notToldApart.isEmpty {
            note += " The weights of \(found.notToldApart.joined(separator: ", ")) are not told apart: one is a mixture of the others."
        }
        if found.intervals == nil { note += " No intervals: the source does not say how many people each figure is of." }
        return .init(title: title, columns: columns, rows: rows, note: note)
    }
}
