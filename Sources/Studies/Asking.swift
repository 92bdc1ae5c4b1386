import Agents
import Files
import Kernel
import LanguageModels
import Results
import Surveys
import Worlds

/// One way of putting a survey's questions to people: an elicitation and a shape of what they are told.
struct Asking: Hashable, Sendable {
    var method: ElicitationMethod
    var askAs: AskAs

    /// `words, bio`.
    var name: String { "\(method.rawValue), \(askAs.rawValue)" }

    /// Every pair that the model and all the questions admit.
    ///
    /// - Parameters:
    ///   - methods: Of `--methods`; `nil` for `words` and `letters` where possible.
    ///   - shapes: Of `--ask-as`; `nil` for all.
    /// - Throws: ``StudyError`` for an unknown name, ``ElicitationError`` where a method asked for is impossible.
    static func all(
        methods: [String]?, askAs shapes: [String]?, questions: [Question], possible: Set<ElicitationMethod>
    ) throws -> [Asking] {
        var chosen: [ElicitationMethod] = []
        for name in methods ?? ["words", "letters"] {
            guard let method = try PollStudy.method(name), method != .interview else {
                throw StudyError.usage("--methods may be words, letters or sample, not \(name)")
            }
            do {
                for question in questions { _ = try ElicitationMethod.choose(method, for: question, possible: possible) }
                chosen.append(method)
            } catch { if methods != nil { throw error } }
        }
        guard !chosen.isEmpty else {
            throw StudyError.usage("the model can be asked these questions neither by words nor by letters; name --methods")
        }
        let askAs = try (shapes ?? AskAs.allCases.map(\.rawValue)).map { name in
            guard let shape = AskAs(rawValue: name) else {
                throw StudyError.usage("--ask-as \(name) is unknown; it may be qa, bio, portray or interview")
            }
            return shape
        }
        // The plainest first: what is called raw.
        let shapesInOrder = askAs.contains(.bio) ? [.bio] + askAs.filter { $0 != .bio } : askAs
        return chosen.flatMap { method in shapesInOrder.map { Asking(method: method, askAs: $0) } }
    }
}

/// A model, the survey it is asked about, and how: what calibrations and searches put questions with.
struct Interviewer: Sendable {
    var speaker: CachedModel
    var setting: SurveySetting
    var seed: UInt64
    var jobs: Int

    init(_ speaker: CachedModel, _ prepared: PollStudy.Prepared, jobs: Int) {
        self.speaker = speaker
        setting = SurveySetting(prepared.survey.codebook)
        seed = prepared.seed
        self.jobs = jobs
    }

    var possible: Set<ElicitationMethod> { ElicitationMethod.possible(on: speaker.identity) }

    private func elicitor(_ asking: Asking) -> Elicitor {
        Elicitor(setting: setting, askAs: asking.askAs, possible: possible)
    }

    func requests(_ personas: [Persona], _ questions: [Question], _ asking: Asking) throws -> [LanguageModels.Request] {
        let elicitor = elicitor(asking)
        return try personas.flatMap {
            try elicitor.requests($0, questions: questions, method: asking.method, seed: seed)
        }
    }

    /// Answers by person, then question.
    func ask(
        _ personas: [Persona], _ questions: [Question], _ asking: Asking, counter: Counter? = nil
    ) async throws -> [ElicitedAnswer] {
        let elicitor = elicitor(asking)
        let each = try requests(Array(personas.prefix(1)), questions, asking).count
        return try await concurrently(personas, jobs: speaker.width(jobs: jobs, requests: each)) { persona in
            let answers = try await elicitor.elicit(persona, questions: questions, method: asking.method, seed: seed) {
                try await speaker.complete($0)
            }
            await counter?.advance()
            return answers
        }.flatMap { $0 }
    }
}
