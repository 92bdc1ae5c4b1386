/// Writes a text, drawing token after token.
final class TextReader: TokenReader {
    private let request: TextRequest
    private let vocabulary: Vocabulary
    private let unspeakable: [Int]
    private let grammar: GrammarMask?
    private let stops: [[UInt8]]
    private let prompt: Int
    /// Tokens that may be drawn until the context is full.
    private let room: Int
    private var generator: SamplingGenerator
    private var bytes: [UInt8] = []
    private var count = 0
    private var complete = false

    /// - Parameters:
    ///   - prompt: Its number of tokens.
    ///   - unspeakable: Tokens that may not be drawn.
    /// - Throws: `.badGrammar`.
    init(
        _ request: TextRequest, prompt: Int, context: Int, vocabulary: Vocabulary, unspeakable: [Int]
    ) throws(ModelError) {
        self.request = request
        self.vocabulary = vocabulary
        self.unspeakable = unspeakable
        self.prompt = prompt
        room = context - prompt
        generator = SamplingGenerator(seed: request.seed)
        stops = request.stop.map { Array($0.utf8) }.filter { !$0.isEmpty }
        grammar = if let wanted = request.grammar { try GrammarMask(wanted, vocabulary: vocabulary) } else { nil }
    }

    var answer: Answer {
        var said = bytes
        if !complete { said.removeLast(unfinishedBytes(said)) }
        return Answer(
            response: .text(String(decoding: said, as: UTF8.self), complete: complete),
            usage: TokenUsage(input: prompt, output: count))
    }

    func read(_ logits: Logits) -> Token? {
        guard count < request.maximumTokens else { return nil }
        var values = logits.values
        let drawn = values.withUnsafeMutableBufferPointer { buffer in
            for token in unspeakable { buffer[token] = -.infinity }
            grammar?.apply(to: buffer)
            return drawToken(
                UnsafeBufferPointer(buffer), temperature: request.temperature, topP: request.topP, using: &generator)
        }
        guard let token = drawn else { return nil }
        if vocabulary.endsGeneration(token) {
            complete = true
            return nil
        }
        grammar?.accept(token)
        count += 1
        let before = bytes.count
        bytes += vocabulary.bytes(of: token)
        if let end = firstStop(stops, in: bytes, newFrom: before) {
            bytes.removeSubrange(end...)
            complete = true
            return nil
        }
        return count < request.maximumTokens && count <= room ? token : nil
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
