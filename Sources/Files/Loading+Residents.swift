internal import Agents
internal import Kernel
internal import LanguageModels
internal import Surveys
internal import Worlds
internal import Yams

extension Loading {
    /// - Parameter models: The world's.
    /// - Returns: Everybody in the file's order; the world's models with those of residents who have their own; and
    ///   whether everybody could be read.
    func residents(
        _ fields: Fields, _ places: [String], _ models: ModelSection, _ reader: NodeReader
    ) -> (residents: [World.Resident], models: ModelSection, complete: Bool) {
        var models = models
        guard let node = fields.required("residents") else { return ([], models, false) }
        var residents: [World.Resident] = []
        var acquaintances: [(id: String, node: Node)] = []
        // Where somebody could not be read, who is known to whom cannot be checked.
        var complete = true
        let items = reader.list(node, "'residents'")
        if items.isEmpty, node.sequence != nil { reader.report(node, "a world needs at least one resident") }
        for item in items {
            guard let resident = Fields(item, "a resident", .resident, reader) else {
                complete = false
                continue
            }
            let lives = resident.requiredText("lives")
            if let node = resident["lives"] { check(place: lives, places, node, reader) }
            let knows = resident.entries("knows").compactMap { entry -> World.Acquaintance? in
                acquaintances.append((entry.name, entry.key))
                return reader.text(entry.value, "'\(entry.name)'").map { World.Acquaintance(persona: entry.name, what: $0) }
            }
            let own = ownModels(resident, models, reader)
            let people = personas(resident, reader).map { reading($0, resident, reader) }
            if people.isEmpty { complete = false }
            for persona in people {
                if residents.contains(where: { $0.persona.id == persona.id }) {
                    reader.report(resident["persona"] ?? resident["panel"], "'\(persona.id)' lives here already")
                } else if persona.facts.isEmpty, residents.contains(where: { $0.persona.name == persona.name }) {
                    reader.report(resident["persona"], "another resident is called '\(persona.name)'")
                }
                residents.append(World.Resident(persona: persona, lives: lives, knows: knows))
                if let own {
                    models.residents.append(ModelSection.Resident(
                        persona: persona.id, speaker: own.speaker, scribe: own.scribe, embedder: own.embedder))
                }
            }
        }
        let ids = residents.map(\.persona.id)
        for (id, node) in acquaintances where complete && !ids.contains(id) {
            reader.report(node, "nobody here is '\(id)'", hint: suggestion(for: id, among: ids).map { "did you mean '\($0)'?" })
        }
        models.residents.sort { precedes($0.persona, $1.persona) }
        return (residents, models, complete)
    }

    /// A resident's `reads` stands in for their persona's.
    private func reading(_ persona: Persona, _ resident: Fields, _ reader: NodeReader) -> Persona {
        guard let node = resident["reads"] else { return persona }
        if resident["panel"] != nil { reader.report(node, "people of a panel read what their panel says") }
        var persona = persona
        persona.reads = diet(resident, reader)
        persona.attributes[Diet.attribute] = persona.reads?.group
        return persona
    }

    /// One persona, or those drawn from a panel; empty after a finding.
    private func personas(_ resident: Fields, _ reader: NodeReader) -> [Persona] {
        switch (resident["persona"], resident["panel"]) {
        case (let node?, nil):
            if let take = resident["take"] { reader.report(take, "'take' needs a 'panel'") }
            guard let path = reader.text(node, "'persona'"), let absolute = resolve(path, node, reader) else { return [] }
            guard let persona = persona(absolute) else { return [] }
            origins[persona.id] = root.relative(absolute)
            return [persona]
        case (nil, let node?):
            let take = resident.integer("take", in: 1...10_000) ?? 1
            guard let path = reader.text(node, "'panel'"), let absolute = resolve(path, node, reader),
                let (panel, survey, _) = panel(absolute)
            else { return [] }
            // People are drawn only once everything read so far is right.
            guard (try? findings.check()) != nil else { return [] }
            do {
                let people = try files.draw(panel, survey, take)
                for person in people { origins[person.id] = root.relative(absolute) }
                return people
            } catch let error as DiagnosticsError {
                findings.add(error)
            } catch {
                reader.report(node, "nobody could be drawn: \(error)")
            }
            return []
        case (_?, let node?): reader.report(node, "a resident is a 'persona' or from a 'panel', not both")
        case (nil, nil): reader.report(resident.node, "a resident needs a 'persona' or a 'panel'")
        }
        return []
    }
}
