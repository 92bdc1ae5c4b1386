#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// Shannon's entropy of an answer distribution.
///
/// - Returns: Bits, 0...log2 k.
public func entropy(_ p: [Double]) -> Double {
    p.reduce(0) { $1 > 0 ? $0 - $1 * log2($1) : $0 }
}
