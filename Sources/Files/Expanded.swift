public import Agents
internal import Kernel
internal import LanguageModels
internal import Surveys

extension Loaded where Value == Persona {
    /// The file with every default spelled out; reads back as the same value.
    public var expanded: String {
        let persona = value
        var entries: [(String, YAMLValue)] = [("persona", .text(persona.name))]
        if let age = persona.age { entries.append(("age", .number(age))) }
        entries += texts([("pronouns", persona.pronouns), ("work", persona.work), ("about", persona.about)])
        entries.append(("believes", .texts(persona.believes)))
        entries.append(("habits", .texts(persona.habits)))
        if let sleeps = persona.sleeps { entries.append(("sleeps", night(sleeps.starts, sleeps.ends))) }
        entries.append(("remembers", .list(persona.remembers.map {
            .map([("when", .text($0.when)), ("what", .text($0.what)), ("importance", .number($0.importance))])
        })))
        entries.append(("answers", .map(persona.answers.sorted { precedes($0.key, $1.key) }.map { ($0.key, .number($0.value)) })))
        if let reads = persona.reads { entries.append(("reads", reads.yaml)) }
        return YAMLValue.map(entries + [("model", models.speaker.yaml)]).printed
    }
}

extension Loaded where Value == Panel {
    /// The file with every default spelled out; reads back as the same value.
    public var expanded: String {
        YAMLValue.map([
            ("panel", .text(value.title)), ("from", .text(value.survey)), ("size", .number(value.size)),
        ] + drawing(value) + [("model", models.speaker.yaml)]).printed
    }
}

extension Loaded {
    /// How people are drawn and what they are told.
    func drawing(_ value: Panel) -> [(String, YAMLValue)] {
        let weight = value.weighted ? survey(value.survey)?.codebook.weight : nil
        let entries: [(String, YAMLValue)] = [
            ("seed", .word(String(value.seed))),
            ("where", .map(value.universe.conditions.map { condition in
                switch condition {
                case .oneOf(let variable, let values): (variable, .texts(values))
                case .between(let variable, let low, let high): (variable, .word("\(low) to \(high)"))
                }
            })),
            ("draw", .map([
                ("weight", .text(weight ?? "none")), ("with replacement", .word(value.withReplacement ? "true" : "false")),
            ] + (value.strata?.yaml ?? []))),
        ]
        let told: [(String, YAMLValue)] = [
            ("order", .word(value.order.rawValue)),
            ("backstory", .map(value.backstory.map { ($0.variable, $0.yaml) })),
            ("held out", .texts(value.heldOut)),
        ]
        return entries + (value.adjustment?.yaml ?? []) + told + (value.reads.map { [("reads", $0.yaml)] } ?? [])
    }
}

extension Loaded where Value == SurveyFile {
    /// The file with every default spelled out; reads back as the same value.
    public var expanded: String {
        let codebook = value.codebook
        var entries: [(String, YAMLValue)] = [("survey", .text(codebook.title))]
        entries += texts([("source", codebook.source), ("licence", value.licence)])
        if let year = codebook.year { entries.append(("year", .number(year))) }
        entries += texts([
            ("country", codebook.country), ("data", codebook.data), ("checksum", codebook.checksum),
            ("respondent", codebook.respondent), ("weight", codebook.weight), ("strata", codebook.stratum),
            ("cluster", codebook.cluster),
        ])
        entries.append(("variables", .map(codebook.variables.map { variable in
            let values: YAMLValue =
                switch variable.kind {
                case .number(let unit): .text(unit)
                case .categories(let values): .texts(values)
                case .coded(let codes): .map(codes.map { ($0.code, .text($0.text)) })
                }
            return (variable.name, variable.ask.map { .map([("ask", .text($0)), ("values", values)]) } ?? values)
        })))
        entries.append(("questions", .map(codebook.questions.map { ($0.id, $0.yaml) })))
        return YAMLValue.map(entries + [("model", models.speaker.yaml)]).printed
    }
}

extension Question {
    fileprivate var yaml: YAMLValue {
        var entries: [(String, YAMLValue)] = [("ask", .text(ask))]
        if let say { entries.append(("say", .text(say + " ..."))) }
        entries.append(("scale", .word(scale.rawValue)))
        if scale == .open {
            return .map(entries + [("baseline", .word("none"))] + texts([("caution", caution), ("category", category)]))
        }
        entries.append(("options", .map(options.enumerated().map { index, option in
            var parts: [(String, YAMLValue)] = [("text", .text(option.text))]
            if let fills = option.fills { parts.append(("fills", .text(fills))) }
            if let position = positions?[index] ?? option.position { parts.append(("position", .number(position))) }
            return (String(option.code), .map(parts))
        })))
        switch nonAnswers {
        case .merged: entries.append(("no answer", .word("merged")))
        case .codes(let refused, let dontKnow, let notAsked):
            func codes(_ codes: [Int]) -> YAMLValue { .list(codes.map { $0 < -2_000_000 ? .text(MissingTag.text($0)) : .number($0) }) }
            entries.append(("no answer", .map([
                ("refused", codes(refused)), ("don't know", codes(dontKnow)), ("not asked", codes(notAsked)),
            ])))
        }
        if !hasBaseline { entries.append(("baseline", .word("none"))) }
        entries += texts([("caution", caution), ("category", category)])
        guard let rewordings else { return .map(entries) }
        if !rewordings.paraphrases.isEmpty {
            entries.append(("paraphrases", .list(rewordings.paraphrases.map(\.yaml))))
        }
        return .map(entries + (rewordings.opposite.map { [("opposite", $0.yaml)] } ?? []))
    }
}

extension Wording {
    fileprivate var yaml: YAMLValue { .map(texts([("ask", ask), ("say", say.map { $0 + " ..." })])) }
}

extension Stratification {
    fileprivate var yaml: [(String, YAMLValue)] {
        [("by", .text(variable)), ("allocation", .word(allocation.rawValue))]
    }
}

extension Panel.Sentence {
    fileprivate var yaml: YAMLValue {
        portray == nil && about == nil
            ? .text(template) : .map(texts([("say", template), ("portray", portray), ("about", about)]))
    }
}

extension ModelSection.Choice {
    var yaml: YAMLValue {
        var entries: [(String, YAMLValue)] = [("name", .text(name))]
        if let adapter { entries += [("adapter", .text(adapter.file)), ("adapter scale", .number(adapter.scale))] }
        entries.append(("temperature", .number(temperature)))
        if servers.count > 1 { entries.append(("server", .texts(servers))) }
        entries += texts([("server", servers.count == 1 ? servers[0] : nil), ("revision", revision)])
        if let atOnce { entries.append(("at once", .number(atOnce))) }
        if let prices {
            entries.append((
                "prices",
                .map(numbers([("input", prices.input), ("cached", prices.cached), ("output", prices.output)]))
            ))
        }
        if let budget {
            let tokens = budget.tokens.map { [("tokens", YAMLValue.number($0))] } ?? []
            entries.append(("budget", .map(tokens + numbers([("cost", budget.cost)]))))
        }
        return .map(entries)
    }
}

/// `22:00 to 06:00`, of seconds since midnight.
func night(_ starts: Int, _ ends: Int) -> YAMLValue {
    .word("\(SimulationTime(seconds: starts).timeOfDay) to \(SimulationTime(seconds: ends).timeOfDay)")
}

/// The entries that have a value.
private func numbers(_ entries: [(String, Double?)]) -> [(String, YAMLValue)] {
    entries.compactMap { key, number in number.map { (key, .number($0)) } }
}

/// The entries that have a value.
private func texts(_ entries: [(String, String?)]) -> [(String, YAMLValue)] {
    entries.compactMap { key, text in text.map { (key, .text($0)) } }
}
