/// Tokens an embedded model was asked to read, those it had to, and the fewest it could have.
///
/// `floor <= evaluated`, and `floor <= asked`.
public struct EvaluationCounts: Hashable, Sendable {
    /// Of every request by itself: its prompt once, and of each continuation or text all tokens but the last, whose
    /// likelihood is read before it.
    public var asked = 0
    /// Passed through the model.
    public var evaluated = 0
    /// Of the tree of everything asked: each different beginning once. What a memory without limits would evaluate.
    public var floor = 0
    /// Of the library.
    public var calls = 0
    /// Inside those calls, on the clock.
    public var seconds = 0.0

    public init() {}

    public static func + (a: Self, b: Self) -> Self {
        var sum = a
        sum.asked += b.asked
        sum.evaluated += b.evaluated
        sum.floor += b.floor
        sum.calls += b.calls
        sum.seconds += b.seconds
        return sum
    }
}
