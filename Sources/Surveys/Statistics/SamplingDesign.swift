/// How people came into a sample: their weights, and the strata and clusters they were drawn by.
///
/// Sampling units are clusters within strata; a person without a cluster is a unit. One cluster name in two strata is
/// two clusters. Units count as drawn with replacement, which errs on the wide side.
public struct SamplingDesign: Sendable {
    /// Of everybody, > 0.
    public let weights: [Double]
    /// Places of people, by unit, by stratum; each in the order of first appearance.
    public let strata: [[[Int]]]

    /// - Parameters:
    ///   - strata: Of everybody, `nil` where unstratified.
    ///   - clusters: Of everybody, `nil` for people drawn by themselves.
    public init(weights: [Double], strata: [String?]? = nil, clusters: [String?]? = nil) {
        precondition(weights.allSatisfy { $0 > 0 && $0.isFinite }, "a weight is > 0")
        precondition((strata ?? []).isEmpty || strata?.count == weights.count, "one stratum a person")
        precondition((clusters ?? []).isEmpty || clusters?.count == weights.count, "one cluster a person")
        struct Unit: Hashable {
            let stratum: Int
            let cluster: String
        }
        var placeOfStratum: [String?: Int] = [:]
        var placeOfUnit: [Unit: Int] = [:]
        var units: [[[Int]]] = []
        for person in weights.indices {
            let name = strata.flatMap { $0.isEmpty ? nil : $0[person] }
            let stratum = placeOfStratum[name] ?? units.count
            if stratum == units.count {
                placeOfStratum[name] = stratum
                units.append([])
            }
            guard let cluster = clusters.flatMap({ $0.isEmpty ? nil : $0[person] }) else {
                units[stratum].append([person])
                continue
            }
            let unit = Unit(stratum: stratum, cluster: cluster)
            if let place = placeOfUnit[unit] {
                units[stratum][place].append(person)
            } else {
                placeOfUnit[unit] = units[stratum].count
                units[stratum].append([person])
            }
        }
        (self.weights, self.strata) = (weights, units)
    }

    public init(_ people: [Respondent]) {
        self.init(
            weights: people.map(\.weight), strata: people.map(\.stratum), clusters: people.map(\.cluster))
    }

    public var count: Int { weights.count }

    /// Sampling units less strata: how many independent pieces of evidence a variance rests on.
    public var degreesOfFreedom: Int { strata.reduce(0) { $0 + $1.count - 1 } }

    /// How often each person is in one bootstrap sample of units within strata.
    ///
    /// - Source: Rust and Rao 1996, "Variance Estimation for Complex Surveys", doi:10.1177/096228029600500305.
    public func resampled(using generator: inout some RandomNumberGenerator) -> [Double] {
        var times = [Double](repeating: 0, count: count)
        for units in strata {
            for _ in units {
                for person in units[Int.random(in: 0..<units.count, using: &generator)] { times[person] += 1 }
            }
        }
        return times
    }

    /// Whether each person is in the first of two random halves of the units, halved within strata; an odd unit falls
    /// to either half.
    public func halved(using generator: inout some RandomNumberGenerator) -> [Bool] {
        var first = [Bool](repeating: false, count: count)
        for units in strata {
            let odd = units.count % 2 == 1 && Bool.random(using: &generator) ? 1 : 0
            for unit in units.shuffled(using: &generator).prefix(units.count / 2 + odd) {
                for person in unit { first[person] = true }
            }
        }
        return first
    }
}
