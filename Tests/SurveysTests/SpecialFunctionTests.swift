import Testing

@testable import Surveys

/// Reference values: mpmath 1.4.1 at 40 digits, the integral of density(x) cumulative((k - r x)/sqrt(1 - r^2)).
@Suite struct SpecialFunctionTests {
    static let normals: [(h: Double, k: Double, r: Double, value: Double)] = [
        (0, 0, 0.5, 0.33333333333333333), (0, 0, -0.3, 0.20150665798966086),
        (1, 1, 0.25, 0.72436906253500666), (-1.5, 0.7, 0.9, 0.066807187468488822),
        (0.3, -0.2, 0.92, 0.41256555436632651), (0.3, -0.2, 0.93, 0.41438216684915003),
        (0.3, 0.31, 0.99, 0.59826064973106398), (-2, -2, 0.95, 0.016024483704266528),
        (1.2, -1.1, -0.6, 0.08319207841041731), (1.2, -1.1, -0.93, 0.042075355331932646),
        (0.5, -0.4, -0.99, 0.043246476134274111), (-0.5, 0.6, -0.999, 0.034352035841245764),
        (2, 1.5, -0.97, 0.91044266678296273), (-3, -3, 0.5, 8.1889661832192112e-5),
        (-3, 3.5, 0.95, 0.0013498980316300945), (0.1, 0.1, 0.9999, 0.53758825387571417),
        (0.001, -0.002, 0.99999, 0.4989343656748699), (-1, -1, -0.95, 2.4491951384921633e-12),
        (4, -4, 0.97, 3.1671241833119921e-5), (-0.25, 2, 0.7499, 0.4012550652417079),
        (-5, -5, 0.9, 6.7219063674327208e-8), (-1, 0.5, 0, 0.10970415237749884),
        (1.3, 1.31, -0.999999, 0.80810159761915064),
    ]

    @Test func `the bivariate normal holds 12 digits either side of its change of method`() {
        for one in Self.normals {
            let value = bivariateNormal(one.h, one.k, correlation: one.r)
            #expect(near(value, one.value, 1e-14), "\(one) \(value ?? .nan)")
            #expect(near(bivariateNormal(one.k, one.h, correlation: one.r), one.value, 1e-14), "\(one)")
        }
    }

    /// Sheppard 1899: cumulative(0, 0; r) = 1/4 + arcsin r / (2 pi); here for r = sin of round angles.
    @Test func `the bivariate normal at its centre is Sheppard's arcsine`() {
        for (r, value) in [(0.5.squareRoot(), 0.375), (-0.5.squareRoot(), 0.125), (-0.5, 1.0 / 6), (1, 0.5), (-1, 0)] {
            #expect(near(bivariateNormal(0, 0, correlation: r), value, 1e-15))
        }
    }

    @Test func `the bivariate normal has its margins at infinity and is undefined out of range`() {
        #expect(near(bivariateNormal(.infinity, 1, correlation: 0.4), NormalDistribution.cumulative(1), 0))
        #expect(near(bivariateNormal(-0.3, .infinity, correlation: 0.4), NormalDistribution.cumulative(-0.3), 0))
        #expect(bivariateNormal(-.infinity, .infinity, correlation: 0.4) == 0)
        #expect(bivariateNormal(0, 0, correlation: 1.1) == nil && bivariateNormal(.nan, 0, correlation: 0) == nil)
        for (h, k) in [(-1.0, 0.5), (2, 1), (-2, -0.5)] {
            let least = NormalDistribution.cumulative(min(h, k))
            #expect(near(bivariateNormal(h, k, correlation: 1), least, 1e-15))
            let both = NormalDistribution.cumulative(h) + NormalDistribution.cumulative(k) - 1
            #expect(near(bivariateNormal(h, k, correlation: -1), max(0, both), 1e-15))
        }
    }

    @Test func `a quadrant and its neighbour make up the half plane`() {
        for r in stride(from: -0.995, through: 0.995, by: 0.05) {
            for (h, k) in [(-1.2, 0.4), (0.7, 0.8), (2.5, -2), (-0.6, -0.61)] {
                let sum = (bivariateNormal(h, k, correlation: r) ?? .nan)
                    + (bivariateNormal(h, -k, correlation: -r) ?? .nan)
                #expect(near(sum, NormalDistribution.cumulative(h), 2e-15), "\(h) \(k) \(r)")
            }
        }
    }

    /// mpmath at 30 digits: root of Plackett's integral.
    @Test func `the tetrachoric correlation is the likelihood's own to 1e-12`() {
        let cases: [([[Double]], Double)] = [
            ([[50, 5], [20, 25]], 0.74656190447716108), ([[161, 21], [45, 104]], 0.8168544346639091),
            ([[3, 97], [1, 899]], 0.61673534053881753), ([[5, 60], [40, 8]], -0.93434328251222529),
            ([[37.5, 12.25], [9.75, 21]], 0.63191403436476664),
        ]
        for (table, value) in cases {
            #expect(near(tetrachoricCorrelation(table), value, 1e-12), "\(table)")
            #expect(near(tetrachoricCorrelation([table[1], table[0]]), -value, 1e-12), "\(table)")
        }
        #expect(tetrachoricCorrelation([[3, 5], [0, 0]]) == nil && tetrachoricCorrelation([[0, 5], [0, 4]]) == nil)
    }
}
