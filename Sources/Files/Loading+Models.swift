internal import Foundation
internal import LanguageModels
internal import Yams

extension Loading {
    /// A world's `models:`, each role read once, `same as:` followed.
    func models(_ node: Node?, _ reader: NodeReader) -> ModelSection {
        guard let node, let roles = Fields(node, "models", .models, reader) else { return ModelSection() }
        return models({ roles[$0] }, of: nil, reader)
    }

    /// The `models:` of a resident's entry, or its `model:`, which is their speaker; `nil` where it names none.
    ///
    /// - Parameter world: The world's models, for the roles that the entry does not name, for those that it changes
    ///   without naming a model, and for `same as:` its own role.
    func ownModels(_ resident: Fields, _ world: ModelSection, _ reader: NodeReader) -> ModelSection? {
        switch (resident["model"], resident["models"]) {
        case (nil, nil): return nil
        case (let node?, nil): return models({ $0 == "speaker" ? node : nil }, of: world, reader)
        case (nil, let node?):
            guard let roles = Fields(node, "models", .models, reader) else { return nil }
            if !Keys.models.names.contains(where: { roles[$0] != nil }) { return nil }
            return models({ roles[$0] }, of: world, reader)
        case (let node?, _?):
            reader.report(node, "a resident has a 'model' or 'models', not both", hint: "'model' is the speaker of 'models'")
            return nil
        }
    }

    private func models(_ node: (String) -> Node?, of world: ModelSection?, _ reader: NodeReader) -> ModelSection {
        var done: [String: ModelSection.Choice] = [:]
        func choice(_ role: String, _ path: [String]) -> ModelSection.Choice {
            if let choice = done[role] { return choice }
            let usual = Self.choice(of: role, in: ModelSection())
            let inherited = world.map { Self.choice(of: role, in: $0) } ?? usual
            guard let node = node(role) else { return inherited }
            var read = usual
            if world != nil, node.scalar != nil {
                if let name = reader.text(node, "a model") { read.name = name }
            } else if let fields = Fields(node, "a model", .choice, reader) {
                var base = fields["name"] == nil ? inherited : usual
                if let reference = fields["same as"], let other = reader.text(reference, "'same as'") {
                    if world != nil, other == role {
                        base = inherited
                    } else if (path + [role]).contains(other) {
                        reader.report(reference, "'same as' leads in a circle: \((path + [role, other]).joined(separator: " → "))")
                    } else if !Keys.models.names.contains(other) {
                        reader.report(reference, "no model role '\(other)'", hint: "the roles are \(Keys.models.names.joined(separator: ", "))")
                    } else {
                        base = choice(other, path + [role])
                    }
                }
                read = self.choice(fields, base: base, reader)
            }
            done[role] = read
            return read
        }
        return ModelSection(speaker: choice("speaker", []), scribe: choice("scribe", []), embedder: choice("embedder", []))
    }

    /// The optional `model:` of a persona, panel or survey: a name, or a mapping, or `same as:` another file.
    func models(of fields: Fields, at absolute: String, _ reader: NodeReader) -> ModelSection {
        models(of: fields, reader, visited: [absolute])
    }

    private func models(of fields: Fields, _ reader: NodeReader, visited: [String]) -> ModelSection {
        var section = ModelSection()
        if fields.what == "a world" { return models(fields["models"], reader) }
        guard let node = fields["model"] else { return section }
        if node.scalar != nil {
            if let name = reader.text(node, "'model'") { section.speaker.name = name }
            return section
        }
        guard let model = Fields(node, "a model", .choice, reader) else { return section }
        if let reference = model["same as"], let path = reader.text(reference, "'same as'"),
            let absolute = resolve(path, reference, reader)
        {
            if visited.contains(absolute) {
                let circle = (visited + [absolute]).map(root.relative).joined(separator: " → ")
                reader.report(reference, "'same as' leads in a circle: \(circle)")
            } else if let kind = kind(absolute, reference, reader), let (other, otherReader) = open(absolute, as: kind) {
                section = models(of: other, otherReader, visited: visited + [absolute])
            }
        }
        section.speaker = choice(model, base: section.speaker, reader)
        return section
    }

    private func kind(_ absolute: String, _ node: Node, _ reader: NodeReader) -> FileKind? {
        if let kind = (try? SourceFile.read(absolute)).flatMap({ FileKind(text: String(decoding: $0, as: UTF8.self)) }),
            kind != .experiment
        {
            return kind
        }
        reader.report(node, "this is no file that names a model")
        return nil
    }

    private func choice(_ fields: Fields, base: ModelSection.Choice, _ reader: NodeReader) -> ModelSection.Choice {
        var choice = base
        if let name = fields.text("name") {
            // An adapter is of its model.
            if name != choice.name { choice.adapter = nil }
            choice.name = name
        }
        if let temperature = fields.number("temperature", in: 0...2) { choice.temperature = temperature }
        if fields["server"] != nil { choice.servers = servers(fields, reader) }
        if let revision = fields.text("revision") { choice.revision = revision }
        if let most = fields.integer("at once", in: 1...10_000) { choice.atOnce = most }
        if let node = fields["prices"], let prices = Fields(node, "'prices'", .prices, reader) {
            choice.prices = self.prices(prices)
        }
        if let node = fields["budget"], let budget = Fields(node, "'budget'", .budget, reader) {
            choice.budget = SpendingLimit(
                tokens: budget.integer("tokens", in: 1...Int.max), cost: budget.number("cost", in: 0...1e9))
            if budget["tokens"] == nil, budget["cost"] == nil { reader.report(node, "a budget has 'tokens', 'cost' or both") }
        }
        if choice.budget?.cost != nil, choice.prices == nil {
            reader.report(fields["budget"] ?? fields.node, "a 'cost' needs 'prices' to be reckoned with")
        }
        adapt(&choice, fields, reader)
        return choice
    }

    /// The `server:` of a model: one, or several with the same weights.
    func servers(_ fields: Fields, _ reader: NodeReader) -> [String] {
        guard let node = fields["server"] else { return [] }
        let servers = node.sequence == nil
            ? reader.text(node, "'server'").map { [($0, node)] } ?? [] : reader.texts(node, "'server'")
        for (server, node) in servers { check(server: server, node, reader) }
        if node.sequence != nil, servers.isEmpty { reader.report(node, "'server' must name at least one server") }
        return servers.map(\.0)
    }

    /// What a million tokens cost.
    private func prices(_ fields: Fields) -> TokenPrices {
        let range = 0.0...1e9
        for key in ["input", "output"] { _ = fields.required(key) }
        return TokenPrices(
            input: fields.number("input", in: range) ?? 0, cached: fields.number("cached", in: range),
            output: fields.number("output", in: range) ?? 0)
    }

    private func check(server: String, _ node: Node, _ reader: NodeReader) {
        guard let parts = URLComponents(string: server), let host = parts.host?.lowercased(), !host.isEmpty,
            parts.scheme == "http" || parts.scheme == "https"
        else { return reader.report(node, "'server' must read like 'http://127.0.0.1:8000/v1'") }
        if parts.user != nil || parts.password != nil || parts.query != nil || parts.fragment != nil {
            return reader.report(node, "'server' must hold neither names, passwords, queries nor fragments", hint: "keys come from the environment")
        }
        if Self.isLoopback(host) || files.allowedServers.contains(where: { $0.lowercased() == host }) { return }
        reader.report(node, "the server '\(host)' is not on this machine", hint: "'--allow-server \(host)' allows it")
    }

    /// Only addresses: `127.0.0.1.example.com` is somebody else's.
    static func isLoopback(_ host: String) -> Bool {
        if ["localhost", "::1", "[::1]"].contains(host) { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in part.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt8(part) != nil }
    }

    private static func choice(of role: String, in section: ModelSection) -> ModelSection.Choice {
        role == "speaker" ? section.speaker : role == "scribe" ? section.scribe : section.embedder
    }
}
