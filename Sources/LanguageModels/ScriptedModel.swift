internal import Foundation

/// A model that is a function of the request; tokens are words.
///
///     ScriptedModel("parrot") { request in .text("Hello.", complete: true) }
///
/// Two scripts that answer differently need different names: the name is all that keys know of a script.
public struct ScriptedModel: LanguageModel {
    public var identity: ModelIdentity
    private let script: @Sendable (Request) throws -> Response

    public init(_ name: String, script: @escaping @Sendable (Request) throws -> Response) {
        identity = ModelIdentity(name: name, backEnd: "scripted")
        self.script = script
    }

    /// Answers anything plausibly, from a digest of the request: whole worlds run without a model.
    public init() {
        self.init("scripted", script: ScriptedModel.plausible)
        // Raised when the script answers differently.
        identity.settings["script"] = "2"
    }

    public func respond(to request: Request) async throws -> Answer {
        if case .score(let score) = request, score.continuations.contains("") {
            throw ModelError.nothingToEvaluate(what: "continuation")
        }
        let response = try script(request)
        if case .text(let text, _) = response {
            return Answer(response: response, usage: request.usageInWords(output: text))
        }
        return Answer(response: response, usage: request.usageInWords(output: ""))
    }

    /// The default script.
    ///
    /// Text follows its grammar; without one it is a short sentence, and speech now and then one of the memories in the
    /// prompt, so that news travels. Continuations are 1 to 4 nats a word unlikely; an embedding
    /// is a bag of words hashed into 64 numbers, so texts that share words are near.
    public static let plausible: @Sendable (Request) throws -> Response = { request in
        switch request {
        case .text(let text):
            var words = WordStream(text.prompt.text, text.purpose, String(text.seed), String(text.attempt))
            if let grammar = text.grammar {
                guard let sampler = GrammarSampler(grammar.gbnf) else { throw ModelError.badGrammar }
                return .text(sampler.sample(&words), complete: true)
            }
            return .text(text.purpose == "speak" ? words.remark(on: text.prompt.text) : words.sentence(), complete: true)
        case .score(let score):
            return .scores(
                score.continuations.map { continuation in
                    var words = WordStream(score.prompt.text, continuation)
                    let count = continuation.wordCount
                    return ContinuationScore(
                        logLikelihood: -Double(count) * (1 + 3 * words.unit()), tokenCount: count)
                })
        case .embed(let embed):
            return .embedding(bagOfWords(embed.text))
        }
    }

    private static func bagOfWords(_ text: String) -> [Float] {
        var sums = [Double](repeating: 0, count: 64)
        let words = text.utf8.split { !($0 >= 0x80 || ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7a || $0 >= 0x30 && $0 <= 0x39) }
        for word in words {
            let lower = word.map { $0 >= 0x41 && $0 <= 0x5a ? $0 | 0x20 : $0 }
            var stream = WordStream(String(decoding: lower, as: UTF8.self))
            let draw = stream.next()
            sums[Int(draw % 64)] += draw & 0x1000 == 0 ? 1 : -1
        }
        return unitLength(sums) ?? [1] + [Float](repeating: 0, count: 63)
    }
}

func logarithm(of count: Int) -> Double { log(Double(count)) }

/// The numbers divided by their length, summed in `Double` in order; `nil` when that is zero or not finite.
func unitLength(_ numbers: [Double]) -> [Float]? {
    let length = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length > 0, length.isFinite else { return nil }
    return numbers.map { Float($0 / length) }
}

extension String {
    /// Runs of anything but ASCII white space; at least 1.
    var wordCount: Int { max(1, utf8.split { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0d) }.count) }
}

extension Request {
    func usageInWords(output: String) -> TokenUsage {
        switch self {
        case .text(let text): TokenUsage(input: text.prompt.text.wordCount, output: output.wordCount)
        case .score(let score):
            TokenUsage(input: score.continuations.reduce(score.prompt.text.wordCount) { $0 + $1.wordCount }, output: 0)
        case .embed(let embed): TokenUsage(input: embed.text.wordCount, output: 0)
        }
    }
}
