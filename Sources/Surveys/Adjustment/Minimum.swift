/// The least value of a smooth convex function, from 0, by L-BFGS with 10 pairs and halved steps.
///
/// - Parameters:
///   - tolerance: Ends when no component of the gradient is larger.
///   - function: Adds its gradient at a point to the zeros it is given, and returns its value.
/// - Returns: The point, and the gradient's largest component there.
/// - Source: Nocedal and Wright 2006, "Numerical Optimization", algorithms 7.4 and 3.1.
func minimum(
    size: Int, tolerance: Double, limit: Int = 500, of function: ([Double], inout [Double]) -> Double
) -> (point: [Double], gradient: Double) {
    func dot(_ a: [Double], _ b: [Double]) -> Double {
        var sum = 0.0
        for index in a.indices { sum += a[index] * b[index] }
        return sum
    }
    func largest(_ vector: [Double]) -> Double { vector.reduce(0) { max($0, abs($1)) } }
    var point = [Double](repeating: 0, count: size)
    var gradient = point
    var value = function(point, &gradient)
    var pairs: [(step: [Double], change: [Double], product: Double)] = []
    for _ in 0..<limit where largest(gradient) > tolerance {
        var direction = gradient
        var factors: [Double] = []
        for pair in pairs.reversed() {
            let factor = dot(pair.step, direction) / pair.product
            factors.append(factor)
            for index in direction.indices { direction[index] -= factor * pair.change[index] }
        }
        if let last = pairs.last {
            let scale = last.product / dot(last.change, last.change)
            for index in direction.indices { direction[index] *= scale }
        }
        for (pair, factor) in zip(pairs, factors.reversed()) {
            let other = dot(pair.change, direction) / pair.product
            for index in direction.indices { direction[index] += (factor - other) * pair.step[index] }
        }
        let slope = -dot(direction, gradient)
        var length = 1.0
        var (next, nextGradient, nextValue) = (point, gradient, Double.infinity)
        while length > 1e-12 {
            for index in point.indices { next[index] = point[index] - length * direction[index] }
            nextGradient = [Double](repeating: 0, count: size)
            nextValue = function(next, &nextGradient)
            if nextValue <= value + 1e-4 * length * slope { break }
            length /= 2
        }
        guard nextValue < value || largest(nextGradient) < largest(gradient) else { break }
        let step = zip(next, point).map { $0 - $1 }
        let change = zip(nextGradient, gradient).map { $0 - $1 }
        let product = dot(step, change)
        if product > 1e-16 * dot(change, change) {
            pairs.append((step, change, product))
            if pairs.count > 10 { pairs.removeFirst() }
        }
        (point, gradient, value) = (next, nextGradient, nextValue)
    }
    return (point, largest(gradient))
}
