internal import CLlama
internal import Foundation

/// Draws the next token: temperature, then the smallest set of tokens whose share reaches `topP`.
///
/// Likelier tokens come first, equal ones by number: a total order, so a seed draws the same token everywhere.
/// `nil` when every logit is minus infinity.
///
/// - Source: Holtzman et al. 2020, "The Curious Case of Neural Text Degeneration" (nucleus sampling).
func drawToken(
    _ logits: UnsafeBufferPointer<Float>, temperature: Double, topP: Double,
    using generator: inout some RandomNumberGenerator
) -> Token? {
    var best = -1
    var top = -Float.infinity
    for index in logits.indices where logits[index] > top {
        top = logits[index]
        best = index
    }
    guard best >= 0 else { return nil }
    guard temperature > 0 else { return Token(best) }

    let scale = 1 / temperature
    var whole = 0.0
    for logit in logits where logit > -.infinity { whole += exp(Double(logit - top) * scale) }
    let draw = Double(generator.next() >> 11) * 0x1.0p-53

    // Tokens far below the best are looked at only when the near ones do not reach `topP`.
    var reach = 12 * temperature
    while true {
        var near: [(weight: Double, token: Token)] = []
        for index in logits.indices where logits[index] > -.infinity && Double(top - logits[index]) <= reach {
            near.append((exp(Double(logits[index] - top) * scale), Token(index)))
        }
        near.sort { $0.weight != $1.weight ? $0.weight > $1.weight : $0.token < $1.token }
        var kept = 0
        var sum = 0.0
        while kept < near.count, kept == 0 || sum < topP * whole {
            sum += near[kept].weight
            kept += 1
        }
        if sum < topP * whole, reach < .infinity {
            reach = .infinity
            continue
        }
        var left = draw * sum
        for candidate in near[..<kept] {
            left -= candidate.weight
            if left < 0 { return candidate.token }
        }
        return near[kept - 1].token
    }
}

/// What a grammar still allows, by libllama; freed with its owner.
final class GrammarMask {
    private let sampler: UnsafeMutablePointer<llama_sampler>
    private var candidates: [llama_token_data]

    init(_ grammar: Grammar, vocabulary: Vocabulary) throws(ModelError) {
        guard let sampler = llama_sampler_init_grammar(vocabulary.pointer, grammar.gbnf, "root") else { throw .badGrammar }
        self.sampler = sampler
        candidates = (0..<vocabulary.count).map { llama_token_data(id: Token($0), logit: 0, p: 0) }
    }

    deinit { llama_sampler_free(sampler) }

    /// Sets the logits of everything the grammar forbids here to minus infinity.
    func apply(to logits: UnsafeMutableBufferPointer<Float>) {
        candidates.withUnsafeMutableBufferPointer { buffer in
            for index in buffer.indices { buffer[index] = llama_token_data(id: Token(index), logit: logits[index], p: 0) }
            var array = llama_token_data_array(data: buffer.baseAddress, size: buffer.count, selected: -1, sorted: false)
            llama_sampler_apply(sampler, &array)
            for index in 0..<array.size {
                logits[Int(array.data[index].id)] = array.data[index].logit
            }
        }
    }

    /// Moves on past a token that ``apply(to:)`` left possible.
    func accept(_ token: Token) { llama_sampler_accept(sampler, token) }
}
