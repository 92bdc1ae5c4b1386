/// What a persona says about itself, sentence by sentence.
///
/// A drawn persona says its facts and nothing else: neither its name, nor its answers, nor its attributes.
/// A written one says name, age, pronoun, work, what is told about it, what it believes and does and, where no memory
/// stream speaks for it, what it remembers.
struct SelfDescription {
    let sentences: [String]

    init(_ persona: Persona, remembering: Bool) {
        guard persona.respondent == nil else {
            sentences = persona.facts.map { oneLine($0.sentence) }.filter { !$0.isEmpty }
            return
        }
        var said = ["My name is \(oneLine(persona.name))."]
        if let age = persona.age { said.append("I am \(age) years old.") }
        if let pronouns = persona.pronouns { said.append("My pronoun is \(oneLine(pronouns)).") }
        if let work = persona.work { said.append("My work: \(Self.stopped(work))") }
        if let about = persona.about { said.append("About me: \(Self.stopped(about))") }
        said += persona.facts.map { Self.stopped($0.sentence) }
        said += persona.believes.map { "I believe this: \(Self.stopped($0))" }
        said += persona.habits.map { "My habit: \(Self.stopped($0))" }
        if remembering {
            said += persona.remembers.map { "I remember (\(oneLine($0.when))): \(Self.stopped($0.what))" }
        }
        sentences = said
    }

    /// The text on one line, with a full stop where it ends in none.
    private static func stopped(_ text: String) -> String {
        let line = oneLine(text)
        guard let last = line.last, !".!?".contains(last) else { return line }
        return line + "."
    }
}
