/// A named stream of random numbers: the same seed and names give the same draws, whoever else draws.
///
///     var stream = RandomStream(seed: 7, "resident/rosa", "plan")
///     Int.random(in: 1...6, using: &stream)
///
/// Adding a resident or a question shifts nobody else's draws, and arms of an experiment share theirs.
/// The generator is xoshiro256++ seeded through SplitMix64 from a 64-bit digest of the seed and the names.
///
/// - Source: Blackman and Vigna 2021, "Scrambled Linear Pseudorandom Number Generators", doi:10.1145/3460772.
public struct RandomStream: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    public init(seed: UInt64, _ names: String...) {
        self.init(seed: seed, names: names)
    }

    public init(seed: UInt64, names: [String]) {
        var mix = SplitMix64(state: Self.digest(seed: seed, names: names))
        state = (mix.next(), mix.next(), mix.next(), mix.next())
    }

    /// One number for a name: the tie of a resident at a moment, the sampling seed of a model call.
    public static func draw(seed: UInt64, _ names: String...) -> UInt64 {
        var mix = SplitMix64(state: digest(seed: seed, names: names))
        return mix.next()
    }

    /// Lengths are mixed in, so `["ab", "c"]` and `["a", "bc"]` differ.
    private static func digest(seed: UInt64, names: [String]) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        func mix(_ word: UInt64) { for shift in stride(from: 0, to: 64, by: 8) { mix(UInt8(truncatingIfNeeded: word >> UInt64(shift))) } }
        mix(seed)
        for name in names {
            mix(UInt64(name.utf8.count))
            for byte in name.utf8 { mix(byte) }
        }
        return hash
    }

    public mutating func next() -> UInt64 {
        func rotate(_ value: UInt64, _ by: UInt64) -> UInt64 { (value << by) | (value >> (64 - by)) }
        let result = rotate(state.0 &+ state.3, 23) &+ state.0
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = rotate(state.3, 45)
        return result
    }
}

/// The seeding generator.
///
/// - Source: Steele, Lea and Flood 2014, "Fast Splittable Pseudorandom Number Generators", doi:10.1145/2660193.2660195.
struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

extension RandomNumberGenerator {
    /// A number in 0..<1 with 53 random bits.
    public mutating func unit() -> Double { Double(next() >> 11) * 0x1.0p-53 }
}
