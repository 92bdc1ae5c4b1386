internal import CLlama
internal import Foundation

/// The models on this machine: the folder of GGUF files, and the names people use for them.
///
/// `smollm2-135m` and `all-minilm-l6-v2` are put there by `make setup`. Any other GGUF file goes by its file name,
/// with or without `.gguf`, or by its path.
public struct ModelCatalogue: Hashable, Sendable {
    /// What `model list` and `model info` show.
    public struct Entry: Codable, Hashable, Sendable {
        public var name: String
        public var path: String
        /// Bytes.
        public var size: Int
        /// `llama`, `qwen2`, `bert`.
        public var architecture: String
        public var title: String?
        public var license: String?
        /// Tokens.
        public var contextLength: Int?
        /// Whether it makes embeddings, or else text and likelihoods.
        public var isEmbedder: Bool
        public var hasChatTemplate: Bool
        /// Whether it is no model but a LoRA adapter of some.
        public var isAdapter: Bool
    }

    public static let defaultSpeaker = "smollm2-135m"
    public static let defaultEmbedder = "all-minilm-l6-v2"
    private static let files = [
        (name: defaultEmbedder, file: "all-MiniLM-L6-v2.F16.gguf"),
        (name: defaultSpeaker, file: "SmolLM2-135M-Instruct.Q8_0.gguf"),
    ]
    private static let packedSpeaker = "SmolLM2-135M-Instruct.Q4_1.gguf"

    public var folder: String

    public init(folder: String) { self.folder = folder }

    /// `$POPULACE_CACHE/models`, else `~/.cache/populace/models`.
    public static var standard: ModelCatalogue {
        let cache = ProcessInfo.processInfo.environment["POPULACE_CACHE"].flatMap { $0.isEmpty ? nil : $0 }
            ?? FileManager.default.homeDirectoryForCurrentUser.path + "/.cache/populace"
        return ModelCatalogue(folder: cache + "/models")
    }

    /// Whether a name is a path: files from others may not name models so.
    public static func isPath(_ name: String) -> Bool { name.utf8.contains(UInt8(ascii: "/")) }

    /// The file of a model. The default speaker is requantised to Q8_0 the first time it is asked for (about a
    /// second; evaluation is nearly twice as fast from then on).
    public func path(of name: String) throws -> String {
        let known = Self.files.first { $0.name == name }?.file
        let candidates = known.map { [$0] } ?? [name, name + ".gguf"]
        for candidate in candidates {
            let path = Self.isPath(candidate) ? candidate : "\(folder)/\(candidate)"
            if path.hasSuffix(".gguf"), FileManager.default.fileExists(atPath: path) { return path }
        }
        if name == Self.defaultSpeaker, let known {
            let packed = "\(folder)/\(Self.packedSpeaker)"
            if FileManager.default.fileExists(atPath: packed) {
                try requantise(packed, to: "\(folder)/\(known)")
                return "\(folder)/\(known)"
            }
        }
        throw ModelError.missingModel(name: name, folder: folder)
    }

    public func identity(of name: String, adapter: Adapter? = nil) throws -> ModelIdentity {
        try EmbeddedModel.identity(name: name, path: path(of: name), adapter: adapter)
    }

    /// Loads a model.
    public func open(_ name: String, adapter: Adapter? = nil) async throws -> EmbeddedModel {
        try await EmbeddedModel(name: name, path: path(of: name), adapter: adapter)
    }

    /// What requests would take of a model, without loading its weights.
    public func plan(_ name: String) throws -> PrefixPlan {
        try PrefixPlan(name: name, path: path(of: name))
    }

    public func info(_ name: String) throws -> Entry {
        try entry(name, path: path(of: name))
    }

    /// All models in the folder, by name; files that are no models are left out.
    public func list() -> [Entry] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var names = files.filter { $0.hasSuffix(".gguf") && !$0.hasPrefix(".") }.map { file in
            Self.files.first { $0.file == file }?.name
                ?? (file == Self.packedSpeaker ? Self.defaultSpeaker : String(file.dropLast(5)))
        }
        names = Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return names.compactMap { try? info($0) }
    }

    private func entry(_ name: String, path: String) throws -> Entry {
        if let file = try? GGUFFile(path: path), AdapterFile.isAdapter(file) {
            let adapter = try AdapterFile(path: path)
            return Entry(
                name: name, path: path, size: adapter.size, architecture: adapter.architecture, title: adapter.title,
                isEmbedder: false, hasChatTemplate: false, isAdapter: true)
        }
        let metadata = try GGUFMetadata(path: path)
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        return Entry(
            name: name, path: path, size: size, architecture: metadata.architecture, title: metadata.title,
            license: metadata.license, contextLength: metadata.contextLength, isEmbedder: metadata.isEmbedder,
            hasChatTemplate: metadata.chatTemplate != nil, isAdapter: false)
    }

    private func requantise(_ source: String, to destination: String) throws(ModelError) {
        _ = LlamaLibrary.start
        var wanted = llama_model_quantize_default_params()
        wanted.ftype = LLAMA_FTYPE_MOSTLY_Q8_0
        wanted.allow_requantize = true
        wanted.nthread = Int32(min(ProcessInfo.processInfo.activeProcessorCount, 8))
        let temporary = "\(folder)/.\(ProcessInfo.processInfo.processIdentifier).\(UInt32.random(in: 0 ... .max)).gguf"
        defer { unlink(temporary) }
        guard llama_model_quantize(source, temporary, &wanted) == 0, rename(temporary, destination) == 0 else {
            throw .unusableModel(path: source, reason: "it could not be requantised into \(folder)")
        }
    }
}
