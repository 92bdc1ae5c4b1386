/// An option drawn with these shares, which sum to 1.
///
///     drawnOption([0, 1], using: &generator)   // 1
///
/// - Returns: Its index; `nil` where none has a share.
/// - Complexity: O(k).
public func drawnOption(_ shares: [Double], using generator: inout some RandomNumberGenerator) -> Int? {
    var point = Double.random(in: 0..<1, using: &generator)
    for (option, share) in shares.enumerated() {
        point -= share
        if point < 0 { return option }
    }
    return shares.indices.last { shares[$0] > 0 }
}
