import Agents
import Files
import Kernel
import Reports
import Surveys

extension PatternReplication {
    /// Ordered pairs: the item told, and the item predicted.
    private var pairs: [(told: Int, predicted: Int)] {
        items.indices.flatMap { told in
            items.indices.filter { $0 != told && !recodes.contains([items[told].id, items[$0].id]) }.map { (told, $0) }
        }
    }

    /// Cramer's V of each pair, over people with both.
    private func associations(_ told: [[Int?]], _ predicted: [[Int?]], _ people: [Int]) -> [Double?] {
        pairs.map { pair in
            cramersV(
                crossTable(
                    people.map { told[pair.told][$0] }, people.map { predicted[pair.predicted][$0] },
                    rows: items[pair.told].options.count, columns: items[pair.predicted].options.count))
        }
    }

    /// - Parameter given: The model's answers, by item and person.
    func result(_ given: [[Int?]]) -> ReplicationResult {
        let all = Array(drawn.indices)
        var stream = RandomStream(seed: study.panel.seed, "study/\(study.id)/bootstrap")
        let random = items.indices.map { item in
            drawn.indices.map { person -> Int? in
                truth[item][person].map { _ in Int.random(in: items[item].options.indices, using: &stream) }
            }
        }
        let human = associations(truth, truth, all)
        let model = associations(truth, given, all)
        let ours = patternCorrespondence(model: model, human: human)
        let chance = patternCorrespondence(model: associations(truth, random, all), human: human)
        var draws: [PatternCorrespondence] = []
        for _ in 0..<Self.repeats {
            let people = all.map { _ in Int.random(in: all.indices, using: &stream) }
            let drawn = patternCorrespondence(model: associations(truth, given, people), human: associations(truth, truth, people))
            if let drawn { draws.append(drawn) }
        }
        let halves = halved(truth, all.count, using: &stream)
        let whole = halved(everybody, everybody.first?.count ?? 0, using: &stream)
        let rows: [[TerminalTable.Cell]] = Self.statistics.map { name, value in
            let interval = middle(draws.compactMap(value))
            return [
                .text(name), study.cell(name), .number(ours.flatMap(value), decimals: 3), between(interval?.low, interval?.high),
                .number(average(halves.compactMap(value)), decimals: 3), .number(average(whole.compactMap(value)), decimals: 3),
                .number(chance.flatMap(value), decimals: 3),
            ]
        }
        let left = Set(recodes.map { $0.sorted(by: precedes).joined(separator: " and ") })
            .sorted(by: precedes)
        let recoded = left.isEmpty ? "" : " Never told or counted with each other, as one decides the other: \(left.joined(separator: "; "))."
        var result = ReplicationResult(
            sections: [
                ReplicationResult.Section(
                    title: "Cramer's V of each answer told with each answer predicted: ours less people's, \(ours?.pairs ?? 0) pairs, \(drawn.count) people",
                    columns: ["", "paper", "ours", "95% interval", "halves", "all halves", "random"], rows: rows,
                    note: "'halves': one half of the same people beside the other, 'all halves' those of all \(everybody.first?.count ?? 0) people. Intervals: bootstrap over people. m: from memory.\(recoded)"),
                byItem(given, human, model),
            ], verdicts: verdicts(ours, chance))
        result.sections.append(
            ReplicationResult.Section(
                title: "Pairs", columns: ["told", "predicted", "people", "ours"],
                rows: pairs.enumerated().map { place, pair in
                    [
                        .text(items[pair.told].id), .text(items[pair.predicted].id), .number(human[place], decimals: 3),
                        .number(model[place], decimals: 3),
                    ]
                }, forProgramsOnly: true))
        return result
    }

    private static var statistics: [(String, @Sendable (PatternCorrespondence) -> Double?)] {
        [
            ("mean difference", { $0.meanDifference }), ("mean absolute", { $0.meanAbsoluteDifference }),
            ("RMSE", { $0.rootMeanSquare }), ("r", { $0.correlation }),
        ]
    }

    private func halved(_ answers: [[Int?]], _ count: Int, using stream: inout RandomStream) -> [PatternCorrespondence] {
        guard count > 3 else { return [] }
        return (0..<Self.splits).compactMap { _ in
            let order = (0..<count).shuffled(using: &stream)
            let (one, other) = (Array(order.prefix(count / 2)), Array(order.dropFirst(count / 2)))
            return patternCorrespondence(
                model: associations(answers, answers, one), human: associations(answers, answers, other))
        }
    }

    private func average(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    private func byItem(_ given: [[Int?]], _ human: [Double?], _ model: [Double?]) -> ReplicationResult.Section {
        let rows = items.indices.map { item -> [TerminalTable.Cell] in
            let those = pairs.indices.filter { pairs[$0].predicted == item }
            let both = drawn.indices.filter { truth[item][$0] != nil && given[item][$0] != nil }
            let agreed = proportionAgreement(both.map { given[item][$0] }, both.map { truth[item][$0] })
            return [
                .text(items[item].id), .count(both.count), .number(average(those.compactMap { human[$0] }), decimals: 3),
                .number(average(those.compactMap { model[$0] }), decimals: 3), .number(agreed?.agreement.share, decimals: 3),
                between(agreed?.agreement.low, agreed?.agreement.high), .number(agreed?.majorityBaseline, decimals: 3),
                .number(1 / Double(items[item].options.count), decimals: 3),
            ]
        }
        return ReplicationResult.Section(
            title: "By item predicted: mean V with the items told, and how often the answer is the person's own",
            columns: ["", "n", "V people", "V ours", "agree", "95% interval", "commonest", "random"], rows: rows)
    }

    private func verdicts(_ ours: PatternCorrespondence?, _ chance: PatternCorrespondence?) -> [String] {
        guard let ours, let chance else { return ["No pair of items has a V for both people and the model: ask more people."] }
        let mine = fixed(ours.meanAbsoluteDifference, decimals: 3)
        let theirs = fixed(chance.meanAbsoluteDifference, decimals: 3)
        var verdicts = [
            ours.meanAbsoluteDifference >= chance.meanAbsoluteDifference
                ? "This model's pattern is no nearer to people's than that of random answers: mean absolute difference \(mine), random \(theirs)."
                : "This model's pattern is nearer to people's than that of random answers: mean absolute difference \(mine), random \(theirs)."
        ]
        verdicts.append("The mean difference cancels, so that a pattern without any likeness can have one near 0: read the mean absolute difference and r.")
        return verdicts
    }
}
