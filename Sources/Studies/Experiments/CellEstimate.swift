import Agents
import Files
import Results
import Surveys

/// A measure in one cell: ours, people's, the paper's.
struct CellEstimate: Sendable {
    /// Place among the record's cells.
    var cell: Int
    /// `nil` where nothing was decided.
    var value: Double?
    /// 95%; `nil` with one subject, where nothing varies by chance.
    var low: Double?
    var high: Double?
    /// Decisions behind it, and those that could not be read or were refused.
    var n: Int
    var unread: Int
    /// The mean in the options' written order minus that in the reverse; `nil` unless both were asked.
    var orderEffect: Double?
    var human: Experiment.Baseline.Figure?
    var paper: Experiment.Baseline.Figure?
    /// What answering at random comes to.
    var uniform: Double?

    /// Ours minus people's.
    var off: Double? { value.flatMap { value in human.map { value - $0.value } } }
}

extension ExperimentRecord {
    /// A measure in every cell, in their order.
    ///
    /// Shares of people who decided once have Wilson's interval, everything else a t interval over subjects.
    func estimates(_ measure: Measure) -> [CellEstimate] {
        let observations = Dictionary(
            grouping: games.map { self.observations(measure, in: $0, apart: true) } ?? self.observations(measure), by: \.cell)
        let name = games == nil ? measure.decision : String(measure.decision.prefix { $0 != " " })
        let asked = Dictionary(
            grouping: decisions.filter { $0.answer.decision == name }, by: \.cell
        ).mapValues(\.count)
        return cells.indices.map { place in
            let own = observations[place] ?? []
            let (value, low, high) = Self.interval(own, isShare: measure.isShare)
            return CellEstimate(
                cell: place, value: value, low: low, high: high, n: own.count,
                unread: asked[cells[place].number].map { $0 - own.count } ?? 0, orderEffect: orderEffect(own),
                human: figure(experiment.humans, measure, cells[place]),
                paper: figure(experiment.paper, measure, cells[place]),
                uniform: experiment.decision(measure.decision).flatMap {
                    measure.uniform($0.filled(cells[place].variables))
                })
        }
    }

    private static func interval(
        _ own: [Observation], isShare: Bool
    ) -> (value: Double?, low: Double?, high: Double?) {
        let (subjects, values) = (own.map(\.subject), own.map(\.value))
        if isShare, values.count > 1, Set(subjects).count == values.count, values.allSatisfy({ $0 == 0 || $0 == 1 }),
            let share = ShareEstimate(count: values.count { $0 == 1 }, of: values.count)
        {
            return (share.share, share.low, share.high)
        }
        guard let mean = clusteredMean(values, clusters: subjects) else { return (nil, nil, nil) }
        return (mean.mean, mean.low, mean.high)
    }

    private func orderEffect(_ own: [Observation]) -> Double? {
        guard experiment.swap else { return nil }
        let written = own.filter { $0.order == $0.order.sorted() }.map(\.value)
        let reverse = own.filter { $0.order != $0.order.sorted() }.map(\.value)
        guard !written.isEmpty, !reverse.isEmpty else { return nil }
        return written.reduce(0, +) / Double(written.count) - reverse.reduce(0, +) / Double(reverse.count)
    }

    /// Of the figures that a cell is in, the one that names most of it.
    private func figure(
        _ baseline: Experiment.Baseline?, _ measure: Measure, _ cell: Experiment.Cell
    ) -> Experiment.Baseline.Figure? {
        let fitting = baseline?.figures.filter { $0.measure == measure && cell.isIn($0.cells) } ?? []
        let most = fitting.map(\.cells.values.count).max()
        return fitting.first { $0.cells.values.count == most }
    }
}
