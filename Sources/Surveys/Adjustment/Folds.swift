/// Deals people into folds of sizes that differ by one at most, at random.
///
/// - Returns: The fold of each, 0..<folds.
func dealtFolds(_ count: Int, into folds: Int, using generator: inout some RandomNumberGenerator) -> [Int] {
    var fold = [Int](repeating: 0, count: count)
    for (turn, place) in (0..<count).shuffled(using: &generator).enumerated() { fold[place] = turn % folds }
    return fold
}
