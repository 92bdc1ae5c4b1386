import Agents
import Files
import Kernel
import Reports
import Surveys

/// Santurkar's tables for the questions of one scale; ordinal and nominal ones are never averaged together.
struct OpinionsTable {
    let design: OpinionsReplication
    let scale: Scale
    /// Of the scale's questions.
    let places: [Int]
    let unsteered: [[Double]?]
    let steered: [[[[Double]?]]]
    private let draws: [[[[Double]?]]]

    static let repeats = 200

    init(
        _ design: OpinionsReplication, _ scale: Scale, _ places: [Int], _ unsteered: [[Double]?],
        _ steered: [[[[Double]?]]]
    ) {
        (self.design, self.scale, self.places) = (design, scale, places)
        (self.unsteered, self.steered) = (unsteered, steered)
        var stream = RandomStream(seed: design.study.panel.seed, "study/\(design.study.id)/bootstrap")
        draws = (0..<Self.repeats).map { _ in design.opinions.resampled(using: &stream) }
    }

    /// R for ordinal questions, 1 - total variation for nominal ones.
    private func near(_ place: Int, _ p: [Double]?, _ q: [Double]?) -> Double? {
        guard let p, let q else { return nil }
        return design.questions[place].positions.map { representativeness(p, q, positions: $0) } ?? 1 - totalVariation(p, q)
    }

    private func mean(_ value: (Int) -> Double?) -> Double? { average(places.compactMap(value)) }

    private func average(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    private var people: GroupOpinions { design.opinions }
    private var groups: [OpinionsReplication.Group] { design.groups }

    private func uniform(_ place: Int) -> [Double] {
        let count = design.questions[place].options.count
        return [Double](repeating: 1 / Double(count), count: count)
    }

    private func floor(_ place: Int, _ p: [Double]?, _ size: Double) -> Double? {
        guard let p, size > 0 else { return nil }
        guard let positions = design.questions[place].positions else {
            return 1 - totalVariationNoiseFloor(p, n: size, m: .infinity)
        }
        guard let low = positions.min(), let high = positions.max(), high > low else { return nil }
        return 1 - wassersteinNoiseFloor(p, positions: positions, n: size, m: .infinity) / (high - low)
    }

    private var ours: Double? { mean { near($0, people.overall[$0], unsteered[$0]) } }
    private var random: Double? { mean { near($0, people.overall[$0], uniform($0)) } }

    private func toGroup(_ group: Int) -> Double? { mean { near($0, people.byGroup[group][$0], unsteered[$0]) } }
    private func randomTo(_ group: Int) -> Double? { mean { near($0, people.byGroup[group][$0], uniform($0)) } }
    private func everybodyTo(_ group: Int) -> Double? { mean { near($0, people.byGroup[group][$0], people.overall[$0]) } }

    private func steering(_ group: Int) -> Steerability? {
        steerability(
            formats: steered[group].map { format in places.map { near($0, people.byGroup[group][$0], format[$0]) } },
            unsteered: places.map { near($0, people.byGroup[group][$0], unsteered[$0]) })
    }

    var sections: [ReplicationResult.Section] { [overall, byGroup, topics] }

    private var kind: String { scale == .ordinal ? "representativeness" : "1 - total variation" }

    private var overall: ReplicationResult.Section {
        let study = design.study
        let interval = middle(draws.compactMap { drawn in mean { near($0, drawn[0][$0], unsteered[$0]) } })
        let human = groups.indices.compactMap { group in everybodyTo(group).map { (group, $0) } }
        let worst = human.min { $0.1 < $1.1 }
        // The paper's figures are of ordinal questions.
        func paper(_ statistic: String, ofPeople: Bool = false) -> TerminalTable.Cell {
            scale == .ordinal ? study.cell(statistic, ofPeople: ofPeople) : "-"
        }
        let crossed = average(groups.indices.compactMap { steering($0)?.crossed })
        return ReplicationResult.Section(
            title: "\(kind.prefix(1).uppercased() + kind.dropFirst()) over \(places.count) \(scale.rawValue) questions",
            columns: ["", "paper", "here", "95% interval"],
            rows: [
                ["ours, unsteered, to everybody", paper("representativeness"), .number(ours, decimals: 3), between(interval?.low, interval?.high)],
                ["ours, steered, to each group", paper("steerability"), .number(crossed, decimals: 3), "-"],
                ["people: a group to everybody", paper("mean group", ofPeople: true), .number(average(human.map(\.1)), decimals: 3), "-"],
                [.text("people: the worst, \(worst.map { groups[$0.0].name } ?? "-")"), paper("worst group", ofPeople: true), .number(worst?.1, decimals: 3), "-"],
                ["random answers", "-", .number(random, decimals: 3), "-"],
                ["noise floor", "-", .number(mean { floor($0, people.overall[$0], people.overallSizes[$0]) }, decimals: 3), "-"],
            ],
            note: "Intervals: bootstrap over respondents. m: from memory.")
    }

    private var byGroup: ReplicationResult.Section {
        let rows = groups.indices.map { group -> [TerminalTable.Cell] in
            let found = steering(group)
            let interval = middle(draws.compactMap { drawn in mean { near($0, drawn[group + 1][$0], unsteered[$0]) } })
            return [
                .text("\(groups[group].attribute): \(groups[group].name)"), .count(people.counts[group]),
                .number(toGroup(group), decimals: 3), between(interval?.low, interval?.high),
                .number(found?.crossed, decimals: 3),
                .text(found.map { design.study.shapes[$0.bestFormat].rawValue } ?? "-"),
                .number(everybodyTo(group), decimals: 3), .number(randomTo(group), decimals: 3),
                .number(mean { floor($0, people.byGroup[group][$0], people.sizes[group][$0]) }, decimals: 3),
            ]
        }
        return ReplicationResult.Section(
            title: "By group",
            columns: ["", "n", "ours", "95% interval", "steered", "as", "all", "random", "floor"], rows: rows,
            note: "'steered': the shape chosen on every second question and judged on the others, both ways; 'as' is the best over all. 'all': what everybody's answers score for the group.")
    }

    private var topics: ReplicationResult.Section {
        var rows: [[TerminalTable.Cell]] = []
        var found: [AttributeConsistency] = []
        var attributes: [String] = []
        for group in groups where !attributes.contains(group.attribute) { attributes.append(group.attribute) }
        for attribute in attributes {
            let inside = groups.indices.filter { groups[$0].attribute == attribute }
            guard
                let one = consistency(
                    topics: places.map { place in inside.map { near(place, people.byGroup[$0][place], unsteered[place]) } },
                    overall: inside.map(toGroup))
            else { continue }
            found.append(one)
            let best = one.best.map { groups[inside[$0]].name }.joined(separator: ", ")
            var (hits, counted) = (0, 0)
            for drawn in draws {
                let values = inside.map { group in mean { near($0, drawn[group + 1][$0], unsteered[$0]) } ?? -.infinity }
                counted += 1
                if let top = values.max(), one.best.contains(where: { values[$0] == top }) { hits += 1 }
            }
            rows.append([
                .text(attribute), .number(one.share, decimals: 3), .number(one.randomBaseline, decimals: 3),
                .count(one.topics), .text(best), .percent(counted > 0 ? Double(hits) / Double(counted) : nil),
            ])
        }
        rows.append([
            "mean", .number(consistency(found), decimals: 3), .number(average(found.map(\.randomBaseline)), decimals: 3),
            .blank, .blank, .blank,
        ])
        var paper = ""
        if scale == .ordinal, case .text(let text) = design.study.cell("consistency"), text != "-" {
            paper = " The paper: \(text)."
        }
        return ReplicationResult.Section(
            title: "Consistency: how often the group nearest on a question is the nearest over all",
            columns: ["", "share", "by chance", "questions", "nearest over all", "in bootstrap"], rows: rows,
            note: "'in bootstrap': how often that group stays the nearest when people are drawn anew.\(paper)")
    }

    var verdicts: [String] {
        let name = "\(scale.rawValue) questions"
        var verdicts: [String] = []
        if let ours, let random {
            verdicts.append(ours < random
                ? "On \(name) this model is worse than random answers: \(fixed(ours, decimals: 3)), random \(fixed(random, decimals: 3))."
                : "On \(name) this model scores \(fixed(ours, decimals: 3)), random answers \(fixed(random, decimals: 3)).")
        }
        let below = groups.indices.filter { group in
            guard let crossed = steering(group)?.crossed, let random = randomTo(group) else { return false }
            return crossed < random
        }
        let short = groups.indices.filter { group in
            guard let crossed = steering(group)?.crossed, let everybody = everybodyTo(group) else { return false }
            return crossed < everybody
        }
        verdicts.append("Steered, it is worse than random answers for \(below.count) of \(groups.count) groups, and worse than everybody's own answers, taken for the group's, for \(short.count).")
        return verdicts
    }
}
