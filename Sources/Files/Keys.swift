/// The keys each part of a study file may have; the JSON Schemas in `Schemas/` list the same.
public enum Keys: String, CaseIterable, Sendable {
    case world, clock, place, resident, event, poll, models, choice, memory, weights, conversation, perception, stop
    case persona, seedMemory
    case panel, draw
    case survey, question, option, nonAnswers

    public var names: [String] {
        switch self {
        case .world:
            [
                "world", "about", "seed", "clock", "places", "residents", "events", "polls", "models", "memory",
                "conversation", "perception", "stop",
            ]
        case .clock: ["starts", "grain", "night"]
        case .place: ["about", "near", "objects"]
        case .resident: ["persona", "panel", "take", "lives", "knows"]
        case .event: ["at", "in", "seen"]
        case .poll: ["survey", "questions", "when"]
        case .models: ["speaker", "scribe", "embedder"]
        case .choice: ["same as", "name", "temperature", "server", "revision"]
        case .memory: ["recency decay", "weights", "recall", "reflect after"]
        case .weights: ["recency", "importance", "relevance"]
        case .conversation: ["turns", "cooldown"]
        case .perception: ["attention", "retention"]
        case .stop: ["at", "tokens", "quiet"]
        case .persona:
            ["persona", "age", "pronouns", "work", "about", "believes", "habits", "remembers", "answers", "model"]
        case .seedMemory: ["when", "what", "importance"]
        case .panel: ["panel", "from", "size", "seed", "where", "draw", "backstory", "held out", "model"]
        case .draw: ["weight", "with replacement"]
        case .survey:
            [
                "survey", "source", "licence", "year", "country", "data", "checksum", "respondent", "weight", "strata",
                "cluster", "variables", "questions", "model",
            ]
        case .question: ["ask", "say", "scale", "options", "no answer", "baseline", "caution"]
        case .option: ["text", "fills", "position"]
        case .nonAnswers: ["refused", "don't know", "not asked"]
        }
    }
}
