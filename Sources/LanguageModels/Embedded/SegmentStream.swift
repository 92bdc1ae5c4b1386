internal import CLlama
internal import Foundation

/// A loaded model with one stream of evaluated segments: a path of the tree of requests.
///
/// Invariant: the stream's cells hold exactly the segments of `path`, each evaluated in calls of its own at the
/// same boundaries, with nothing else before, between or after. So the logits after a list of segments depend on
/// that list alone, whatever was resident before, and are the same bits whether or not a prefix was kept.
///
/// Not Sendable on purpose: ``EmbeddedModel`` owns it on a thread of its own.
final class SegmentStream {
    private struct Resident {
        /// Position after the last token.
        var end: Int
        /// After the last token. Not kept of single tokens that the stream has gone past: there may be many of them,
        /// and they are soon evaluated again.
        var logits: Logits?
    }

    let vocabulary: Vocabulary
    let settings: EmbeddedSettings
    private let name: String
    private let model: OpaquePointer
    private let context: OpaquePointer
    private let memory: OpaquePointer?
    private let batch: llama_batch
    private let width: Int
    /// The segments in the stream.
    private(set) var path: [[Token]] = []
    private var resident: [Resident] = []
    /// Tokens passed through the model.
    private(set) var evaluated = 0
    private(set) var calls = 0
    /// Spent in calls.
    private(set) var seconds = 0.0
    private var threads: SpinGuard

    init(
        name: String, path: String, adapter: Adapter?, settings: EmbeddedSettings, threads: Int
    ) throws(ModelError) {
        _ = LlamaLibrary.start
        var modelSettings = llama_model_default_params()
        modelSettings.n_gpu_layers = 0
        guard let model = llama_model_load_from_file(path, modelSettings) else {
            throw .unusableModel(path: path, reason: "libllama cannot load it")
        }
        // Freed with the model. The context makes room for what was loaded before it.
        let lora = adapter.flatMap { llama_adapter_lora_init(model, $0.path) }
        if let adapter, lora == nil {
            llama_model_free(model)
            throw .unusableAdapter(path: adapter.path, reason: "libllama cannot load it")
        }
        var wanted = llama_context_default_params()
        wanted.n_ctx = UInt32(settings.context)
        wanted.n_batch = UInt32(settings.batch)
        wanted.n_ubatch = UInt32(settings.microBatch)
        wanted.n_seq_max = 1
        wanted.n_threads = Int32(threads)
        wanted.n_threads_batch = Int32(threads)
        wanted.flash_attn_type = LLAMA_FLASH_ATTN_TYPE_DISABLED
        wanted.kv_unified = false
        wanted.no_perf = true
        wanted.embeddings = settings.isEmbedder
        guard let context = llama_init_from_model(model, wanted), let vocabulary = llama_model_get_vocab(model) else {
            llama_model_free(model)
            throw .unusableModel(path: path, reason: "libllama cannot make a context of \(settings.context) tokens")
        }
        if let adapter, let lora {
            var loras: [OpaquePointer?] = [lora]
            var scales = [Float(adapter.scale)]
            guard llama_set_adapters_lora(context, &loras, 1, &scales) == 0 else {
                llama_free(context)
                llama_model_free(model)
                throw .unusableAdapter(path: adapter.path, reason: "libllama cannot apply it")
            }
        }
        self.name = name
        self.model = model
        self.context = context
        self.settings = settings
        self.threads = SpinGuard(most: threads)
        self.vocabulary = Vocabulary(pointer: vocabulary)
        memory = llama_get_memory(context)
        batch = llama_batch_init(Int32(settings.batch), 0, 1)
        width = settings.isEmbedder ? Int(llama_model_n_embd(model)) : self.vocabulary.count
    }

    deinit {
        llama_batch_free(batch)
        llama_free(context)
        llama_model_free(model)
    }

    /// Empties the stream and overwrites its memory.
    func forget() {
        (path, resident) = ([], [])
        if let memory { llama_memory_clear(memory, true) }
    }

    /// Logits after a list of segments, where the stream begins with it and they are kept.
    func logits(after segments: [[Token]]) -> Logits? {
        guard !segments.isEmpty, segments.count <= path.count, shared(segments) == segments.count else { return nil }
        return resident[segments.count - 1].logits
    }

    /// Comes one segment nearer to the logits after a list of segments: cuts what does not belong to it and evaluates
    /// the first segment that is missing.
    func advance(along segments: [[Token]]) throws(ModelError) {
        // All of them are there where the last one's logits were not kept.
        let count = min(shared(segments), segments.count - 1)
        cut(to: count)
        if let last = path.last, last.count == 1 { resident[resident.count - 1].logits = nil }
        let segment = segments[path.count]
        let position = resident.last?.end ?? 0
        let logits = try evaluate(segment, at: position)
        path.append(segment)
        resident.append(Resident(end: position + segment.count, logits: logits))
    }

    /// The pooled vector of one text, as the model gives it.
    func pooled(_ tokens: [Token]) throws(ModelError) -> [Float] {
        cutAll()
        _ = try evaluate(tokens, at: 0)
        guard let vector = llama_get_embeddings_seq(context, 0) else { return [] }
        defer { cutAll() }
        return Array(UnsafeBufferPointer(start: vector, count: width))
    }

    private func shared(_ segments: [[Token]]) -> Int {
        var shared = 0
        while shared < path.count, shared < segments.count, path[shared] == segments[shared] { shared += 1 }
        return shared
    }

    /// Leaves the first `count` segments in the stream, or none where the model's memory cannot be cut (recurrent
    /// models): then everything is evaluated again.
    private func cut(to count: Int) {
        guard count < path.count else { return }
        guard count > 0, llama_memory_seq_rm(memory, 0, Int32(resident[count - 1].end), -1) else { return cutAll() }
        path.removeSubrange(count...)
        resident.removeSubrange(count...)
    }

    private func cutAll() {
        (path, resident) = ([], [])
        if let memory { llama_memory_clear(memory, false) }
    }

    /// One segment in calls of its own, at most a batch of tokens each; the logits after it.
    ///
    /// An embedder gives no logits, but wants every token marked as an output.
    private func evaluate(_ tokens: [Token], at position: Int) throws(ModelError) -> Logits? {
        var start = 0
        var batch = batch
        while start < tokens.count {
            let stop = min(start + settings.batch, tokens.count)
            for index in start..<stop {
                let slot = index - start
                batch.token[slot] = tokens[index]
                batch.pos[slot] = Int32(position + index)
                batch.n_seq_id[slot] = 1
                // The library allocates `seq_id` for as many tokens as the batch was made for.
                batch.seq_id[slot]?[0] = 0
                batch.logits[slot] = settings.isEmbedder || index == tokens.count - 1 ? 1 : 0
            }
            batch.n_tokens = Int32(stop - start)
            let code = decode(batch)
            guard code == 0 else {
                cutAll()
                throw .evaluation(code: Int(code))
            }
            evaluated += stop - start
            calls += 1
            start = stop
        }
        guard !settings.isEmbedder else { return nil }
        guard let logits = llama_get_logits_ith(context, -1) else {
            cutAll()
            throw .evaluation(code: 0)
        }
        // What goes wrong in a layer reaches every logit.
        guard logits[0].isFinite, logits[width - 1].isFinite else {
            cutAll()
            throw .notFinite(model: name)
        }
        return Logits(Array(UnsafeBufferPointer(start: logits, count: width)))
    }

    private func decode(_ batch: llama_batch) -> Int32 {
        let clock = ContinuousClock()
        let start = clock.now
        let before = systemSeconds(CLOCK_THREAD_CPUTIME_ID)
        let used = threads.threads
        let code = llama_decode(context, batch)
        let wall = (clock.now - start) / .seconds(1)
        seconds += wall
        threads.record(wall: wall, processor: systemSeconds(CLOCK_THREAD_CPUTIME_ID) - before)
        if threads.threads != used { llama_set_n_threads(context, Int32(threads.threads), Int32(threads.threads)) }
        return code
    }
}

/// Seconds on a clock of the system.
private func systemSeconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
