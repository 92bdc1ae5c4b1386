import Foundation
import Reports
import Testing

struct FixedTests {
    @Test func `numbers are rounded from their exact binary value`() {
        #expect(fixed(0.125, decimals: 2) == "0.12")
        #expect(fixed(0.375, decimals: 2) == "0.38")
        #expect(fixed(2.675, decimals: 2) == "2.67")
        #expect(fixed(1.005, decimals: 2) == "1.00")
        #expect(fixed(0.5, decimals: 0) == "0")
        #expect(fixed(1.5, decimals: 0) == "2")
        #expect(fixed(9.999, decimals: 2) == "10.00")
        #expect(fixed(1e22, decimals: 1) == "10000000000000000000000.0")
    }

    @Test func `nothing is ever minus zero, and no number is a dash`() {
        for value in [-0.0, -0.001, -0.0049, -1e-300] { #expect(fixed(value, decimals: 2) == "0.00") }
        #expect(fixed(-0.006, decimals: 2) == "-0.01")
        #expect(fixed(Double?.none, decimals: 2) == "-")
        #expect(fixed(.nan, decimals: 2) == "-")
        #expect(fixed(-.infinity, decimals: 2) == "-")
    }

    @Test func `twenty thousand numbers print as the C library prints them`() {
        var generator = Sequence64(state: 7)
        for _ in 0..<20_000 {
            let decimals = Int(generator.next() % 10)
            let scale = pow(10, Double(Int(generator.next() % 14)) - 5)
            // Every other number is a tie or near one.
            var value = (Double(generator.next() >> 11) / 9_007_199_254_740_992 - 0.5) * scale
            if generator.next() % 2 == 0 { value = (value * 1024).rounded() / 1024 }
            let expected = String(format: "%.\(decimals)f", value)
            let plain = expected.contains { ("1"..."9").contains($0) } ? expected : expected.replacing("-", with: "")
            #expect(fixed(value, decimals: decimals) == plain, "\(value)")
        }
    }

    @Test func `a share is never rounded to none or all`() {
        #expect(percent(0) == "0%")
        #expect(percent(0.0004) == "<1%")
        #expect(percent(0.426) == "43%")
        #expect(percent(0.999) == ">99%")
        #expect(percent(1) == "100%")
        #expect(percent(nil) == "-")
    }
}

/// SplitMix64.
struct Sequence64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
