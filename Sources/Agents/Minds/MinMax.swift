/// The least and the greatest of some numbers, and the scaling of numbers between them to 0...1.
struct MinMax {
    private(set) var least = Double.infinity
    private(set) var greatest = -Double.infinity

    init() {}

    init(least: Double, greatest: Double) {
        self.least = least
        self.greatest = greatest
    }

    mutating func take(_ value: Double) {
        if value < least { least = value }
        if value > greatest { greatest = value }
    }

    /// 0 where all are equal or there are none.
    var range: Double { greatest > least ? greatest - least : 0 }

    /// 0.5 where the range is 0.
    func scaled(_ value: Double) -> Double { range > 0 ? (value - least) / range : 0.5 }
}
