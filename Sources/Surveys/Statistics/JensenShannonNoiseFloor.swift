/// The Jensen-Shannon divergence that two samples from one population show on average, (k - 1)(1/n + 1/m) / (8 ln 2).
///
/// To second order, 8 ln 2 nm/(n+m) times the divergence is chi-square with k - 1 degrees of freedom. Checked against
/// split halves of five surveys: median error 3.3%, worst 20%.
///
/// - Parameters:
///   - options: How many options have a share over 0 in the population.
///   - n: Effective size of one sample, > 0.
///   - m: Effective size of the other, > 0.
/// - Returns: Bits, 0 or more.
/// - Source: Grosse et al. 2002, "Analysis of Symbolic Sequences Using the Jensen-Shannon Divergence",
///   doi:10.1103/PhysRevE.65.041905.
public func jensenShannonNoiseFloor(options: Int, n: Double, m: Double) -> Double {
    Double(max(0, options - 1)) * (1 / n + 1 / m) / (8 * 0.693_147_180_559_945_3)
}
