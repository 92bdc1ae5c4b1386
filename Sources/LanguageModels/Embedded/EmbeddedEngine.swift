internal import Dispatch

/// Owns the evaluated stream and the requests that wait for it.
actor EmbeddedEngine {
    private let executor = QueueExecutor()
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let name: String
    private let path: String
    private let adapter: Adapter?
    private let settings: EmbeddedSettings
    private let threads: Int
    private var loaded: Loaded?
    private var inHand: [Int: PendingRequest] = [:]
    private let tree = SegmentTree<Waiter>()
    /// Of every list of segments asked for since loading; about 20 bytes each.
    private var known: Set<PathDigest> = []
    private var asked = 0
    private var floor = 0
    /// Seconds in the library that answers have accounted for.
    private var accounted = 0.0
    private var tickets = 0
    private var isServing = false

    init(name: String, path: String, adapter: Adapter?, settings: EmbeddedSettings, threads: Int) {
        self.adapter = adapter
        self.name = name
        self.path = path
        self.settings = settings
        self.threads = threads
    }

    private struct Loaded {
        var stream: SegmentStream
        var tokens: PromptTokens
        var unspeakable: [Int]
    }

    func load() throws { _ = try model() }
    func tokens(_ prompt: Prompt) throws -> [[Token]] { try model().tokens.segments(prompt) }
    func tokens(_ text: String) throws -> [Token] {
        try model().tokens.vocabulary.tokens(text, parsingControl: false)
    }
    func forget() throws { try model().stream.forget() }

    var counts: EvaluationCounts {
        var counts = EvaluationCounts()
        counts.asked = asked
        counts.floor = floor
        counts.evaluated = loaded?.stream.evaluated ?? 0
        counts.calls = loaded?.stream.calls ?? 0
        counts.seconds = loaded?.stream.seconds ?? 0
        return counts
    }

    private func model() throws(ModelError) -> Loaded {
        if let loaded { return loaded }
        let stream = try SegmentStream(name: name, path: path, adapter: adapter, settings: settings, threads: threads)
        let new = Loaded(
            stream: stream, tokens: PromptTokens(name: name, vocabulary: stream.vocabulary, settings: settings),
            unspeakable: settings.isEmbedder ? [] : stream.vocabulary.unspeakable())
        loaded = new
        return new
    }

    func respond(to request: Request) async throws -> Answer {
        try Task.checkCancellation()
        let model = try model()
        tickets += 1
        let ticket = tickets
        let pending: PendingRequest
        switch try model.tokens.work(for: request) {
        case .embed(let tokens): return try embedding(tokens)
        case .score(let continuations, let segments):
            pending = PendingRequest(ticket, scoring: continuations, after: segments)
        case .text(let text, let segments):
            let reader = try TextReader(
                text, prompt: segments.reduce(0) { $0 + $1.count }, context: settings.context,
                vocabulary: model.tokens.vocabulary, unspeakable: model.unspeakable)
            pending = PendingRequest(ticket, writing: reader, after: segments)
        }
        guard !pending.waiters.isEmpty else { return pending.answer }
        return try await withTaskCancellationHandler {
            try Task.checkCancellation()
            return try await withCheckedThrowingContinuation { caller in
                pending.caller = caller
                inHand[ticket] = pending
                asked += pending.length
                wait(pending.waiters, at: pending.segments, below: tree.root)
                if !isServing {
                    isServing = true
                    Task { await serve() }
                }
            }
        } onCancel: {
            Task { await self.cancel(ticket) }
        }
    }

    private func embedding(_ tokens: [Token]) throws -> Answer {
        let path = PathDigest().appending(tokens)
        asked += tokens.count
        if known.insert(path).inserted { floor += tokens.count }
        guard let vector = unitLength(try model().stream.pooled(tokens).map(Double.init)) else {
            throw ModelError.embeddingMissing(model: name)
        }
        return Answer(response: .embedding(vector), usage: TokenUsage(input: tokens.count, output: 0), took: account())
    }

    private func wait(_ waiters: [Waiter], at segments: [[Token]], below node: SegmentTree<Waiter>.Node) {
        let end = tree.add(waiters, at: segments, below: node)
        for waiter in waiters { waiter.node = end }
        var above: SegmentTree<Waiter>.Node? = end
        while let node = above, !node.segment.isEmpty, known.insert(node.path).inserted {
            floor += node.segment.count
            above = node.parent
        }
    }

    // MARK: Serving

    /// Requests that have arrived meanwhile join before a prompt's next segment is chosen. Between single tokens, which
    /// take a few milliseconds each, they are let in only now and then: on a busy machine letting in takes as long.
    private func serve() async {
        var letIn = ContinuousClock.now
        while let stream = loaded?.stream, !tree.isEmpty {
            var path = tree.next(along: stream.path)
            if path.last?.segment.count != 1 || ContinuousClock.now - letIn > .milliseconds(50) {
                await Task.yield()
                letIn = .now
                path = tree.next(along: stream.path)
            }
            serve(path, stream)
        }
        isServing = false
    }

    /// Serves everybody at the end of a path if its logits are there, else evaluates one segment on the way to it.
    private func serve(_ path: [SegmentTree<Waiter>.Node], _ stream: SegmentStream) {
        guard let node = path.last else { return }
        let segments = path.map(\.segment)
        guard let logits = stream.logits(after: segments) else {
            do { try stream.advance(along: segments) } catch {
                for ticket in Set(node.waiters.map(\.ticket)).sorted() { finish(ticket, .failure(error)) }
            }
            return
        }
        for waiter in tree.takeWaiters(at: node) {
            waiter.node = nil
            if let token = waiter.reader.read(logits) {
                asked += 1
                wait([waiter], at: [[token]], below: node)
            } else if let pending = inHand[waiter.ticket] {
                pending.unread -= 1
                if pending.unread == 0 {
                    var answer = pending.answer
                    answer.took = account()
                    finish(waiter.ticket, .success(answer))
                }
            }
        }
        tree.prune(node)
    }

    /// The time in the library since the last answer: what many requests begin with counts for the first of them, so that
    /// all together took what the library took.
    private func account() -> Duration {
        let seconds = loaded?.stream.seconds ?? 0
        defer { accounted = seconds }
        return .seconds(seconds - accounted)
    }

    private func finish(_ ticket: Int, _ result: Result<Answer, any Error>) {
        guard let pending = inHand.removeValue(forKey: ticket) else { return }
        for waiter in pending.waiters {
            if let node = waiter.node { tree.remove(waiter, at: node) }
        }
        pending.caller?.resume(with: result)
    }

    private func cancel(_ ticket: Int) { finish(ticket, .failure(CancellationError())) }
}

/// The thread of one model: jobs run on it in order.
private final class QueueExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "populace.embedded-model", qos: .userInitiated)

    func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        queue.async { unowned.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
}
