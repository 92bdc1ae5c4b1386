/// Anything that answers requests: the embedded model, a server, a script.
///
/// A conforming type passes `LanguageModelContract` in the tests.
public protocol LanguageModel: Sendable {
    /// Everything about the model that can change the bits of an answer.
    var identity: ModelIdentity { get }

    /// - Throws: ``ModelError``, and ``ServerError`` from a model behind a server. A request the model cannot serve is `.unsupported`, never a guess.
    func respond(to request: Request) async throws -> Answer
    /// What an embedded model has read to answer; `nil` of other models.
    var reading: EvaluationCounts? { get async }
}

extension LanguageModel {
    public var reading: EvaluationCounts? { get async { nil } }
}

/// A response with what it cost. Equal answers say and count the same, however long they took.
public struct Answer: Hashable, Sendable {
    public var response: Response
    public var usage: TokenUsage
    /// How long the model worked on it, without what it waited for its turn; `nil` where that is not known.
    public var took: Duration?

    public init(response: Response, usage: TokenUsage, took: Duration? = nil) {
        self.response = response
        self.usage = usage
        self.took = took
    }

    public static func == (a: Self, b: Self) -> Bool { a.response == b.response && a.usage == b.usage }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(response)
        hasher.combine(usage)
    }
}

/// What a result depends on, besides the request.
public struct ModelIdentity: Codable, Hashable, Sendable {
    /// As the user names it: `smollm2-135m`.
    public var name: String
    /// `llama`, `openai`, `scripted`, `uniform`.
    public var backEnd: String
    /// SHA-256 of the weights in hexadecimal; for servers the declared revision; `nil` for models without weights.
    public var weights: String?
    /// Library version, build digest and CPU features.
    public var library: String?
    /// Context and batch sizes, attention kind, and the like, by name.
    public var settings: [String: String]
    public var adapter: AdapterIdentity?

    public init(
        name: String, backEnd: String, weights: String? = nil, library: String? = nil, settings: [String: String] = [:],
        adapter: AdapterIdentity? = nil
    ) {
        self.adapter = adapter
        self.name = name
        self.backEnd = backEnd
        self.weights = weights
        self.library = library
        self.settings = settings
    }

    /// The name, with the adapter's: `smollm2-135m+courier`.
    public var title: String { adapter.map { "\(name)+\($0.title)" } ?? name }

    /// Whether an answer costs nothing to make again: it is a function of the request.
    var isFree: Bool { backEnd == "scripted" || backEnd == "uniform" }
}
