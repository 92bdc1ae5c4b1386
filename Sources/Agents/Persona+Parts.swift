extension Persona {
    /// One thing that a persona says about itself and could leave unsaid.
    public struct Part: Hashable, Sendable {
        /// The variable of a drawn persona's fact; of a written one `age`, `pronouns`, `work`, `about`, `believes`,
        /// `habits`, `remembers`; of an article `reads` and its source's name.
        public var kind: String
        public var text: String
        /// Among those of its kind.
        let place: Int
        let origin: Origin
        /// Of an article, its place among what was read.
        public var article: Int? { origin == .read ? place : nil }

        enum Origin: Hashable, Sendable { case fact, said, read }
    }

    /// What ``SelfDescription`` says, in its order, but for the name; then what was read.
    ///
    /// - Parameter remembering: Whether it also says what it remembers: where no memory stream speaks for it.
    public func parts(remembering: Bool) -> [Part] {
        func listed(_ kind: String, _ texts: [String]) -> [Part] {
            texts.enumerated().map { Part(kind: kind, text: oneLine($1), place: $0, origin: .said) }
        }
        let facts = facts.enumerated().filter { !oneLine($1.sentence).isEmpty }
            .map { Part(kind: $1.variable, text: oneLine($1.sentence), place: $0, origin: .fact) }
        let articles = read.enumerated().map { Part(kind: $1.kind, text: $1.name, place: $0, origin: .read) }
        guard respondent == nil else { return facts + articles }
        return listed("age", age.map { ["\($0)"] } ?? []) + listed("pronouns", pronouns.map { [$0] } ?? [])
            + listed("work", work.map { [$0] } ?? []) + listed("about", about.map { [$0] } ?? []) + facts
            + listed("believes", believes) + listed("habits", habits)
            + (remembering ? listed("remembers", remembers.map(\.what)) : []) + articles
    }

    /// The same person with some things unsaid.
    public func without(_ parts: [Part]) -> Persona {
        var persona = self
        func left<Element>(_ list: [Element], _ kind: String) -> [Element] {
            let gone = Set(parts.filter { $0.origin == .said && $0.kind == kind }.map(\.place))
            return list.enumerated().filter { !gone.contains($0.offset) }.map(\.element)
        }
        func left<Element>(_ list: [Element], _ origin: Part.Origin) -> [Element] {
            let gone = Set(parts.filter { $0.origin == origin }.map(\.place))
            return list.enumerated().filter { !gone.contains($0.offset) }.map(\.element)
        }
        persona.facts = left(persona.facts, .fact)
        persona.read = left(persona.read, .read)
        persona.age = left(age.map { [$0] } ?? [], "age").first
        persona.pronouns = left(pronouns.map { [$0] } ?? [], "pronouns").first
        persona.work = left(work.map { [$0] } ?? [], "work").first
        persona.about = left(about.map { [$0] } ?? [], "about").first
        persona.believes = left(believes, "believes")
        persona.habits = left(habits, "habits")
        persona.remembers = left(remembers, "remembers")
        return persona
    }
}
