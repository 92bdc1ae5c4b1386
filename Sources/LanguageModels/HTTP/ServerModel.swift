import Foundation

/// A model behind one or more OpenAI-compatible servers that serve the same weights.
///
/// Text and scores go through `/chat/completions`, vectors through `/embeddings`. As many requests are under way as the
/// servers keep up with, at most `maximumConcurrentRequests`; the rest wait, those that begin alike together. Failures
/// are retried as ``RetryPolicy`` says, redirects never followed.
public struct ServerModel: LanguageModel {
    public let identity: ModelIdentity
    private let connection: ServerConnection

    /// - Parameters:
    ///   - name: The servers' name for the model.
    ///   - endpoints: At least one.
    ///   - revision: What its weights are declared to be; part of the identity, which the addresses are not.
    ///   - maximumBody: Of one answer, in bytes.
    /// - Throws: ``ServerError/keyWouldBeReadable(server:)``.
    public init(
        name: String, endpoints: [ServerEndpoint], revision: String? = nil, maximumConcurrentRequests: Int = 4,
        policy: RetryPolicy = RetryPolicy(), maximumBody: Int = 16 << 20
    ) throws(ServerError) {
        precondition(!endpoints.isEmpty, "a model behind servers has at least one")
        identity = ModelIdentity(name: name, backEnd: "openai", weights: revision)
        connection = try ServerConnection(
            endpoints: endpoints, policy: policy, maximumBody: maximumBody,
            maximumConcurrentRequests: maximumConcurrentRequests)
    }

    /// How many requests each server may have under way now.
    var limits: [Int] { connection.gate.limits }

    /// - Throws: ``ModelError/unsupported(model:what:)``, ``ServerError``, or `CancellationError`.
    public func respond(to request: Request) async throws -> Answer {
        switch request {
        case .text(let request): try await text(request)
        case .score(let request): try await score(request)
        case .embed(let request): try await embed(request)
        }
    }

    private func text(_ request: TextRequest) async throws -> Answer {
        try check(request.prompt)
        guard request.temperature.isFinite, request.topP.isFinite else {
            throw unsupported("requests with numbers that are not finite")
        }
        if let schema = request.grammar?.jsonSchema, !isObject(schema) {
            throw unsupported("grammars whose JSON Schema is not a JSON object")
        }
        let body = ChatBody(
            model: identity.name, segments: request.prompt.segments, maximumTokens: request.maximumTokens,
            temperature: request.temperature, topP: request.topP,
            // Some servers read 32 bits and take the largest for "draw one": 31 are safe everywhere.
            seed: request.seed & 0x7fff_ffff, stop: request.stop, schema: request.grammar?.jsonSchema)
        return try await ask("/chat/completions", body, request.prompt.beginning) { bytes in
            let reply = try ChatReply(bytes)
            guard let content = reply.content else { throw Malformed(reason: "it holds no text") }
            return (
                .text(cut(content, before: request.stop), complete: reply.finish != "length"), reply.usage
            )
        }
    }

    private func score(_ request: ScoreRequest) async throws -> Answer {
        guard areLabels(request.continuations) else {
            throw unsupported(
                "the likelihood of whole answers, because it is behind a server: ask for single labels such as A and "
                    + "B, none of which begins another; the `words` method needs the embedded model")
        }
        try check(request.prompt)
        let body = ChatBody(
            model: identity.name, segments: request.prompt.segments, maximumTokens: 1, temperature: 0, topP: 1, seed: 0,
            likeliest: 20)
        return try await ask("/chat/completions", body, request.prompt.beginning) { bytes in
            let reply = try ChatReply(bytes)
            guard reply.hasLogprobs else {
                throw unsupported(
                    "log-probabilities on this server; ask with the `sample` method, or use the embedded model")
            }
            guard let candidates = reply.candidates else {
                throw Malformed(reason: "it lists no tokens with their log-probabilities")
            }
            guard candidates.allSatisfy({ $0.logprob <= 0.001 }) else {
                throw Malformed(reason: "a log-probability in it is no number of at most 0")
            }
            let scores = request.continuations.map { continuation in
                let listed = candidates.filter { $0.token.elementsEqual(continuation.utf8) }
                return ContinuationScore(
                    logLikelihood: listed.map(\.logprob).max().map { min($0, 0) }, tokenCount: 1)
            }
            return (.scores(scores), reply.usage)
        }
    }

    private func embed(_ request: EmbedRequest) async throws -> Answer {
        let body = EmbeddingBody(model: identity.name, input: request.text)
        return try await ask("/embeddings", body, 0) { bytes in
            let reply = try EmbeddingReply(bytes)
            guard reply.vectors.count == 1, let vector = reply.vectors.first else {
                throw Malformed(reason: "it holds \(reply.vectors.count) vectors for one text")
            }
            let length = vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
            guard length > 0, length.isFinite else { throw Malformed(reason: "its vector has no length") }
            return (.embedding(vector.map { Float(Double($0) / length) }), reply.usage)
        }
    }

    private func ask(
        _ path: String, _ body: some ServerBody, _ prefix: Int, read: ([UInt8]) throws -> (Response, TokenUsage)
    ) async throws -> Answer {
        let ((response, usage), took) = try await connection.post(
            path, prefix: prefix, body: { body.encoded }, read: read)
        return Answer(response: response, usage: usage, took: took)
    }

    private func unsupported(_ what: String) -> ModelError { .unsupported(model: identity.name, what: what) }

    private func check(_ prompt: Prompt) throws(ModelError) {
        guard prompt.form == .chat else {
            throw unsupported(
                "plain prompts, because a chat server wraps every text in its own template; use the embedded model")
        }
        guard let last = prompt.segments.last, last.role != .assistant else {
            throw unsupported("an answer to a prompt that does not end with the user or the system")
        }
    }
}

extension Prompt {
    /// Equal for prompts that differ in their last segment at most; only within one process.
    var beginning: Int {
        var hasher = Hasher()
        for segment in segments.dropLast() { hasher.combine(segment) }
        return hasher.finalize()
    }
}

/// Whether each is 1-3 ASCII letters or digits, after a space or not, and none begins another.
///
/// Where "1" and "10" are both asked for, a tokeniser that splits digits would count every "10" as a "1".
func areLabels(_ continuations: [String]) -> Bool {
    let isLabel = { (text: String) in
        let label = text.utf8.first == 0x20 ? text.utf8.dropFirst() : text.utf8[...]
        return (1...3).contains(label.count)
            && label.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7a).contains($0 | 0x20) }
    }
    return !continuations.isEmpty && continuations.allSatisfy(isLabel)
        && continuations.allSatisfy { one in
            !continuations.contains { $0.utf8.count > one.utf8.count && $0.utf8.starts(with: one.utf8) }
        }
}

/// The text up to the first of the stops, for servers that send the stop too.
func cut(_ text: String, before stops: [String]) -> String {
    let ends = stops.filter { !$0.isEmpty }.compactMap { text.range(of: $0, options: .literal)?.lowerBound }
    return ends.min().map { String(text[..<$0]) } ?? text
}

/// Whether a text is one JSON object and nothing else.
private func isObject(_ json: String) -> Bool {
    var reader = JSONReader(Array(json.utf8))
    return (try? reader.object { _, reader in try reader.skip() }) != nil && (try? reader.end()) != nil
}
