import Agents
import Kernel
import LanguageModels
import Reports
import Results
import Trace
import Worlds

extension TraceStudy {
    public struct TextRequest: Sendable {
        public var index: String
        /// An occurrence of a run, `run-1#34`, or words.
        public var text: String
        /// Words of a passage.
        public var leastWords: Int
        /// Passages that are shown.
        public var most: Int
        public var documents: Int
        /// Whether lines of the prompt that hold a passage are left out, and the model asked again.
        public var influence: Bool
        /// Only says what that would take.
        public var dryRun: Bool

        public init(
            index: String, text: String, leastWords: Int = 4, most: Int = 10, documents: Int = 3,
            influence: Bool = true, dryRun: Bool = false
        ) {
            self.index = index
            self.text = text
            self.leastWords = leastWords
            self.most = most
            self.documents = documents
            self.influence = influence
            self.dryRun = dryRun
        }
    }

    /// A passage with where else its words stand.
    struct TracedPassage: Sendable {
        var passage: Passage
        var documents: DocumentMatches?
        /// Whether the model had just these words before it; `nil` where no model was asked.
        var inPrompt: Bool?
        /// Places, in ``TracedText/lines``, of the lines of the prompt that hold it whole.
        var lines: [Int]
    }

    /// A line of the prompt that holds a passage.
    struct TracedLine: Sendable {
        var line: PromptLine
        /// What `show` takes, where it is a recalled memory's: `run-1/rosa-delgado/12`.
        var memory: String?
        /// `nil` where the model was not asked again.
        var effect: CompletionInfluence.Effect?
    }

    struct TracedText: Sendable {
        var corpus: IndexDescription
        /// Address and words.
        var title: String
        var words: String
        var models: [String]
        var leastWords: Int
        /// How many there are; `passages` holds the longest.
        var count: Int
        var passages: [TracedPassage]
        /// Those that hold a passage, in the prompt's order.
        var lines: [TracedLine]
        var notes: [String]
    }

    /// The longest passages of what was said that stand in a corpus word for word.
    public func text(_ request: TextRequest) async throws -> StudyOutcome {
        guard request.leastWords >= 1, request.most >= 1, request.documents >= 0 else {
            throw StudyError.usage("--words and --passages are at least 1, --documents at least 0")
        }
        let index = try CorpusIndex(request.index)
        let said = try await said(request.text)
        let all = try index.passages(of: said.words, atLeast: request.leastWords)
        var traced: [TracedPassage] = []
        var lines: [PromptLine] = []
        for passage in all.prefix(request.most) {
            var one = TracedPassage(
                passage: passage, documents: try index.documents(of: passage.matches, naming: request.documents),
                inPrompt: nil, lines: [])
            if let prompt = said.prompt {
                one.inPrompt = try index.holds(prompt.text, passage)
                for line in prompt.lines where try index.holds(line.text, passage) {
                    one.lines.append(lines.firstIndex(of: line) ?? lines.count)
                    if !lines.contains(line) { lines.append(line) }
                }
            }
            traced.append(one)
        }
        if request.dryRun { return try await estimate(said, lines) }
        var result = TracedText(
            corpus: index.description, title: said.title, words: said.words, models: said.completion.map { [$0.model] } ?? [],
            leastWords: request.leastWords, count: all.count, passages: traced,
            lines: lines.map { TracedLine(line: $0, memory: said.memory(of: $0)) }, notes: [])
        if request.influence, let completion = said.completion, let run = said.run, !lines.isEmpty {
            do {
                let recorder = Recorder(try environment.openExisting())
                let model = try model(of: completion, run, store: recorder)
                let left = lines
                let found = try await CompletionInfluence(
                    of: completion, without: { prompt in left.map { prompt.without($0) } }
                ) { try await model.complete($0) }
                try await recorder.settle()
                for (place, effect) in found.effects.enumerated() { result.lines[place].effect = effect }
            } catch where error is ModelError || error is StudyError {
                result.notes.append("Influence: not to be had: \(sanitised(describe(error)))")
            }
        }
        return StudyOutcome(text: result.text, json: result.json)
    }

    /// Words to trace, and what the model that said them was given.
    private struct Said {
        var title: String
        var words: String
        var run: Run?
        var completion: Completion?
        var prompt: Prompt?
        /// Addresses of the memories that were recalled, with the prompt without each.
        var memories: [(address: String, without: Prompt)] = []

        func memory(of line: PromptLine) -> String? {
            guard let without = prompt?.without(line) else { return nil }
            return memories.first { $0.without == without }?.address
        }
    }

    private func said(_ text: String) async throws -> Said {
        guard let mark = text.firstIndex(of: "#"), mark > text.startIndex, !text.contains(where: \.isWhitespace) else {
            guard text.contains(where: { $0.isLetter || $0.isNumber }) else {
                throw StudyError.usage("there is no word to look for")
            }
            return Said(title: "The text", words: text)
        }
        guard case .occurrence(let name, let sequence) = try Address(text) else {
            throw StudyError.usage("'\(text)' is no occurrence; write RUN#NUMBER, such as run-1#34, or the words themselves")
        }
        let database = try environment.openExisting()
        let run = try await database.run(named: name)
        guard let occurrence = try await database.occurrences(run: run.id).first(where: { $0.sequence == sequence }) else {
            throw StudyError.usage("\(run.id) has no occurrence \(sequence); see 'populace show \(run.id)'")
        }
        var said = Said(title: "\(run.id)#\(sequence)", words: occurrence.text, run: run)
        guard let key = occurrence.completion, let actor = occurrence.actor,
            let completion = try database.completion(forKey: key)
        else { return said }
        said.completion = completion
        switch try completion.recordedRequest() {
        case .text(let text): said.prompt = text.prompt
        case .score(let score): said.prompt = score.prompt
        case .embed: break
        }
        let use = try await database.uses(run: run.id).map(\.use).first {
            $0.completion == key && $0.time == occurrence.time && $0.persona == actor && !$0.recalled.isEmpty
        }
        if let use, let prompt = said.prompt {
            for memory in try await database.memories(run: run.id, resident: actor)
            where use.recalled.contains(where: { $0.memory == memory.sequence }) {
                guard let without = prompt.without(memory) else { continue }
                said.memories.append(("\(run.id)/\(actor)/\(memory.sequence)", without))
            }
        }
        return said
    }

    /// The model that gave a completion: as it was, or not at all.
    private func model(of completion: Completion, _ run: Run, store: Recorder) throws -> CachedModel {
        guard let identity = run.header.models.map(\.identity).first(where: { $0.name == completion.model }) else {
            throw StudyError.usage("\(run.id) does not name the model that said it")
        }
        return try ModelSet.model(again: identity, of: run, environment: environment, store: store)
    }

    private func estimate(_ said: Said, _ lines: [PromptLine]) async throws -> StudyOutcome {
        guard let completion = said.completion, let run = said.run, !lines.isEmpty else {
            return StudyOutcome(
                text: "trace: no line of a prompt holds a passage: no calls", json: .object([.init("calls", .integer(0))]))
        }
        let database = try environment.openExisting()
        let model = try model(of: completion, run, store: Recorder(database))
        let section = ModelSet.section(again: model.identity, of: run, environment: environment)
        var estimate = try await CallEstimate(
            model.identity, section.speaker, plan: ModelSet.plan(section: section, environment: environment),
            environment: environment, database: database)
        try await estimate.add(try await CompletionInfluence.requests(of: completion) { prompt in
            lines.map { prompt.without($0) }
        })
        return estimate.outcome(
            "trace", "\(said.title), \(counted(lines.count, "line")) of the prompt left out in turn", people: 1, questions: 0)
    }
}
