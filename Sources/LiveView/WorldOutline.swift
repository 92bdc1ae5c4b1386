import Agents
import Kernel
import Reports
import Studies
import Worlds

/// What the page says of a run, as JSON: places and people by number, texts without anything a browser would obey.
struct WorldOutline: Sendable {
    let opening: WatchedRun.Opening
    /// In the order of names.
    private let places: [World.Place]
    /// In the order of persona ids.
    private let residents: [World.Resident]
    private let placeNumber: [String: Int]
    private let residentNumber: [String: Int]

    init(_ opening: WatchedRun.Opening) {
        self.opening = opening
        places = opening.world.places.sorted { precedes($0.name, $1.name) }
        residents = opening.world.residents.sorted { precedes($0.persona.id, $1.persona.id) }
        placeNumber = Dictionary(places.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        residentNumber = Dictionary(
            residents.enumerated().map { ($1.persona.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Persona id of a number; `nil` for nobody's.
    func resident(_ number: Int) -> String? { residents.indices.contains(number) ? residents[number].persona.id : nil }

    /// Everything that does not change.
    var json: JSONValue {
        let world = opening.world
        // About half as wide again as high, and no wider than a reader's window.
        let outer = Set(MapLayout.outermost(world).values).count
        let wide = max(1, min(4, Int((1.5 * Double(outer)).squareRoot().rounded(.up))))
        let number = { (name: String?) in JSONValue(name.flatMap { placeNumber[$0] }) }
        return [
            "run": .string(opening.run), "title": shown(world.title), "about": shown(world.about),
            "recorded": .bool(opening.isRecorded), "starts": moment(world.clock.starts),
            "places": .array(
                places.map { place in
                    [
                        "name": shown(place.name), "about": shown(place.about), "within": number(place.within),
                        "ways": .array(place.near.map { number($0.to) }),
                    ]
                }),
            "residents": .array(
                residents.map { resident in
                    [
                        "name": shown(resident.persona.name), "initials": shown(Self.initials(resident.persona.name)),
                        "age": JSONValue(resident.persona.age), "work": shown(resident.persona.work ?? ""),
                        "about": shown(resident.persona.about ?? ""), "home": number(resident.lives),
                    ]
                }),
            "grids": .array(
                [wide, min(wide, 2)].map { columns in
                    let layout = MapLayout(world, columns: columns)
                    return [
                        "columns": .integer(columns),
                        "cells": .array(
                            places.map { place in
                                layout.cells[place.name].map { [.integer($0.column), .integer($0.row)] } ?? .null
                            }),
                    ]
                }),
        ]
    }

    func json(_ moment: WatchedRun.Moment) -> JSONValue {
        [
            "at": self.moment(moment.time),
            "happened": .array(
                moment.occurrences.map { occurrence in
                    [
                        "kind": .string(occurrence.kind.rawValue), "place": JSONValue(placeNumber[occurrence.place]),
                        "actor": JSONValue(occurrence.actor.flatMap { residentNumber[$0] }),
                        "to": JSONValue(occurrence.addressee.flatMap { residentNumber[$0] }),
                        "text": shown(occurrence.text),
                    ]
                }),
            "seen": .array(
                moment.sightings.map { sighting in
                    [
                        "resident": JSONValue(residentNumber[sighting.resident]),
                        "place": JSONValue(placeNumber[sighting.place]),
                        "next": JSONValue(sighting.next.flatMap { placeNumber[$0] }),
                        "state": .string(sighting.state.rawValue),
                    ]
                }),
        ]
    }

    static func json(_ pace: WatchedRun.Pace) -> JSONValue {
        [
            "paused": .bool(pace.paused), "speed": JSONValue(pace.speed),
            "ended": JSONValue(pace.ended.map { sanitised($0) }),
        ]
    }

    func json(memories: [Memory], plan: String?) -> JSONValue {
        [
            "plan": .array(plan.map(Self.steps)?.map(shown) ?? []),
            "memories": .array(
                memories.map { memory in
                    [
                        "number": .integer(memory.sequence), "time": .string(memory.time.description),
                        "kind": .string(memory.kind.rawValue), "importance": .number(memory.importance),
                        "text": shown(memory.text), "from": .array(memory.evidence.map { .integer($0) }),
                    ]
                }),
        ]
    }

    static func json(_ answer: AsideAnswer) -> JSONValue {
        [
            "words": shown(answer.words), "completion": .string(String(answer.completion.prefix(8))),
            "memories": .array(answer.memories.map { .integer($0) }),
        ]
    }

    private func moment(_ time: SimulationTime) -> JSONValue {
        [
            "seconds": .integer(time.seconds), "clock": .string(time.description),
            "date": shown(opening.world.clock.words(time)),
        ]
    }

    /// `Rosa Delgado` is `RD`; a name of one word is its first letter.
    static func initials(_ name: String) -> String {
        let words = sanitised(name).split(separator: " ")
        return [words.first, words.count > 1 ? words.last : nil].compactMap { $0?.first.map(String.init) }.joined()
    }

    /// A plan in words, a step each: every step begins with a time of day.
    static func steps(_ plan: String) -> [String] {
        var steps: [String] = []
        for part in plan.split(separator: "; ") {
            let begins = part.count > 5 && part.prefix(2).allSatisfy(\.isNumber) && part.dropFirst(2).first == ":"
            if begins || steps.isEmpty { steps.append(String(part)) } else { steps[steps.count - 1] += "; \(part)" }
        }
        return steps
    }
}

private func shown(_ text: String) -> JSONValue { .string(sanitised(text)) }
