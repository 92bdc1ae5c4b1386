/// A request in tokens, checked against the model's limits.
enum EmbeddedWork {
    case text(TextRequest, segments: [[Token]])
    case score(continuations: [[Token]], segments: [[Token]])
    case embed([Token])
}

/// Turns requests into the tokens a model is given, segment by segment.
final class PromptTokens {
    let vocabulary: Vocabulary
    let settings: EmbeddedSettings
    private let name: String
    private var literals: [[Prompt.Role]: [[Token]]] = [:]

    init(name: String, vocabulary: Vocabulary, settings: EmbeddedSettings) {
        self.name = name
        self.vocabulary = vocabulary
        self.settings = settings
    }

    func work(for request: Request) throws(ModelError) -> EmbeddedWork {
        let limit = settings.context
        switch request {
        case .embed(let embed):
            guard settings.isEmbedder else { throw .unsupported(model: name, what: "embeddings") }
            var tokens = vocabulary.tokens(embed.text, parsingControl: false, addingEnds: true)
            guard let last = tokens.last else { throw .nothingToEvaluate(what: "text") }
            if tokens.count > limit { tokens = tokens.prefix(limit - 1) + [last] }
            return .embed(tokens)
        case .text(let text):
            guard !settings.isEmbedder else { throw .unsupported(model: name, what: "text") }
            let segments = try nonEmpty(text.prompt)
            let count = segments.reduce(0) { $0 + $1.count }
            guard count < limit else { throw .promptTooLong(tokens: count, limit: limit - 1) }
            return .text(text, segments: segments)
        case .score(let score):
            guard !settings.isEmbedder else { throw .unsupported(model: name, what: "likelihoods") }
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
        guard let source = settings.chatTemplate, let texts = ChatTemplate(source: source).literals(around: roles)
        else { throw .unsupported(model: name, what: "chat prompts of this form: its template is missing or unknown") }
        let tokens = texts.map { vocabulary.tokens($0, parsingControl: true) }
        literals[roles] = tokens
        return tokens
    }
}
