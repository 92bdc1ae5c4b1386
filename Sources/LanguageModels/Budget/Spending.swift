/// What models were asked and what that cost.
public struct Spending: Hashable, Sendable {
    public var calls = 0
    public var usage = TokenUsage.zero
    public var cost = 0.0

    public init() {}
}

extension Spending {
    static func + (a: Self, b: Self) -> Self {
        var sum = a
        sum.calls += b.calls
        sum.usage = a.usage + b.usage
        sum.cost += b.cost
        return sum
    }

    static func - (a: Self, b: Self) -> Self {
        var rest = a
        rest.calls -= b.calls
        rest.usage = TokenUsage(
            input: a.usage.input - b.usage.input, output: a.usage.output - b.usage.output,
            cached: a.usage.cached - b.usage.cached)
        // Of nothing under way nothing is left, whatever the sums were rounded to.
        rest.cost = rest.calls == 0 ? 0 : a.cost - b.cost
        return rest
    }
}
