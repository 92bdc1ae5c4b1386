import Kernel
import Surveys
import Testing

@Suite struct MeanEffectTests {
    @Test func `the mean is weighted, what moves people apart does not cancel`() throws {
        var stream = RandomStream(seed: 1)
        let found = try #require(MeanEffect([[0.2, -0.2], [-0.2, 0.2]], weights: [3, 1], using: &stream))
        #expect(abs(found.mean[0] - 0.1) < 1e-12 && abs(found.moved - 0.2) < 1e-12 && found.option == 0 && found.people == 2)
        #expect(try #require(MeanEffect([[0.1, -0.3, 0.2]], using: &stream)).option == 1)
    }

    @Test func `of nobody there is no effect, of one person no interval`() throws {
        var stream = RandomStream(seed: 1)
        #expect(MeanEffect([], using: &stream) == nil)
        let one = try #require(MeanEffect([[0.2, -0.2]], using: &stream))
        #expect(one.low == nil && one.high == nil && one.mean == [0.2, -0.2])
    }

    @Test func `nineteen of twenty intervals hold the true effect`() throws {
        var held = 0
        for seed in 0..<200 as Range<UInt64> {
            var stream = RandomStream(seed: seed, "effects")
            // Mean .05, standard deviation .1.
            let effects = (0..<80).map { _ in
                let value = 0.05 + (stream.unit() - 0.5) * 0.1 * 12.0.squareRoot()
                return [value, -value]
            }
            let found = try #require(MeanEffect(effects, repeats: 400, using: &stream))
            if let low = found.low, let high = found.high, low[0] <= 0.05, 0.05 <= high[0] { held += 1 }
        }
        #expect((178...199).contains(held), "\(held)")
    }
}
