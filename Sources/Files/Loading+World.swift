internal import Agents
internal import Kernel
internal import LanguageModels
internal import Surveys
internal import Worlds
internal import Yams

extension Loading {
    func world(_ absolute: String) -> (world: World, models: ModelSection)? {
        guard let (fields, reader) = open(absolute, as: .world) else { return nil }
        let (places, ways) = self.places(fields, reader)
        let names = places.map(\.name)
        let clock = self.clock(fields, reader)
        let models = self.models(fields["models"], reader)
        let events = fields.list("events").compactMap { event($0, names, after: clock.starts, reader) }
        let polls = fields.list("polls").compactMap { poll($0, after: clock.starts, reader) }
        let people = residents(fields, names, models, reader)
        let news = self.news(fields, names, people.complete ? people.residents.map(\.persona.id) : nil, after: clock.starts, reader)
        let world = World(
            id: Self.stem(absolute), title: fields.requiredText("world"), about: fields.text("about") ?? "",
            seed: UInt64(fields.integer("seed", in: 0...Int.max) ?? 1), clock: clock, places: places,
            residents: people.residents, events: events, polls: polls, memory: memory(fields, reader),
            conversation: conversation(fields, reader), perception: perception(fields, reader),
            planning: planning(fields, reader), without: ablations(fields, reader), news: news,
            stop: stop(fields, clock, reader))
        check(ways, of: world, fields, reader)
        return (world, people.models)
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
        if let night = times.value("night", like: "22:00 to 06:00", Self.night) { (clock.nightStarts, clock.nightEnds) = night }
        return clock
    }

    /// `22:00 to 06:00`, as seconds since midnight that differ.
    static func night(_ text: String) -> (starts: Int, ends: Int)? {
        let words = text.split(separator: " ")
        guard words.count == 3, words[1] == "to", let starts = SimulationTime.secondOfDay(String(words[0])),
            let ends = SimulationTime.secondOfDay(String(words[2])), starts != ends
        else { return nil }
        return (starts, ends)
    }

    /// A span that is longer than nothing.
    static func span(_ text: String) -> TimeSpan? { TimeSpan(text).flatMap { $0 > .zero ? $0 : nil } }

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
