/// How far answers move with the order in which options are shown.
///
///     orderEffect([[0.5, 0.3, 0.2], [0.2, 0.3, 0.5]])   // 0.3
///
/// - Parameter sharesByOrder: For each order shown, shares of the options by content, in the questionnaire's order.
/// - Returns: The largest total variation between two orders, 0 (none) to 1; `nil` for fewer than two orders.
/// - Complexity: O(orders² x options).
/// - Source: Pezeshkpour and Hruschka 2023, "Large Language Models Sensitivity to The Order of Options in
///   Multiple-Choice Questions", arXiv:2308.11483.
public func orderEffect(_ sharesByOrder: [[Double]]) -> Double? {
    guard sharesByOrder.count > 1 else { return nil }
    var largest = 0.0
    for (index, one) in sharesByOrder.enumerated() {
        for other in sharesByOrder[..<index] { largest = max(largest, totalVariation(one, other)) }
    }
    return largest
}
