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
                ("night", night(clock.nightStarts, clock.nightEnds)),
            ])),
            ("places", places(Dictionary(grouping: world.places) { $0.within ?? "" }, within: "")),
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
            ("news", .map(world.news.map { ($0.name, $0.yaml) })),
            ("without", .list(world.without.map { .word($0.rawValue) })),
            ("models", .map(roles(models.speaker, models.scribe, models.embedder))),
            ("memory", .map([
                ("recency decay", .word("\(shortest(world.memory.recencyDecay)) per hour")),
                ("weights", .map([
                    ("recency", .number(world.memory.weights.recency)),
                    ("importance", .number(world.memory.weights.importance)),
                    ("relevance", .number(world.memory.weights.relevance)),
                ])),
                ("recall", .word("\(world.memory.recall) memories")),
                ("reflect after", .word("\(shortest(world.memory.reflectAfter)) importance points")),
                ("reflect on", .word("\(world.memory.reflectOn) memories")),
                ("questions", .number(world.memory.questions)), ("insights", .number(world.memory.insights)),
                ("interview recall", .word("\(world.memory.interviewRecall) memories")),
            ])),
            ("planning", .map([
                ("detail", .word(world.planning.detail.rawValue)), ("patience", .word(world.planning.patience.description)),
                ("nearby", .word("\(world.planning.nearby) places")),
            ])),
            ("conversation", .map([
                ("turns", .number(world.conversation.turns)), ("cooldown", .word(world.conversation.cooldown.description)),
                ("begins", .word("\(world.conversation.begins) per day")), ("polite", .number(world.conversation.polite)),
                ("reply", .word(world.conversation.reply.description)),
                ("recap", .word(world.conversation.recap ? "true" : "false")),
            ])),
            ("perception", .map([
                ("attention", .number(world.perception.attention)), ("retention", .number(world.perception.retention)),
                ("matters", .number(world.perception.matters)),
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

    /// Those that lie in a place, each with its own areas.
    ///
    /// - Parameter inside: By what they lie in; under the empty name those that lie in nothing.
    private func places(_ inside: [String: [World.Place]], within outer: String) -> YAMLValue {
        .map((inside[outer] ?? []).map { place in
            let times = place.near.contains { $0.takes != nil }
            return (outer.isEmpty ? place.name : String(place.name.dropFirst(outer.count + 2)), .map([
                ("about", .text(place.about)),
                ("near", times ? .map(place.near.map { ($0.to, .word(($0.takes ?? value.clock.grain).description)) })
                    : .texts(place.near.map(\.to))),
                ("objects", .map(place.objects.map { ($0.name, .text($0.state)) })), ("areas", places(inside, within: place.name)),
            ]))
        })
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
                    value.residents[end].lives == resident.lives, value.residents[end].knows == resident.knows,
                    own(value.residents[end].persona.id) == own(resident.persona.id)
                {
                    end += 1
                }
                parts = [("panel", .text(origin)), ("take", .number(end - index))]
            }
            parts.append(("lives", .text(resident.lives)))
            parts.append(("knows", .map(resident.knows.map { ($0.persona, .text($0.what)) })))
            if let reads = resident.persona.reads, resident.persona.facts.isEmpty { parts.append(("reads", reads.yaml)) }
            if let own = own(resident.persona.id) {
                parts.append(("models", .map(roles(own.speaker, own.scribe, own.embedder))))
            }
            entries.append(.map(parts))
            index = end
        }
        return entries
    }

    /// The models of a resident who has their own.
    private func own(_ id: String) -> ModelSection? {
        models.residents.first { $0.persona == id }.map {
            ModelSection(speaker: $0.speaker, scribe: $0.scribe, embedder: $0.embedder)
        }
    }

    private func roles(
        _ speaker: ModelSection.Choice, _ scribe: ModelSection.Choice, _ embedder: ModelSection.Choice
    ) -> [(String, YAMLValue)] {
        [("speaker", speaker.yaml), ("scribe", scribe.yaml), ("embedder", embedder.yaml)]
    }
}

extension World.News {
    fileprivate var yaml: YAMLValue {
        var entries: [(String, YAMLValue)] = [
            ("about", .text(about)), ("starts with", .texts(startsWith)), ("words", .list(words.map { .texts($0) })),
        ]
        if let gathering {
            entries.append(("event", .map([
                ("in", .text(gathering.place)), ("from", .word(gathering.from.description)),
                ("until", .word(gathering.until.description)),
            ])))
        }
        return .map(entries)
    }
}
