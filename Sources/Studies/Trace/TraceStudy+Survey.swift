import Agents
import Files
import Foundation
import Kernel
import LanguageModels
import Reports
import Results
import Surveys
import Trace

extension TraceStudy {
    public struct SurveyRequest: Sendable {
        public var index: String
        public var survey: String
        /// A poll whose answers are set beside the corpus.
        public var run: String?
        public var questions: [String]?
        /// Words of a statement's ending that an option must follow for the question to count in correlations.
        public var leastWords: Int
        /// Documents named for an option.
        public var documents: Int

        public init(
            index: String, survey: String, run: String? = nil, questions: [String]? = nil, leastWords: Int = 2,
            documents: Int = 3
        ) {
            self.index = index
            self.survey = survey
            self.run = run
            self.questions = questions
            self.leastWords = leastWords
            self.documents = documents
        }
    }

    /// One question in the corpus, in people and in a model.
    struct TracedQuestion: Sendable {
        var question: Question
        var found: Continuations
        /// Shares; `nil` where no human answered.
        var people: [Double]?
        /// Shares by correction, in the order of corrections; empty without a poll.
        var model: [(correction: Correction, shares: [Double])]
    }

    /// What the corpus has in common with another source, over questions.
    struct TracedPair: Sendable {
        /// `people`, or a correction of the model's answers.
        var what: String
        /// Raw, and with how common the options' words are held constant.
        var association: ShareAssociation
        /// With people's answers held constant too; `nil` for people, and where nobody's are known.
        var beyondPeople: ShareAssociation.Estimate?
    }

    struct TracedSurvey: Sendable {
        var title: String
        var corpus: IndexDescription
        var run: String?
        var models: [String]
        var questions: [TracedQuestion]
        var leastWords: Int
        var pairs: [TracedPair]
        var notes: [String]
    }

    /// What follows the statements of a survey in a corpus, beside what people and a model answer.
    public func survey(_ request: SurveyRequest) async throws -> StudyOutcome {
        guard request.leastWords >= 1 else { throw StudyError.usage("a statement's ending has at least 1 word") }
        let index = try CorpusIndex(request.index)
        let loaded = try StudyLoader(environment: environment).files.loadSurvey(request.survey).value
        let polled = try await poll(request, loaded.codebook)
        let people = try polled?.people ?? StudyLoader.respondents(loaded)
        var notes = polled?.notes ?? []
        var traced: [TracedQuestion] = []
        var unsaid: [String] = []
        for question in try PollStudy.questions(request.questions, of: loaded.codebook) where question.scale != .open {
            if let polled, !polled.questions.contains(question.id) { continue }
            guard let say = question.say, question.options.allSatisfy({ $0.fills != nil }) else {
                unsaid.append(question.id)
                continue
            }
            let found = try index.continuations(
                of: say, options: question.options.compactMap(\.fills), naming: request.documents)
            traced.append(
                TracedQuestion(
                    question: question, found: found, people: question.distribution(of: people)?.shares,
                    model: polled?.shares(question) ?? []))
        }
        if !unsaid.isEmpty { notes.append("Left out, no 'say:' to be continued: \(unsaid.joined(separator: ", ")).") }
        guard !traced.isEmpty else {
            throw StudyError.usage("no question has a statement to be continued: give it 'say:', and 'fills:' to its options")
        }
        let seed = polled?.seed ?? 0
        let result = TracedSurvey(
            title: loaded.codebook.title, corpus: index.description, run: polled?.run, models: polled?.models ?? [],
            questions: traced, leastWords: request.leastWords,
            pairs: Self.pairs(traced, leastWords: request.leastWords, seed: seed), notes: notes)
        return StudyOutcome(text: result.text, json: result.json)
    }

    /// Corpus and people, then corpus and model by correction.
    private static func pairs(_ traced: [TracedQuestion], leastWords: Int, seed: UInt64) -> [TracedPair] {
        struct Used {
            var one: TracedQuestion
            var corpus: [Double]
            /// In natural logs of one more than the count: words that stand nowhere have a figure too.
            var common: [Double] { one.found.options.map { log(Double($0.alone + 1)) } }
        }
        let used = traced.compactMap { one in
            one.found.endingWords >= leastWords ? one.found.shares.map { Used(one: one, corpus: $0) } : nil
        }
        func association(_ what: String, _ items: [ShareAssociation.Item]) -> ShareAssociation? {
            guard !items.isEmpty else { return nil }
            var stream = RandomStream(seed: seed, "trace", what)
            return ShareAssociation(items, using: &stream)
        }
        var pairs: [TracedPair] = []
        let people = used.compactMap { used in
            used.one.people.map { ShareAssociation.Item(x: used.corpus, y: $0, controls: [used.common]) }
        }
        if let found = association("people", people) { pairs.append(TracedPair(what: "people", association: found)) }
        for correction in Correction.allCases {
            let answered = used.compactMap { used in
                used.one.model.first { $0.correction == correction }.map { (used: used, model: $0.shares) }
            }
            let model = answered.map {
                ShareAssociation.Item(x: $0.used.corpus, y: $0.model, controls: [$0.used.common])
            }
            let beyond = answered.compactMap { answer in
                answer.used.one.people.map {
                    ShareAssociation.Item(x: answer.used.corpus, y: answer.model, controls: [answer.used.common, $0])
                }
            }
            guard let found = association(correction.rawValue, model) else { continue }
            pairs.append(
                TracedPair(
                    what: correction.rawValue, association: found,
                    beyondPeople: association("\(correction.rawValue) beyond people", beyond)?.partial))
        }
        return pairs
    }

    /// A poll's answers, and the people they stand for.
    private struct Poll {
        var run: String
        var seed: UInt64
        var models: [String]
        var questions: Set<String>
        var people: [Respondent]
        var notes: [String]
        var answers: [ElicitedAnswer]
        var corrections: [Correction]
        var weights: [String: Double]

        func shares(_ question: Question) -> [(correction: Correction, shares: [Double])] {
            corrections.compactMap { correction in
                PollStudy.averageShares(answers, question: question, correction: correction, weights: weights)
                    .map { (correction, $0) }
            }
        }
    }

    private func poll(_ request: SurveyRequest, _ codebook: Codebook) async throws -> Poll? {
        guard let name = request.run else { return nil }
        let database = try environment.openExisting()
        let run = try await database.run(named: name)
        let recorded = try await database.answers(run: run.id).filter { $0.answer.method != .interview }
        guard let digest = recorded.compactMap(\.survey).first, let stored = try await database.survey(digest) else {
            throw StudyError.usage("\(run.id) holds no answers to a survey; poll it first")
        }
        let asked = Set(recorded.map(\.answer.question))
        var same: Set<String> = []
        for question in codebook.questions where asked.contains(question.id) {
            guard let other = stored.codebook.question(question.id), other.say == question.say,
                other.options == question.options
            else {
                throw StudyError.usage("\(run.id) asked '\(question.id)' in other words than \(request.survey) has; poll again")
            }
            same.insert(question.id)
        }
        if let wanted = request.questions?.first(where: { codebook.question($0) != nil && !asked.contains($0) }) {
            throw StudyError.usage("\(run.id) did not ask '\(wanted)'; it asked \(asked.sorted(by: precedes).joined(separator: ", "))")
        }
        guard !same.isEmpty else { throw StudyError.usage("\(run.id) asked none of the questions of \(request.survey)") }
        let personas = try await database.personas(run: run.id)
        var (people, notes): ([Respondent], [String]) = ([], [])
        if personas.contains(where: { $0.respondent != nil }), codebook.questions.contains(where: { same.contains($0.id) && $0.hasBaseline }) {
            people = try await BaselineReader(environment: environment, database: database).baseline(of: run).humans
        } else {
            notes.append("\(run.id) asked people who stand for no population: nobody's answers are beside the model's.")
        }
        if let toy = run.toyModel { notes.append(toy) }
        return Poll(
            run: run.id, seed: run.header.seed,
            models: Set(run.header.models.filter { $0.role.hasPrefix("speaker") }.map(\.identity.name)).sorted(by: precedes),
            questions: same, people: people, notes: notes, answers: recorded.map(\.answer),
            corrections: try CompareStudy.corrections(nil, answers: recorded.map(\.answer)),
            weights: Dictionary(personas.map { ($0.id, $0.weight) }, uniquingKeysWith: { first, _ in first }))
    }
}
