internal import Foundation

/// A GGUF model evaluated in this process by libllama, on a thread of its own.
///
/// Requests in hand form a tree of segments that is walked depth first; new ones join between evaluations. So each
/// different beginning is evaluated once as long as what shares it is asked together, and whatever the order, an answer
/// is the same bits.
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
    ///   - adapter: Added to its weights.
    ///   - threads: By default `$POPULACE_THREADS`, else one for each core, at most 8. The bits are the same with any;
    ///     fewer are used while other work has the cores.
    public init(name: String, path: String, adapter: Adapter? = nil, threads: Int? = nil) async throws {
        identity = try Self.identity(name: name, path: path, adapter: adapter)
        engine = EmbeddedEngine(
            name: identity.title, path: path, adapter: adapter, settings: EmbeddedSettings(try GGUFMetadata(path: path)),
            threads: max(1, threads ?? Self.defaultThreads))
        try await engine.load()
    }

    private static var defaultThreads: Int {
        let process = ProcessInfo.processInfo
        return process.environment["POPULACE_THREADS"].flatMap { Int($0) } ?? min(process.activeProcessorCount, 8)
    }

    /// The identity of a model, without loading its weights.
    ///
    /// - Throws: ``ModelError/unusableAdapter(path:reason:)`` where the adapter was not made for such a model.
    public static func identity(name: String, path: String, adapter: Adapter? = nil) throws -> ModelIdentity {
        let settings = EmbeddedSettings(try GGUFMetadata(path: path))
        if let adapter { try AdapterFile(path: adapter.path).check(for: path) }
        return ModelIdentity(
            name: name, backEnd: "llama", weights: try weightsDigest(ofFileAt: path), library: LlamaLibrary.identity,
            settings: settings.named,
            adapter: try adapter.map {
                AdapterIdentity(digest: try fileDigest($0.path), scale: $0.scale, file: $0.file)
            })
    }

    public func respond(to request: Request) async throws -> Answer { try await engine.respond(to: request) }

    /// Tokens since loading.
    public var counts: EvaluationCounts { get async { await engine.counts } }
    public var reading: EvaluationCounts? { get async { await engine.counts } }

    /// Tokens of a prompt, segment by segment, as the model is given them.
    func tokens(_ prompt: Prompt) async throws -> [[Int32]] { try await engine.tokens(prompt) }
    func tokens(_ text: String) async throws -> [Int32] { try await engine.tokens(text) }
    /// Forgets all evaluated segments, as if nothing had been asked; counts go on.
    public func forget() async throws { try await engine.forget() }
}
