internal import Foundation
internal import LanguageModels
internal import Yams

extension Loading {
    /// A world's `models:`, each role read once, `same as:` followed.
    func models(_ node: Node?, _ reader: NodeReader) -> ModelSection {
        var section = ModelSection()
        guard let node, let roles = Fields(node, "models", .models, reader) else { return section }
        var done: [String: ModelSection.Choice] = [:]
        func choice(_ role: String, _ path: [String]) -> ModelSection.Choice {
            let usual = Self.usual(role)
            if let choice = done[role] { return choice }
            guard let node = roles[role], let fields = Fields(node, "a model", .choice, reader) else { return usual }
            var base = usual
            if let reference = fields["same as"], let other = reader.text(reference, "'same as'") {
                if (path + [role]).contains(other) {
                    reader.report(reference, "'same as' leads in a circle: \((path + [role, other]).joined(separator: " → "))")
                } else if !Keys.models.names.contains(other) {
                    reader.report(reference, "no model role '\(other)'", hint: "the roles are \(Keys.models.names.joined(separator: ", "))")
                } else {
                    base = choice(other, path + [role])
                }
            }
            let read = self.choice(fields, base: base, reader)
            done[role] = read
            return read
        }
        section.speaker = choice("speaker", [])
        section.scribe = choice("scribe", [])
        section.embedder = choice("embedder", [])
        return section
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
        if let name = fields.text("name") { choice.name = name }
        if let temperature = fields.number("temperature", in: 0...2) { choice.temperature = temperature }
        if let node = fields["server"], let server = reader.text(node, "'server'") {
            check(server: server, node, reader)
            choice.server = server
        }
        if let revision = fields.text("revision") { choice.revision = revision }
        return choice
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

    private static func usual(_ role: String) -> ModelSection.Choice {
        let section = ModelSection()
        return role == "speaker" ? section.speaker : role == "scribe" ? section.scribe : section.embedder
    }
}
