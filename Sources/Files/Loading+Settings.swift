internal import Agents
internal import Kernel
internal import Worlds
internal import Yams

/// The constants of minds and talk, each its default where the file says nothing.
extension Loading {
    func memory(_ fields: Fields, _ reader: NodeReader) -> MemorySettings {
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
        if let recall = memory.count("recall", unit: "memories", usual: 20, in: 1...1000) { settings.recall = recall }
        if let points = memory.quantity("reflect after", unit: "importance points", usual: 150, in: 1...1_000_000) { settings.reflectAfter = points }
        if let count = memory.count("reflect on", unit: "memories", usual: 100, in: 1...10_000) { settings.reflectOn = count }
        if let count = memory.integer("questions", in: 1...20) { settings.questions = count }
        if let count = memory.integer("insights", in: 1...50) { settings.insights = count }
        if let count = memory.count("interview recall", unit: "memories", usual: 50, in: 1...1000) { settings.interviewRecall = count }
        return settings
    }

    func conversation(_ fields: Fields, _ reader: NodeReader) -> World.ConversationSettings {
        var settings = World.ConversationSettings()
        guard let node = fields["conversation"], let talk = Fields(node, "'conversation'", .conversation, reader) else { return settings }
        if let turns = talk.integer("turns", in: 1...100) { settings.turns = turns }
        if let cooldown = talk.value("cooldown", like: "2 h", { TimeSpan($0) }) { settings.cooldown = cooldown }
        if let begins = talk.count("begins", unit: "per day", usual: 2, in: 0...1000) { settings.begins = begins }
        if let polite = talk.integer("polite", in: 0...100) { settings.polite = polite }
        if let reply = talk.value("reply", like: "1 min", Self.span) { settings.reply = reply }
        if let recap = talk.value("recap", like: "true' or 'false", Self.truth) { settings.recap = recap }
        return settings
    }

    func perception(_ fields: Fields, _ reader: NodeReader) -> World.PerceptionSettings {
        var settings = World.PerceptionSettings()
        guard let node = fields["perception"], let senses = Fields(node, "'perception'", .perception, reader) else { return settings }
        if let attention = senses.integer("attention", in: 1...1000) { settings.attention = attention }
        if let retention = senses.integer("retention", in: 0...1000) { settings.retention = retention }
        if let matters = senses.number("matters", in: 1...10) { settings.matters = matters }
        return settings
    }

    func planning(_ fields: Fields, _ reader: NodeReader) -> World.PlanningSettings {
        var settings = World.PlanningSettings()
        guard let node = fields["planning"], let planning = Fields(node, "'planning'", .planning, reader) else { return settings }
        if let detail = planning.value("detail", like: "day', 'hours' or 'minutes", World.PlanningSettings.Detail.init(rawValue:)) { settings.detail = detail }
        if let patience = planning.value("patience", like: "2 h", Self.span) { settings.patience = patience }
        if let nearby = planning.quantity("nearby", unit: "places", usual: 50, in: 1...100_000) { settings.nearby = Int(nearby) }
        return settings
    }

    /// What the run does without, sorted.
    func ablations(_ fields: Fields, _ reader: NodeReader) -> [World.Ablation] {
        let known = World.Ablation.allCases.map(\.rawValue)
        var ablations: [World.Ablation] = []
        for (text, node) in fields.texts("without") {
            guard let ablation = World.Ablation(rawValue: text) else {
                reader.report(node, "no world can do without '\(text)'",
                    hint: suggestion(for: text, among: known).map { "did you mean '\($0)'?" } ?? "it can do without \(known.joined(separator: ", "))")
                continue
            }
            if ablations.contains(ablation) { reader.report(node, "'\(text)' is listed twice") }
            ablations.append(ablation)
        }
        return ablations.sorted { precedes($0.rawValue, $1.rawValue) }
    }
}
