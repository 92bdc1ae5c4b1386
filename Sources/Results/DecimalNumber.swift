/// A decimal number in text, and the floating-point number nearest to it.
///
/// Where the digits fit a `Double` and the power of ten is exact, one division or multiplication rounds correctly
/// (Clinger 1990, "How to Read Floating Point Numbers Accurately"); everything else is left to the standard library.
struct DecimalNumber {
    /// In bytes, at least 1.
    let length: Int
    private let text: UnsafeBufferPointer<UInt8>.SubSequence
    private let isNegative: Bool
    private let isWhole: Bool
    /// The digits as one number; meaningless beyond 18.
    private let digits: UInt64
    private let digitCount: Int
    private let exponent: Int

    /// The number that begins at `start`, as JSON writes numbers; `nil` where there is none.
    init?(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
        var place = start
        func byte() -> UInt8? { place < bytes.count ? bytes[place] : nil }
        isNegative = byte() == UInt8(ascii: "-")
        if isNegative { place += 1 }
        var digits: UInt64 = 0
        var count = 0
        func digit() -> UInt64? { byte().flatMap { (48...57).contains($0) ? UInt64($0 - 48) : nil } }
        func take() -> Int {
            let first = place
            while let next = digit() {
                digits = digits &* 10 &+ next
                // Zeros in front are no digits of the number.
                if digits != 0 || count > 0 { count += 1 }
                place += 1
            }
            return place - first
        }
        guard take() > 0 else { return nil }
        var exponent = 0
        var isWhole = true
        if byte() == UInt8(ascii: ".") {
            place += 1
            let decimals = take()
            guard decimals > 0 else { return nil }
            exponent = -decimals
            isWhole = false
        }
        if byte() == UInt8(ascii: "e") || byte() == UInt8(ascii: "E") {
            place += 1
            let isDown = byte() == UInt8(ascii: "-")
            if isDown || byte() == UInt8(ascii: "+") { place += 1 }
            var power = 0
            let first = place
            while let next = digit() {
                power = min(power * 10 + Int(next), 100_000)
                place += 1
            }
            guard place > first else { return nil }
            exponent += isDown ? -power : power
            isWhole = false
        }
        self.digits = digits
        digitCount = count
        self.exponent = exponent
        self.isWhole = isWhole
        length = place - start
        text = bytes[start..<place]
    }

    /// `nil` with a fraction or an exponent, or out of range.
    var integer: Int? { isWhole ? Int(String(decoding: text, as: UTF8.self)) : nil }

    fileprivate var exact: Double? {
        guard digitCount <= 18, digits < 1 << 53, abs(exponent) <= 22 else { return nil }
        let size = exponent < 0 ? Double(digits) / powersOfTen[-exponent] : Double(digits) * powersOfTen[exponent]
        return isNegative ? -size : size
    }

    fileprivate var string: String { String(decoding: text, as: UTF8.self) }
}

extension Double {
    init?(_ number: DecimalNumber) {
        guard let value = number.exact ?? Double(number.string) else { return nil }
        self = value
    }
}

extension Float {
    /// Rounding twice, to `Double` and on, errs only where the first result lies at the middle between two numbers.
    init?(_ number: DecimalNumber) {
        let below = UInt64(1) << 29
        if let value = number.exact, abs(value) >= Double(Float.leastNormalMagnitude) || value == 0,
            abs(Int64(value.bitPattern & (below - 1)) - Int64(below / 2)) > 1
        {
            self.init(value)
        } else {
            guard let value = Float(number.string) else { return nil }
            self = value
        }
    }
}

private let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
]
