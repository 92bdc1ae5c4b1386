import Kernel
import Testing

@testable import Surveys

/// Reference values: numpy 2.4.6, residuals by `lstsq` with an intercept, then `corrcoef`.
@Suite struct ShareAssociationTests {
    private static let x = [2.1, 0.4, -1.3, 3.3, 5.2, 0.0, -2.7, 1.9, 4.4, -0.6]
    private static let y = [1.0, 0.9, -0.2, 2.8, 2.2, 1.1, -3.0, 0.3, 5.1, 0.2]
    private static let z = [0.3, 1.2, 0.1, 1.9, 1.4, -0.8, -1.1, 0.6, 2.2, 0.4]
    private static let w = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0, 5.0, 3.0]

    @Test func `partial correlations equal those of residuals computed elsewhere`() throws {
        for (controls, r) in [([[Double]](), 0.8493399017203742), ([Self.z], 0.5238679116666553), ([Self.z, Self.w], 0.09868926151789212)] {
            let found = try #require(partialCorrelation(Self.x, Self.y, controlling: controls))
            #expect(abs(found - r) < 1e-12, "\(found)")
        }
        // With one control it is the formula of the textbooks.
        let (xy, xz, yz) = (
            try #require(pearsonCorrelation(Self.x, Self.y)), try #require(pearsonCorrelation(Self.x, Self.z)),
            try #require(pearsonCorrelation(Self.y, Self.z))
        )
        let formula = (xy - xz * yz) / ((1 - xz * xz) * (1 - yz * yz)).squareRoot()
        #expect(abs(try #require(partialCorrelation(Self.x, Self.y, controlling: [Self.z])) - formula) < 1e-12)
    }

    @Test func `where a control or a side has nothing of its own it is undefined`() {
        let flat = [Double](repeating: 0.1, count: 10)
        let doubled = Self.z.map { 3 * $0 - 1 }
        let cases: [([Double], [Double], [[Double]])] = [
            (flat, Self.y, [Self.z]), (Self.x, Self.y, [flat]), (Self.x, Self.y, [Self.z, doubled]),
            (doubled, Self.y, [Self.z]), (Self.x, doubled, [Self.z]),
            (Array(Self.x.prefix(3)), Array(Self.y.prefix(3)), [Array(Self.z.prefix(3))]), ([], [], []),
        ]
        for (x, y, controls) in cases {
            #expect(partialCorrelation(x, y, controlling: controls) == nil)
        }
    }

    private static let items = [
        ShareAssociation.Item(x: [0.7, 0.2, 0.1], y: [0.5, 0.3, 0.2], controls: [[4.1, 6.2, 3.3]]),
        ShareAssociation.Item(x: [0.9, 0.1], y: [0.4, 0.6], controls: [[7.7, 5.0]]),
        ShareAssociation.Item(x: [0.0, 0.25, 0.75], y: [0.1, 0.3, 0.6], controls: [[2.2, 6.6, 6.1]]),
        ShareAssociation.Item(x: [0.2, 0.2, 0.2, 0.4], y: [0.25, 0.25, 0.1, 0.4], controls: [[1.5, 3.5, 2.5, 0.5]]),
    ]

    @Test func `associations are within questions, whatever the number of options`() throws {
        var stream = RandomStream(seed: 1, "test")
        let found = ShareAssociation(Self.items, using: &stream)
        #expect((found.questions, found.options) == (4, 12))
        let (raw, partial) = (try #require(found.raw), try #require(found.partial))
        #expect(abs(raw.value - 0.5300405885781534) < 1e-12 && abs(partial.value - 0.5216658504892231) < 1e-12, "\(raw) \(partial)")
        let (low, high) = (try #require(raw.low), try #require(raw.high))
        #expect(low < raw.value && raw.value < high && high <= 1)
        // Even shares of two and of five options are no agreement.
        var other = RandomStream(seed: 1, "test")
        let even = ShareAssociation(
            [.init(x: [0.5, 0.5], y: [0.5, 0.5]), .init(x: [0.2, 0.2, 0.2, 0.2, 0.2], y: [0.2, 0.2, 0.2, 0.2, 0.2])], using: &other)
        #expect(even.raw == nil && even.partial == nil)
    }

    @Test func `two questions have a figure without an interval, and none has none`() {
        var stream = RandomStream(seed: 1, "test")
        let two = ShareAssociation(Array(Self.items.prefix(2)), using: &stream)
        #expect(two.raw != nil && two.raw?.low == nil && two.raw?.high == nil)
        let none = ShareAssociation([], using: &stream)
        #expect(none.raw == nil && none.questions == 0)
    }

    @Test func `the interval covers the truth of many surveys about as often as it says`() {
        var (stream, covered) = (RandomStream(seed: 3, "coverage"), 0)
        for _ in 0..<200 {
            let items = (0..<40).map { _ -> ShareAssociation.Item in
                // x and y share half of their variance, so that they correlate at .5.
                let pairs = (0..<3).map { _ -> (Double, Double) in
                    func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + stream.unit() } }
                    let common = normal()
                    return (common + normal(), common + normal())
                }
                return .init(x: pairs.map(\.0), y: pairs.map(\.1))
            }
            var draws = RandomStream(seed: 4, "draws")
            if let raw = ShareAssociation(items, repeats: 200, using: &draws).raw, let low = raw.low, let high = raw.high,
                low <= 0.5, 0.5 <= high
            {
                covered += 1
            }
        }
        #expect((172...198).contains(covered), "\(covered) of 200")
    }
}
