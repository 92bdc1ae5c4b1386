/// A report as one self-contained page: no script, no network, light and dark, printable.
public struct HTMLReport: Sendable {
    public var document: ReportDocument

    public init(_ document: ReportDocument) { self.document = document }

    /// The page; equal documents are equal bytes.
    public func rendered() -> String {
        let policy =
            "default-src 'none'; style-src 'sha256-\(ReportStyle.digest)'; base-uri 'none'; form-action 'none'"
        let sections = document.sections.enumerated()
        return HTML.page(
            [
                .element("meta", ["charset": "utf-8"]),
                .element("meta", ["http-equiv": "Content-Security-Policy", "content": policy]),
                .element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                .element("meta", ["name": "referrer", "content": "no-referrer"]),
                .element("title", [:], [.text(document.title)]),
                .style(ReportStyle.sheet),
            ],
            [
                .element(
                    "header", [:],
                    [
                        .element("h1", [:], [.text(document.title)]),
                        .element("p", ["class": "subtitle"], [.text(document.subtitle)]),
                        document.headline.isEmpty
                            ? []
                            : .element(
                                "div", ["class": "headline"],
                                document.headline.map { .element("p", [:], [.text($0)]) }),
                        .element(
                            "nav", ["aria-label": "Sections"],
                            [
                                .element(
                                    "ul", [:],
                                    sections.map { index, section in
                                        .element(
                                            "li", [:],
                                            [.element("a", ["href": "#section-\(index + 1)"], [.text(title(section))])])
                                    })
                            ]),
                    ]),
                .element(
                    "main", [:],
                    sections.map { index, section in
                        .element(
                            "section", ["aria-labelledby": "section-\(index + 1)"],
                            [.element("h2", ["id": "section-\(index + 1)"], [.text(title(section))])]
                                + content(section, id: "c\(index + 1)"))
                    }),
                .element("footer", [:], [.element("p", [:], ["Written by Populace."])]),
            ])
    }

    private func title(_ section: ReportDocument.Section) -> String {
        switch section {
        case .comparison(let comparison): comparison.title
        case .town(let town): town.title
        case .experiment(let experiment): experiment.title
        case .measures(let title, _): title
        case .timeline(let timeline): timeline.title
        case .facts(let facts): facts.title
        case .caveats(let title, _): title
        }
    }

    private func content(_ section: ReportDocument.Section, id: String) -> [HTML] {
        switch section {
        case .comparison(let comparison): return ComparisonSection(comparison: comparison, id: id).content
        case .town(let town):
            return [
                Self.lead(town.lead),
                .element("h3", [:], ["Answers, question by question"]),
                .element(
                    "div", ["class": "grid"],
                    town.series.enumerated().map { TownChart(series: $1, id: "\(id)-\($0)").figure }),
            ]
        case .experiment(let experiment): return ExperimentSection(experiment: experiment, id: id).content
        case .measures(_, let measures): return MeasuresSection(measures: measures, id: id).content
        case .timeline(let timeline):
            let chart = TimelineChart(timeline: timeline, id: id)
            return [Self.lead(timeline.lead), chart.figure, .element("h3", [:], ["What happened"]), chart.table, chart.link]
        case .facts(let facts):
            return [
                .element(
                    "dl", ["class": "facts"],
                    facts.facts.flatMap { fact -> [HTML] in
                        [.element("dt", [:], [.text(fact.name)]), .element("dd", [:], [.text(fact.value)])]
                    })
            ]
        case .caveats(_, let texts):
            return [.element("ul", [:], texts.map { .element("li", [:], [.text($0)]) })]
        }
    }

    static func lead(_ text: String?) -> HTML { text.map { .element("p", [:], [.text($0)]) } ?? [] }
}
