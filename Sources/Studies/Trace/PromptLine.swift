import LanguageModels

/// A line of a prompt, to be left out.
struct PromptLine: Hashable, Sendable {
    var segment: Int
    var number: Int
    var text: String
}

extension Prompt {
    /// Lines that say something, in order.
    var lines: [PromptLine] {
        segments.enumerated().flatMap { segment, one in
            one.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { number, line in
                line.allSatisfy(\.isWhitespace) ? nil : PromptLine(segment: segment, number: number, text: String(line))
            }
        }
    }

    /// The same prompt without one of its ``lines``.
    func without(_ line: PromptLine) -> Prompt {
        var prompt = self
        var lines = segments[line.segment].text.split(separator: "\n", omittingEmptySubsequences: false)
        lines.remove(at: line.number)
        prompt.segments[line.segment].text = lines.joined(separator: "\n")
        return prompt
    }
}
