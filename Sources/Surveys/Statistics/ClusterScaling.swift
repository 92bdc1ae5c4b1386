/// What a cluster's residuals are scaled by, as functions of Q_g'Q_g = V diag(leverage) V', Q_g its orthonormal rows.
///
/// (I - Q_g Q_g')^(-1/2) Q_g = Q_g V diag((1 - leverage)^(-1/2)) V', so that no matrix of a cluster's size is needed.
///
/// - Source: Bell and McCaffrey 2002; the generalised inverse of a leverage of 1 as in Pustejovsky and Tipton 2018,
///   theorem 1.
struct ClusterScaling {
    private let leverages: [Double]
    private let vectors: [[Double]]
    private let factors: [Double]

    init(_ rows: [[Double]], columns: Int, errors: ClusterErrors) {
        var products = [[Double]](repeating: [Double](repeating: 0, count: columns), count: columns)
        for row in rows {
            for a in 0..<columns where row[a] != 0 { for b in a..<columns { products[a][b] += row[a] * row[b] } }
        }
        (leverages, vectors) = symmetricEigen(products)
        factors = leverages.map { leverage in
            switch errors {
            case .cr1: 1
            case .cr2: leverage < 1 - 1e-10 ? 1 / (1 - max(0, leverage)).squareRoot() : 0
            }
        }
    }

    /// V diag(f(factor, leverage)) V' x.
    func scaled(_ x: [Double], by f: (Double, Double) -> Double) -> [Double] {
        var result = [Double](repeating: 0, count: x.count)
        for (place, vector) in vectors.enumerated() {
            let part = f(factors[place], leverages[place]) * dot(vector, x)
            for row in x.indices { result[row] += part * vector[row] }
        }
        return result
    }
}

/// The rows of each cluster, clusters in the order in which they first appear; each row its own where `nil`.
func rowsByCluster<Cluster: Hashable>(_ clusters: [Cluster]?, count: Int) -> [[Int]] {
    guard let clusters else { return (0..<count).map { [$0] } }
    var places: [Cluster: Int] = [:]
    var groups: [[Int]] = []
    for (row, cluster) in clusters.enumerated() {
        if let place = places[cluster] {
            groups[place].append(row)
        } else {
            places[cluster] = groups.count
            groups.append([row])
        }
    }
    return groups
}

/// The x of R'x = b, R upper triangular.
func forwardSubstituted(_ r: [[Double]], _ b: [Double]) -> [Double] {
    var x = b
    for row in b.indices {
        for column in 0..<row { x[row] -= r[column][row] * x[column] }
        x[row] /= r[row][row]
    }
    return x
}
