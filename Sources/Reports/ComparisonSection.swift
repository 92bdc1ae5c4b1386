import Surveys

/// A panel beside people: where it stands, each question, groups as a heat map and as small multiples.
struct ComparisonSection {
    var comparison: ReportDocument.Comparison
    var id: String

    var content: [HTML] {
        let blocks = ComparisonBlock.blocks(comparison.cells)
        let overall = blocks.filter { $0.group == nil }
        let longest = blocks.max { $0.series.count < $1.series.count }?.series ?? []
        return [
            HTMLReport.lead(comparison.lead),
            .element("h3", [:], ["How similar, over all"]),
            .element(
                "div", ["class": "grid"],
                Scale.allCases.map { scale in
                    SimilarityChart(
                        summaries: comparison.summaries.filter { $0.scale == scale && $0.group == nil },
                        id: "\(id)-\(scale.rawValue)"
                    ).figure
                }),
            .element("h3", [:], ["Answers, question by question"]),
            SVG.legend(longest.enumerated().map { (ShareChart.style($0), $1.name) }),
            .element(
                "div", ["class": "grid"],
                overall.enumerated().map { chart($1, id: "\(id)-q\($0)", heading: $1.question, ask: true).figure }),
            groups(blocks, legend: longest),
            patterns,
            FindingsTables(panels: comparison.panels, yardstick: comparison.yardstick).content,
            DataTable.link(csv: ComparisonExport.csv(cells: comparison.cells), name: "comparison-cells"),
            DataTable.link(csv: ComparisonExport.csv(summaries: comparison.summaries), name: "comparison-summaries"),
        ]
    }

    private var patterns: HTML {
        if comparison.patterns.isEmpty { return [] }
        return .joined([
            .element("h3", [:], ["How answers hang together"]),
            HTMLReport.lead(
                "Each dot is a pair of questions: how strongly people's answers to them are associated, and the model's. On "
                    + "the line both are the same; below it the model has less structure than people, above it more. One "
                    + "answer of each persona is drawn; V is corrected for the numbers of people."),
            PatternChart.legend,
            .element(
                "div", ["class": "grid"],
                comparison.patterns.enumerated().map { PatternChart(pattern: $1, id: "\(id)-p\($0)").figure }),
        ])
    }

    private func groups(_ blocks: [ComparisonBlock], legend: [ComparisonBlock.Series]) -> HTML {
        guard blocks.contains(where: { $0.group != nil }) else { return [] }
        let corrections = unique(comparison.cells.map(\.correction))
        let maps = Scale.allCases.flatMap { scale in
            corrections.enumerated().compactMap { place, correction -> HTML? in
                let cells = comparison.cells.filter { $0.scale == scale && $0.correction == correction }
                guard cells.contains(where: { $0.group != nil }) else { return nil }
                let map = HeatMap(
                    cells: cells, caption: "Similarity of each group, \(scale.rawValue) items, correction \(correction)")
                // The first correction is shown, the others are a click away.
                return place == 0
                    ? map.table
                    : .element("details", [:], [.element("summary", [:], [.text("Correction \(correction)")]), map.table])
            }
        }
        let multiples = unique(blocks.filter { $0.group != nil }.map(\.question)).enumerated().map { place, question -> HTML in
            let own = blocks.filter { $0.question == question && $0.group != nil }
            return .element(
                "details", [:],
                [
                    .element("summary", [:], [.text("\(question), by group")]),
                    SVG.legend(legend.enumerated().map { (ShareChart.style($0), $1.name) }),
                    .element(
                        "div", ["class": "grid"],
                        own.enumerated().map { index, block in
                            chart(
                                block, id: "\(id)-g\(place)-\(index)", heading: "\(question), \(block.group ?? "")", ask: false
                            ).figure
                        }),
                ])
        }
        return .joined([.element("h3", [:], ["Groups"]), HeatMap.legend] + maps + multiples)
    }

    private func chart(_ block: ComparisonBlock, id: String, heading: String, ask: Bool) -> ShareChart {
        ShareChart(
            block: block, id: id, heading: heading,
            ask: ask ? comparison.questions.first { $0.id == block.question }?.ask : nil)
    }
}
