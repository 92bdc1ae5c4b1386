import Agents
import Foundation
import LanguageModels
import Reports
import Results

/// One prompt as the model read it, with what it was for.
struct SentPrompt: Sendable {
    var question: String
    var method: ElicitationMethod
    /// 0 the questionnaire's words.
    var wording: Int
    /// `to the person`, `without the person`, `the cue alone`.
    var role: String
    var completion: String
    var prompt: Prompt
    /// What was scored after it; empty for text.
    var continuations: [String]

    var json: JSONValue {
        .object([
            .init("question", .string(question)), .init("method", .string(method.rawValue)),
            .init("wording", .integer(wording)), .init("role", .string(role)),
            .init("completion", .string(completion)), .init("form", .string(prompt.form.rawValue)),
            .init(
                "segments",
                .array(
                    prompt.segments.map {
                        .object([.init("role", .string($0.role.rawValue)), .init("text", .string($0.text))])
                    })),
            .init("continuations", JSONValue(continuations)),
        ])
    }
}

extension ShowStudy {
    /// Every prompt behind a person's answers, each once, in the order of the answers.
    func sentPrompts(to persona: Persona, of run: Run, _ database: ResultsDatabase) async throws -> [SentPrompt] {
        var seen: Set<String> = []
        var sent: [SentPrompt] = []
        let answers = try await database.answersToEveryWording(run: run.id).map(\.answer)
        for answer in answers where answer.persona == persona.id {
            for (place, key) in answer.completions.enumerated() where seen.insert(key).inserted {
                guard let completion = try database.completion(forKey: key) else { continue }
                let (prompt, continuations): (Prompt, [String])
                switch try completion.recordedRequest() {
                case .text(let text): (prompt, continuations) = (text.prompt, [])
                case .score(let score): (prompt, continuations) = (score.prompt, score.continuations)
                case .embed: continue
                }
                let roles = ["to the person", "the cue alone", "without the person"]
                sent.append(
                    SentPrompt(
                        question: answer.question, method: answer.method, wording: answer.wording,
                        role: roles[min(place, 2)], completion: key, prompt: prompt, continuations: continuations))
            }
        }
        return sent
    }

    /// The prompts word for word, a segment's role before it where it is part of a chat.
    static func lines(_ sent: [SentPrompt]) -> [String] {
        var lines = ["Prompts (\(sent.count)), as the model read them"]
        for one in sent {
            let wording = one.wording == 0 ? "" : one.wording < 0 ? ", opposite wording" : ", paraphrase \(one.wording)"
            lines.append(
                "--- \(sanitised(one.question)) (\(one.method.rawValue)\(wording)), \(one.role), "
                    + "completion \(one.completion.prefix(12))")
            var text = ""
            var role: Prompt.Role?
            for segment in one.prompt.segments {
                if one.prompt.form == .chat, segment.role != role {
                    text += "\(role == nil ? "" : "\n")[\(segment.role.rawValue)] "
                }
                role = segment.role
                text += segment.text
            }
            lines.append(sanitised(text, keepingLines: true))
            if !one.continuations.isEmpty {
                let scored = one.continuations.map { "\"\(sanitised($0))\"" }
                lines.append("... continued by: " + scored.joined(separator: " "))
            }
        }
        return lines
    }
}
