import LanguageModels
import Reports
import Surveys
import Worlds

/// What a judge found, its own consistency first.
struct JudgeResult: Sendable {
    var material: JudgeStudy.Material
    var judge: ModelIdentity
    var pairs: [JudgedPair]
    var meter: CachedModel.Meter
    var consistency: JudgeConsistency
    /// All questions, then each category in the survey's order.
    var rankings: [JudgeRanking]

    init(material: JudgeStudy.Material, judge: ModelIdentity, pairs: [JudgedPair], meter: CachedModel.Meter, seed: UInt64) {
        self.material = material
        self.judge = judge
        self.pairs = pairs
        self.meter = meter
        consistency = JudgeConsistency(
            pairs.compactMap { if case .judged(let swapped) = $0.judgement { swapped } else { nil } })
        var categories: [String] = []
        for category in material.questions.compactMap(\.category) where !categories.contains(category) {
            categories.append(category)
        }
        let count = material.conditions.count
        rankings = [JudgeRanking(pairs, conditions: count, category: nil, seed: seed)]
        if categories.count > 1 {
            rankings += categories.map { category in
                JudgeRanking(pairs.filter { $0.category == category }, conditions: count, category: category, seed: seed)
            }
        }
    }

    /// Why nothing may be concluded from this judge; `nil` where its verdicts survive swapping often enough.
    var warning: String? {
        guard let swap = consistency.swapConsistency else {
            return "No pair was judged in both orders: such a judge cannot carry a finding."
        }
        guard swap.share < Self.leastConsistency || swap.low <= 0.5 else { return nil }
        return "Swapping the two answers changed the verdict in \(percent(1 - swap.share)) of pairs: such a judge cannot carry a finding."
    }

    /// Below this share of verdicts that survive swapping, no finding rests on a judge; tossing a coin gives .5.
    static let leastConsistency = 0.7

    /// Mu and sigma of a condition in the paper, where it is one of the paper's and so is the interview.
    ///
    /// - Source: Park et al. 2023, "Generative Agents", section 6.5.
    static func paper(_ without: [World.Ablation]) -> TrueSkillRating? {
        switch without {
        case []: TrueSkillRating(mu: 29.89, sigma: 0.72)
        case [.reflection]: TrueSkillRating(mu: 26.88, sigma: 0.69)
        case [.reflection, .planning]: TrueSkillRating(mu: 25.64, sigma: 0.68)
        case [.reflection, .planning, .observation]: TrueSkillRating(mu: 21.21, sigma: 0.70)
        default: nil
        }
    }

    static let crowdworkers = TrueSkillRating(mu: 22.95, sigma: 0.69)

    var isPapersInterview: Bool { material.codebook.id == "believability" }

    func count(_ isOne: (JudgedPair.Judgement) -> Bool) -> Int { pairs.count { isOne($0.judgement) } }
    var same: Int { count { if case .same = $0 { true } else { false } } }
    var unread: Int { count { if case .unread = $0 { true } else { false } } }
}
