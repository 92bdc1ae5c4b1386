internal import CLlama
internal import Foundation

/// What the GGUF file of a low-rank adapter (LoRA) says of itself, read without its numbers.
///
/// For a weight of shape (n, m) it holds `A` of (n, r) and `B` of (r, m); what is added to the weight is
/// `scale * alpha / r * B A`. The library ends the process over some files that do not keep to that, so all of it is
/// checked here before a file gets there.
public struct AdapterFile: Sendable {
    static func isAdapter(_ file: GGUFFile) -> Bool { file.text("general.type") == "adapter" }

    private static let embedding = "token_embd.weight"

    public let path: String
    /// Bytes.
    public let size: Int
    /// `llama`, `qwen2`: of the models it adapts.
    public let architecture: String
    public let title: String?
    /// The name of the model it was trained on; `nil` when the file does not say.
    public let base: String?
    /// `nil` when the file does not say: then nothing is divided by the rank.
    public let alpha: Double?
    /// Of the weights it adapts, the least and the greatest.
    public let ranks: ClosedRange<Int>
    /// Names of the weights it adapts, in the order of their bytes.
    public var weights: [String] { pairs.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

    /// SHA-256 of the file in hexadecimal.
    public var digest: String { get throws { try fileDigest(path) } }

    private struct Pair {
        var a: [Int]?
        var b: [Int]?
    }

    private let pairs: [String: Pair]

    /// - Throws: ``ModelError/missingAdapter(path:)``, ``ModelError/unusableAdapter(path:reason:)``.
    public init(path: String) throws(ModelError) {
        guard FileManager.default.fileExists(atPath: path) else { throw .missingAdapter(path: path) }
        func refusal(_ reason: String) -> ModelError { .unusableAdapter(path: path, reason: reason) }
        let file: GGUFFile
        do { file = try GGUFFile(path: path) } catch { throw refusal(error.reason) }
        guard Self.isAdapter(file) else { throw refusal("it is no adapter; a model is named with 'name'") }
        guard file.text("adapter.type") == "lora" else { throw refusal("it is no LoRA, the one kind of adapter there is here") }
        guard !file.has("adapter.alora.invocation_tokens") else {
            throw refusal("it works only after words of its own (an activated LoRA), which is not supported")
        }
        guard let architecture = file.text("general.architecture") else { throw refusal("it names no architecture") }
        self.architecture = architecture
        alpha = file.float("adapter.lora.alpha")
        guard alpha != nil || !file.has("adapter.lora.alpha"), alpha?.isFinite != false else {
            throw refusal("its alpha is no number")
        }
        title = file.text("general.name")
        base = file.text("general.base_model.0.name")
        self.path = path
        size = file.size

        var pairs: [String: Pair] = [:]
        for tensor in file.tensors {
            guard tensor.bytes.upperBound <= size else { throw refusal("it is cut short") }
            guard tensor.shape.count <= 3 else { throw refusal("\(plain(tensor.name)) has too many dimensions") }
            guard isNumeric(tensor.type) else { throw refusal("\(plain(tensor.name)) holds no numbers it can be multiplied with") }
            if let name = tensor.name.withoutSuffix(".lora_a") {
                pairs[name, default: Pair()].a = tensor.shape.padded
            } else if let name = tensor.name.withoutSuffix(".lora_b") {
                pairs[name, default: Pair()].b = tensor.shape.padded
            } else if !tensor.name.hasSuffix("_norm.weight") {
                throw refusal("\(plain(tensor.name)) is neither half of a low-rank pair")
            }
        }
        guard !pairs.isEmpty else { throw refusal("it adapts nothing") }
        var ranks: [Int] = []
        for (name, pair) in pairs.sorted(by: { $0.key < $1.key }) {
            guard let a = pair.a, let b = pair.b else { throw refusal("\(plain(name)) has one half of its pair only") }
            // Rows of the embedding are looked up in A, not multiplied with it.
            let rank = name == Self.embedding ? a[0] : a[1]
            guard rank == b[0], a[2] == b[2] else { throw refusal("the two halves of \(plain(name)) do not fit each other") }
            ranks.append(rank)
        }
        self.pairs = pairs
        self.ranks = (ranks.min() ?? 1)...(ranks.max() ?? 1)
    }

    /// Whether it can be added to the weights of a model.
    ///
    /// - Throws: ``ModelError/unusableAdapter(path:reason:)`` where not; ``ModelError/unusableModel(path:reason:)``.
    func check(for model: String) throws(ModelError) {
        func refusal(_ reason: String) -> ModelError { .unusableAdapter(path: path, reason: reason) }
        let file: GGUFFile
        do { file = try GGUFFile(path: model) } catch { throw .unusableModel(path: model, reason: error.reason) }
        let other = file.text("general.architecture") ?? ""
        guard architecture == other else {
            throw refusal("it adapts \(plain(architecture)), and the model is \(plain(other))")
        }
        let shapes = Dictionary(file.tensors.map { ($0.name, $0.shape.padded) }, uniquingKeysWith: { first, _ in first })
        for name in weights {
            guard let a = pairs[name]?.a, let b = pairs[name]?.b else { continue }
            guard let shape = shapes[name] else {
                throw refusal("it adapts \(plain(name)), which the model does not have: it was made for another")
            }
            if name == Self.embedding, shapes["output.weight"] == nil {
                throw refusal("it adapts the embedding of tokens, which the model shares with its output")
            }
            let inner = name == Self.embedding ? a[1] == shape[1] && b[1] == shape[0] : a[0] == shape[0] && b[1] == shape[1]
            guard inner, a[2] == shape[2] else {
                throw refusal("\(plain(name)) is of another size than the model's: it was made for another")
            }
        }
    }
}

/// Whether a matrix of this type can be multiplied with.
private func isNumeric(_ type: ggml_type) -> Bool {
    type == GGML_TYPE_F32 || type == GGML_TYPE_F16 || type == GGML_TYPE_BF16 || ggml_is_quantized(type)
}

/// What of a file's own words can be printed anywhere.
private func plain(_ text: String) -> String {
    let kept = text.unicodeScalars.filter { $0.isASCII && ($0.properties.isAlphabetic || "0123456789._-".unicodeScalars.contains($0)) }
    return kept.isEmpty ? "something nameless" : String(String.UnicodeScalarView(kept.prefix(60)))
}

extension String {
    fileprivate func withoutSuffix(_ suffix: String) -> String? { hasSuffix(suffix) ? String(dropLast(suffix.count)) : nil }
}

extension [Int] {
    /// With ones up to three dimensions.
    fileprivate var padded: [Int] { self + [Int](repeating: 1, count: Swift.max(0, 3 - count)) }
}
