internal import Foundation

/// Who knows whom at the end of a run: residents on a circle, lines between those of whom either knows the other.
struct NetworkChart {
    /// Above so many the drawing says nothing that the table does not.
    static let mostPeople = 60
    private static let (width, height, radius) = (460.0, 380.0, 130.0)

    var people: [String]
    var ties: [TownMeasures.Tie]
    /// Unique on the page.
    var id: String

    var figure: HTML {
        let new = ties.count(where: \.isNew)
        let drawn = people.count <= Self.mostPeople
        return .element(
            "figure", ["class": "card"],
            [
                .element("h4", [:], ["Who knows whom at the end"]),
                .element(
                    "p", ["class": "ask"],
                    [.text("\(ties.count) pairs, \(new) of them acquainted in the run (drawn in the second colour); dashed where only one knows the other.")]),
            ] + (drawn ? [drawing(new: new)] : []) + [table.details])
    }

    private func drawing(new: Int) -> HTML {
        let spots = people.indices.map(spot)
        // Those made in the run come last, so that they lie on top.
        let lines = ties.sorted { !$0.isNew && $1.isNew }.map { tie in
            SVG.line(
                spots[tie.first].x, spots[tie.first].y, spots[tie.second].x, spots[tie.second].y,
                style: "tie" + (tie.isMutual ? "" : " tie-oneway") + (tie.isNew ? " tie-new" : ""))
        }
        let dots = people.indices.flatMap { place -> [HTML] in
            let (x, y) = spots[place]
            let side = x - Self.width / 2
            let anchor = abs(side) < 12 ? "middle" : side > 0 ? "start" : "end"
            let name = people.count <= 30 ? shortened(people[place]) : initials(people[place])
            return [
                SVG.circle(x, y, people.count <= 30 ? 5 : 3.5, style: "s0", title: people[place]),
                SVG.text(
                    x + (abs(side) < 12 ? 0 : side > 0 ? 9 : -9), y + (abs(side) < 12 ? (y < Self.height / 2 ? -10 : 18) : 4), name,
                    style: "small", anchor: anchor, full: people[place]),
            ]
        }
        return SVG.chart(
            id: id, width: Self.width, height: Self.height, title: "Who knows whom at the end",
            description: "\(people.count) residents on a circle, \(ties.count) lines between acquaintances, \(new) of them new.",
            lines + dots)
    }

    private var table: DataTable {
        DataTable(
            caption: "Pairs of whom either knows the other", name: "acquaintances", titles: ["one", "other", "since", "mutual", "new"],
            rows: ties.map {
                [
                    .text(people[$0.first]), .text(people[$0.second]), .text($0.since), .text($0.isMutual ? "yes" : "no"),
                    .text($0.isNew ? "yes" : "no"),
                ]
            })
    }

    /// The first at the top, the others clockwise.
    private func spot(_ place: Int) -> (x: Double, y: Double) {
        let angle = 2 * Double.pi * Double(place) / Double(max(1, people.count))
        return (Self.width / 2 + Self.radius * sin(angle), Self.height / 2 - Self.radius * cos(angle))
    }

    private func shortened(_ name: String) -> String { name.count <= 16 ? name : String(name.prefix(15)) + "…" }

    private func initials(_ name: String) -> String {
        String(name.split(separator: " ").compactMap(\.first).prefix(3))
    }
}
