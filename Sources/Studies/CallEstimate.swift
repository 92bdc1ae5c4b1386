import LanguageModels
import Reports
import Results

/// How many calls some requests take, how many of them are recorded, and what the others will take; of an embedded
/// model also what it would have to read.
struct CallEstimate {
    private let identity: ModelIdentity
    private let plan: PrefixPlan?
    private let forecast: CallForecast
    private let prices: TokenPrices?
    /// Calls answered side by side.
    private let atOnce: Int
    private let database: ResultsDatabase
    private var seen: Set<String> = []
    private(set) var recorded = 0
    private(set) var generated = 0
    /// Of the calls to make.
    private var input = 0.0
    private var output = 0.0
    private var milliseconds: Double? = 0

    /// - Parameters:
    ///   - choice: The model as the study's file and the command line name it.
    ///   - plan: `nil` for models that are not embedded.
    init(
        _ identity: ModelIdentity, _ choice: ModelSection.Choice, plan: PrefixPlan? = nil, environment: StudyEnvironment,
        database: ResultsDatabase
    ) async throws {
        self.identity = identity
        self.plan = plan
        self.database = database
        forecast = CallForecast(identity, recorded: try await database.recordedCalls(of: identity.title, count: 200))
        prices = ModelSet.prices(of: choice, environment: environment)
        atOnce = choice.servers.isEmpty ? 1 : min(environment.jobs, choice.atOnce ?? environment.jobs)
    }

    var reading: EvaluationCounts? { plan?.counts }
    var calls: Int { seen.count }
    var new: Int { calls - recorded }
    /// Input and output of the calls to make.
    var tokens: Int { Int((input + output).rounded()) }
    /// Of the calls to make; `nil` where prices are not known.
    var cost: Double? {
        prices.map { ($0.input * input + $0.output * output) / 1_000_000 }
    }
    /// Round by round, as many side by side as may be; `nil` where no call of the kind is recorded.
    var seconds: Double? {
        guard let milliseconds, new > 0 else { return milliseconds }
        return milliseconds / 1_000 / Double(new) * (Double(new) / Double(atOnce)).rounded(.up)
    }

    mutating func add(_ requests: [LanguageModels.Request]) async throws {
        for request in requests {
            let key = try CompletionKey(identity: identity, request: request).hexadecimal
            guard seen.insert(key).inserted else { continue }
            if case .text = request { generated += 1 }
            if try database.completion(forKey: key) != nil {
                recorded += 1
                continue
            }
            try plan?.add(request)
            let usage = forecast.usage(request)
            input += usage.input
            output += usage.output
            milliseconds = forecast.milliseconds(request).flatMap { took in milliseconds.map { $0 + took } }
        }
    }

    /// `about 9730 tokens, cost 0.0123, 12 s`; cost and time where they are known and not nothing.
    func toll(times: Double = 1) -> String {
        var parts = ["about \(Int((Double(tokens) * times).rounded(.up))) tokens"]
        if let cost, cost > 0 { parts.append("cost \(money(cost * times))") }
        if let seconds, seconds > 0 { parts.append(span(seconds * times)) }
        return parts.joined(separator: ", ")
    }

    private func tollMembers(times: Double = 1) -> [JSONValue.Member] {
        [
            .init("tokens", .integer(Int((Double(tokens) * times).rounded(.up)))),
            .init("inputTokens", .integer(Int((input * times).rounded(.up)))),
            .init("outputTokens", .integer(Int((output * times).rounded(.up)))),
            .init("cost", cost.map { .number($0 * times) } ?? .null),
            .init("seconds", seconds.map { .number($0 * times) } ?? .null),
        ]
    }

    /// For a terminal, and the figures.
    func outcome(_ command: String, _ what: String, people: Int, questions: Int) -> StudyOutcome {
        var text = wrapped(
            "\(command): \(what): \(calls) calls (\(generated) generated), \(recorded) recorded already, \(new) to make, \(toll())")
        if let reading {
            text += "\n  to read \(reading.floor) tokens or more, each beginning once; \(reading.asked) asked"
        }
        return StudyOutcome(
            text: text,
            json: .object([
                .init("people", .integer(people)), .init("questions", .integer(questions)), .init("calls", .integer(calls)),
                .init("generated", .integer(generated)), .init("recorded", .integer(recorded)), .init("new", .integer(new)),
            ] + tollMembers() + (reading.map { [.init("reading", $0.json)] } ?? [])))
    }

    /// The same asked up to so many times over, with other facts.
    func bound(_ command: String, _ what: String, times: Double) -> StudyOutcome {
        let most = Int((Double(calls) * times).rounded(.up))
        return StudyOutcome(
            text: wrapped("\(command): \(what): at most \(most) calls, less what is recorded already, \(toll(times: times))"),
            json: .object([.init("callsAtMost", .integer(most)), .init("newAtMost", .integer(Int((Double(new) * times).rounded(.up))))]
                + tollMembers(times: times)))
    }
}

/// With as many decimals as small sums need: `12.34`, `0.0123`.
func money(_ cost: Double) -> String { fixed(cost, decimals: cost >= 1 ? 2 : 4) }

/// `3.4 s`, `12 min`, `2.5 h`.
func span(_ seconds: Double) -> String {
    switch seconds {
    case ..<100: fixed(seconds, decimals: seconds < 10 ? 1 : 0) + " s"
    case ..<6_000: fixed(seconds / 60, decimals: 0) + " min"
    default: fixed(seconds / 3_600, decimals: 1) + " h"
    }
}

extension Spending {
    /// What is said after the tokens: nothing where nothing was paid.
    var costText: String { cost > 0 ? ", cost \(money(cost))" : "" }

    var members: [JSONValue.Member] {
        [
            .init("spentTokens", .integer(usage.total)), .init("cachedTokens", .integer(usage.cached)),
            .init("cost", .number(cost)),
        ]
    }
}
