/// Who somebody is: written by hand, or drawn from a survey's respondent.
public struct Persona: Codable, Hashable, Sendable {
    /// Something remembered from before the world began.
    public struct SeedMemory: Codable, Hashable, Sendable {
        /// As written: `1994`.
        public var when: String
        public var what: String
        /// 1...10.
        public var importance: Double

        public init(when: String, what: String, importance: Double) {
            self.when = when
            self.what = what
            self.importance = importance
        }
    }

    /// One thing a drawn persona is told about itself, with the variable it came from.
    public struct Fact: Codable, Hashable, Sendable {
        public var variable: String
        /// In the first person: `In politics today, I consider myself a Democrat.`
        public var sentence: String
        /// The variable's own question, for `qa` and `interview`; `nil` where the codebook gives none, or where the
        /// sentence says more than that one variable.
        public var ask: String?
        /// The words of each value the question offers; `nil` for a number.
        public var options: [String]?
        /// The person's own words for it: `Democrat`; there with `ask`.
        public var answer: String?
        /// In the second person, as it follows "as if": `in politics today, you considered yourself a Democrat`.
        public var portray: String?
        /// What it describes, as it follows "a short description of your": `political affiliation`.
        public var about: String?
        /// Other variables and questions whose words are in it; `nil` for none.
        public var alsoTells: [String]?

        public init(
            variable: String, sentence: String, ask: String? = nil, options: [String]? = nil, answer: String? = nil,
            portray: String? = nil, about: String? = nil, alsoTells: [String]? = nil
        ) {
            self.variable = variable
            self.sentence = sentence
            self.ask = ask
            self.options = options
            self.answer = answer
            self.portray = portray
            self.about = about
            self.alsoTells = alsoTells
        }

        /// Whether it gives the person's words for a variable, or their answer to a question.
        public func tells(_ name: String) -> Bool { variable == name || alsoTells?.contains(name) == true }
    }

    /// When somebody goes to bed and gets up, in seconds since midnight; the two differ.
    public struct Sleep: Codable, Hashable, Sendable {
        public var starts: Int
        public var ends: Int

        public init(starts: Int, ends: Int) {
            self.starts = starts
            self.ends = ends
        }

        /// Whether a second of the day lies in it.
        public func contains(_ second: Int) -> Bool {
            starts > ends ? second >= starts || second < ends : second >= starts && second < ends
        }
    }

    /// The file's stem, `rosa-delgado`, or survey and respondent, `gss2018-1234` (drawn twice: `gss2018-1234-2`).
    public var id: String
    public var name: String
    public var age: Int?
    public var pronouns: String?
    public var work: String?
    public var about: String?
    /// What they would say about themselves.
    public var believes: [String]
    public var habits: [String]
    /// The world's night where `nil`.
    public var sleeps: Sleep?
    /// Oldest first.
    public var remembers: [SeedMemory]
    /// Known survey answers: question id to option code.
    public var answers: [String: Int]
    /// The backstory of a drawn persona, in the panel's order; empty for written ones.
    public var facts: [Fact]
    /// The respondent a drawn persona stands for.
    public var respondent: String?
    /// Cells of the codebook's variables, for grouping answers; never shown to a model by themselves.
    public var attributes: [String: String]
    /// How many people of a panel's mean person it counts for, > 0: 1 unless the draw gave some groups more places than
    /// their share.
    public var weight: Double
    /// What they read; `nil` for nothing.
    public var reads: Diet?
    /// What they have read lately, as a poll tells it, in the order it appeared; residents remember it instead.
    public var read: [Reading] = []

    public init(
        id: String, name: String, age: Int? = nil, pronouns: String? = nil, work: String? = nil, about: String? = nil,
        believes: [String] = [], habits: [String] = [], sleeps: Sleep? = nil, remembers: [SeedMemory] = [], answers: [String: Int] = [:],
        facts: [Fact] = [], respondent: String? = nil, attributes: [String: String] = [:], weight: Double = 1
    ) {
        self.id = id
        self.name = name
        self.age = age
        self.pronouns = pronouns
        self.work = work
        self.about = about
        self.believes = believes
        self.habits = habits
        self.sleeps = sleeps
        self.remembers = remembers
        self.answers = answers
        self.facts = facts
        self.respondent = respondent
        self.attributes = attributes
        self.weight = weight
    }
}
