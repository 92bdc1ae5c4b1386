/// Where a model stands between uniform answers (0) and the human noise floor (1).
///
/// (d_uniform - d_model) / (d_uniform - d_floor); under 0 it is worse than answering at random.
///
/// - Parameters: Distances to the human answers in one unit, or sums of them over items.
/// - Returns: `nil` where uniform answers are within 0.02 of the floor, so that there is nothing to be skilled at.
public func skill(model: Double, uniform: Double, floor: Double) -> Double? {
    let room = uniform - floor
    return room >= 0.02 ? (uniform - model) / room : nil
}
