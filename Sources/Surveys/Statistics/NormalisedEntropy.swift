#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// Shannon's entropy as a share of the greatest there can be, H(p) / log2 k.
///
/// - Returns: 0 (one answer) ... 1 (uniform); `nil` under 2 options.
/// - Complexity: O(k).
/// - Source: Shannon 1948, section 6 (one minus his redundancy, section 7).
public func normalisedEntropy(_ p: [Double]) -> Double? {
    p.count > 1 ? entropy(p) / log2(Double(p.count)) : nil
}
