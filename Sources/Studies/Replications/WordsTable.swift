import Files
import Reports
import Surveys

/// The tables of the four words: the judge's own consistency first, then what it says of the lists.
struct WordsTable {
    let study: Replication
    let parties: [String]
    let judgements: [WordsJudgement]
    let lists: [[String]]

    var result: ReplicationResult {
        ReplicationResult(sections: [judge, found, byWriter], verdicts: verdicts)
    }

    private func settled(_ judged: WordsPrompts.Judged, among those: [WordsJudgement]) -> [(WordsJudgement, Int)] {
        those.compactMap { one in one.settled(judged).map { (one, $0) } }
    }

    private func consistency(_ judged: WordsPrompts.Judged) -> JudgeConsistency {
        JudgeConsistency(judgements.flatMap { one in (0...1).compactMap { one.swapped(judged, wording: $0) } })
    }

    /// Of lists on which both wordings settle: how often they say the same.
    private func repeated(_ judged: WordsPrompts.Judged) -> ShareEstimate? {
        let both = judgements.compactMap { one in
            one.settled(judged).flatMap { first in one.settled(judged, wording: 1).map { first == $0 } }
        }
        return ShareEstimate(count: both.count { $0 }, of: both.count)
    }

    private static func name(_ judged: WordsPrompts.Judged) -> String {
        switch judged {
        case .positive: "positive or negative"
        case .party: "which party"
        case .human: "person or model"
        }
    }

    private var judge: ReplicationResult.Section {
        let rows = WordsPrompts.Judged.allCases.map { judged -> [TerminalTable.Cell] in
            let found = consistency(judged)
            let again = repeated(judged)
            return [
                .text(Self.name(judged)), .number(found.swapConsistency?.share, decimals: 3),
                between(found.swapConsistency?.low, found.swapConsistency?.high), .count(found.swapConsistency?.n),
                .number(found.firstShown?.share, decimals: 3), .number(again?.share, decimals: 3), .count(again?.n),
            ]
        }
        return ReplicationResult.Section(
            title: "The judge first: \(judgements.count) lists, each judged in two wordings and two orders",
            columns: ["", "same swapped", "95% interval", "n", "says first", "same reworded", "n "], rows: rows,
            note: "'same swapped': the verdict survives swapping the two answers; a coin gives .5. 'same reworded': of lists that both wordings settle.")
    }

    private var found: ReplicationResult.Section {
        func row(_ name: String, _ paper: TerminalTable.Cell, _ people: TerminalTable.Cell, _ hits: [Bool], random: Double?) -> [TerminalTable.Cell] {
            let share = ShareEstimate(count: hits.count { $0 }, of: hits.count)
            return [
                .text(name), paper, people, .number(share?.share, decimals: 3), between(share?.low, share?.high), .count(hits.count),
                .number(random, decimals: 3),
            ]
        }
        let human = settled(.human, among: judgements).map { $0.1 == 0 }
        let party = settled(.party, among: judgements).map { $0.1 == $0.0.about }
        let four = lists.map { $0.count == 4 }
        return ReplicationResult.Section(
            title: "The lists",
            columns: ["", "paper: model", "paper: people", "ours", "95% interval", "n", "random"],
            rows: [
                row("judged human", study.cell("judged human"), study.cell("judged human", ofPeople: true), human, random: 0.5),
                row("right party", study.cell("right party"), study.cell("right party", ofPeople: true), party, random: 0.5),
                row("four words", "-", "-", four, random: nil),
            ],
            note: "Of lists whose verdict survives swapping. The paper's judges were people, who saw people's lists too; ours is the model, which judges itself. m: from memory.")
    }

    private var byWriter: ReplicationResult.Section {
        var rows: [[TerminalTable.Cell]] = []
        for writer in parties.indices {
            for about in parties.indices {
                let those = judgements.filter { $0.writer == writer && $0.about == about }
                let kind = settled(.positive, among: those).map { $0.1 == 0 }
                let share = ShareEstimate(count: kind.count { $0 }, of: kind.count)
                rows.append([
                    .text("\(parties[writer])s about \(parties[about])s"), .count(those.count), .count(kind.count),
                    .number(share?.share, decimals: 3), between(share?.low, share?.high),
                ])
            }
        }
        return ReplicationResult.Section(
            title: "Positive words, by who writes about whom", columns: ["", "lists", "settled", "positive", "95% interval"], rows: rows)
    }

    private var verdicts: [String] {
        var verdicts: [String] = []
        for judged in WordsPrompts.Judged.allCases {
            let swap = consistency(judged).swapConsistency
            guard swap.map({ $0.share < JudgeResult.leastConsistency || $0.low <= 0.5 }) != false else { continue }
            verdicts.append("WARNING: on '\(Self.name(judged))' swapping changes the verdict in \(percent(swap.map { 1 - $0.share })) of cases: this judge cannot carry a finding.")
        }
        let party = settled(.party, among: judgements).map { $0.1 == $0.0.about }
        if let share = ShareEstimate(count: party.count { $0 }, of: party.count), share.low <= 0.5 {
            verdicts.append(share.share < 0.5
                ? "The judge names the party described less often than a coin would."
                : "The judge names the party described no better than a coin: the lists, or the judge, tell the parties apart too little.")
        }
        let none = lists.count(where: \.isEmpty)
        if none > 0 { verdicts.append("\(none) of \(lists.count) lists hold no word and were not judged.") }
        verdicts.append("No list written by a person ships with Populace: whether ours can be told from people's, and whether they say the same things, is not shown here.")
        return verdicts
    }
}
