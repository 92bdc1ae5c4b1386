import Foundation
import LanguageModels

/// What calls will take, by how recorded calls of the same model went; by rule of thumb where none is recorded.
///
/// Tokens of the input are those that ``LanguageModels/Request/expectedUsage(of:)`` expects, times what recorded calls of
/// the kind had of theirs; words to come are as many as recorded calls for the same purpose brought, else a quarter of
/// the most allowed.
struct CallForecast: Sendable {
    private let identity: ModelIdentity
    /// By kind.
    private var inputRatio: [String: Double] = [:]
    private var milliseconds: [String: Double] = [:]
    /// By purpose.
    private var output: [String: Double] = [:]

    init(_ identity: ModelIdentity, recorded: [Completion]) {
        self.identity = identity
        struct Named: Decodable { var request: LanguageModels.Request }
        let calls = recorded.compactMap { completion in
            (try? JSONDecoder().decode(Named.self, from: Data(completion.request.utf8))).map { ($0.request, completion) }
        }
        for (kind, ofKind) in Dictionary(grouping: calls, by: \.1.kind) {
            let expected = ofKind.reduce(0) { $0 + $1.0.expectedUsage(of: identity).input }
            if expected > 0 { inputRatio[kind] = Double(ofKind.reduce(0) { $0 + $1.1.usage.input }) / Double(expected) }
            milliseconds[kind] = Double(ofKind.reduce(0) { $0 + $1.1.milliseconds }) / Double(ofKind.count)
        }
        for (purpose, told) in Dictionary(grouping: calls.filter { $0.1.kind == "text" }, by: \.0.purpose) {
            output[purpose] = Double(told.reduce(0) { $0 + $1.1.usage.output }) / Double(told.count)
        }
    }

    func usage(_ request: LanguageModels.Request) -> (input: Double, output: Double) {
        let expected = request.expectedUsage(of: identity)
        let input = Double(expected.input) * (inputRatio[request.kind] ?? 1)
        guard case .text(let text) = request else { return (input, Double(expected.output)) }
        // The script's sentences have eight words.
        let usual = identity.backEnd == "scripted" ? 8 : Double(text.maximumTokens) / 4
        return (input, min(Double(text.maximumTokens), output[text.purpose] ?? usual))
    }

    /// `nil` where no call of the kind is recorded.
    func milliseconds(_ request: LanguageModels.Request) -> Double? { milliseconds[request.kind] }
}
