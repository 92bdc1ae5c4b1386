import LanguageModels
import Reports
import Results

/// How many calls some requests take, and how many of them are recorded.
struct CallEstimate: Sendable {
    private var seen: Set<String> = []
    private(set) var recorded = 0
    /// An English token is about 4 characters.
    var tokens: Int { characters / 4 }
    private var characters = 0
    var calls: Int { seen.count }

    mutating func add(
        _ requests: [LanguageModels.Request], on identity: ModelIdentity, database: ResultsDatabase
    ) async throws {
        for request in requests {
            let key = try CompletionKey(identity: identity, request: request).hexadecimal
            guard seen.insert(key).inserted else { continue }
            characters += PollStudy.characters(request)
            if try database.completion(forKey: key) != nil { recorded += 1 }
        }
    }

    /// One line for a terminal, and the figures.
    func outcome(_ command: String, _ what: String, people: Int, questions: Int) -> StudyOutcome {
        StudyOutcome(
            text: wrapped(
                "\(command): \(what): \(calls) calls, \(recorded) recorded already, \(calls - recorded) to make, about \(tokens) tokens"),
            json: .object([
                .init("people", .integer(people)), .init("questions", .integer(questions)), .init("calls", .integer(calls)),
                .init("recorded", .integer(recorded)), .init("new", .integer(calls - recorded)),
                .init("tokens", .integer(tokens)),
            ]))
    }

    /// The same asked up to so many times over, with other facts.
    func bound(_ command: String, _ what: String, times: Double) -> StudyOutcome {
        let (most, tokens) = (Int((Double(calls) * times).rounded(.up)), Int((Double(tokens) * times).rounded(.up)))
        return StudyOutcome(
            text: wrapped("\(command): \(what): at most \(most) calls, less what is recorded already, about \(tokens) tokens"),
            json: .object([.init("callsAtMost", .integer(most)), .init("tokensAbout", .integer(tokens))]))
    }
}
