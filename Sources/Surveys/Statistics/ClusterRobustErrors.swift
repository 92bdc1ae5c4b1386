/// How the errors of a regression allow for rows of one cluster that go together.
public enum ClusterErrors: String, Codable, Hashable, Sendable, CaseIterable {
    /// The sandwich times G/(G-1) (N-1)/(N-K), judged by t with G - 1 degrees of freedom: Stata's `cluster`, the default
    /// of statsmodels. Too small with few clusters.
    case cr1
    /// Residuals scaled by (I - H)^(-1/2) of their cluster, judged by t with Satterthwaite's degrees of freedom: unbiased
    /// where rows are independent, and honest with few clusters.
    case cr2
}

/// One coefficient of a regression.
public struct RegressionCoefficient: Codable, Hashable, Sendable {
    public let name: String
    public let estimate: Double
    /// 0 where the fit is exact.
    public let standardError: Double
    /// Of t, > 0; `nil` where the clusters leave none.
    public let degreesOfFreedom: Double?
    /// Of the confidence asked for; `nil` without degrees of freedom.
    public let low: Double?
    public let high: Double?
    /// Two-sided p of 0, for this coefficient alone; `nil` where there is no error to judge by.
    public let p: Double?
}

extension OrdinaryLeastSquares {
    /// The coefficients with errors that follow clusters, such as people who decide repeatedly.
    ///
    /// With Q the orthonormal columns, Q_g of cluster g, e its residuals and S_g = (I - Q_g'Q_g)^(-1/2) for CR2 (the
    /// identity for CR1; where a cluster alone determines a direction, the generalised inverse), the covariance is
    /// R^-1 sum_g (S_g Q_g'e)(S_g Q_g'e)' R^-T. For coefficient c let a_g = Q_g S_g w, w = R^-T c, and u_g = Q_g'a_g; the
    /// degrees of freedom are tr(M)^2/tr(M^2) of M_gh = [g = h] a_g'a_g - u_g'u_h.
    ///
    /// - Parameters:
    ///   - clusters: Of each row; each row its own where `nil` (CR1 is then HC1, CR2 HC2).
    ///   - confidence: 0...1, both ends excluded.
    /// - Complexity: O(rows columns^2 + clusters columns^3).
    /// - Source: Liang and Zeger 1986, doi:10.1093/biomet/73.1.13; Bell and McCaffrey 2002, "Bias Reduction in Standard
    ///   Errors for Linear Regression with Multi-Stage Samples"; Pustejovsky and Tipton 2018,
    ///   doi:10.1080/07350015.2016.1247004.
    public func coefficients<Cluster: Hashable>(
        clusters: [Cluster]? = [Int]?.none, errors: ClusterErrors = .cr2, confidence: Double = 0.95
    ) throws(RegressionError) -> [RegressionCoefficient] {
        let (n, k) = (residuals.count, names.count)
        guard clusters.map({ $0.count == n }) != false else { throw .misshapen("one cluster a row is needed") }
        let groups = rowsByCluster(clusters, count: n)
        guard groups.count > 1 else { throw .oneCluster }
        var meat = [[Double]](repeating: [Double](repeating: 0, count: k), count: k)
        var scalings: [ClusterScaling] = []
        for rows in groups {
            let scaling = ClusterScaling(rows.map { basis[$0] }, columns: k, errors: errors)
            var scores = [Double](repeating: 0, count: k)
            for row in rows { for column in 0..<k { scores[column] += basis[row][column] * residuals[row] } }
            scores = scaling.scaled(scores) { factor, _ in factor }
            for row in 0..<k { for column in 0..<k { meat[row][column] += scores[row] * scores[column] } }
            scalings.append(scaling)
        }
        let g = Double(groups.count)
        let factor = errors == .cr1 ? g / (g - 1) * Double(n - 1) / Double(n - k) : 1
        return names.indices.map { place in
            // Row `place` of R^-1, which is w.
            var w = [Double](repeating: 0, count: k)
            w[place] = 1
            w = forwardSubstituted(triangle, w)
            let variance = factor * zip(meat, w).reduce(0) { $0 + $1.1 * dot($1.0, w) }
            let error = max(0, variance).squareRoot()
            let freedom = errors == .cr1 ? g - 1 : satterthwaite(scalings, w)
            let t = freedom.flatMap { StudentT.quantile((1 + confidence) / 2, degreesOfFreedom: $0) }
            return RegressionCoefficient(
                name: names[place], estimate: estimates[place], standardError: error, degreesOfFreedom: freedom,
                low: t.map { estimates[place] - $0 * error }, high: t.map { estimates[place] + $0 * error },
                p: error > 0
                    ? freedom.flatMap { StudentT.twoSided(estimates[place] / error, degreesOfFreedom: $0) } : nil)
        }
    }

    private func satterthwaite(_ scalings: [ClusterScaling], _ w: [Double]) -> Double? {
        var products = [[Double]](repeating: [Double](repeating: 0, count: w.count), count: w.count)
        var (trace, squares) = (0.0, 0.0)
        for scaling in scalings {
            let u = scaling.scaled(w) { factor, leverage in factor * leverage }
            let own = dot(w, scaling.scaled(w) { factor, leverage in factor * factor * leverage })
            let length = dot(u, u)
            trace += own - length
            squares += own * own - 2 * own * length
            for row in w.indices { for column in w.indices { products[row][column] += u[row] * u[column] } }
        }
        for row in w.indices { for column in w.indices { squares += products[row][column] * products[column][row] } }
        return trace > 1e-12 && squares > 0 ? trace * trace / squares : nil
    }
}
