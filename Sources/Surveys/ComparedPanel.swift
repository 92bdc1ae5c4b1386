/// A panel beside its people, under one correction.
public struct ComparedPanel: Codable, Hashable, Sendable {
    /// By group (over all first), then question in the order given.
    public var cells: [ComparisonCell]
    /// By group, then scale.
    public var summaries: [ComparisonSummary]
    /// The least well represented group of each scale first.
    public var standings: [GroupStanding]
    public var persons: [PersonByPerson]
    /// `nil` where nothing was asked.
    public var flattening: PanelFlattening?

    public init(
        cells: [ComparisonCell], summaries: [ComparisonSummary], standings: [GroupStanding] = [],
        persons: [PersonByPerson] = [], flattening: PanelFlattening? = nil
    ) {
        self.cells = cells
        self.summaries = summaries
        self.standings = standings
        self.persons = persons
        self.flattening = flattening
    }
}
