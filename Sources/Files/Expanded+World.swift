internal import Agents
internal import Kernel
internal import LanguageModels
public import Worlds

extension Loaded where Value == World {
    /// The file with every default spelled out; reads back as the same value.
    public var expanded: String {
        let world = value
        let clock = world.clock
        return YAMLValue.map([
            ("world", .text(world.title)), ("about", .text(world.about)), ("seed", .word(String(world.seed))),
            ("clock", .map([
                ("starts", .word("\(clock.date) \(clock.starts.timeOfDay)")), ("grain", .word(clock.grain.description)),
                ("night", .word("\(SimulationTime(seconds: clock.nightStarts).timeOfDay) to \(SimulationTime(seconds: clock.nightEnds).timeOfDay)")),
            ])),
            ("places", .map(world.places.map { place in
                (place.name, .map([
                    ("about", .text(place.about)), ("near", .texts(place.near)),
                    ("objects", .map(place.objects.map { ($0.name, .text($0.state)) })),
                ]))
            })),
            ("residents", .list(residents)),
            ("events", .list(world.events.map {
                .map([("at", .word($0.at.description)), ("in", .text($0.place)), ("seen", .text($0.seen))])
            })),
            ("polls", .list(world.polls.map {
                .map([
                    ("survey", .text($0.survey)), ("questions", .texts($0.questions)),
                    ("when", .list($0.when.map { .word($0.description) })),
                ])
            })),
            ("models", .map([
                ("speaker", models.speaker.yaml), ("scribe", models.scribe.yaml), ("embedder", models.embedder.yaml),
            ])),
            ("memory", .map([
                ("recency decay", .word("\(shortest(world.memory.recencyDecay)) per hour")),
                ("weights", .map([
                    ("recency", .number(world.memory.weights.recency)),
                    ("importance", .number(world.memory.weights.importance)),
                    ("relevance", .number(world.memory.weights.relevance)),
                ])),
                ("recall", .word("\(world.memory.recall) memories")),
                ("reflect after", .word("\(shortest(world.memory.reflectAfter)) importance points")),
            ])),
            ("conversation", .map([
                ("turns", .number(world.conversation.turns)), ("cooldown", .word(world.conversation.cooldown.description)),
            ])),
            ("perception", .map([
                ("attention", .number(world.perception.attention)), ("retention", .number(world.perception.retention)),
            ])),
            ("stop", .list(world.stop.map { condition in
                switch condition {
                case .at(let time): .map([("at", .word(time.description))])
                case .tokens(let count): .map([("tokens", .number(count))])
                case .quiet(let span): .map([("quiet", .word(span.description))])
                }
            })),
        ]).printed
    }

    /// One entry a persona file, and one for each run of people drawn from the same panel.
    private var residents: [YAMLValue] {
        var entries: [YAMLValue] = []
        var index = 0
        while index < value.residents.count {
            let resident = value.residents[index]
            let origin = origins[resident.persona.id] ?? ""
            var end = index + 1
            var parts: [(String, YAMLValue)] = [("persona", .text(origin))]
            if !resident.persona.facts.isEmpty {
                while end < value.residents.count, origins[value.residents[end].persona.id] == origin,
                    value.residents[end].lives == resident.lives, value.residents[end].knows == resident.knows
                {
                    end += 1
                }
                parts = [("panel", .text(origin)), ("take", .number(end - index))]
            }
            parts.append(("lives", .text(resident.lives)))
            parts.append(("knows", .map(resident.knows.map { ($0.persona, .text($0.what)) })))
            entries.append(.map(parts))
            index = end
        }
        return entries
    }
}
