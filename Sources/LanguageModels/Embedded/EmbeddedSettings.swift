internal import Crypto
internal import Foundation

/// How the embedded model is run; everything here can change bits and is part of its identity.
struct EmbeddedSettings: Hashable, Sendable {
    static let longestContext = 8192

    /// Tokens in the stream at most.
    var context: Int
    /// Tokens in one call at most.
    var batch: Int
    /// Tokens evaluated together at most.
    var microBatch: Int
    var isEmbedder: Bool
    var chatTemplate: String?

    init(_ metadata: GGUFMetadata) {
        isEmbedder = metadata.isEmbedder
        context = min(metadata.contextLength ?? 2048, Self.longestContext)
        if isEmbedder { context = min(context, 2048) }
        // A vector is of one text in one piece.
        batch = isEmbedder ? context : min(2048, context)
        microBatch = isEmbedder ? context : min(512, context)
        chatTemplate = metadata.chatTemplate
    }

    /// By name, for the identity. `form` names this code's own way of cutting, sampling and scoring.
    var named: [String: String] {
        var named = [
            "n_ctx": "\(context)", "n_batch": "\(batch)", "n_ubatch": "\(microBatch)", "n_seq_max": "1",
            "flash_attention": "off", "kv_unified": "false", "form": "2",
        ]
        if let chatTemplate { named["template"] = SHA256.hash(data: Data(chatTemplate.utf8)).hexadecimal }
        return named
    }
}
