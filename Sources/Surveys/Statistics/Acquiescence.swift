/// The liking for one end of a scale whatever is stated: agreement with a statement plus agreement with its opposite,
/// minus 1.
///
///     acquiescence(statement: [0.7, 0.3], opposite: [0.3, 0.7])   // 0: answers by content
///     acquiescence(statement: [1, 0], opposite: [1, 0])           // 1: the first option, whatever is stated
///
/// Agreement is the mean place on the scale, 1 at the first option and 0 at the last, options equally spaced: with
/// a(p) = sum p_i (k - 1 - i) / (k - 1), the effect is a(statement) + a(opposite) - 1. Where the options run from agreement to
/// disagreement, as Yes before No, it is yea-saying.
///
/// - Parameters:
///   - statement: Shares over k options in the questionnaire's order; sums to 1.
///   - opposite: Shares over the same options, of the reversed wording; sums to 1.
/// - Returns: -1 (always the last option) to 1 (always the first); `nil` for fewer than two options.
/// - Complexity: O(k).
/// - Source: Baumgartner and Steenkamp 2001, "Response Styles in Marketing Research", doi:10.1509/jmkr.38.2.143.18840
///   (acquiescence as agreement with items of both directions, before any is reversed).
public func acquiescence(statement: [Double], opposite: [Double]) -> Double? {
    precondition(statement.count == opposite.count, "one share an option")
    let last = statement.count - 1
    guard last > 0 else { return nil }
    func agreement(_ shares: [Double]) -> Double {
        shares.enumerated().reduce(0) { $0 + $1.element * Double(last - $1.offset) } / Double(last)
    }
    return agreement(statement) + agreement(opposite) - 1
}
