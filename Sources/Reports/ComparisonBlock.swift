import Surveys

/// The cells of one question and group together: the people once, the model under each correction.
struct ComparisonBlock: Hashable, Sendable {
    /// Shares that are drawn as one colour.
    struct Series: Hashable, Sendable {
        var name: String
        var shares: [Double]
        var intervals: [ComparisonCell.Estimate]?
    }

    var question: String
    var group: String?
    var scale: Scale
    var options: [String]
    /// At least one, in the order given.
    var cells: [ComparisonCell]

    var series: [Series] {
        [Series(name: "people", shares: cells[0].human.shares, intervals: cells[0].humanIntervals)]
            + cells.map { Series(name: "model, \($0.correction)", shares: $0.model.shares, intervals: $0.modelIntervals) }
    }

    /// Blocks in the order in which their first cells come.
    static func blocks(_ cells: [ComparisonCell]) -> [ComparisonBlock] {
        struct Key: Hashable { var question: String, group: String? }
        var places: [Key: Int] = [:]
        var blocks: [ComparisonBlock] = []
        for cell in cells {
            let key = Key(question: cell.question, group: cell.group)
            if let place = places[key] {
                blocks[place].cells.append(cell)
            } else {
                places[key] = blocks.count
                blocks.append(
                    ComparisonBlock(
                        question: cell.question, group: cell.group, scale: cell.scale, options: cell.options, cells: [cell]))
            }
        }
        return blocks
    }
}

/// The mirrors of several summaries of one scale and group as named rows.
enum ComparisonMirrors {
    /// One row a mirror; a mirror whose value depends on the correction gets a row a value, named after it.
    static func rows(_ summaries: [ComparisonSummary]) -> [(name: String, value: Double?)] {
        let mirrors: [(String, (ComparisonCell.Mirrors) -> Double?)] = [
            ("noise floor", \.noiseFloor), ("split half", \.splitHalf), ("drawn people", \.drawnPeople),
            ("modal answer", { $0.modal }), ("uniform answers", { $0.uniform }),
        ] + (summaries.contains { $0.mirrors.yardstick != nil } ? [("yardstick", \.yardstick)] : [])
        return mirrors.flatMap { name, value -> [(name: String, value: Double?)] in
            let values = summaries.map { value($0.mirrors) }
            guard let first = values.first else { return [] }
            if values.allSatisfy({ $0 == first }) { return [(name, first)] }
            return zip(summaries, values).map { ("\(name), \($0.correction)", $1) }
        }
    }
}

/// The distinct texts in the order of their first appearance.
func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
}
