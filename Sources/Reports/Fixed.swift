/// The number with a fixed count of decimals, correctly rounded from its exact binary value (ties to even).
///
///     fixed(0.125, decimals: 2)      // "0.12"
///     fixed(-0.001, decimals: 2)     // "0.00", never "-0.00"
///     fixed(.nan, decimals: 2)       // "-"
///
/// No locale: the separator is a full stop, and digits are not grouped.
///
/// - Parameter decimals: 0...15.
public func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return "-" }
    let decimals = min(max(decimals, 0), 15)
    let magnitude = value.magnitude
    var power = 1.0
    for _ in 0..<decimals { power *= 10 }
    let whole = magnitude.rounded(.down)
    let part = magnitude - whole  // exact
    // part * power = scaled + rest exactly, so that only a product at a half needs the rest to decide.
    let scaled = part * power
    let rest = (-scaled).addingProduct(part, power)
    var digits = scaled.rounded(.down)
    let tie = scaled - digits - 0.5
    let odd = digits.truncatingRemainder(dividingBy: 2) == 1
    let wholeIsOdd = whole.truncatingRemainder(dividingBy: 2) == 1
    let oddBefore = decimals == 0 ? wholeIsOdd : odd
    if tie > 0 || (tie == 0 && (rest > 0 || (rest == 0 && oddBefore))) { digits += 1 }
    // Int128 holds whole numbers below 1.7e38; greater ones print as Swift prints them.
    guard whole < 1e38 else { return value.description }
    var integer = Int128(whole)
    if digits >= power {
        integer += 1
        digits -= power
    }
    let negative = value < 0 && (integer != 0 || digits != 0)
    let head = (negative ? "-" : "") + String(integer)
    guard decimals > 0 else { return head }
    let tail = String(Int(digits))
    return head + "." + String(repeating: "0", count: decimals - tail.count) + tail
}

/// The same, `-` where there is no number.
public func fixed(_ value: Double?, decimals: Int) -> String {
    value.map { fixed($0, decimals: decimals) } ?? "-"
}

/// A share as whole per cent: `12%`; `<1%` and `>99%` where rounding would claim none or all.
public func percent(_ share: Double?) -> String {
    guard let share, share.isFinite else { return "-" }
    if share > 0, share < 0.005 { return "<1%" }
    if share < 1, share > 0.995 { return ">99%" }
    return fixed(share * 100, decimals: 0) + "%"
}
