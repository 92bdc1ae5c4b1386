import Foundation

/// A model behind an OpenAI-compatible server.
///
/// Text and scores go through `/chat/completions`, vectors through `/embeddings`. Requests wait for each other beyond
/// `maximumConcurrentRequests`; failures are retried as ``RetryPolicy`` says, redirects never followed.
public struct ServerModel: LanguageModel {
    public let identity: ModelIdentity
    private let connection: ServerConnection

    /// - Parameters:
    ///   - name: The server's name for the model.
    ///   - revision: What its weights are declared to be; part of the identity, which the address is not.
    ///   - key: See ``Secret/key(for:in:)``.
    ///   - maximumBody: Of one answer, in bytes.
    /// - Throws: ``ServerError/keyWouldBeReadable(server:)``.
    public init(
        name: String, address: ServerAddress, revision: String? = nil, key: Secret? = nil,
        maximumConcurrentRequests: Int = 4, policy: RetryPolicy = RetryPolicy(), maximumBody: Int = 16 << 20
    ) throws(ServerError) {
        identity = ModelIdentity(name: name, backEnd: "openai", weights: revision)
        connection = try ServerConnection(
            address: address, key: key, policy: policy, maximumBody: maximumBody,
            maximumConcurrentRequests: maximumConcurrentRequests)
    }

    /// - Throws: ``ModelError/unsupported(model:what:)``, ``ServerError``, or `CancellationError`.
    public func respond(to request: Request) async throws -> Answer {
        switch request {
        case .text(let request): try await text(request)
        case .score(let request): try await score(request)
        case .embed(let request): try await embed(request)
        }
    }

    private func text(_ request: TextRequest) async throws -> Answer {
        let body = ChatBody(
            model: identity.name, messages: try messages(request.prompt), max_tokens: request.maximumTokens,
            temperature: request.temperature, top_p: request.topP,
            // Some servers read 32 bits and take the largest for "draw one": 31 are safe everywhere.
            seed: request.seed & 0x7fff_ffff, stop: request.stop.isEmpty ? nil : request.stop)
        guard let data = withSchema(request.grammar?.jsonSchema, try encoded(body)) else {
            throw unsupported("grammars whose JSON Schema is not a JSON object")
        }
        let stop = request.stop
        return try await connection.post("/chat/completions", data) { data in
            let reply = try decoded(ChatReply.self, from: data)
            guard let choice = reply.choices.first, let content = choice.message.content ?? choice.message.refusal
            else { throw Malformed(reason: "it holds no text") }
            return Answer(
                response: .text(cut(content, before: stop), complete: choice.finish_reason != "length"),
                usage: try reply.usage.tokens())
        }
    }

    private func score(_ request: ScoreRequest) async throws -> Answer {
        guard areLabels(request.continuations) else {
            throw unsupported(
                "the likelihood of whole answers, because it is behind a server: ask for single labels such as A and "
                    + "B, none of which begins another; the `words` method needs the embedded model")
        }
        let body = ChatBody(
            model: identity.name, messages: try messages(request.prompt), max_tokens: 1, temperature: 0, top_p: 1,
            seed: 0, logprobs: true, top_logprobs: 20)
        let continuations = request.continuations.map { Array($0.utf8) }
        return try await connection.post("/chat/completions", try encoded(body)) { data in
            let reply = try decoded(ChatReply.self, from: data)
            guard let tokens = reply.choices.first?.logprobs?.content else {
                throw unsupported(
                    "log-probabilities on this server; ask with the `sample` method, or use the embedded model")
            }
            guard let candidates = tokens.first?.top_logprobs else {
                throw Malformed(reason: "it lists no tokens with their log-probabilities")
            }
            guard candidates.allSatisfy({ $0.logprob.isFinite && $0.logprob <= 0.001 }) else {
                throw Malformed(reason: "a log-probability in it is no number of at most 0")
            }
            let scores = continuations.map { continuation in
                let listed = candidates.filter { ($0.bytes ?? Array($0.token.utf8)) == continuation }
                return ContinuationScore(
                    logLikelihood: listed.map(\.logprob).max().map { min($0, 0) }, tokenCount: 1)
            }
            return Answer(response: .scores(scores), usage: try reply.usage.tokens())
        }
    }

    private func embed(_ request: EmbedRequest) async throws -> Answer {
        let body = try encoded(EmbeddingBody(model: identity.name, input: request.text))
        return try await connection.post("/embeddings", body) { data in
            let reply = try decoded(EmbeddingReply.self, from: data)
            guard reply.data.count == 1, let vector = reply.data.first?.embedding else {
                throw Malformed(reason: "it holds \(reply.data.count) vectors for one text")
            }
            let length = vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
            guard length > 0, length.isFinite else { throw Malformed(reason: "its vector has no length") }
            return Answer(
                response: .embedding(vector.map { Float(Double($0) / length) }), usage: try reply.usage.tokens())
        }
    }

    private func unsupported(_ what: String) -> ModelError { .unsupported(model: identity.name, what: what) }

    private func messages(_ prompt: Prompt) throws(ModelError) -> [ChatBody.Message] {
        guard prompt.form == .chat else {
            throw unsupported(
                "plain prompts, because a chat server wraps every text in its own template; use the embedded model")
        }
        guard let last = prompt.segments.last, last.role != .assistant else {
            throw unsupported("an answer to a prompt that does not end with the user or the system")
        }
        return chatMessages(prompt.segments)
    }
}

/// Neighbouring segments of one role are one message.
func chatMessages(_ segments: [Prompt.Segment]) -> [ChatBody.Message] {
    var messages: [ChatBody.Message] = []
    for segment in segments {
        if messages.last?.role == segment.role.rawValue {
            messages[messages.count - 1].content += segment.text
        } else {
            messages.append(ChatBody.Message(role: segment.role.rawValue, content: segment.text))
        }
    }
    return messages
}

/// Whether each is 1-3 ASCII letters or digits, after a space or not, and none begins another.
///
/// Where "1" and "10" are both asked for, a tokeniser that splits digits would count every "10" as a "1".
func areLabels(_ continuations: [String]) -> Bool {
    let isLabel = { (text: String) in
        let bytes = text.hasPrefix(" ") ? Array(text.utf8.dropFirst()) : Array(text.utf8)
        return (1...3).contains(bytes.count)
            && bytes.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7a).contains($0 | 0x20) }
    }
    return !continuations.isEmpty && continuations.allSatisfy(isLabel)
        && continuations.allSatisfy { one in !continuations.contains { $0 != one && $0.hasPrefix(one) } }
}

/// The text up to the first of the stops, for servers that send the stop too.
func cut(_ text: String, before stops: [String]) -> String {
    let ends = stops.filter { !$0.isEmpty }.compactMap { text.range(of: $0, options: .literal)?.lowerBound }
    return ends.min().map { String(text[..<$0]) } ?? text
}

/// Adds `response_format` to a request. The schema's text goes in as it stands, because servers read the order of its
/// properties as the order of the answer's.
///
/// - Returns: `nil` where the schema is not a JSON object.
func withSchema(_ schema: String?, _ body: Data) -> Data? {
    guard let schema else { return body }
    guard (try? JSONSerialization.jsonObject(with: Data(schema.utf8))) is [String: Any] else { return nil }
    var body = body.dropLast()
    body += Data(#","response_format":{"json_schema":{"name":"answer","schema":"#.utf8)
    body += Data(schema.utf8)
    body += Data(#","strict":true},"type":"json_schema"}}"#.utf8)
    return body
}
