extension ChatReply {
    /// - Throws: ``Malformed``.
    init(_ bytes: [UInt8]) throws {
        var reply = ChatReply()
        var choices: Int?
        var usage: TokenUsage?
        try reading(bytes) { key, reader in
            switch key {
            case "choices":
                choices = 0
                try reader.array { reader in
                    if choices == 0 { try reply.readChoice(&reader) } else { try reader.skip() }
                    choices = (choices ?? 0) + 1
                }
            case "usage": usage = try tokenUsage(&reader)
            default: try reader.skip()
            }
        }
        guard choices != nil else { throw Malformed(reason: "its JSON has no 'choices'") }
        guard let usage else { throw Malformed(reason: "its JSON has no 'usage'") }
        reply.usage = usage
        self = reply
    }

    private mutating func readChoice(_ reader: inout JSONReader) throws {
        var said: String?
        var refused: String?
        var hasMessage = false
        try reader.object { key, reader in
            switch key {
            case "message":
                hasMessage = true
                try reader.object { key, reader in
                    switch key {
                    case "content": said = try text(&reader)
                    case "refusal": refused = try text(&reader)
                    default: try reader.skip()
                    }
                }
            case "finish_reason": finish = try text(&reader)
            case "logprobs":
                if try reader.null() { return }
                try reader.object { key, reader in
                    guard key == "content" else { return try reader.skip() }
                    if try reader.null() { return }
                    try readTokens(&reader)
                }
            default: try reader.skip()
            }
        }
        guard hasMessage else { throw Malformed(reason: "its JSON has no 'message'") }
        content = said ?? refused
    }

    private mutating func readTokens(_ reader: inout JSONReader) throws {
        hasLogprobs = true
        var place = 0
        try reader.array { reader in
            try reader.object { key, reader in
                guard key == "top_logprobs", place == 0 else { return try reader.skip() }
                if try reader.null() { return }
                var listed: [Candidate] = []
                try reader.array { listed.append(try candidate(&$0)) }
                candidates = listed
            }
            place += 1
        }
    }
}

extension EmbeddingReply {
    /// - Throws: ``Malformed``.
    init(_ bytes: [UInt8]) throws {
        var vectors: [[Float]]?
        var usage: TokenUsage?
        try reading(bytes) { key, reader in
            switch key {
            case "data":
                var found: [[Float]] = []
                try reader.array { reader in
                    var vector: [Float]?
                    try reader.object { key, reader in
                        guard key == "embedding" else { return try reader.skip() }
                        var numbers: [Float] = []
                        try reader.array { numbers.append(try $0.float()) }
                        vector = numbers
                    }
                    guard let vector else { throw Malformed(reason: "its JSON has no 'embedding'") }
                    found.append(vector)
                }
                vectors = found
            case "usage": usage = try tokenUsage(&reader)
            default: try reader.skip()
            }
        }
        guard let vectors else { throw Malformed(reason: "its JSON has no 'data'") }
        guard let usage else { throw Malformed(reason: "its JSON has no 'usage'") }
        self.vectors = vectors
        self.usage = usage
    }
}

/// What a server says is wrong; `nil` where it says nothing.
func errorMessage(_ bytes: [UInt8]) -> String? {
    var message: String?
    try? reading(bytes) { key, reader in
        guard key == "error" else { return try reader.skip() }
        try reader.object { key, reader in
            if key == "message" { message = try text(&reader) } else { try reader.skip() }
        }
    }
    return message
}

private func reading(_ bytes: [UInt8], _ member: (String, inout JSONReader) throws -> Void) throws {
    do {
        var reader = JSONReader(bytes)
        try reader.object(member)
        try reader.end()
    } catch is JSONReader.Unexpected {
        throw Malformed(reason: "its body is not the JSON expected")
    }
}

private func text(_ reader: inout JSONReader) throws -> String? {
    try reader.null() ? nil : try reader.string()
}

private func candidate(_ reader: inout JSONReader) throws -> ChatReply.Candidate {
    var token: String?
    var bytes: [UInt8]?
    var logprob: Double?
    try reader.object { key, reader in
        switch key {
        case "token": token = try reader.string()
        case "bytes":
            if try reader.null() { return }
            var found: [UInt8] = []
            try reader.array { reader in
                guard let byte = UInt8(exactly: try reader.integer()) else { throw JSONReader.Unexpected() }
                found.append(byte)
            }
            bytes = found
        case "logprob": logprob = try reader.double()
        default: try reader.skip()
        }
    }
    guard let token, let logprob else { throw JSONReader.Unexpected() }
    return ChatReply.Candidate(token: bytes ?? Array(token.utf8), logprob: logprob)
}

private func tokenUsage(_ reader: inout JSONReader) throws -> TokenUsage {
    var (input, output, cached) = (Int?.none, 0, 0)
    try reader.object { key, reader in
        switch key {
        case "prompt_tokens": input = try reader.integer()
        case "completion_tokens": if try !reader.null() { output = try reader.integer() }
        case "prompt_tokens_details":
            if try reader.null() { return }
            try reader.object { key, reader in
                guard key == "cached_tokens" else { return try reader.skip() }
                if try !reader.null() { cached = try reader.integer() }
            }
        default: try reader.skip()
        }
    }
    guard let input else { throw JSONReader.Unexpected() }
    guard input >= 0, output >= 0 else { throw Malformed(reason: "its token counts are negative") }
    return TokenUsage(input: input, output: output, cached: min(max(0, cached), input))
}
