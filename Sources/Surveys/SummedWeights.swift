/// Weights summed by whose they are, in the order of first appearance: sums that no dictionary's order touches.
struct SummedWeights {
    private(set) var sums: [Double] = []
    private var places: [String: Int] = [:]

    mutating func add(_ weight: Double, to name: String) {
        if let place = places[name] {
            sums[place] += weight
        } else {
            places[name] = sums.count
            sums.append(weight)
        }
    }
}
