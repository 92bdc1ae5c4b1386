public import Surveys

/// What a comparison says in words, and no more than it says.
///
/// The figures quoted are those of the first correction given: callers put the uncorrected one first, and the choice
/// never depends on the results.
public enum ComparisonHeadline {
    /// - Parameters:
    ///   - summaries: Over all (`group == nil`) and by group, any number of corrections.
    ///   - cells: Questions of the same comparison, for the worst one; may be empty.
    /// - Returns: Two paragraphs a scale, the verdict and its grounds, then warnings; never empty.
    public static func paragraphs(_ summaries: [ComparisonSummary], cells: [ComparisonCell] = []) -> [String] {
        let overall = summaries.filter { $0.group == nil }
        var result: [String] = []
        for scale in Scale.allCases {
            guard let first = overall.first(where: { $0.scale == scale }) else { continue }
            let others = overall.filter { $0.scale == scale && $0.correction != first.correction }
            let groups = summaries.filter {
                $0.scale == scale && $0.group != nil && $0.correction == first.correction
            }
            let items = cells.filter { $0.scale == scale && $0.group == nil && $0.correction == first.correction }
            result.append(verdict(first))
            result.append(
                [mirrors(first), corrections(others), worstGroup(groups), worstItem(items)]
                    .compactMap { $0 }.joined(separator: " "))
        }
        if result.isEmpty { return ["Nothing could be compared: no question has answers on both sides."] }
        if overall.contains(where: { $0.correction == "persona-free" }) {
            result.append(
                "The correction persona-free shows how answers move between persons, centred on uniform: it removes "
                    + "base rates, so its level is not evidence of fidelity.")
        }
        return result
    }

    private static func verdict(_ summary: ComparisonSummary) -> String {
        let value = summary.similarity
        let interval = value.low.flatMap { low in
            value.high.map { " (95% interval \(fixed(low, decimals: 3)) to \(fixed($0, decimals: 3)))" }
        }
        let items = "\(summary.questions) \(summary.scale.rawValue) item\(summary.questions == 1 ? "" : "s")"
        return "On \(items), correction \(summary.correction), the model's answers score "
            + "\(fixed(value.value, decimals: 3))\(interval ?? "") where 1 is the people's own shares: "
            + standing(summary) + "."
    }

    /// Where the score lies between answering at random and what a second sample of people would score.
    static func standing(_ summary: ComparisonSummary) -> String {
        let value = summary.similarity
        let (low, high) = (value.low ?? value.value, value.high ?? value.value)
        let uniform = summary.mirrors.uniform
        if high < uniform { return "farther from people than answers at random" }
        if let floor = summary.mirrors.noiseFloor, high >= floor, low > uniform {
            return "within sampling noise of a second sample of people"
        }
        if low <= uniform { return "not distinguishable from answers at random" }
        guard let skill = summary.skill else { return "closer to people than answers at random" }
        return "\(percent(skill)) of the way from answers at random to a second sample of people"
    }

    private static func mirrors(_ summary: ComparisonSummary) -> String {
        let mirrors = summary.mirrors
        var text = "Answers at random score \(fixed(mirrors.uniform, decimals: 3))"
        if let floor = mirrors.noiseFloor {
            text += "; a second sample of people of these sizes would score about \(fixed(floor, decimals: 3)), "
                + (summary.similarity.value < floor
                    ? "\(fixed(floor - summary.similarity.value, decimals: 3)) above the model" : "no more than the model")
        }
        text += summary.skill.map { "; skill \(fixed($0, decimals: 2)) (0 random, 1 noise floor)." }
            ?? "; skill is undefined: random answers already lie too near the noise floor on these items."
        if mirrors.modal > summary.similarity.value {
            text += " Giving everybody the commonest human answer would score higher, "
                + "\(fixed(mirrors.modal, decimals: 3))."
        }
        return text
    }

    private static func corrections(_ others: [ComparisonSummary]) -> String? {
        guard !others.isEmpty else { return nil }
        let scores = others.map { "\($0.correction) \(fixed($0.similarity.value, decimals: 3))" }
        return "With other corrections: " + scores.joined(separator: ", ") + "."
    }

    /// The group whose score is lowest; the first of equals.
    private static func worstGroup(_ groups: [ComparisonSummary]) -> String? {
        guard groups.count > 1, let worst = groups.min(by: { $0.similarity.value < $1.similarity.value }),
            let best = groups.max(by: { $0.similarity.value < $1.similarity.value })
        else { return nil }
        return "Least like its people: \(worst.group ?? "") (\(fixed(worst.similarity.value, decimals: 3)), "
            + "n \(worst.humanCount), m \(worst.modelCount)); most: \(best.group ?? "") "
            + "(\(fixed(best.similarity.value, decimals: 3)))."
    }

    private static func worstItem(_ cells: [ComparisonCell]) -> String? {
        guard cells.count > 1, let worst = cells.min(by: { $0.similarity.value < $1.similarity.value }) else { return nil }
        return "Farthest question: \(worst.question) (\(fixed(worst.similarity.value, decimals: 3)))."
    }
}
