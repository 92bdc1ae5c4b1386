import LanguageModels
import Reports
import Results
import Surveys
import Worlds

extension JudgeResult {
    var text: String {
        var lines = [
            wrapped(
                "\(material.conditions.map(\.run.id).joined(separator: ", ")): \(sanitised(material.codebook.title)), \(counted(material.questions.count, "open question")), \(counted(material.personas.count, "person")) judged by \(sanitised(judge.name))"
                    .replacing("persons", with: "people")),
        ]
        lines += meter.lines().map { "  \($0)" }
        lines += [
            "",
            "The judge first: \(pairs.count - same - unread) pairs of answers, each shown in both orders",
        ]
        var table = TerminalTable(titles: ["", "share", "95% interval", "n"])
        for (name, share) in measures {
            table.rows.append([
                .text(name), .percent(share?.share),
                .text(share.map { "\(percent($0.low)) to \(percent($0.high))" } ?? "-"), .count(share?.n),
            ])
        }
        lines.append(table.rendered(indent: 2).trimmingSuffix("\n"))
        if same > 0 { lines.append("  \(same) more pairs had the same words: ties without asking") }
        if unread > 0 { lines.append("  \(unread) more pairs are left out: the judge named neither answer") }
        for condition in material.conditions where condition.silent > 0 {
            lines.append("  \(condition.run.id): \(condition.silent) questions without an answer, left out")
        }
        if let warning { lines.append(wrapped("WARNING: " + warning)) }
        for ranking in rankings { lines += [""] + text(of: ranking) }
        lines += ["", wrapped(
            "A tie is a pair whose verdict changed with the order. mu and sigma are TrueSkill's, from 25 and 8.33, averaged over \(JudgeRanking.orders) orders of the comparisons. Ranks that one judge gave are not independent, as the tests take them to be: the p values are too small, and stand here for the paper's sake. The judge knew what people's files say and none of their memories.")]
        if isPapersInterview {
            lines.append(wrapped(
                "The paper's mu (its sigma .68 to .72) is for reference: other people, other questions, human judges. Its crowdworkers, who answered in the residents' place, had \(fixed(Self.crowdworkers.mu, decimals: 2))."))
        }
        return lines.joined(separator: "\n")
    }

    private var measures: [(String, ShareEstimate?)] {
        [
            ("same verdict when swapped", consistency.swapConsistency),
            ("prefers the answer shown first", consistency.firstShown),
            ("the same, where swapping decided", consistency.firstAmongSwapped),
            ("called them equal", consistency.ties),
        ]
    }

    private func text(of ranking: JudgeRanking) -> [String] {
        var table = TerminalTable(
            titles: ["poll", "asked", "mu", "sigma", "wins", "ties", "losses"] + (isPapersInterview ? ["paper"] : []))
        for (condition, standing) in zip(material.conditions, ranking.standings) {
            let rating = standing.rating.rating
            table.rows.append([
                .text(condition.run.id), .text(condition.label), .number(rating.mu, decimals: 2),
                .number(rating.sigma, decimals: 2), .count(standing.wins), .count(standing.ties),
                .count(standing.losses),
            ] + (isPapersInterview ? [.number(Self.paper(condition.without)?.mu, decimals: 2)] : []))
        }
        var lines = [ranking.category.map { sanitised($0) } ?? "All questions", table.rendered(indent: 2).trimmingSuffix("\n")]
        guard let test = ranking.kruskalWallis else {
            lines.append("  Kruskal-Wallis: undefined, no rank differs (\(ranking.complete) ranked)")
            return lines
        }
        lines.append(
            "  Kruskal-Wallis: H \(fixed(test.statistic, decimals: 2)), df \(test.degreesOfFreedom), p \(Self.small(test.p)) (\(ranking.complete) ranked)")
        for pair in ranking.dunn {
            let (one, other) = (material.conditions[pair.first].run.id, material.conditions[pair.second].run.id)
            lines.append(
                "  Dunn, \(one) over \(other): z \(fixed(pair.z, decimals: 2)), p \(Self.small(pair.p)), Holm \(Self.small(pair.holm))")
        }
        return lines
    }

    private static func small(_ p: Double) -> String { p < 0.0001 ? "<0.0001" : fixed(p, decimals: 4) }
}
