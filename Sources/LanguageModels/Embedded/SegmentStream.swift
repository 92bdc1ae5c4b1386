internal import CLlama
internal import Foundation

/// Tokens the embedded model was asked to read, and those it had to.
public struct EvaluationCounts: Hashable, Sendable {
    /// Of every request as a whole.
    public var asked = 0
    /// Passed through the model.
    public var evaluated = 0
    public var calls = 0
}

/// A loaded model with one stream of evaluated segments: the request in hand, as far as it is evaluated.
///
/// Invariant: the stream's cells hold exactly the segments of `resident`, each evaluated in calls of its own at the
/// same boundaries, with nothing else before, between or after. So the logits after a list of segments depend on
/// that list alone, whatever was resident before, and are the same bits whether or not a prefix was kept.
///
/// Not Sendable on purpose: ``EmbeddedModel`` owns it on a thread of its own.
final class SegmentStream {
    /// Which positions of a call give logits.
    private enum Outputs { case none, last, all }

    private struct Resident {
        var tokens: [Token]
        /// Position after the last token.
        var end: Int
        /// After the last token; kept where a request ended here.
        var logits: [Float]?
    }

    let vocabulary: Vocabulary
    let settings: EmbeddedSettings
    private let model: OpaquePointer
    private let context: OpaquePointer
    private let memory: OpaquePointer?
    private let batch: llama_batch
    private let width: Int
    private var resident: [Resident] = []
    private(set) var counts = EvaluationCounts()
    private var threads: SpinGuard

    init(path: String, settings: EmbeddedSettings, threads: Int) throws(ModelError) {
        _ = LlamaLibrary.start
        var modelSettings = llama_model_default_params()
        modelSettings.n_gpu_layers = 0
        guard let model = llama_model_load_from_file(path, modelSettings) else {
            throw .unusableModel(path: path, reason: "libllama cannot load it")
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

    /// Tokens in the stream.
    var end: Int { resident.last?.end ?? 0 }

    /// Tokens of the longest beginning of whole segments that is in the stream.
    func sharedTokens(_ segments: [[Token]]) -> Int {
        let shared = sharedSegments(segments)
        return shared == 0 ? 0 : resident[shared - 1].end
    }

    /// Empties the stream and overwrites its memory.
    func forget() {
        resident = []
        if let memory { llama_memory_clear(memory, true) }
    }

    /// Counts a request's tokens as asked.
    func ask(_ tokens: Int) { counts.asked += tokens }

    /// Logits after the last segment; evaluates what is not resident, and ends the stream there.
    func logits(after segments: [[Token]]) throws(ModelError) -> [Float] {
        var shared = sharedSegments(segments)
        // Where no request ended before, the logits were not asked for: that segment is evaluated again.
        if shared == segments.count, resident[shared - 1].logits == nil { shared -= 1 }
        try cut(to: shared)
        shared = resident.count
        for index in shared..<segments.count {
            var logits: [Float]?
            try evaluate(segments[index], at: end, outputs: index == segments.count - 1 ? .last : .none) { _, row in
                logits = Array(row)
            }
            resident.append(Resident(tokens: segments[index], end: end + segments[index].count, logits: logits))
        }
        guard let logits = resident.last?.logits else { throw .nothingToEvaluate(what: "prompt") }
        return logits
    }

    /// Summed log-probability of a continuation after the segments, which stay in the stream.
    ///
    /// - Parameters:
    ///   - first: Logits after the segments.
    ///   - normaliser: ``logSumExp(_:)`` of `first`.
    func logLikelihood(
        of continuation: [Token], after segments: [[Token]], first: [Float], normaliser: Double
    ) throws(ModelError) -> Double {
        var sum = Double(first[Int(continuation[0])]) - normaliser
        guard continuation.count > 1 else { return sum }
        _ = try logits(after: segments)
        // The rows are the logits after each token but the last: the row at `index` judges the token after it.
        try evaluate(Array(continuation.dropLast()), at: end, outputs: .all) { index, row in
            sum += Double(row[Int(continuation[index + 1])]) - logSumExp(row)
        }
        try cut(to: resident.count)
        return sum
    }

    /// Evaluates one generated token past the segments. ``endGeneration()`` must follow the last one.
    func extend(with token: Token, at position: Int, into logits: inout [Float]) throws(ModelError) {
        try evaluate([token], at: position, outputs: .last) { _, row in
            logits.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: row) }
        }
    }

    func endGeneration() throws(ModelError) { try cut(to: resident.count) }

    /// The pooled vector of one text, as the model gives it.
    func pooled(_ tokens: [Token]) throws(ModelError) -> [Float] {
        cutAll()
        try evaluate(tokens, at: 0, outputs: .all) { _, _ in }
        guard let vector = llama_get_embeddings_seq(context, 0) else { return [] }
        defer { cutAll() }
        return Array(UnsafeBufferPointer(start: vector, count: width))
    }

    private func sharedSegments(_ segments: [[Token]]) -> Int {
        var shared = 0
        while shared < resident.count, shared < segments.count, resident[shared].tokens == segments[shared] {
            shared += 1
        }
        return shared
    }

    /// Leaves the first `count` segments in the stream, or none where the model's memory cannot be cut (recurrent
    /// models): then everything is evaluated again.
    private func cut(to count: Int) throws(ModelError) {
        guard count > 0 else { return cutAll() }
        if llama_memory_seq_rm(memory, 0, Int32(resident[count - 1].end), -1) {
            resident.removeSubrange(count...)
        } else {
            cutAll()
        }
    }

    private func cutAll() {
        resident = []
        if let memory { llama_memory_clear(memory, false) }
    }

    /// One segment in calls of its own: at most a batch of tokens each, or `scoreBatch` where every row is read.
    private func evaluate(
        _ tokens: [Token], at position: Int, outputs: Outputs, row: (Int, UnsafeBufferPointer<Float>) -> Void
    ) throws(ModelError) {
        let limit = outputs == .all && !settings.isEmbedder ? EmbeddedSettings.scoreBatch : settings.batch
        var start = 0
        var batch = batch
        while start < tokens.count {
            let stop = min(start + limit, tokens.count)
            for index in start..<stop {
                let slot = index - start
                batch.token[slot] = tokens[index]
                batch.pos[slot] = Int32(position + index)
                batch.n_seq_id[slot] = 1
                // The library allocates `seq_id` for as many tokens as the batch was made for.
                batch.seq_id[slot]?[0] = 0
                batch.logits[slot] = outputs == .all || outputs == .last && index == tokens.count - 1 ? 1 : 0
            }
            batch.n_tokens = Int32(stop - start)
            let code = decode(batch)
            guard code == 0 else {
                cutAll()
                throw .evaluation(code: Int(code))
            }
            counts.evaluated += stop - start
            counts.calls += 1
            if !settings.isEmbedder {
                for index in start..<stop where batch.logits[index - start] == 1 {
                    guard let logits = llama_get_logits_ith(context, Int32(index - start)) else {
                        cutAll()
                        throw .evaluation(code: 0)
                    }
                    row(index, UnsafeBufferPointer(start: logits, count: width))
                }
            }
            start = stop
        }
    }

    private func decode(_ batch: llama_batch) -> Int32 {
        let clock = ContinuousClock()
        let start = clock.now
        let before = seconds(CLOCK_THREAD_CPUTIME_ID)
        let used = threads.threads
        let code = llama_decode(context, batch)
        threads.record(
            wall: (clock.now - start) / .seconds(1),
            processor: seconds(CLOCK_THREAD_CPUTIME_ID) - before)
        if threads.threads != used { llama_set_n_threads(context, Int32(threads.threads), Int32(threads.threads)) }
        return code
    }
}

/// Seconds on a clock of the system.
private func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
