internal import Foundation

/// decay^(age in hours): exactly, and faster to within a bound.
///
/// The estimate multiplies three tabulated powers, one for each ten binary digits of the age in seconds.
struct Recency {
    /// Bounds |estimate - exact| / the estimate of the youngest; each table is 1,024 products, each off by 1.1e-16.
    static let error = 4e-12
    private let decay: Double
    private let oldest: Int
    private var ones: [Double] = []
    private var thousands: [Double] = []
    private var millions: [Double] = []
    /// Whether estimates are exact: for so slow a decay, or so old or few memories, that the table is of no use.
    let isExact: Bool

    /// - Parameter oldest: Greatest age that will be asked for, in seconds, 0 or more.
    init(decay: Double, youngest: Int, oldest: Int, count: Int) {
        self.decay = decay
        self.oldest = oldest
        // Where a second's decay is near the error of a power, or powers are denormal, the powers' order is not certain.
        isExact = count < 64 || !(decay > 0 && decay < 1 - 1e-7) || oldest >= 1 << 32 || !(Self.power(decay, youngest) > 1e-280)
        if isExact { return }
        ones = Self.powers(decay, step: 1, count: min(oldest, 1023) + 1)
        thousands = Self.powers(decay, step: 1 << 10, count: min(oldest >> 10, 1023) + 1)
        millions = Self.powers(decay, step: 1 << 20, count: oldest >> 20 + 1)
    }

    private static func power(_ decay: Double, _ age: Int) -> Double { pow(decay, Double(age) / 3600) }

    private static func powers(_ decay: Double, step: Int, count: Int) -> [Double] {
        let factor = power(decay, step)
        var next = 1.0
        return (0..<count).map { _ in
            defer { next *= factor }
            return next
        }
    }

    /// - Parameter age: Seconds, 0 or more.
    func exact(_ age: Int) -> Double { Self.power(decay, age) }

    /// - Parameter age: Seconds, 0 or more and no greater than the oldest.
    func estimate(_ age: Int) -> Double {
        isExact ? exact(age) : ones[age & 1023] * thousands[age >> 10 & 1023] * millions[age >> 20]
    }

    /// Writes the estimates for what was last accessed at `times`; what is older than the oldest counts as no older.
    func estimate(_ times: UnsafePointer<Int>, count: Int, now: Int, into powers: UnsafeMutablePointer<Double>) {
        if isExact {
            for index in 0..<count { powers[index] = exact(max(0, now - times[index])) }
            return
        }
        ones.withUnsafeBufferPointer { ones in
            thousands.withUnsafeBufferPointer { thousands in
                millions.withUnsafeBufferPointer { millions in
                    for index in 0..<count {
                        let age = min(oldest, max(0, now &- times[index]))
                        powers[index] = ones[age & 1023] * thousands[age >> 10 & 1023] * millions[age >> 20]
                    }
                }
            }
        }
    }
}
