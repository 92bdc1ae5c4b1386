/// The next call does not fit into the budget, and none is under way.
public struct BudgetSpent: Error, Hashable, Sendable, CustomStringConvertible {
    public var limit: SpendingLimit
    public var spent: Spending
    /// Of the next call, estimated.
    public var next: Spending

    public var description: String {
        let tokens = limit.tokens.map {
            "\($0) tokens (\(spent.usage.total) spent, the next call needs about \(next.usage.total))"
        }
        let cost = limit.cost.map {
            "a cost of \($0) (\(rounded(spent.cost)) spent, the next call costs about \(rounded(next.cost)))"
        }
        return "The budget is spent: at most \([tokens, cost].compactMap(\.self).joined(separator: " and "))."
    }

    /// With six decimals.
    private func rounded(_ cost: Double) -> String {
        let (whole, rest) = Int((cost * 1_000_000).rounded()).quotientAndRemainder(dividingBy: 1_000_000)
        return "\(whole).\(String(rest + 1_000_000).dropFirst())"
    }
}
