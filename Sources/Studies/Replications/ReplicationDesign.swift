import Agents
import LanguageModels
import Surveys
import Worlds

/// One of the papers' designs, ready to be put to a model.
protocol ReplicationDesign: Sendable {
    /// Everybody who is asked, each with an id of their own.
    var personas: [Persona] { get }

    /// Every request that is known beforehand.
    func requests(_ asking: Fieldwork) throws -> [Request]

    func result(_ asking: Fieldwork) async throws -> (result: ReplicationResult, answers: [ElicitedAnswer])
}

/// Questions for one persona, told in one shape.
struct Inquiry: Sendable {
    var persona: Persona
    var questions: [Question]
    var shape: AskAs
}

/// The model that a study asks, and how.
struct Fieldwork: Sendable {
    let speaker: CachedModel
    let setting: SurveySetting
    let method: ElicitationMethod
    let seed: UInt64
    let jobs: Int
    let progress: StudyProgress

    private func elicitor(_ shape: AskAs) -> Elicitor {
        Elicitor(setting: setting, askAs: shape, possible: ElicitationMethod.possible(on: speaker.identity))
    }

    func requests(_ inquiries: [Inquiry]) throws -> [Request] {
        try inquiries.flatMap { inquiry in
            try elicitor(inquiry.shape).requests(inquiry.persona, questions: inquiry.questions, method: method, seed: seed)
        }
    }

    /// Answers by inquiry, in its order of questions.
    func answers(_ inquiries: [Inquiry]) async throws -> [[ElicitedAnswer]] {
        let counter = Counter(total: inquiries.count, what: "people", progress: progress)
        let each = try requests(Array(inquiries.prefix(1))).count
        return try await concurrently(inquiries, jobs: speaker.width(jobs: jobs, requests: each)) { inquiry in
            let answers = try await elicitor(inquiry.shape).elicit(
                inquiry.persona, questions: inquiry.questions, method: method, seed: seed
            ) { try await speaker.complete($0) }
            await counter.advance()
            return answers
        }
    }

    func completions(_ requests: [Request], what: String) async throws -> [Completion] {
        let counter = Counter(total: requests.count, what: what, progress: progress)
        return try await concurrently(requests, jobs: speaker.width(jobs: jobs, requests: 1)) { request in
            let completion = try await speaker.complete(request)
            await counter.advance()
            return completion
        }
    }
}

/// Shares over the options by question id, from one persona's answers; a question without evidence is absent.
func sharesByQuestion(_ answers: [ElicitedAnswer], _ questions: [Question]) -> [String: [Double]] {
    var shares: [String: [Double]] = [:]
    for question in questions {
        let given = answers.filter { $0.question == question.id }
        shares[question.id] = Correction.uncorrected.shares(given, optionCount: question.options.count)
    }
    return shares
}
