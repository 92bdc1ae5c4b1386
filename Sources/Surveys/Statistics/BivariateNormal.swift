#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// The chance that two standard normal variables with a correlation are at most h and at most k.
///
///     bivariateNormal(0, 0, correlation: 0.5)   // 1/3
///
/// Under |r| = .925, Plackett's integral over the angle arcsin r by 20 Gauss-Legendre nodes; above, Drezner and
/// Wesolowsky's expansion around |r| = 1 in Genz's double precision form. Against 50-digit values the absolute error
/// stays under 1e-14.
///
/// - Parameters:
///   - h: Infinities are allowed.
///   - k: The same.
///   - correlation: -1...1.
/// - Returns: 0...1; `nil` where an argument is not a number or the correlation out of range.
/// - Source: Drezner and Wesolowsky 1990, doi:10.1080/00949659008811236; Genz 2004, "Numerical Computation of
///   Rectangular Bivariate and Trivariate Normal and t Probabilities", doi:10.1023/B:STCO.0000035304.20635.31.
public func bivariateNormal(_ h: Double, _ k: Double, correlation r: Double) -> Double? {
    guard !h.isNaN, !k.isNaN, (-1...1).contains(r) else { return nil }
    if h == -.infinity || k == -.infinity { return 0 }
    if h == .infinity { return NormalDistribution.cumulative(k) }
    if k == .infinity { return NormalDistribution.cumulative(h) }
    let value = abs(r) < 0.925 ? plackett(h, k, r) : nearOne(-h, -k, r)
    return max(0, min(1, value))
}

/// The joint density of two standard normal variables with a correlation inside -1...1, at (h, k).
func bivariateNormalDensity(_ h: Double, _ k: Double, _ r: Double) -> Double {
    let room = (1 - r) * (1 + r)
    return exp(-(h * h - 2 * r * h * k + k * k) / (2 * room)) / (2 * Double.pi * room.squareRoot())
}

private func plackett(_ h: Double, _ k: Double, _ r: Double) -> Double {
    let half = asin(r) / 2
    let squares = (h * h + k * k) / 2
    let sum = gaussLegendre.reduce(0) { sum, node in
        sum + node.weight * [1 - node.place, 1 + node.place].reduce(0) {
            let sine = sin(half * $1)
            return $0 + exp((sine * h * k - squares) / (1 - sine * sine))
        }
    }
    return sum * half / (2 * Double.pi) + NormalDistribution.cumulative(h) * NormalDistribution.cumulative(k)
}

/// The chance of more than h and more than k, for |r| of .925 and more.
private func nearOne(_ h: Double, _ given: Double, _ r: Double) -> Double {
    let k = r < 0 ? -given : given
    let product = h * k
    var part = 0.0
    if abs(r) < 1 {
        let square = (1 - r) * (1 + r)
        let root = square.squareRoot()
        let gap = (h - k) * (h - k)
        let (c, d) = ((4 - product) / 8, (12 - product) / 80)
        let power = -(gap / square + product) / 2
        if power > -100 {
            part = root * exp(power) * (1 - c * (gap - square) * (1 - d * gap) / 3 + c * d * square * square)
        }
        if product > -100 {
            let b = gap.squareRoot()
            part -= exp(-product / 2) * (2 * Double.pi).squareRoot() * NormalDistribution.cumulative(-b / root) * b
                * (1 - c * gap * (1 - d * gap) / 3)
        }
        var sum = 0.0
        for node in gaussLegendre {
            for place in [1 - node.place, 1 + node.place] {
                let x = root / 2 * place * (root / 2 * place)
                let power = -(gap / x + product) / 2
                guard power > -100 else { continue }
                let rest = (1 - x).squareRoot()
                let exact = exp(-product / 2 * x / ((1 + rest) * (1 + rest))) / rest
                sum += node.weight * exp(power) * (1 + c * x * (1 + 5 * d * x) - exact)
            }
        }
        part = (root / 2 * sum - part) / (2 * Double.pi)
    }
    if r > 0 { return part + NormalDistribution.survival(max(h, k)) }
    if h >= k { return -part }
    return (h < 0 ? NormalDistribution.cumulative(k) - NormalDistribution.cumulative(h)
        : NormalDistribution.survival(h) - NormalDistribution.survival(k)) - part
}

/// The positive half of the 20-point rule on -1...1 (numpy `leggauss(20)`).
private let gaussLegendre: [(place: Double, weight: Double)] = [
    (0.07652652113349734, 0.15275338713072628), (0.22778585114164507, 0.14917298647260424),
    (0.37370608871541955, 0.1420961093183824), (0.5108670019508271, 0.1316886384491769),
    (0.636053680726515, 0.1181945319615186), (0.7463319064601508, 0.1019301198172407),
    (0.8391169718222188, 0.08327674157670471), (0.912234428251326, 0.06267204833410879),
    (0.9639719272779138, 0.040601429800386446), (0.993128599185095, 0.017614007139150893),
]
