internal import Foundation

/// What a model's GGUF file says of itself, read without its weights.
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
        let file: GGUFFile
        do { file = try GGUFFile(path: path) } catch { throw .unusableModel(path: path, reason: error.reason) }
        guard !AdapterFile.isAdapter(file) else {
            throw .unusableModel(path: path, reason: "it is an adapter, to be named beside the model it adapts")
        }
        guard let architecture = file.text("general.architecture") else {
            throw .unusableModel(path: path, reason: "it names no architecture")
        }
        self.architecture = architecture
        title = file.text("general.name")
        license = file.text("general.license")
        contextLength = file.integer("\(architecture).context_length")
        chatTemplate = file.text("tokenizer.chat_template")
        isEmbedder = file.has("\(architecture).pooling_type") || architecture.hasSuffix("bert")
    }
}
