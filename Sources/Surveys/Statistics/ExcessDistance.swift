#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// A distance between two samples without what sampling alone adds to it.
///
/// A distance is a sum of absolute differences, so it is biased upwards: by its noise floor where the populations are
/// one, by next to nothing where they are far apart. Taking the floor off everywhere would flatter small groups. As for
/// one normal difference of mean x and standard deviation s = floor / sqrt(2/pi), E(d) = s sqrt(2/pi) exp(-x^2/2s^2) +
/// x erf(x / s sqrt 2), which is solved for x; below the floor x = -2.0815 (floor - d), so that the mean is 0 where the
/// populations are one.
///
///     excessDistance(0.30, floor: 0.02)   // 0.30
///     excessDistance(0.05, floor: 0.05)   // 0
///     excessDistance(0.03, floor: 0.05)   // -0.0416
///
/// - Parameters:
///   - distance: 0 or more.
///   - floor: Expected between two such samples of one population, 0 or more.
/// - Returns: At most the distance; negative where the samples are closer than chance.
/// - Source: Leone, Nelson and Nottingham 1961, "The Folded Normal Distribution", doi:10.1080/00401706.1961.10489974;
///   the constant by quadrature.
public func excessDistance(_ distance: Double, floor: Double) -> Double {
    guard floor > 0, distance.isFinite else { return distance }
    if distance <= floor { return -2.0815201717763974 * (floor - distance) }
    let spread = floor / (2 / Double.pi).squareRoot()
    let scaled = distance / spread
    var (low, high) = (0.0, scaled)
    // E(d) >= x, so the answer is no larger than the distance; 40 halvings leave 1e-12 of it.
    for _ in 0..<40 {
        let middle = (low + high) / 2
        let expected = (2 / Double.pi).squareRoot() * exp(-middle * middle / 2) + middle * erf(middle * 0.5.squareRoot())
        if expected < scaled { low = middle } else { high = middle }
    }
    return spread * (low + high) / 2
}
