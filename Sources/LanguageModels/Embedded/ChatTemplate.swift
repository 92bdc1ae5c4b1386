internal import CLlama
internal import Foundation

/// A model's chat form: the literals around the messages of a conversation.
///
/// The library renders the template with a placeholder for each message, and the result is split at the placeholders,
/// so that literals can be tokenised with control tokens and people's words without.
struct ChatTemplate {
    let source: String

    /// The texts before, between and after messages with these roles, ending where the assistant begins to speak;
    /// one more than there are roles. `nil` when libllama does not know the template or it moves messages about.
    func literals(around roles: [Prompt.Role]) -> [String]? {
        let names = roles.map { strdup($0.rawValue) }
        let contents = roles.indices.map { strdup(Self.placeholder($0)) }
        defer { (names + contents).forEach { free($0) } }
        let messages = zip(names, contents).map { llama_chat_message(role: $0, content: $1) }
        var buffer = [CChar](repeating: 0, count: 4096 + 256 * roles.count)
        let length = llama_chat_apply_template(source, messages, messages.count, true, &buffer, Int32(buffer.count))
        guard length >= 0, length <= buffer.count else { return nil }
        var rest = String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)[...]
        var literals: [String] = []
        for index in roles.indices {
            guard let place = rest.firstRange(of: Self.placeholder(index)) else { return nil }
            literals.append(String(rest[..<place.lowerBound]))
            rest = rest[place.upperBound...]
        }
        literals.append(String(rest))
        return literals.contains { $0.contains("populace-message-") } ? nil : literals
    }

    private static func placeholder(_ index: Int) -> String { "populace-message-\(index)-here" }
}
