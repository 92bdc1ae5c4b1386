public import Surveys

/// A population's stated shares, which the weights of a drawn panel are made to meet.
public struct PanelAdjustment: Codable, Hashable, Sendable {
    public enum Target: Codable, Hashable, Sendable {
        /// Each variable's shares by themselves: weights are raked.
        case margins([Margin])
        /// Shares of every combination: weights are post-stratified. A cell with fewer than `collapseBelow` personas is
        /// merged with its nearest; where `nil`, an empty cell is an error.
        case crossing(variables: [String], cells: [PopulationCell], collapseBelow: Int?)
    }

    public var target: Target
    /// Where the shares are from, in words; `nil` where not said.
    public var source: String?

    public init(_ target: Target, source: String? = nil) {
        self.target = target
        self.source = source
    }

    /// In the order written.
    public var variables: [String] {
        switch target {
        case .margins(let margins): margins.map(\.variable)
        case .crossing(let variables, _, _): variables
        }
    }

    /// The personas with weights that meet the target, mean 1, starting from those they have.
    ///
    /// - Throws: ``AdjustmentError`` where no weights of these personas can.
    public func adjusted(
        _ personas: [Persona]
    ) throws(AdjustmentError) -> (personas: [Persona], weights: AdjustedWeights) {
        let (people, before) = (personas.map(\.attributes), personas.map(\.weight))
        let weights: AdjustedWeights
        switch target {
        case .margins(let margins):
            weights = try rakedWeights(of: people, weights: before, to: margins)
        case .crossing(let variables, let cells, let least):
            weights = try PostStratification(
                variables: variables, cells: cells, smallCells: least.map { .collapse(below: $0) } ?? .refuse
            ).weights(of: people, weights: before)
        }
        var adjusted = personas
        for (place, weight) in weights.weights.enumerated() { adjusted[place].weight = weight }
        return (adjusted, weights)
    }
}
