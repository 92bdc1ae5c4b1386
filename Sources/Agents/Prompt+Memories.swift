public import LanguageModels

extension Prompt {
    /// The same prompt without a memory that it tells; `nil` where it tells none such: it was cut for want of room.
    ///
    /// A memory stands on a line of its own, in one of the forms that prompts give it.
    public func without(_ memory: Memory) -> Prompt? {
        let forms = Set([MindPrompts.line(memory), "- " + InterviewPrompt.line(memory), oneLine(memory.text)])
        for (index, segment) in segments.enumerated() {
            var lines = segment.text.split(separator: "\n", omittingEmptySubsequences: false)
            guard let place = lines.firstIndex(where: { forms.contains(String($0)) }) else { continue }
            lines.remove(at: place)
            var prompt = self
            prompt.segments[index].text = lines.joined(separator: "\n")
            return prompt
        }
        return nil
    }
}
