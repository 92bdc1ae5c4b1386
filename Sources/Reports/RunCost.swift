/// What a run's model calls took, by what they were for.
public struct RunCost: Hashable, Sendable {
    public struct Row: Hashable, Sendable {
        /// `plan`, `say`, `poll`.
        public var purpose: String
        public var model: String
        /// Different completions.
        public var calls: Int
        public var tokensIn: Int
        public var tokensOut: Int
        /// Of the models' own time.
        public var seconds: Double
        /// In the currency of the prices; `nil` where nobody said what the model costs.
        public var cost: Double?

        public init(
            purpose: String, model: String, calls: Int, tokensIn: Int, tokensOut: Int, seconds: Double, cost: Double?
        ) {
            self.purpose = purpose
            self.model = model
            self.calls = calls
            self.tokensIn = tokensIn
            self.tokensOut = tokensOut
            self.seconds = seconds
            self.cost = cost
        }
    }

    public var title: String
    public var rows: [Row]
    /// Times a completion was used; `nil` where uses are not recorded.
    public var uses: Int?

    public init(title: String, rows: [Row], uses: Int? = nil) {
        self.title = title
        self.rows = rows
        self.uses = uses
    }

    public var calls: Int { rows.reduce(0) { $0 + $1.calls } }
    public var tokensIn: Int { rows.reduce(0) { $0 + $1.tokensIn } }
    public var tokensOut: Int { rows.reduce(0) { $0 + $1.tokensOut } }
    public var seconds: Double { rows.reduce(0) { $0 + $1.seconds } }
    /// `nil` where a row's is not known.
    public var cost: Double? {
        let known = rows.compactMap(\.cost)
        return known.count == rows.count ? known.reduce(0, +) : nil
    }

    /// What was paid, in words: `nothing`, for models of this machine.
    public static func money(_ cost: Double?) -> String {
        guard let cost else { return "unknown: no prices were given" }
        return cost == 0 ? "nothing" : fixed(cost, decimals: cost >= 1 ? 2 : 4)
    }
}
