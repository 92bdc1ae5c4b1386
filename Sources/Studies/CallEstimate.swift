import LanguageModels
import Reports
import Results

/// How many calls some requests take, how many are recorded, and what an embedded model would read for the rest.
struct CallEstimate {
    private var seen: Set<String> = []
    private(set) var recorded = 0
    /// Calls that write a text.
    private(set) var generated = 0
    private var characters = 0
    private let plan: PrefixPlan?

    /// - Parameter plan: `nil` for models that are not embedded.
    init(plan: PrefixPlan?) { self.plan = plan }

    var calls: Int { seen.count }
    /// An English token is about 4 characters.
    var tokens: Int { characters / 4 }
    var reading: EvaluationCounts? { plan?.counts }

    mutating func add(
        _ requests: [LanguageModels.Request], on identity: ModelIdentity, database: ResultsDatabase
    ) async throws {
        for request in requests {
            let key = try CompletionKey(identity: identity, request: request).hexadecimal
            guard seen.insert(key).inserted else { continue }
            if case .text = request { generated += 1 }
            characters += Self.characters(request)
            if try database.completion(forKey: key) != nil { recorded += 1 } else { try plan?.add(request) }
        }
    }

    private static func characters(_ request: LanguageModels.Request) -> Int {
        switch request {
        case .text(let request): request.prompt.text.utf8.count + 4 * request.maximumTokens
        case .score(let request):
            request.continuations.reduce(request.prompt.text.utf8.count) { $0 + $1.utf8.count }
        case .embed(let request): request.text.utf8.count
        }
    }

    /// For a terminal, and the figures.
    func outcome(_ command: String, _ what: String, people: Int, questions: Int) -> StudyOutcome {
        var text = wrapped(
            "\(command): \(what): \(calls) calls (\(generated) generated), \(recorded) recorded already, "
                + "\(calls - recorded) to make, about \(tokens) tokens")
        if let reading {
            text += "\n  to read \(reading.floor) tokens or more, each beginning once; \(reading.asked) asked"
        }
        return StudyOutcome(
            text: text,
            json: .object([
                .init("people", .integer(people)), .init("questions", .integer(questions)), .init("calls", .integer(calls)),
                .init("generated", .integer(generated)), .init("recorded", .integer(recorded)),
                .init("new", .integer(calls - recorded)), .init("tokens", .integer(tokens)),
            ] + (reading.map { [.init("reading", $0.json)] } ?? [])))
    }

    /// The same asked up to so many times over, with other facts.
    func bound(_ command: String, _ what: String, times: Double) -> StudyOutcome {
        let (most, tokens) = (Int((Double(calls) * times).rounded(.up)), Int((Double(tokens) * times).rounded(.up)))
        return StudyOutcome(
            text: wrapped("\(command): \(what): at most \(most) calls, less what is recorded already, about \(tokens) tokens"),
            json: .object([.init("callsAtMost", .integer(most)), .init("tokensAbout", .integer(tokens))]))
    }
}
