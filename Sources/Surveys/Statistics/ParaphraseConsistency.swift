/// How alike one person's answers to several wordings of a question are: 1 minus the mean total variation between two
/// wordings.
///
///     paraphraseConsistency([[1, 0], [0.5, 0.5], [1, 0]])   // 2/3
///
/// - Parameter sharesByWording: For each wording, shares of the options in the questionnaire's order.
/// - Returns: 0 (never alike) to 1 (always the same); `nil` for fewer than two wordings.
/// - Complexity: O(wordings² x options).
/// - Source: Elazar et al. 2021, "Measuring and Improving Consistency in Pretrained Language Models",
///   doi:10.1162/tacl_a_00410 (agreement between pairs of paraphrases), here of distributions.
public func paraphraseConsistency(_ sharesByWording: [[Double]]) -> Double? {
    guard sharesByWording.count > 1 else { return nil }
    var (sum, pairs) = (0.0, 0)
    for (index, one) in sharesByWording.enumerated() {
        for other in sharesByWording[..<index] {
            sum += totalVariation(one, other)
            pairs += 1
        }
    }
    return 1 - sum / Double(pairs)
}
