/// What a run's model calls took: words, tokens by purpose as bars, and the figures.
struct CostSection {
    var cost: RunCost
    /// Unique on the page.
    var id: String

    var content: [HTML] {
        guard !cost.rows.isEmpty else { return [HTMLReport.lead("No model was asked.")] }
        return [
            HTMLReport.lead(words), .element("h3", [:], ["Tokens by what they were for"]),
            .element(
                "figure", ["class": "card"],
                [
                    SVG.legend([("s0", "read"), ("s1", "written")]), drawing, table.table, table.link,
                ]),
        ]
    }

    private var words: String {
        let used = cost.uses.map { ", used \($0) times" } ?? ""
        return "\(cost.calls) different model calls\(used): \(cost.tokensIn) tokens read and \(cost.tokensOut) written in "
            + "\(fixed(cost.seconds, decimals: 1)) s of the models' own time. Cost: \(RunCost.money(cost.cost)). What was "
            + "recorded before counts as when it was made; what a server had in its cache may have cost less."
    }

    private var drawing: HTML {
        let purposes = unique(cost.rows.map(\.purpose)).map { purpose -> (name: String, read: Int, written: Int) in
            let rows = cost.rows.filter { $0.purpose == purpose }
            return (purpose, rows.reduce(0) { $0 + $1.tokensIn }, rows.reduce(0) { $0 + $1.tokensOut })
        }.sorted { (-($0.read + $0.written), $0.name) < (-($1.read + $1.written), $1.name) }
        let most = Double(max(1, purposes.map { $0.read + $0.written }.max() ?? 1))
        let (left, full, row) = (104.0, 176.0, 22.0)
        let bottom = Double(purposes.count) * row + 4
        var shapes = [SVG.line(left, 0, left, bottom, style: "axis")]
        for (index, one) in purposes.enumerated() {
            let y = Double(index) * row + 4
            let (read, written) = (Double(one.read) / most * full, Double(one.written) / most * full)
            let title = "\(one.name): \(one.read) tokens read, \(one.written) written"
            shapes.append(SVG.text(left - 8, y + 12, truncated(sanitised(one.name), to: 15), anchor: "end", full: one.name))
            shapes.append(SVG.rectangle(left, y, read, 15, style: "s0", title: title))
            shapes.append(SVG.rectangle(left + read, y, written, 15, style: "s1", title: title))
            shapes.append(SVG.text(left + read + written + 6, y + 12, String(one.read + one.written), style: "small"))
        }
        return SVG.chart(
            id: id, width: left + full + 60, height: bottom + 4, title: "Tokens by what they were for",
            description: purposes.map { "\($0.name) \($0.read) read, \($0.written) written" }.joined(separator: "; "), shapes)
    }

    private var table: DataTable {
        DataTable(
            caption: "Model calls by purpose", name: "cost",
            titles: ["purpose", "model", "calls", "tokens read", "tokens written", "seconds", "cost"],
            rows: cost.rows.map {
                [
                    .text($0.purpose), .text($0.model), .count($0.calls), .count($0.tokensIn), .count($0.tokensOut),
                    .number($0.seconds), .number($0.cost),
                ]
            })
    }
}
