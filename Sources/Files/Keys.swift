/// The keys each part of a study file may have; the JSON Schemas in `Schemas/` list the same.
public enum Keys: String, CaseIterable, Sendable {
    case world, clock, place, resident, event, poll, news, gathering, models, choice, prices, budget, memory, weights, planning
    case conversation, perception, stop
    case persona, seedMemory
    case panel, draw, sentence, crossing
    case survey, variable, question, option, nonAnswers, paraphrase, opposite

    case study, figure, sweep, sweptModel
    case reads, article
    case experiment, decision, choosable, split, comparison, analysis, game

    public var names: [String] {
        switch self {
        case .world:
            [
                "world", "about", "seed", "clock", "places", "residents", "events", "polls", "news", "without",
                "models", "memory", "planning", "conversation", "perception", "stop",
            ]
        case .clock: ["starts", "grain", "night"]
        case .place: ["about", "near", "objects", "areas"]
        case .resident: ["persona", "panel", "take", "lives", "knows", "reads", "model", "models"]
        case .event: ["at", "in", "seen"]
        case .poll: ["survey", "questions", "when"]
        case .news: ["about", "starts with", "words", "event"]
        case .gathering: ["in", "from", "until"]
        case .models: ["speaker", "scribe", "embedder"]
        case .choice:
            ["same as", "name", "adapter", "adapter scale", "temperature", "server", "revision", "at once", "prices", "budget"]
        case .prices: ["input", "cached", "output"]
        case .budget: ["tokens", "cost"]
        case .memory:
            [
                "recency decay", "weights", "recall", "reflect after", "reflect on", "questions", "insights",
                "interview recall",
            ]
        case .weights: ["recency", "importance", "relevance"]
        case .planning: ["detail", "patience", "nearby"]
        case .conversation: ["turns", "cooldown", "begins", "polite", "reply", "recap"]
        case .perception: ["attention", "retention", "matters"]
        case .stop: ["at", "tokens", "quiet"]
        case .persona:
            [
                "persona", "age", "pronouns", "work", "about", "believes", "habits", "sleeps", "remembers", "answers", "reads",
                "model",
            ]
        case .seedMemory: ["when", "what", "importance"]
        case .panel:
            [
                "panel", "from", "size", "seed", "where", "draw", "margins", "margins source", "post-stratify", "order",
                "backstory", "held out", "reads", "model",
            ]
        case .reads: ["by", "as of", "articles", "within", "length"]
        case .article: ["date", "title", "author", "licence"]
        case .crossing: ["by", "cells", "collapse below"]
        case .study:
            [
                "study", "source", "design", "from", "people", "seed", "where", "draw", "order", "backstory",
                "held out", "questions", "ask as", "method", "statement", "by", "yardstick", "paper", "differs", "model",
                "run", "poll", "experiment", "until", "survey", "sweep",
            ]
        case .sweep:
            [
                "seed", "model", "world", "panel", "persona", "experiment", "survey", "until", "method", "ask as", "order",
                "people", "sessions",
            ]
        case .sweptModel: ["name", "server"]
        case .experiment:
            [
                "experiment", "asks", "source", "panel", "personas", "seed", "sessions", "repeats", "situation", "decision", "game",
                "arms", "vary", "endowments", "drawn", "swap", "shuffle", "method", "compare", "analyses",
                "human baseline", "paper", "differs", "model",
            ]
        case .decision: ["ask", "say", "options", "labels", "integer", "amount", "split", "text"]
        case .choosable: ["text", "fills", "worth"]
        case .split: ["total", "between"]
        case .game: ["play", "stake", "multiplier", "group", "rounds", "matching", "pool", "responses", "unit"]
        case .comparison: ["measure", "arm", "against"]
        case .analysis: ["trend", "regression", "mixture", "over", "by", "on", "types", "types of"]
        case .figure: ["statistic", "of", "value", "from memory", "people"]
        case .draw: ["weight", "with replacement", "by", "allocation"]
        case .sentence: ["say", "portray", "about"]
        case .survey:
            [
                "survey", "source", "licence", "year", "country", "data", "checksum", "respondent", "weight", "strata",
                "cluster", "variables", "questions", "model",
            ]
        case .variable: ["ask", "values"]
        case .question:
            [
                "ask", "say", "scale", "options", "no answer", "baseline", "caution", "category", "paraphrases",
                "opposite",
            ]
        case .paraphrase, .opposite: ["ask", "say"]
        case .option: ["text", "fills", "position"]
        case .nonAnswers: ["refused", "don't know", "not asked"]
        }
    }
}
