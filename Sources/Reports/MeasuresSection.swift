/// The measures of a run on a page: how news spread, who knows whom, how people kept to their plans.
struct MeasuresSection {
    var measures: TownMeasures
    /// Unique on the page.
    var id: String

    var content: [HTML] {
        let lead =
            "\(measures.residents) residents, \(measures.from) to \(measures.until). Somebody knows a piece of news from "
            + "the start, or from when they remember hearing it from somebody who knew it, or seeing it. Traced: a memory "
            + "of it was recalled for the words that passed it on."
        return [
            HTMLReport.lead(lead), .element("h3", [:], ["Who knows what and whom"]), .element("div", ["class": "grid"], figures),
        ]
            + measures.news.map(chain) + [conduct] + paper
    }

    private var figures: [HTML] {
        measures.news.enumerated().map { spread($1, id: "\(id)-n\($0)") }
            + [
                density(measures.network, "Pairs of whom either knows the other", name: "network-either", id: "\(id)-e"),
                density(measures.mutual, "Pairs who both know each other", name: "network-mutual", id: "\(id)-m"),
            ] + (measures.ties.isEmpty ? [] : [NetworkChart(people: measures.people, ties: measures.ties, id: "\(id)-k").figure])
    }

    private func spread(_ news: TownMeasures.News, id: String) -> HTML {
        let marks = news.hops.compactMap { hop -> StepChart.Mark? in
            guard let share = news.points.last(where: { $0.seconds <= hop.seconds })?.share else { return nil }
            return StepChart.Mark(
                seconds: hop.seconds, share: share, style: hop.way == "traced" ? "s0" : "mirror",
                words: "\(hop.time): \(hop.to) from \(hop.from ?? "the world"), \(hop.way)")
        }
        return .element(
            "figure", ["class": "card"],
            [
                .element("h4", [:], [.text("Who knows: \(news.name)")]), .element("p", ["class": "ask"], [.text(news.about)]),
                SVG.legend([("s0", "traced"), ("mirror", "worded or seen")]),
                StepChart(title: "Who knows of \(news.name)", what: "Residents who know it", id: id, points: news.points, marks: marks)
                    .drawing,
                table(news.points, caption: "Who knows of \(news.name)", name: "news-\(news.name)", count: "residents").details,
            ])
    }

    private func density(_ points: [TownMeasures.Point], _ title: String, name: String, id: String) -> HTML {
        .element(
            "figure", ["class": "card"],
            [.element("h4", [:], [.text(title)])]
                + (measures.noDensity.map { [.element("p", ["class": "note"], [.text("No density: \($0).")])] }
                    ?? [
                        StepChart(title: title, what: "Density of the network", id: id, points: points).drawing,
                        table(points, caption: title, name: name, count: "pairs").details,
                    ]))
    }

    private func table(_ points: [TownMeasures.Point], caption: String, name: String, count: String) -> DataTable {
        DataTable(
            caption: caption, name: name, titles: ["time", count, "share"],
            rows: points.map { [.text($0.time), .count($0.count), .number($0.share)] })
    }

    /// From whom everybody has it.
    private func chain(_ news: TownMeasures.News) -> HTML {
        let claims = news.claims.map { "\($0.count) \($0.name)" }.joined(separator: ", ")
        var words = "Utterances that carry it: \(news.carrying) (\(claims)). "
        words += news.gathering.map(MeasuresText.words) ?? news.noGathering.map { "Attendance: none, \($0)." } ?? ""
        let rows = news.hops.map { hop -> [CSVWriter.Cell] in
            [
                .text(hop.time), .text(hop.to), .text(hop.from ?? ""), .count(hop.occurrence), .text(hop.way),
                .text(hop.overheard ? "overheard" : ""),
            ]
        }
        return .joined([
            .element("h3", [:], [.text("From whom they have it: \(news.name)")]), .element("p", [:], [.text(words)]),
            DataTable(
                caption: "Each resident's first hearing", name: "hops-\(news.name)",
                titles: ["since", "who", "from", "occurrence", "how", ""], rows: rows
            ).details,
        ])
    }

    private var conduct: HTML {
        .joined([
            .element("h3", [:], ["Conduct"]),
            .element(
                "dl", ["class": "facts"],
                measures.conduct.flatMap { figure -> [HTML] in
                    let note = figure.value.missing ?? figure.note
                    return [
                        .element("dt", [:], [.text(figure.name)]),
                        .element("dd", [:], [.text(figure.value.shown + (note.isEmpty ? "" : "  (\(note))"))]),
                    ]
                }),
            DataTable(
                caption: "Model calls by purpose", name: "calls", titles: ["purpose", "calls", "tokens"],
                rows: measures.purposes.map { [.text($0.name), .count($0.calls), .count($0.tokens)] }
            ).details,
        ])
    }

    private var paper: [HTML] {
        let rows = PaperFigures.rows(measures)
        if rows.isEmpty { return [] }
        return [
            .element("h3", [:], ["Beside the paper"]),
            DataTable(
                caption: "Park et al. 2023 and \(measures.run)", name: "paper", titles: ["", "paper", "here"],
                rows: rows.map { [.text($0.what), .text($0.paper), .text($0.ours)] }
            ).table,
            .element("p", ["class": "note"], [.text(PaperFigures.source)]),
        ]
    }
}
