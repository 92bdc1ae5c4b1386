internal import CLlama

/// What requests would take of an embedded model, without evaluating any: only its vocabulary is loaded.
///
/// Texts count as far as they are known beforehand, which is their prompts.
public final class PrefixPlan {
    private let model: OpaquePointer
    private let tokens: PromptTokens
    private var known: Set<PathDigest> = []
    /// Nothing is evaluated.
    public private(set) var counts = EvaluationCounts()

    public init(name: String, path: String) throws {
        _ = LlamaLibrary.start
        let settings = EmbeddedSettings(try GGUFMetadata(path: path))
        var wanted = llama_model_default_params()
        wanted.vocab_only = true
        guard let model = llama_model_load_from_file(path, wanted) else {
            throw ModelError.unusableModel(path: path, reason: "libllama cannot load it")
        }
        guard let vocabulary = llama_model_get_vocab(model) else {
            llama_model_free(model)
            throw ModelError.unusableModel(path: path, reason: "it has no vocabulary")
        }
        self.model = model
        tokens = PromptTokens(name: name, vocabulary: Vocabulary(pointer: vocabulary), settings: settings)
    }

    deinit { llama_model_free(model) }

    public func add(_ request: Request) throws(ModelError) {
        switch try tokens.work(for: request) {
        case .embed(let tokens): _ = add(tokens, to: PathDigest())
        case .text(_, let segments): _ = add(segments, to: PathDigest())
        case .score(let continuations, let segments):
            let prompt = add(segments, to: PathDigest())
            for continuation in continuations { _ = add(continuation.dropLast().map { [$0] }, to: prompt) }
        }
    }

    private func add(_ segments: [[Token]], to path: PathDigest) -> PathDigest {
        segments.reduce(path) { add($1, to: $0) }
    }

    private func add(_ segment: [Token], to path: PathDigest) -> PathDigest {
        let path = path.appending(segment)
        counts.asked += segment.count
        if known.insert(path).inserted { counts.floor += segment.count }
        return path
    }
}
