/// A number for a list of segments: equal lists have equal digests, whoever computes them and when.
///
/// 64 bits, every token mixed in by the finaliser of SplitMix64. Among n different lists two share a digest with a
/// probability below n^2 / 2^65: 3 in 10^8 for a million.
struct PathDigest: Hashable, Sendable {
    private var state: UInt64 = 0

    /// Of the empty list.
    init() {}

    /// Of the list with one segment more. Where segments end counts.
    func appending(_ segment: [Token]) -> Self {
        var next = self
        for token in segment { next.mix(UInt64(UInt32(bitPattern: token))) }
        next.mix(1 << 32 | UInt64(segment.count))
        return next
    }

    private mutating func mix(_ value: UInt64) {
        var z = (state ^ value) &+ 0x9e37_79b9_7f4a_7c15
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        state = z ^ (z >> 31)
    }
}
