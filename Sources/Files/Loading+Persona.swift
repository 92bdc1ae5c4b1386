internal import Agents
internal import LanguageModels
internal import Yams

extension Loading {
    func persona(_ absolute: String) -> Persona? { personaFile(absolute)?.persona }

    func personaFile(_ absolute: String) -> (persona: Persona, models: ModelSection)? {
        guard let (fields, reader) = open(absolute, as: .persona) else { return nil }
        let memories = fields.list("remembers").compactMap { node -> Persona.SeedMemory? in
            guard let memory = Fields(node, "a memory", .seedMemory, reader) else { return nil }
            return Persona.SeedMemory(
                when: memory.text("when") ?? "", what: memory.requiredText("what"),
                importance: memory.number("importance", in: 1...10) ?? 5)
        }
        var answers: [String: Int] = [:]
        for (name, _, value) in fields.entries("answers") {
            answers[name] = reader.integer(value, "the answer to '\(name)'", in: -1_000_000...1_000_000)
        }
        var persona = Persona(
            id: Self.stem(absolute), name: fields.requiredText("persona"), age: fields.integer("age", in: 0...130),
            pronouns: fields.text("pronouns"), work: fields.text("work"), about: fields.text("about"),
            believes: fields.texts("believes").map(\.text), habits: fields.texts("habits").map(\.text),
            sleeps: fields.value("sleeps", like: "22:00 to 06:00", Self.night).map { Persona.Sleep(starts: $0.starts, ends: $0.ends) },
            remembers: memories, answers: answers)
        persona.reads = diet(fields, reader)
        persona.attributes[Diet.attribute] = persona.reads?.group
        return (persona, models(of: fields, at: absolute, reader))
    }
}
