import Agents
import Files
import Surveys

/// A difference between two sets of cells, within the same subjects.
struct PlannedDifference: Sendable {
    var comparison: Experiment.Comparison
    var difference: ArmDifference
    /// Adjusted over all comparisons it stands among; `nil` without a p of its own.
    var adjusted: Double?
}

extension ExperimentRecord {
    /// A comparison's difference; `nil` where no subject decided in both sets of cells.
    ///
    /// Cells are matched on every other factor, and answers on subject, repetition and order, so that one that could not
    /// be read takes its counterpart with it. Shares of those who decided once are tested by McNemar, everything else by t
    /// over subjects' mean differences.
    func difference(_ comparison: Experiment.Comparison) -> ArmDifference? {
        let observations = observations(comparison.measure)
        let named = Set((comparison.of.values + comparison.against.values).map(\.name))
        let factors = experiment.factors.map(\.name)
        let armIsNamed = !named.isSubset(of: factors)
        func place(_ one: Observation) -> Matched {
            let levels = cells[one.cell].levels.filter { level in
                !named.contains(level.name) && !(armIsNamed && level.name == Experiment.arm)
            }.map(\.value)
            return Matched(subject: one.subject, repetition: one.repetition, order: one.order, levels: levels)
        }
        func values(_ selection: Experiment.Selection) -> [(place: Matched, value: Double)] {
            observations.filter { cells[$0.cell].isIn(selection) }.map { (place($0), $0.value) }
        }
        let (first, second) = (values(comparison.of), values(comparison.against))
        let both = Set(first.map(\.place)).intersection(second.map(\.place))
        func kept(_ values: [(place: Matched, value: Double)]) -> [ArmValue] {
            values.filter { both.contains($0.place) }.map { ArmValue(person: $0.place.subject, value: $0.value) }
        }
        let (a, b) = (kept(first), kept(second))
        if comparison.measure.isShare, a.count > 1, let share = mcNemarDifference(a, b) { return share }
        return pairedMeanDifference(a, b)
    }

    private struct Matched: Hashable {
        var subject: String
        var repetition: Int
        var order: [Int]
        var levels: [String]
    }

    /// Differences with p adjusted over all of them, in the order given; those that cannot be made are left out.
    func differences(
        _ comparisons: [Experiment.Comparison], adjust: ([Double]) -> [Double]
    ) -> [PlannedDifference] {
        var found = comparisons.compactMap { comparison in
            difference(comparison).map { PlannedDifference(comparison: comparison, difference: $0, adjusted: nil) }
        }
        let tested = found.indices.filter { found[$0].difference.p != nil }
        for (place, value) in zip(tested, adjust(tested.compactMap { found[$0].difference.p })) { found[place].adjusted = value }
        return found
    }

    /// Every pair of levels of every factor on every measure that no comparison planned.
    var unplanned: [Experiment.Comparison] {
        measures.flatMap { measure in
            experiment.factors.flatMap { factor in
                factor.levels.indices.flatMap { second in
                    factor.levels.indices.prefix(second).map { first -> Experiment.Comparison in
                        func selection(_ place: Int) -> Experiment.Selection {
                            .init(values: [.init(name: factor.name, value: factor.levels[place].name)])
                        }
                        return .init(measure: measure, of: selection(second), against: selection(first))
                    }
                }
            }
        }.filter { one in
            !experiment.comparisons.contains {
                $0.measure == one.measure
                    && ($0.of == one.of && $0.against == one.against || $0.of == one.against && $0.against == one.of)
            }
        }
    }
}

extension Experiment.Selection {
    /// `tax`, or `price 20, verb raises`.
    var label: String {
        values.map { $0.name == Experiment.arm || $0.name == Experiment.endowment ? $0.value : "\($0.name) \($0.value)" }
            .joined(separator: ", ")
    }
}
