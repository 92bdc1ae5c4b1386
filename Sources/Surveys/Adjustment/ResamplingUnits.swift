/// Respondents as a bootstrap draws them: clusters (else single people) within strata, with replacement.
///
/// - Source: Rao and Wu 1988, doi:10.1080/01621459.1988.10478591, without their rescaling.
struct ResamplingUnits: Sendable {
    /// Stratum, then unit, then respondents; in order of first appearance.
    let strata: [[[Int]]]
    let count: Int

    init(_ respondents: [Respondent]) {
        var (order, places) = ([[[Int]]](), [String?: Int]())
        var units: [String?: [String: Int]] = [:]
        for (index, respondent) in respondents.enumerated() {
            let stratum = places[respondent.stratum] ?? order.count
            if stratum == order.count {
                places[respondent.stratum] = stratum
                order.append([])
            }
            if let cluster = respondent.cluster {
                if let unit = units[respondent.stratum]?[cluster] {
                    order[stratum][unit].append(index)
                    continue
                }
                units[respondent.stratum, default: [:]][cluster] = order[stratum].count
            }
            order[stratum].append([index])
        }
        strata = order
        count = respondents.count
    }

    /// How often each respondent is drawn.
    func draw(using generator: inout some RandomNumberGenerator) -> [Double] {
        var times = [Double](repeating: 0, count: count)
        for units in strata {
            for _ in units.indices {
                for index in units[Int.random(in: 0..<units.count, using: &generator)] { times[index] += 1 }
            }
        }
        return times
    }
}
