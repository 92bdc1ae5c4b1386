/// What is posted to a server.
protocol ServerBody {
    /// JSON; equal for equal requests.
    var encoded: [UInt8] { get }
}

/// The body of `POST /chat/completions`, as far as it is used here.
struct ChatBody: ServerBody {
    var model: String
    /// Neighbours of one role are one message.
    var segments: [Prompt.Segment]
    var maximumTokens: Int
    var temperature: Double
    var topP: Double
    var seed: UInt64
    var stop: [String] = []
    /// How many of the likeliest tokens are listed in place of each; `nil` for none.
    var likeliest: Int?
    /// JSON Schema that the answer keeps to. Its text goes in as it stands, because servers read the order of its
    /// properties as the order of the answer's.
    var schema: String?

    /// Keys are sorted; the schema comes last.
    var encoded: [UInt8] {
        var writer = JSONWriter(capacity: 512 + segments.reduce(0) { $0 + $1.text.utf8.count })
        writer.object { writer in
            if likeliest != nil {
                writer.key("logprobs")
                writer.bool(true)
            }
            writer.key("max_tokens")
            writer.number(maximumTokens)
            writer.key("messages")
            writer.array { writer in
                var rest = segments[...]
                while let role = rest.first?.role {
                    let message = rest.prefix { $0.role == role }
                    rest = rest.dropFirst(message.count)
                    writer.object { writer in
                        writer.key("content")
                        writer.string(message.lazy.map(\.text))
                        writer.key("role")
                        writer.string(role.rawValue)
                    }
                }
            }
            writer.key("model")
            writer.string(model)
            writer.key("seed")
            writer.number(seed)
            if !stop.isEmpty {
                writer.key("stop")
                writer.array { writer in for stop in stop { writer.string(stop) } }
            }
            writer.key("temperature")
            writer.number(temperature)
            if let likeliest {
                writer.key("top_logprobs")
                writer.number(likeliest)
            }
            writer.key("top_p")
            writer.number(topP)
            if let schema {
                writer.key("response_format")
                writer.literal(
                    #"{"json_schema":{"name":"answer","schema":\#(schema),"strict":true},"type":"json_schema"}"#)
            }
        }
        precondition(writer.isFinite, "a request with other numbers has no key")
        return writer.bytes
    }
}

/// The body of `POST /embeddings`.
struct EmbeddingBody: ServerBody {
    var model: String
    var input: String

    var encoded: [UInt8] {
        var writer = JSONWriter(capacity: 128 + input.utf8.count)
        writer.object { writer in
            writer.key("encoding_format")
            writer.string("float")
            writer.key("input")
            writer.string(input)
            writer.key("model")
            writer.string(model)
        }
        return writer.bytes
    }
}

/// The answer of `POST /chat/completions`, as far as it is used here: its first choice.
struct ChatReply: Equatable {
    struct Candidate: Equatable {
        /// UTF-8, whole text or not.
        var token: [UInt8]
        var logprob: Double
    }

    /// What it says or, where it will not say anything, why.
    var content: String?
    /// Why it ended: `length` at the token limit.
    var finish: String?
    /// The tokens considered for the first place; `nil` where the server lists no tokens at all.
    var candidates: [Candidate]?
    /// Whether the server lists log-probabilities.
    var hasLogprobs = false
    var usage = TokenUsage.zero
}

/// The answer of `POST /embeddings`.
struct EmbeddingReply: Equatable {
    var vectors: [[Float]] = []
    var usage = TokenUsage.zero
}
