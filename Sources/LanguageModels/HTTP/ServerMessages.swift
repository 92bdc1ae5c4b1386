import Foundation

/// The body of `POST /chat/completions`, as far as it is used here.
struct ChatBody: Encodable {
    struct Message: Codable, Equatable {
        var role: String
        var content: String
    }

    var model: String
    var messages: [Message]
    var max_tokens: Int
    var temperature: Double
    var top_p: Double
    var seed: UInt64
    var stop: [String]?
    var logprobs: Bool?
    var top_logprobs: Int?
}

/// The answer of `POST /chat/completions`, as far as it is used here.
struct ChatReply: Decodable {
    struct Choice: Decodable {
        struct Message: Decodable {
            var content: String?
            var refusal: String?
        }
        struct Logprobs: Decodable {
            var content: [Token]?
        }
        struct Token: Decodable {
            var top_logprobs: [Candidate]?
        }
        struct Candidate: Decodable {
            var token: String
            /// Of the token, where it is not whole text by itself.
            var bytes: [UInt8]?
            var logprob: Double
        }
        var message: Message
        var finish_reason: String?
        var logprobs: Logprobs?
    }
    struct Usage: Decodable {
        var prompt_tokens: Int
        var completion_tokens: Int?
    }
    var choices: [Choice]
    var usage: Usage
}

struct EmbeddingBody: Encodable {
    var model: String
    var input: String
    var encoding_format = "float"
}

struct EmbeddingReply: Decodable {
    struct Item: Decodable { var embedding: [Float] }
    var data: [Item]
    var usage: ChatReply.Usage
}

extension ChatReply.Usage {
    func tokens() throws(Malformed) -> TokenUsage {
        let output = completion_tokens ?? 0
        guard prompt_tokens >= 0, output >= 0 else { throw Malformed(reason: "its token counts are negative") }
        return TokenUsage(input: prompt_tokens, output: output)
    }
}

/// Canonical: keys sorted, slashes unescaped.
func encoded(_ body: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(body)
}

/// Decodes an answer. NaN and infinities are not JSON, so they are rejected here.
func decoded<T: Decodable>(_ type: T.Type, from data: Data) throws(Malformed) -> T {
    do {
        return try JSONDecoder().decode(type, from: data)
    } catch DecodingError.keyNotFound(let key, _) {
        throw Malformed(reason: "its JSON has no '\(key.stringValue)'")
    } catch {
        throw Malformed(reason: "its body is not the JSON expected")
    }
}
