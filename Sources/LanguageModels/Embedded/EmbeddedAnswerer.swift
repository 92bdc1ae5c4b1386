internal import Foundation

/// A request in tokens, checked against the model's limits.
enum EmbeddedWork {
    case text(TextRequest, segments: [[Token]])
    case score(continuations: [[Token]], segments: [[Token]])
    case embed([Token])
}

/// Answers requests from a ``SegmentStream``: sampling, scoring, pooling.
final class EmbeddedAnswerer {
    private let name: String
    private let stream: SegmentStream
    private let unspeakable: [Int]
    private var literals: [[Prompt.Role]: [[Token]]] = [:]

    init(name: String, stream: SegmentStream) {
        self.name = name
        self.stream = stream
        unspeakable = stream.settings.isEmbedder ? [] : stream.vocabulary.unspeakable()
    }

    var vocabulary: Vocabulary { stream.vocabulary }
    var counts: EvaluationCounts { stream.counts }

    func forget() { stream.forget() }

    func sharedTokens(_ work: EmbeddedWork) -> Int {
        switch work {
        case .text(_, let segments), .score(_, let segments): stream.sharedTokens(segments)
        case .embed: 0
        }
    }

    // MARK: Requests to tokens

    func work(for request: Request) throws(ModelError) -> EmbeddedWork {
        let limit = stream.settings.context
        switch request {
        case .embed(let embed):
            guard stream.settings.isEmbedder else { throw .unsupported(model: name, what: "embeddings") }
            var tokens = vocabulary.tokens(embed.text, parsingControl: false, addingEnds: true)
            guard let last = tokens.last else { throw .nothingToEvaluate(what: "text") }
            if tokens.count > limit { tokens = tokens.prefix(limit - 1) + [last] }
            return .embed(tokens)
        case .text(let text):
            guard !stream.settings.isEmbedder else { throw .unsupported(model: name, what: "text") }
            let segments = try nonEmpty(text.prompt)
            let count = segments.reduce(0) { $0 + $1.count }
            guard count < limit else { throw .promptTooLong(tokens: count, limit: limit - 1) }
            return .text(text, segments: segments)
        case .score(let score):
            guard !stream.settings.isEmbedder else { throw .unsupported(model: name, what: "likelihoods") }
            let segments = try nonEmpty(score.prompt)
            let continuations = score.continuations.map { vocabulary.tokens($0, parsingControl: false) }
            guard !continuations.contains([]) else { throw .nothingToEvaluate(what: "continuation") }
            let count = segments.reduce(0) { $0 + $1.count } + (continuations.map(\.count).max() ?? 0)
            guard count <= limit else { throw .promptTooLong(tokens: count, limit: limit) }
            return .score(continuations: continuations, segments: segments)
        }
    }

    private func nonEmpty(_ prompt: Prompt) throws(ModelError) -> [[Token]] {
        let segments = try segments(prompt)
        guard !segments.isEmpty else { throw .nothingToEvaluate(what: "prompt") }
        return segments
    }

    /// The prompt's segments in tokens; those without tokens are left out.
    ///
    /// In chat form the template's literal before a message belongs to the message's first segment, and what follows
    /// the last message to the last segment. A prompt that ends in an assistant's message is continued from there.
    func segments(_ prompt: Prompt) throws(ModelError) -> [[Token]] {
        var segments = prompt.segments.map { vocabulary.tokens($0.text, parsingControl: false) }
        if prompt.form == .chat {
            var starts: [Int] = []
            for index in prompt.segments.indices
            where index == 0 || prompt.segments[index].role != prompt.segments[index - 1].role {
                starts.append(index)
            }
            var roles = starts.map { prompt.segments[$0].role }
            let isBegun = roles.last == .assistant
            if isBegun { roles.removeLast() }
            let around = try literals(around: roles)
            for (literal, start) in zip(around, starts) { segments[start] = literal + segments[start] }
            if !isBegun, let last = segments.indices.last { segments[last] += around[roles.count] }
        }
        if let beginning = vocabulary.beginning, segments.first?.first != beginning {
            if segments.isEmpty { segments = [[]] }
            segments[0].insert(beginning, at: 0)
        }
        return segments.filter { !$0.isEmpty }
    }

    private func literals(around roles: [Prompt.Role]) throws(ModelError) -> [[Token]] {
        if let known = literals[roles] { return known }
        guard let source = stream.settings.chatTemplate, let texts = ChatTemplate(source: source).literals(around: roles)
        else { throw .unsupported(model: name, what: "chat prompts of this form: its template is missing or unknown") }
        let tokens = texts.map { vocabulary.tokens($0, parsingControl: true) }
        literals[roles] = tokens
        return tokens
    }

    // MARK: Answers

    func answer(_ work: EmbeddedWork) throws(ModelError) -> Answer {
        switch work {
        case .text(let request, let segments): try text(request, segments)
        case .score(let continuations, let segments): try scores(continuations, segments)
        case .embed(let tokens): try embedding(tokens)
        }
    }

    private func embedding(_ tokens: [Token]) throws(ModelError) -> Answer {
        stream.ask(tokens.count)
        guard let vector = unitLength(try stream.pooled(tokens).map(Double.init)) else {
            throw .embeddingMissing(model: name)
        }
        return Answer(response: .embedding(vector), usage: TokenUsage(input: tokens.count, output: 0))
    }

    private func scores(_ continuations: [[Token]], _ segments: [[Token]]) throws(ModelError) -> Answer {
        let prompt = segments.reduce(0) { $0 + $1.count }
        let input = continuations.reduce(prompt) { $0 + $1.count }
        stream.ask(continuations.reduce(0) { $0 + prompt + $1.count })
        let first = try stream.logits(after: segments)
        let normaliser = first.withUnsafeBufferPointer { logSumExp($0) }
        var scores: [ContinuationScore] = []
        for continuation in continuations {
            let sum = try stream.logLikelihood(
                of: continuation, after: segments, first: first, normaliser: normaliser)
            scores.append(ContinuationScore(logLikelihood: sum, tokenCount: continuation.count))
        }
        return Answer(response: .scores(scores), usage: TokenUsage(input: input, output: 0))
    }

    private func text(_ request: TextRequest, _ segments: [[Token]]) throws(ModelError) -> Answer {
        let grammar: GrammarMask? =
            if let wanted = request.grammar { try GrammarMask(wanted, vocabulary: vocabulary) } else { nil }
        var logits = try stream.logits(after: segments)
        var generator = SamplingGenerator(seed: request.seed)
        let stops = request.stop.map { Array($0.utf8) }.filter { !$0.isEmpty }
        var position = stream.end
        var bytes: [UInt8] = []
        var count = 0
        var complete = false
        while count < request.maximumTokens, !complete {
            let drawn = logits.withUnsafeMutableBufferPointer { buffer in
                for token in unspeakable { buffer[token] = -.infinity }
                grammar?.apply(to: buffer)
                return drawToken(
                    UnsafeBufferPointer(buffer), temperature: request.temperature, topP: request.topP, using: &generator)
            }
            guard let token = drawn else { break }
            if vocabulary.endsGeneration(token) {
                complete = true
                break
            }
            grammar?.accept(token)
            count += 1
            let before = bytes.count
            bytes += vocabulary.bytes(of: token)
            if let end = firstStop(stops, in: bytes, newFrom: before) {
                bytes.removeSubrange(end...)
                complete = true
            } else if count < request.maximumTokens {
                guard position < stream.settings.context else { break }
                try stream.extend(with: token, at: position, into: &logits)
                position += 1
            }
        }
        try stream.endGeneration()
        let prompt = segments.reduce(0) { $0 + $1.count }
        stream.ask(prompt + count)
        if !complete { bytes.removeLast(unfinishedBytes(bytes)) }
        return Answer(
            response: .text(String(decoding: bytes, as: UTF8.self), complete: complete),
            usage: TokenUsage(input: prompt, output: count))
    }
}

/// Where the earliest stop begins; only matches that end in the bytes from `newFrom` on can be new.
private func firstStop(_ stops: [[UInt8]], in bytes: [UInt8], newFrom: Int) -> Int? {
    var earliest: Int?
    for stop in stops {
        var start = max(0, newFrom - stop.count + 1)
        while start + stop.count <= bytes.count, start < earliest ?? .max {
            if bytes[start..<start + stop.count].elementsEqual(stop) { earliest = start }
            start += 1
        }
    }
    return earliest
}

/// Bytes at the end that are the beginning of a UTF-8 character without its rest, 0...3.
private func unfinishedBytes(_ bytes: [UInt8]) -> Int {
    for length in 1...3 where length <= bytes.count {
        let byte = bytes[bytes.count - length]
        if byte & 0xc0 == 0x80 { continue }
        let needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
        return length < needed ? length : 0
    }
    return 0
}
