import Agents
import Files
import Kernel
import LanguageModels
import Results
import Surveys

/// Searches the facts, their order, and the mixture of personas that make a group's answers likeliest, and judges them
/// on questions and people that the search never saw.
public struct SearchStudy: Sendable {
    public struct Request: Sendable {
        /// A panel file.
        public var panel: String
        /// `party=Republican`.
        public var group: String
        /// Variables of the backstory that may be told; all where `nil`.
        public var facts: [String]?
        public var questions: [String]?
        public var method: String?
        public var askAs: String?
        /// Lists of facts to try at most, 1 or more.
        public var budget: Int
        /// Personas in the mixture, 1 or more.
        public var personas: Int

        public init(
            panel: String, group: String, facts: [String]? = nil, questions: [String]? = nil, method: String? = nil,
            askAs: String? = nil, budget: Int = 40, personas: Int = 5
        ) {
            self.panel = panel
            self.group = group
            self.facts = facts
            self.questions = questions
            self.method = method
            self.askAs = askAs
            self.budget = budget
            self.personas = personas
        }
    }

    /// What telling one more fact, or another order, must add to the mean log-likelihood of an answer, nats.
    static let leastGain = 0.001

    let environment: StudyEnvironment

    public init(environment: StudyEnvironment) {
        self.environment = environment
    }

    /// Whom the search is about, and what it may use.
    struct Plan: Sendable {
        var prepared: PollStudy.Prepared
        var variable: String
        var cell: String
        /// In words.
        var group: String
        var asking: Asking
        var split: CalibrationSplit
        var members: [Respondent]
        var calibration: CalibrationAnswers
        var heldOut: HeldOutAnswers
        /// Drawn personas of the group whose respondents are in the calibration part; the most typical first.
        var personas: [Persona]
        /// Facts of the first that may be told, in the panel's order.
        var candidates: [Persona.Fact]

        var calibrationQuestions: [Question] {
            prepared.questions.filter { split.calibrationQuestions.contains($0.id) }
        }
    }

    public func search(_ request: Request) async throws -> StudyOutcome {
        let database = try environment.openDatabase()
        let recorder = Recorder(database)
        let calibrate = CalibrateStudy(environment: environment)
        let prepared = try prepare(request)
        return try await search(
            request, prepared, recorder, try await calibrate.speaker(prepared, recorder, database))
    }

    func prepare(_ request: Request) throws -> PollStudy.Prepared {
        guard request.budget > 0, request.personas > 0 else {
            throw StudyError.usage("--budget and --personas are at least 1")
        }
        var prepared = try PollStudy(environment: environment).prepare(
            PollStudy.Request(whom: request.panel, questions: request.questions))
        guard prepared.panel != nil else {
            throw StudyError.usage("\(request.panel) is no panel, and only a panel has people beside it")
        }
        prepared.questions = prepared.questions.filter { $0.hasBaseline && $0.scale != .open }
        guard prepared.questions.count >= 2 else {
            throw StudyError.usage("a search needs 2 questions with answers at least; there are \(prepared.questions.count)")
        }
        return prepared
    }

    /// - Throws: ``StudyError`` where the group, the facts or the people are missing.
    func plan(
        _ request: Request, _ prepared: PollStudy.Prepared, _ respondents: [Respondent], _ interviewer: Interviewer
    ) throws -> Plan {
        let codebook = prepared.survey.codebook
        let (variable, cell) = try Self.group(request.group, of: codebook, among: respondents)
        let universe = prepared.panel?.universe ?? Universe()
        let members = respondents.filter { universe.contains($0) && $0.variables[variable] == cell }
        var stream = RandomStream(seed: prepared.seed, "search/split", codebook.id, variable, cell)
        let split = try adjusting {
            try CalibrationSplit(
                questions: prepared.questions, respondents: members, block: \.category, using: &stream)
        }
        let (calibration, heldOut) = split.answers(to: prepared.questions, of: members)
        let asking = try Asking.all(
            methods: request.method.map { [$0] }, askAs: [request.askAs ?? "bio"], questions: prepared.questions,
            possible: interviewer.possible)[0]
        let known = Set(split.calibrationRespondents)
        let personas = Self.typicalFirst(
            prepared.personas.filter { $0.attributes[variable] == cell && ($0.respondent.map(known.contains) ?? false) })
        let group = codebook.variable(variable)?.words(for: cell) ?? cell
        guard let typical = personas.first else {
            throw StudyError.usage("nobody in the panel is \(group) and in the calibration part; draw more people ('size:')")
        }
        let told = typical.facts.map(\.variable)
        for name in request.facts ?? [] where !told.contains(name) {
            throw StudyError.usage("--facts \(name) is not told of \(typical.id); told are \(told.joined(separator: ", "))")
        }
        let candidates = typical.facts.filter { fact in request.facts.map { $0.contains(fact.variable) } ?? true }
        guard !candidates.isEmpty else { throw StudyError.usage("there are no facts to search among") }
        return Plan(
            prepared: prepared, variable: variable, cell: cell, group: group, asking: asking, split: split, members: members,
            calibration: calibration, heldOut: heldOut, personas: Array(personas.prefix(request.personas)),
            candidates: candidates)
    }

    /// `party=Republican`, the value in words or as the data write it.
    static func group(
        _ text: String, of codebook: Codebook, among respondents: [Respondent]
    ) throws -> (variable: String, cell: String) {
        let parts = text.split(separator: "=", maxSplits: 1).map { $0.trimming() }
        guard parts.count == 2 else { throw StudyError.usage("--for '\(text)' is not understood; write party=Republican") }
        guard let variable = codebook.variable(parts[0]) else {
            throw StudyError.usage(
                "the survey has no variable '\(parts[0])'; it has \(codebook.variables.map(\.name).joined(separator: ", "))")
        }
        let cells = codebook.groups(of: parts[0], among: respondents)
        guard let cell = cells.first(where: { $0 == parts[1] || variable.words(for: $0) == parts[1] }) else {
            throw StudyError.usage(
                "nobody's '\(parts[0])' is '\(parts[1])'; it may be \(cells.map { variable.words(for: $0) }.joined(separator: ", "))")
        }
        return (parts[0], cell)
    }

    /// Distinct respondents' personas by how many others share each of their facts, the most first; equals as drawn.
    static func typicalFirst(_ personas: [Persona]) -> [Persona] {
        var seen: Set<String> = []
        let people = personas.filter { seen.insert($0.respondent ?? $0.id).inserted }
        var counts: [Persona.Fact: Int] = [:]
        for person in people { for fact in person.facts { counts[fact, default: 0] += 1 } }
        let shared = people.map { $0.facts.reduce(0) { $0 + (counts[$1] ?? 0) } }
        return people.indices.sorted { (-shared[$0], $0) < (-shared[$1], $1) }.map { people[$0] }
    }
}

extension Substring {
    /// Without white space at both ends.
    public func trimming() -> String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
