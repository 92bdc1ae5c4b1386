internal import CLlama
internal import Foundation

/// What a GGUF file says of itself, read without its weights.
struct GGUFMetadata {
    /// `llama`, `qwen2`, `bert`.
    var architecture: String
    /// The model's own name; `nil` when the file has none.
    var title: String?
    /// As the file says it, such as `apache-2.0`.
    var license: String?
    /// Tokens the model was trained to attend to; `nil` when the file does not say.
    var contextLength: Int?
    var chatTemplate: String?
    /// Whether the model makes vectors of whole texts and cannot speak.
    var isEmbedder: Bool

    init(path: String) throws(ModelError) {
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw .unusableModel(path: path, reason: "it cannot be read")
        }
        _ = LlamaLibrary.start
        guard let file = gguf_init_from_file(path, gguf_init_params(no_alloc: true, ctx: nil)) else {
            throw .unusableModel(path: path, reason: "it is not a GGUF file")
        }
        defer { gguf_free(file) }
        func text(_ key: String) -> String? {
            let index = gguf_find_key(file, key)
            guard index >= 0, gguf_get_kv_type(file, index) == GGUF_TYPE_STRING else { return nil }
            return String(cString: gguf_get_val_str(file, index))
        }
        func number(_ key: String) -> Int? {
            let index = gguf_find_key(file, key)
            guard index >= 0, gguf_get_kv_type(file, index) == GGUF_TYPE_UINT32 else { return nil }
            return Int(gguf_get_val_u32(file, index))
        }
        guard let architecture = text("general.architecture") else {
            throw .unusableModel(path: path, reason: "it names no architecture")
        }
        self.architecture = architecture
        title = text("general.name")
        license = text("general.license")
        contextLength = number("\(architecture).context_length")
        chatTemplate = text("tokenizer.chat_template")
        isEmbedder = gguf_find_key(file, "\(architecture).pooling_type") >= 0 || architecture.hasSuffix("bert")
    }
}
