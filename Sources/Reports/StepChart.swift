/// A share that holds until it changes, over time: a stepped line from 0 to 1.
struct StepChart {
    struct Mark {
        var seconds: Int
        var share: Double
        var style: String
        var words: String
    }

    var title: String
    /// What the share is of, for those who do not see the line.
    var what: String
    /// Unique on the page.
    var id: String
    var points: [TownMeasures.Point]
    var marks: [Mark] = []

    private let left = 36.0
    private let top = 8.0
    private let width = 280.0
    private let height = 120.0

    private var first: Int { points.first?.seconds ?? 0 }
    private var last: Int { max(first + 1, points.last?.seconds ?? 0) }
    private func x(_ seconds: Int) -> Double { left + Double(seconds - first) / Double(last - first) * width }
    private func y(_ share: Double) -> Double { top + (1 - min(max(share, 0), 1)) * height }

    var drawing: HTML {
        let bottom = top + height
        var shapes: [HTML] = []
        for share in [0.0, 0.25, 0.5, 0.75, 1] {
            shapes.append(SVG.line(left, y(share), left + width, y(share), style: share == 0 ? "axis" : "rule"))
            shapes.append(SVG.text(left - 5, y(share) + 4, percent(share), style: "small faint", anchor: "end"))
        }
        for tick in ticks {
            shapes.append(SVG.line(x(tick), top, x(tick), bottom, style: "rule"))
            shapes.append(SVG.text(x(tick), bottom + 18, label(tick), style: "small faint", anchor: "middle"))
        }
        let steps = points.compactMap { point in point.share.map { (x: x(point.seconds), y: y($0)) } }
        if let start = steps.first, let end = steps.last {
            let line = "M\(SVG.number(start.x)) \(SVG.number(start.y))"
                + steps.dropFirst().map { "H\(SVG.number($0.x))V\(SVG.number($0.y))" }.joined()
            shapes.append(.element("path", ["class": "band", "d": line + "V\(SVG.number(bottom))H\(SVG.number(start.x))Z"]))
            shapes.append(.element("path", ["class": "whisker", "d": line]))
            shapes.append(SVG.text(end.x, end.y - 5, percent(points.last?.share), style: "small", anchor: "end"))
        }
        for mark in marks {
            shapes.append(SVG.circle(x(mark.seconds), y(mark.share), 4, style: mark.style, title: mark.words))
        }
        return SVG.chart(
            id: id, width: left + width + 24, height: bottom + 24, title: title,
            description: "\(what): \(percent(points.first?.share)) at \(points.first?.time ?? "-"), "
                + "\(percent(points.last?.share)) at \(points.last?.time ?? "-").", shapes)
    }

    /// Whole hours, at most about six of them.
    private var ticks: [Int] {
        let step = [1, 2, 3, 6, 12, 24, 48, 96].first { (last - first) / ($0 * 3600) <= 6 } ?? 240
        let start = (first + step * 3600 - 1) / (step * 3600) * (step * 3600)
        return Array(stride(from: start, through: last, by: step * 3600))
    }

    /// `day 2` at midnight, `06:00` otherwise.
    private func label(_ seconds: Int) -> String {
        let minutes = (seconds / 60) % 1440
        if minutes == 0 { return "day \(seconds / 86_400 + 1)" }
        return "\(String(minutes / 60 + 100).dropFirst()):\(String(minutes % 60 + 100).dropFirst())"
    }
}
