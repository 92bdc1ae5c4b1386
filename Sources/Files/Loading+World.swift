internal import Agents
internal import Kernel
internal import LanguageModels
internal import Surveys
internal import Worlds
internal import Yams

extension Loading {
    func world(_ absolute: String) -> (world: World, models: ModelSection)? {
        guard let (fields, reader) = open(absolute, as: .world) else { return nil }
        let places = self.places(fields, reader)
        let names = places.map(\.name)
        let clock = self.clock(fields, reader)
        let events = fields.list("events").compactMap { event($0, names, after: clock.starts, reader) }
        let polls = fields.list("polls").compactMap { poll($0, after: clock.starts, reader) }
        let world = World(
            id: Self.stem(absolute), title: fields.requiredText("world"), about: fields.text("about") ?? "",
            seed: UInt64(fields.integer("seed", in: 0...Int.max) ?? 1), clock: clock, places: places,
            residents: residents(fields, names, reader), events: events, polls: polls, memory: memory(fields, reader),
            conversation: conversation(fields, reader), perception: perception(fields, reader),
            stop: stop(fields, clock, reader))
        return (world, models(fields["models"], reader))
    }

    private func clock(_ fields: Fields, _ reader: NodeReader) -> World.Clock {
        var clock = World.Clock(date: CivilDate(year: 2026, month: 1, day: 1), starts: SimulationTime(day: 1))
        guard let node = fields.required("clock"), let times = Fields(node, "the clock", .clock, reader) else { return clock }
        if times.required("starts") != nil,
            let starts = times.value("starts", like: "2026-03-02 06:00", { text -> (CivilDate, Int)? in
                let words = text.split(separator: " ")
                guard words.count == 2, let date = CivilDate(String(words[0])),
                    let second = SimulationTime.secondOfDay(String(words[1]))
                else { return nil }
                return (date, second)
            })
        {
            clock.date = starts.0
            clock.starts = SimulationTime(seconds: starts.1)
        }
        if let grain = times.value("grain", like: "10 min", Self.span) { clock.grain = grain }
        if let night = times.value("night", like: "22:00 to 06:00", { text -> (Int, Int)? in
            let words = text.split(separator: " ")
            guard words.count == 3, words[1] == "to", let starts = SimulationTime.secondOfDay(String(words[0])),
                let ends = SimulationTime.secondOfDay(String(words[2])), starts != ends
            else { return nil }
            return (starts, ends)
        }) {
            (clock.nightStarts, clock.nightEnds) = night
        }
        return clock
    }

    /// A span that is longer than nothing.
    private static func span(_ text: String) -> TimeSpan? { TimeSpan(text).flatMap { $0 > .zero ? $0 : nil } }

    private func places(_ fields: Fields, _ reader: NodeReader) -> [World.Place] {
        guard let node = fields.required("places") else { return [] }
        let entries = reader.entries(node, "'places'")
        if entries.isEmpty, node.mapping != nil { reader.report(node, "a world needs at least one place") }
        let names = entries.map(\.name)
        return entries.compactMap { name, _, node in
            guard let place = Fields(node, "a place", .place, reader) else { return nil }
            for (near, node) in place.texts("near") {
                check(place: near, names, node, reader)
                if near == name { reader.report(node, "'\(name)' is near itself") }
            }
            return World.Place(
                name: name, about: place.text("about") ?? "", near: place.texts("near").map(\.text),
                objects: place.entries("objects").compactMap { object in
                    reader.text(object.value, "'\(object.name)'").map { World.Object(name: object.name, state: $0) }
                })
        }
    }

    private func check(place: String, _ names: [String], _ node: Node, _ reader: NodeReader) {
        if names.contains(place) { return }
        reader.report(node, "no place '\(place)'", hint: suggestion(for: place, among: names).map { "did you mean '\($0)'?" } ?? "the places are \(names.joined(separator: ", "))")
    }

    private func event(_ node: Node, _ names: [String], after start: SimulationTime, _ reader: NodeReader) -> World.ScheduledEvent? {
        guard let event = Fields(node, "an event", .event, reader) else { return nil }
        _ = event.required("at")
        let at = event.value("at", like: "day 1 09:00") { SimulationTime($0) }
        if let at, at < start { reader.report(event["at"], "this is before the world starts") }
        let place = event.requiredText("in")
        if let node = event["in"] { check(place: place, names, node, reader) }
        return World.ScheduledEvent(at: at ?? SimulationTime(day: 1), place: place, seen: event.requiredText("seen"))
    }

    private func poll(_ node: Node, after start: SimulationTime, _ reader: NodeReader) -> World.ScheduledPoll? {
        guard let poll = Fields(node, "a poll", .poll, reader) else { return nil }
        var survey: SurveyFile?
        if let node = poll.required("survey"), let path = reader.text(node, "'survey'"),
            let absolute = resolve(path, node, reader)
        {
            survey = self.survey(absolute)
        }
        var questions: [String] = []
        if let node = poll.required("questions") {
            for (id, node) in reader.texts(node, "'questions'") {
                check(question: id, node, survey?.codebook, reader)
                if questions.contains(id) { reader.report(node, "'\(id)' is asked twice") }
                questions.append(id)
            }
        }
        var times: [SimulationTime] = []
        if let node = poll.required("when") {
            for item in node.scalar != nil ? [node] : reader.list(node, "'when'") {
                if let time = reader.value(item, "'when'", like: "day 1 07:00", { SimulationTime($0) }) {
                    if time < start { reader.report(item, "this is before the world starts") }
                    times.append(time)
                }
            }
        }
        return World.ScheduledPoll(survey: survey?.path ?? "", questions: questions, when: times)
    }

    private func memory(_ fields: Fields, _ reader: NodeReader) -> MemorySettings {
        var settings = MemorySettings()
        guard let node = fields["memory"], let memory = Fields(node, "'memory'", .memory, reader) else { return settings }
        if let decay = memory.value("recency decay", like: "0.995 per hour", { text -> Double? in
            let number = text.hasSuffix(" per hour") ? String(text.dropLast(9)) : text
            return Double(number).flatMap { (0...1).contains($0) ? $0 : nil }
        }) { settings.recencyDecay = decay }
        if let node = memory["weights"] {
            if node.scalar?.string == "reverie" {
                settings.weights = .reverie
            } else if let weights = Fields(node, "'weights'", .weights, reader) {
                settings.weights = MemorySettings.Weights(
                    recency: weights.number("recency", in: 0...1000) ?? 1,
                    importance: weights.number("importance", in: 0...1000) ?? 1,
                    relevance: weights.number("relevance", in: 0...1000) ?? 1)
            }
        }
        if let recall = memory.quantity("recall", unit: "memories", usual: 20, in: 1...1000) { settings.recall = Int(recall) }
        if let points = memory.quantity("reflect after", unit: "importance points", usual: 150, in: 1...1_000_000) { settings.reflectAfter = points }
        return settings
    }

    private func conversation(_ fields: Fields, _ reader: NodeReader) -> World.ConversationSettings {
        var settings = World.ConversationSettings()
        guard let node = fields["conversation"], let talk = Fields(node, "'conversation'", .conversation, reader) else { return settings }
        if let turns = talk.integer("turns", in: 1...100) { settings.turns = turns }
        if let cooldown = talk.value("cooldown", like: "2 h", { TimeSpan($0) }) { settings.cooldown = cooldown }
        return settings
    }

    private func perception(_ fields: Fields, _ reader: NodeReader) -> World.PerceptionSettings {
        var settings = World.PerceptionSettings()
        guard let node = fields["perception"], let senses = Fields(node, "'perception'", .perception, reader) else { return settings }
        if let attention = senses.integer("attention", in: 1...1000) { settings.attention = attention }
        if let retention = senses.integer("retention", in: 0...1000) { settings.retention = retention }
        return settings
    }

    private func stop(_ fields: Fields, _ clock: World.Clock, _ reader: NodeReader) -> [World.StopCondition] {
        var conditions: [World.StopCondition] = []
        for node in fields.list("stop") {
            guard let stop = Fields(node, "a stop condition", .stop, reader) else { continue }
            if let node = stop["at"], let time = stop.value("at", like: "day 3 22:00", { SimulationTime($0) }) {
                if time <= clock.starts { reader.report(node, "the world would stop before it starts") }
                conditions.append(.at(time))
            }
            if let tokens = stop.value("tokens", like: "4 million", Self.count) { conditions.append(.tokens(tokens)) }
            if let quiet = stop.value("quiet", like: "3 h", Self.span) { conditions.append(.quiet(quiet)) }
        }
        if !conditions.contains(where: { if case .at = $0 { true } else { false } }) {
            conditions.append(.at(SimulationTime(day: 2)))
        }
        return conditions
    }

    /// `4 million`, `500 thousand`, `1200`.
    static func count(_ text: String) -> Int? {
        let words = text.split(separator: " ")
        guard let first = words.first, words.count <= 2, let number = Double(first), number > 0, number < 1e9 else { return nil }
        switch words.count == 2 ? words[1] : "" {
        case "": return number == number.rounded() ? Int(number) : nil
        case "thousand": return Int(number * 1000)
        case "million": return Int(number * 1_000_000)
        default: return nil
        }
    }
}
