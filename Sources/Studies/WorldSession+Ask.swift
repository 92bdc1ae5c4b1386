import Agents
import Kernel
import LanguageModels
import Reports
import Worlds

/// What a resident says to whoever asks them aside.
public struct AsideAnswer: Hashable, Sendable {
    public var words: String
    /// Key of the completion it came from.
    public var completion: String
    /// Sequences of the memories in mind, oldest first.
    public var memories: [Int]
}

extension WorldSession {
    /// Interviews a copy of somebody's mind; nobody remembers it.
    func ask(_ person: String, _ question: String) async throws -> AsideAnswer {
        guard let mind = simulation.mind(of: person) else { throw StudyError.usage("nobody is called '\(person)'") }
        let speaker = models.speaker(of: person)
        let form = Self.speech(speaker)
        func prompt(_ memories: [Memory]) -> Prompt {
            InterviewPrompt.ask(
                mind.persona, knows: mind.knows, memories: memories.map(InterviewPrompt.line),
                when: simulation.world.clock.words(simulation.time), question: question, form: form)
        }
        var recalled: [MemoryStream.Recalled] = []
        if mind.memories.count > 0 {
            (recalled, _) = try await Interview.recalled(
                question, by: person, from: mind.memories, at: simulation.time,
                count: simulation.world.memory.interviewRecall, settings: simulation.world.memory, models: models)
            recalled = MindPrompts.fitting(
                recalled, beside: prompt([]).text.count, budget: Interview.promptTokens
            ).shown
        }
        let memories = recalled.map(\.memory).sorted { $0.sequence < $1.sequence }
        let completion = try await speaker.complete(
            .text(
                TextRequest(
                    prompt: prompt(memories),
                    purpose: "interview", maximumTokens: 80, temperature: minds.temperatures.speak,
                    seed: RandomStream.draw(seed: seed, "interview", person, simulation.time.description, question),
                    stop: InterviewPrompt.stop)))
        guard case .text(let text, let complete) = completion.response else {
            throw MindError.wrongResponse(purpose: "interview", completion: completion.key)
        }
        return AsideAnswer(
            words: InterviewPrompt.answer(in: text, complete: complete) ?? "(says nothing)", completion: completion.key,
            memories: memories.map(\.sequence))
    }
}

/// Words on one line with nothing in them that a terminal would obey; `nil` for none.
func spoken(_ text: String) throws -> String? {
    let words = sanitised(oneLine(text))
    guard words.unicodeScalars.count <= 2000 else { throw StudyError.usage("that is longer than 2000 characters") }
    return words.isEmpty ? nil : words
}

extension Simulation {
    /// Why nothing more happens, where nothing does.
    var ended: String {
        switch stopped {
        case .at(let time): "The world ends at \(time)."
        case .tokens(let most):
            "The world's budget of \(most) tokens is spent; raise 'stop: tokens' in its file for more."
        case .quiet(let span): "Nobody has said or done anything for \(span): the world has ended."
        case nil: "Nothing is due ever again."
        }
    }
}
