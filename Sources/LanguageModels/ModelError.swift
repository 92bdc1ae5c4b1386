/// Why a language model gave no answer.
///
/// What servers do wrong is ``ServerError``. Errors name sizes, digests and purposes, never people's words.
public enum ModelError: Error, Hashable, Sendable {
    /// The model cannot serve this kind of request; `what` completes "does not offer ...".
    case unsupported(model: String, what: String)
    /// No such file in the model cache.
    case missingModel(name: String, folder: String)
    /// The file is there, but libllama cannot use it; `reason` is a clause.
    case unusableModel(path: String, reason: String)
    /// No such adapter file.
    case missingAdapter(path: String)
    /// The adapter is there, but cannot adapt the model; `reason` is a clause.
    case unusableAdapter(path: String, reason: String)
    /// The model gave numbers that are not finite.
    case notFinite(model: String)
    /// The grammar is not valid GBNF with a rule `root`.
    case badGrammar
    /// Tokens in the request, and how many fit.
    case promptTooLong(tokens: Int, limit: Int)
    /// A prompt or a continuation without a single token.
    case nothingToEvaluate(what: String)
    /// The library failed while evaluating; `code` is its own.
    case evaluation(code: Int)
    /// The answer holds no embedding, or one of length zero.
    case embeddingMissing(model: String)
    /// Nothing recorded under the key, and the model may not be asked.
    case offlineMiss(key: String, purpose: String)
    /// A stored response cannot be read.
    case corruptResponse
}

extension ModelError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unsupported(let model, let what): "The model '\(model)' does not offer \(what)."
        case .missingModel(let name, let folder):
            "There is no model '\(name)' in \(folder); run 'make setup' for the default models or 'populace model pull' for others."
        case .unusableModel(let path, let reason): "The model file \(path) cannot be used: \(reason)."
        case .missingAdapter(let path): "There is no adapter file \(path)."
        case .unusableAdapter(let path, let reason): "The adapter \(path) cannot be used: \(reason)."
        case .notFinite(let model):
            "The model '\(model)' gave numbers that are not finite: its file, its adapter or the adapter's scale is no good."
        case .badGrammar: "The grammar is not valid GBNF with a rule named 'root'."
        case .promptTooLong(let tokens, let limit): "The request has \(tokens) tokens, but the model takes at most \(limit)."
        case .nothingToEvaluate(let what): "The \(what) is empty, so there is nothing for the model to evaluate."
        case .evaluation(let code): "The model library failed to evaluate the request (code \(code))."
        case .embeddingMissing(let model): "The model '\(model)' gave no embedding of a length above zero."
        case .offlineMiss(let key, let purpose):
            "Nothing is recorded for a call to '\(purpose)' (completion \(key.prefix(12))), and the model may not be asked offline."
        case .corruptResponse: "A stored response cannot be read."
        }
    }
}
