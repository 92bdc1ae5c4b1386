import Kernel
import Reports
import Surveys

/// A small made-up study that has one of everything a report can show.
enum SampleReport {
    static func estimate(_ value: Double, _ half: Double) -> ComparisonCell.Estimate {
        .init(value: value, low: max(0, value - half), high: min(1, value + half))
    }

    static func cell(
        _ question: String, group: String? = nil, correction: String = "none", scale: Scale = .ordinal,
        options: [String] = ["Too little", "About the right amount", "Too much"], human: [Double] = [0.6, 0.3, 0.1],
        model: [Double] = [0.2, 0.3, 0.5], similarity: Double = 0.6
    ) -> ComparisonCell {
        ComparisonCell(
            question: question, scale: scale, options: options, group: group, correction: correction,
            human: AnswerDistribution(shares: human, count: 1154, effectiveSize: 812.25),
            model: AnswerDistribution(shares: model, count: 100, effectiveSize: 100),
            humanIntervals: human.map { estimate($0, 0.03) }, modelIntervals: model.map { estimate($0, 0.08) },
            similarity: estimate(similarity, 0.05), totalVariation: 0.4, jensenShannonBits: 0.15, skill: -0.5,
            mirrors: .init(noiseFloor: 0.96, splitHalf: 0.98, uniform: 0.78, modal: 0.81, drawnPeople: 0.955))
    }

    static func summary(
        _ similarity: Double, group: String? = nil, correction: String = "none", scale: Scale = .ordinal,
        skill: Double? = -2.54, questions: Int = 7
    ) -> ComparisonSummary {
        ComparisonSummary(
            scale: scale, group: group, correction: correction, questions: questions, similarity: estimate(similarity, 0.04),
            similarityOverItems: questions > 2 ? estimate(similarity, 0.09) : nil, skill: skill,
            mirrors: .init(noiseFloor: 0.96, splitHalf: 0.98, uniform: 0.78, modal: 0.81, drawnPeople: 0.955),
            humanCount: 1154, humanEffectiveSize: 812.25, modelCount: 100)
    }

    static let corrections = ["none", "domain", "persona-free"]
    static let questions = ["natenvir", "nateduc", "natsci", "natcrime"]
    static let groups = ["strong democrat", "independent", "strong republican"]

    static var cells: [ComparisonCell] {
        var cells: [ComparisonCell] = []
        for group in [nil] + groups.map(Optional.some) {
            for (place, question) in questions.enumerated() {
                for (index, correction) in corrections.enumerated() {
                    let shift = Double(place + index) * 0.06 + Double((group?.utf8.count ?? 0) % 7) * 0.02
                    cells.append(
                        cell(
                            question, group: group, correction: correction, human: [0.62 - shift / 2, 0.28, 0.1 + shift / 2],
                            model: [0.2 + shift, 0.5 - shift, 0.3], similarity: 0.35 + shift * 1.6))
                }
            }
        }
        cells += corrections.map {
            cell(
                "abany", correction: $0, scale: .nominal, options: ["Yes", "No"], human: [0.49, 0.51], model: [0.71, 0.29],
                similarity: 0.78)
        }
        return cells
    }

    static var summaries: [ComparisonSummary] {
        corrections.enumerated().map { summary(0.4 + 0.21 * Double($0), correction: $1, skill: -1.5 + Double($0)) }
            + groups.enumerated().map { summary(0.33 + 0.1 * Double($0), group: $1) }
            + corrections.map { summary(0.78, correction: $0, scale: .nominal, skill: nil, questions: 1) }
    }

    static func pattern(_ correction: String, _ shift: Double, name: String? = nil) -> PanelPattern {
        let pairs = questions.enumerated().flatMap { first, one in
            questions.enumerated().dropFirst(first + 1).map { second, other -> PanelPattern.Pair in
                let v = 0.08 + Double(first + second) * 0.05
                return .init(
                    first: name ?? one, second: other, human: v, model: second == 3 && first == 0 ? nil : max(0, v * shift),
                    drawn: v + 0.03)
            }
        }
        let found = patternCorrespondence(model: pairs.map(\.model), human: pairs.map(\.human))
        let drawn = patternCorrespondence(model: pairs.map(\.drawn), human: pairs.map(\.human))
        return PanelPattern(
            correction: correction, pairs: pairs, model: found!, drawnPeople: drawn,
            halves: .init(meanAbsoluteDifference: 0.031, correlation: 0.91), humanCount: 1154, modelCount: 100)
    }

    static func influence(_ kind: String) -> InfluenceTable {
        var generator = RandomStream(seed: 1, "influence")
        func summary(_ question: String, _ size: Double) -> InfluenceSummary {
            InfluenceSummary(
                question: question,
                answers: [
                    .init(
                        influence: AnswerInfluence(
                            whole: [0.5, 0.5], bare: [0.5 - size, 0.5 + size],
                            without: [[0.5 - size, 0.5 + size], [0.52, 0.48], [0.5, 0.5]]),
                        kinds: [kind, "age", "region"])
                ], repeats: 0, using: &generator)
        }
        return InfluenceTable(
            title: "What moves the answers", kinds: [kind, "age", "region"],
            questions: [summary("natenvir", 0.22), summary("abany", 0.07)],
            caution: "This is what words in the prompt do to this model's answers.")
    }

    static func cost(_ purpose: String) -> RunCost {
        RunCost(
            title: "What it took",
            rows: [
                .init(purpose: purpose, model: "m", calls: 12, tokensIn: 2400, tokensOut: 90, seconds: 3.5, cost: 0.0041),
                .init(purpose: "poll", model: "m+courier:0.5", calls: 300, tokensIn: 60_100, tokensOut: 0, seconds: 88, cost: nil),
            ], uses: 331)
    }

    static func document(hostile: String? = nil) -> ReportDocument {
        let name = hostile ?? "Rosa Delgado"
        var own = cells
        if let hostile {
            own.insert(cell(hostile, group: hostile, correction: hostile, options: [hostile, "b", "c"]), at: 0)
        }
        let entries: [(Int, String, String?, String, String)] = [
            (6 * 3600, "bakery", name, "wake", "\(name) wakes up."),
            (6 * 3600 + 900, "bakery", name, "plan", "\(name) plans to open the bakery and hear what people think."),
            (7 * 3600, "diner", nil, "event", "The radio says that the county will vote on a new school budget."),
            (7 * 3600 + 600, "diner", "Walt Brandt", "say", hostile ?? "They always find money for the school, never for the road."),
            (7 * 3600 + 900, "diner", "Ada Okafor", "say", "My children sit in a room with a leaking roof, Walt."),
            (9 * 3600, "main street", "Walt Brandt", "move", "Walt Brandt walks to the town hall."),
            (12 * 3600, "library", "Ada Okafor", "reflect", "Ada Okafor thinks that Walt is worried about money."),
            (17 * 3600, "library", name, "act", "\(name) returns a book."),
        ]
        return ReportDocument(
            title: hostile ?? "Alder Creek and the 2018 General Social Survey",
            subtitle: "100 personas drawn from GSS 2018 respondents, SmolLM2-135M, seed 1",
            headline: ComparisonHeadline.paragraphs(summaries, cells: cells) + [hostile ?? ""].filter { !$0.isEmpty },
            sections: [
                .comparison(
                    .init(
                        title: "Answers beside people's", lead: "Each question was put to each persona in the survey's words.",
                        summaries: summaries, cells: own,
                        patterns: [pattern("none", 0.4, name: hostile), pattern(hostile ?? "domain", 1.3)],
                        questions: [
                            .init(id: "natenvir", ask: "Are we spending too much, too little, or about the right amount on improving and protecting the environment?")
                        ])),
                .town(
                    .init(
                        title: "The town over time", lead: "The same questions in the morning and in the evening.",
                        series: ["nateduc", "natenvir"].map { question in
                            .init(
                                question: question, ask: "Are we spending too much, too little, or about the right amount?",
                                options: [hostile ?? "Too little", "About the right amount", "Too much"],
                                moments: [
                                    .init(time: "day 1 08:00", answers: .init(shares: [0.34, 0.5, 0.16], count: 6, effectiveSize: 6)),
                                    .init(time: "day 1 18:00", answers: .init(shares: [0.55, 0.41, 0.04], count: 6, effectiveSize: 6)),
                                ])
                        })),
                .timeline(
                    .init(
                        title: "What happened in Alder Creek",
                        entries: entries.map { seconds, place, who, kind, text in
                            .init(
                                seconds: seconds,
                                time: "day 1 \(seconds < 36000 ? "0" : "")\(seconds / 3600):\(seconds % 3600 < 600 ? "0" : "")\(seconds % 3600 / 60)",
                                place: place, who: who, kind: kind, text: text,
                                to: kind == "say" ? who == "Walt Brandt" ? "Ada Okafor" : name : nil)
                        },
                        spread: [.init(seconds: 7 * 3600 + 900, time: "day 1 07:15", from: "Ada Okafor", to: name, news: hostile ?? "the leak")])),
                .influence(influence(hostile ?? "party")), .cost(cost(hostile ?? "plan")),
                .facts(
                    .init(
                        title: "Methods",
                        facts: [
                            .init("command", hostile ?? "populace poll Personas/gss2018.panel.yaml --seed 1"),
                            .init("model", "SmolLM2-135M-Instruct Q8_0, sha256:5a1395716f7913741cc51d98581b9b1228d80987a9f7d3664106742eb06bba83"),
                            .init("seed", "1"), .init("method", "words"),
                        ])),
                .caveats(title: "Read with care", ["The model may have read this survey.", hostile ?? "Bootstrap over 100 personas."]),
            ])
    }
}
