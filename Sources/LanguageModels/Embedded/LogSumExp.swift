internal import Foundation

/// `log(sum(exp(logits)))` in natural logarithms, accumulated in `Double`.
///
/// Eight sums, each over every eighth logit, are added in order. Logits more than 700 below the greatest count as
/// nothing. Minus infinity where all are.
///
/// - Complexity: O(n).
func logSumExp(_ logits: UnsafeBufferPointer<Float>) -> Double {
    var tops = SIMD8<Float>(repeating: -.infinity)
    let whole = logits.count & ~7
    var index = 0
    while index < whole {
        let eight = UnsafeRawPointer(logits.baseAddress! + index).loadUnaligned(as: SIMD8<Float>.self)
        tops.replace(with: eight, where: eight .> tops)
        index += 8
    }
    var top = tops.max()
    for index in whole..<logits.count { top = max(top, logits[index]) }
    guard top > -.infinity else { return -.infinity }

    var sums = SIMD8<Double>()
    index = 0
    while index < whole {
        let eight = UnsafeRawPointer(logits.baseAddress! + index).loadUnaligned(as: SIMD8<Float>.self)
        sums += exponential(SIMD8<Double>(eight) - Double(top))
        index += 8
    }
    if whole < logits.count {
        var rest = SIMD8<Double>(repeating: -.infinity)
        for index in whole..<logits.count { rest[index - whole] = Double(logits[index]) - Double(top) }
        sums += exponential(rest)
    }
    var sum = 0.0
    for lane in 0..<8 { sum += sums[lane] }
    return Double(top) + log(sum)
}

/// `e` to numbers from minus infinity to 0, within 2 units in the last place; 0 for those below -700.
///
/// With `x = n log 2 + r`, `|r| <= log(2) / 2`: the Taylor polynomial of degree 13 in `r`, whose rest is below 1e-17,
/// and `n` put into the exponent.
@inline(__always)
private func exponential(_ x: SIMD8<Double>) -> SIMD8<Double> {
    let low = SIMD8<Double>(repeating: -700)
    let isNothing = x .< low
    let held = x.replacing(with: low, where: isNothing)
    // Adding and taking away 1.5 * 2^52 rounds to a whole number, whose bits are then the lowest of the sum.
    let shift = 0x1.8p52
    let shifted = held * 1.4426950408889634 + shift
    let whole = shifted - shift
    let r = (held - whole * 0.693145751953125) - whole * 1.4286068203094173e-06
    var sum = r * (1 / 6_227_020_800) + 1 / 479_001_600
    sum = sum * r + 1 / 39_916_800
    sum = sum * r + 1 / 3_628_800
    sum = sum * r + 1 / 362_880
    sum = sum * r + 1 / 40_320
    sum = sum * r + 1 / 5_040
    sum = sum * r + 1 / 720
    sum = sum * r + 1 / 120
    sum = sum * r + 1 / 24
    sum = sum * r + 1 / 6
    sum = sum * r + 1 / 2
    sum = sum * r + 1
    sum = sum * r + 1
    let exponents = unsafeBitCast(shifted, to: SIMD8<Int64>.self) &+ 1023
    let powers = unsafeBitCast(exponents &<< 52, to: SIMD8<Double>.self)
    return (sum * powers).replacing(with: 0, where: isNothing)
}
