internal import Kernel
internal import Worlds
internal import Yams

extension Loading {
    /// How deep areas lie in one another, the place itself not counted.
    static let areaDepth = 4

    /// Places and the areas inside them, depth first in the file's order, and where each way stands in the file.
    func places(_ fields: Fields, _ reader: NodeReader) -> (places: [World.Place], ways: [WrittenWay]) {
        guard let node = fields.required("places") else { return ([], []) }
        let entries = reader.entries(node, "'places'")
        if entries.isEmpty, node.mapping != nil { reader.report(node, "a world needs at least one place") }
        var found: [(place: World.Place, fields: Fields)] = []
        var taken: Set<String> = []
        for entry in entries { read(entry, within: nil, depth: 0, into: &found, &taken, reader) }
        let names = found.map(\.place.name)
        var written: [WrittenWay] = []
        let places = found.map { place, fields in
            var place = place
            let ways = ways(fields, from: place.name, names, reader)
            place.near = ways.map(\.way)
            written += ways
            return place
        }
        return (places, written)
    }

    private func read(
        _ entry: (name: String, key: Node, value: Node), within outer: String?, depth: Int,
        into found: inout [(place: World.Place, fields: Fields)], _ taken: inout Set<String>, _ reader: NodeReader
    ) {
        if entry.name.isEmpty { reader.report(entry.key, "a place needs a name") }
        if entry.name.contains(":") {
            reader.report(entry.key, "the name of a place must not hold ':'", hint: "what lies inside a place stands under its 'areas'")
        }
        if depth > Self.areaDepth { return reader.report(entry.key, "areas lie in one another more than \(Self.areaDepth) deep") }
        guard let fields = Fields(entry.value, outer == nil ? "a place" : "an area", .place, reader) else { return }
        let name = outer.map { "\($0): \(entry.name)" } ?? entry.name
        if !taken.insert(name).inserted { reader.report(entry.key, "another place is called '\(name)'") }
        let objects = fields.entries("objects").compactMap { object in
            reader.text(object.value, "'\(object.name)'").map { World.Object(name: object.name, state: $0) }
        }
        found.append((World.Place(name: name, about: fields.text("about") ?? "", within: outer, objects: objects), fields))
        for area in fields.entries("areas") { read(area, within: name, depth: depth + 1, into: &found, &taken, reader) }
    }

    /// `near:` as a list, or with walking times.
    private func ways(_ fields: Fields, from name: String, _ names: [String], _ reader: NodeReader) -> [WrittenWay] {
        guard let node = fields["near"] else { return [] }
        guard node.mapping != nil || node.sequence != nil else {
            reader.report(node, "'near' must be a list, or a mapping with walking times, not \(reader.describe(node))")
            return []
        }
        func way(_ near: String, _ node: Node, _ takes: TimeSpan?) -> WrittenWay {
            check(place: near, names, node, reader)
            if near == name { reader.report(node, "'\(name)' is near itself") }
            return WrittenWay(from: name, way: World.Way(to: near, takes: takes), node: node)
        }
        if node.sequence != nil { return reader.texts(node, "'near'").map { way($0.text, $0.node, nil) } }
        return reader.entries(node, "'near'").map { entry in
            let takes = reader.value(entry.value, "'\(entry.name)'", like: "5 min") { TimeSpan($0) }
            if let takes, takes < .minutes(1) || takes > .hours(6) {
                reader.report(entry.value, "a way takes from 1 min to 6 h, not '\(takes)'")
            }
            return way(entry.name, entry.key, takes)
        }
    }

    func check(place: String, _ names: [String], _ node: Node, _ reader: NodeReader) {
        if names.contains(place) { return }
        // Somebody who writes `kitchen` means an area by that name, where there is but one.
        let areas = names.filter { $0.hasSuffix(": " + place) }
        let meant = areas.count == 1 ? areas.first : suggestion(for: place, among: names)
        reader.report(node, "no place '\(place)'",
            hint: meant.map { "did you mean '\($0)'?" } ?? (names.count <= 20 ? "the places are \(names.joined(separator: ", "))" : nil))
    }
}
