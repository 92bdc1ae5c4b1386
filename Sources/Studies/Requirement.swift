import Reports
import Surveys

/// `skill>0.3`, `similarity>=0.9`: what `--require` asks of the summaries over all.
struct Requirement {
    let text: String
    let name: String
    let atLeast: Bool
    let threshold: Double

    init(_ text: String) throws {
        let parts = text.split(separator: ">", maxSplits: 1).map { $0.filter { !$0.isWhitespace } }
        guard parts.count == 2, ["skill", "similarity"].contains(parts[0]),
            let threshold = Double(parts[1].hasPrefix("=") ? String(parts[1].dropFirst()) : parts[1])
        else { throw StudyError.usage("--require '\(text)' is not understood; write 'skill>0.3' or 'similarity>=0.9'") }
        (self.text, name, atLeast, self.threshold) = (text, parts[0], parts[1].hasPrefix("="), threshold)
    }

    /// Every correction and scale must meet it: the best is never picked.
    func unmet(_ summaries: [ComparisonSummary]) throws -> String? {
        for summary in summaries where summary.group == nil {
            let value = name == "skill" ? summary.skill : summary.similarity.value
            let met = value.map { atLeast ? $0 >= threshold : $0 > threshold } ?? false
            if !met {
                return "unmet: \(text): \(name) of the \(summary.scale.rawValue) items, correction \(summary.correction), is \(value.map { fixed($0, decimals: 3) } ?? "undefined")"
            }
        }
        return nil
    }
}
