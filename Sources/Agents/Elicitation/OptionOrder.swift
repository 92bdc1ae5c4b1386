import Surveys

/// The orders in which the options of a question are shown.
///
///     OptionOrder.all(for: question)   // 3 ordinal options: [0,1,2] [1,2,0] [2,0,1] [2,1,0]
///
/// All cyclic shifts put every option in every place; reversing a scale is no shift, so ordinal questions get it too
/// (of two options it is one, and is left out).
enum OptionOrder {
    /// By order index; each lists option indices in the order shown.
    static func all(for question: Question) -> [[Int]] {
        let count = question.options.count
        return (0..<(question.scale == .ordinal && count > 2 ? count + 1 : count)).map { order($0, of: count) }
    }

    /// The order that an answer's `orderIndex` names: shifts below `count`, then the reversed scale.
    static func order(_ index: Int, of count: Int) -> [Int] {
        index < count ? (0..<count).map { ($0 + index) % count } : (0..<count).reversed()
    }

    /// `A` for 0 to `Z` for 25.
    static func letter(_ place: Int) -> String {
        String(Character(Unicode.Scalar(UInt8(65 + place))))
    }
}
