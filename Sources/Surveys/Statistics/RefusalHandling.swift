/// An answer distribution with refusals taken out and told apart.
public struct SubstantiveAnswers: Codable, Hashable, Sendable {
    /// Over the substantive options, sum 1; `nil` where all refuse.
    public let shares: [Double]?
    /// Of the whole, 0...1; report it beside every distance.
    public let refusal: Double
}

/// Splits shares over substantive options, then refusals: D renormalised over the former, R what the latter hold.
///
/// "Don't know" and "refused" may both be counted here; people who were not asked belong to neither.
///
/// - Parameters:
///   - shares: Chances or sums of weights, 0 or more: substantive options first.
///   - substantive: How many are.
/// - Returns: `nil` where all are 0.
/// - Complexity: O(k).
/// - Source: Santurkar et al. 2023, `helpers.py`, `extract_model_opinions` and `extract_human_opinions`.
public func withoutRefusals(_ shares: [Double], substantive: Int) -> SubstantiveAnswers? {
    precondition((0...shares.count).contains(substantive), "substantive options are among the options")
    let answered = shares.prefix(substantive).reduce(0, +)
    let refused = shares.dropFirst(substantive).reduce(0, +)
    guard answered + refused > 0 else { return nil }
    return SubstantiveAnswers(
        shares: answered > 0 ? shares.prefix(substantive).map { $0 / answered } : nil,
        refusal: refused / (answered + refused))
}
