internal import Dispatch
internal import Foundation

/// A GGUF model evaluated in this process by libllama, on a thread of its own.
///
/// Requests that wait are served in the order that shares most: the next one is the one with the longest beginning of
/// segments already evaluated. Whatever the order, an answer is the same bits.
///
/// Texts for embedding longer than the model's context are cut there, before the closing token.
public final class EmbeddedModel: LanguageModel {
    public let identity: ModelIdentity
    private let engine: EmbeddedEngine

    /// Loads the weights.
    ///
    /// - Parameters:
    ///   - name: As the user names it.
    ///   - path: Of a GGUF file.
    ///   - threads: By default `$POPULACE_THREADS`, else one for each core, at most 8. The bits are the same with any;
    ///     fewer are used while other work has the cores.
    public init(name: String, path: String, threads: Int? = nil) async throws {
        identity = try Self.identity(name: name, path: path)
        engine = EmbeddedEngine(
            name: name, path: path, settings: EmbeddedSettings(try GGUFMetadata(path: path)),
            threads: max(1, threads ?? Self.defaultThreads))
        try await engine.load()
    }

    private static var defaultThreads: Int {
        let process = ProcessInfo.processInfo
        return process.environment["POPULACE_THREADS"].flatMap { Int($0) } ?? min(process.activeProcessorCount, 8)
    }

    /// The identity of a model, without loading its weights.
    public static func identity(name: String, path: String) throws -> ModelIdentity {
        let settings = EmbeddedSettings(try GGUFMetadata(path: path))
        return ModelIdentity(
            name: name, backEnd: "llama", weights: try weightsDigest(ofFileAt: path), library: LlamaLibrary.identity,
            settings: settings.named)
    }

    public func respond(to request: Request) async throws -> Answer { try await engine.respond(to: request) }

    /// Tokens asked for and evaluated since loading.
    public var counts: EvaluationCounts { get async { await engine.counts } }

    /// Tokens of a prompt, segment by segment, as the model is given them.
    func tokens(_ prompt: Prompt) async throws -> [[Int32]] { try await engine.tokens(prompt) }
    func tokens(_ text: String) async throws -> [Int32] { try await engine.tokens(text) }
    /// Forgets all evaluated segments.
    func forget() async throws { try await engine.forget() }
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

/// Owns the evaluated stream and the requests that wait for it.
private actor EmbeddedEngine {
    private struct Waiting {
        var ticket: Int
        var work: EmbeddedWork
        var caller: CheckedContinuation<Answer, any Error>
    }

    private let executor = QueueExecutor()
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let name: String
    private let path: String
    private let settings: EmbeddedSettings
    private let threads: Int
    private var answerer: EmbeddedAnswerer?
    private var waiting: [Waiting] = []
    private var tickets = 0
    private var isServing = false

    init(name: String, path: String, settings: EmbeddedSettings, threads: Int) {
        self.name = name
        self.path = path
        self.settings = settings
        self.threads = threads
    }

    func load() throws { _ = try loaded() }
    func tokens(_ prompt: Prompt) throws -> [[Token]] { try loaded().segments(prompt) }
    func tokens(_ text: String) throws -> [Token] { try loaded().vocabulary.tokens(text, parsingControl: false) }
    func forget() throws { try loaded().forget() }
    var counts: EvaluationCounts { answerer?.counts ?? EvaluationCounts() }

    func respond(to request: Request) async throws -> Answer {
        let work = try loaded().work(for: request)
        tickets += 1
        let ticket = tickets
        return try await withTaskCancellationHandler {
            try Task.checkCancellation()
            return try await withCheckedThrowingContinuation { caller in
                waiting.append(Waiting(ticket: ticket, work: work, caller: caller))
                if !isServing {
                    isServing = true
                    Task { await serve() }
                }
            }
        } onCancel: {
            Task { await self.cancel(ticket) }
        }
    }

    private func loaded() throws(ModelError) -> EmbeddedAnswerer {
        if let answerer { return answerer }
        let stream = try SegmentStream(path: path, settings: settings, threads: threads)
        let answerer = EmbeddedAnswerer(name: name, stream: stream)
        self.answerer = answerer
        return answerer
    }

    private func serve() async {
        while !waiting.isEmpty {
            // Requests that have arrived meanwhile join before the next is chosen.
            await Task.yield()
            guard let next = next() else { break }
            let chosen = waiting.remove(at: next)
            let start = ContinuousClock.now
            chosen.caller.resume(with: Result {
                var answer = try loaded().answer(chosen.work)
                answer.took = .now - start
                return answer
            })
        }
        isServing = false
    }

    /// The waiting request that shares most with the stream; the first of equals.
    private func next() -> Int? {
        guard !waiting.isEmpty else { return nil }
        var best = (index: 0, shared: -1)
        for (index, item) in waiting.enumerated() {
            let shared = answerer?.sharedTokens(item.work) ?? 0
            if shared > best.shared { best = (index, shared) }
        }
        return best.index
    }

    private func cancel(_ ticket: Int) {
        guard let index = waiting.firstIndex(where: { $0.ticket == ticket }) else { return }
        waiting.remove(at: index).caller.resume(throwing: CancellationError())
    }
}
