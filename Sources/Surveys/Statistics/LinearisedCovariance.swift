extension SamplingDesign {
    /// The covariance of sums over the sample of `size` scores a person each, from units within strata:
    /// sum_h n_h/(n_h - 1) sum_i (z_hi - mean z_h)(z_hi - mean z_h)', z_hi the sum of scores of unit i of stratum h.
    ///
    /// With Taylor's linear scores of a statistic this is the statistic's own covariance. A stratum of a single unit
    /// has no spread of its own: the unit is set against the mean unit of the whole sample with factor 1, which errs
    /// on the wide side (`adjust` in R's survey). People outside a domain score 0 but count as drawn.
    ///
    /// - Parameter add: Adds a person's scores, weights included, to their unit's.
    /// - Returns: `nil` where the sample has a single unit.
    /// - Complexity: O(people size + units size^2).
    /// - Source: Binder 1983, "On the Variances of Asymptotically Normal Estimators from Complex Surveys",
    ///   doi:10.2307/1402588; Lumley 2010, "Complex Surveys", section 3.2.1 for single units.
    public func covariance(_ size: Int, adding add: (Int, inout [Double]) -> Void) -> [[Double]]? {
        let unitCount = strata.reduce(0) { $0 + $1.count }
        guard unitCount > 1 else { return nil }
        let scores = strata.map { units in
            units.map { unit in
                var sums = [Double](repeating: 0, count: size)
                for person in unit { add(person, &sums) }
                return sums
            }
        }
        func mean(_ units: some Collection<[Double]>) -> [Double] {
            var sums = [Double](repeating: 0, count: size)
            for unit in units { for k in 0..<size { sums[k] += unit[k] } }
            return sums.map { $0 / Double(units.count) }
        }
        let grand = mean(scores.flatMap { $0 })
        var covariance = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
        for units in scores {
            let centre = units.count > 1 ? mean(units) : grand
            let factor = units.count > 1 ? Double(units.count) / Double(units.count - 1) : 1
            for unit in units {
                for row in 0..<size where unit[row] != centre[row] {
                    let scaled = factor * (unit[row] - centre[row])
                    for column in 0...row { covariance[row][column] += scaled * (unit[column] - centre[column]) }
                }
            }
        }
        for row in 0..<size { for column in 0..<row { covariance[column][row] = covariance[row][column] } }
        return covariance
    }
}
