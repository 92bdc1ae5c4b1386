internal import Foundation
public import Kernel
public import LanguageModels

/// Plans as models write them: grammars that only plans fit, and their reading.
public enum PlanText {
    /// What a step of a grammatical plan begins with.
    static let verbs = [
        "buy", "call on", "clean", "cook", "drink", "eat", "fix", "go over", "have", "help", "listen to", "look after",
        "make", "meet", "open", "plan", "prepare", "read", "rest at", "see", "sit with", "talk about", "teach", "visit",
        "walk to", "wash", "work on", "write",
    ]

    /// The rules of what is done. A verb to begin with keeps small models from answering with names.
    private static let deed =
        "word ::= verb \" \" [a-z] [a-z ,']{3,40}\n" + "verb ::= \(verbs.map { "\"\($0)\"" }.joined(separator: " | "))\n"

    static func phrase(_ text: String) -> String {
        var text = Utterance.plain(text)
        while let last = text.last, ". ".contains(last) { text.removeLast() }
        return text
    }

    /// How many broad strokes a span is planned in: five to eight for a day, one for every two hours of less.
    static func strokes(from: SimulationTime, until: SimulationTime) -> ClosedRange<Int> {
        let hours = (until - from).seconds / 3600
        return hours >= 10 ? 5...8 : 1...max(1, min(5, hours / 2))
    }

    /// When the parts of a span begin: cut evenly in so many, each on the half hour where one falls into it.
    private static func starts(from: SimulationTime, until: SimulationTime, parts: Int) -> [[SimulationTime]] {
        let length = max(parts, (until - from).seconds)
        return (0..<parts).map { part in
            let lower = from.seconds + length * part / parts
            let upper = from.seconds + length * (part + 1) / parts
            let halves = stride(from: (lower + 1799) / 1800 * 1800, to: upper, by: 1800).map { SimulationTime(seconds: $0) }
            return halves.isEmpty ? [SimulationTime(seconds: lower)] : halves
        }
    }

    /// A list of steps that begin in order, one in each part of the span.
    public static func grammar(places: [String], from: SimulationTime, until: SimulationTime) -> Grammar {
        let count = strokes(from: from, until: until)
        return grammar(
            places: places, least: count.lowerBound, times: starts(from: from, until: until, parts: count.upperBound))
    }

    /// A list of one step an hour, from `from` and then on every full hour.
    public static func grammar(places: [String], hoursFrom from: SimulationTime, until: SimulationTime) -> Grammar {
        let times = hours(from: from, until: until).map { [$0] }
        return grammar(places: places, least: times.count, times: times)
    }

    static func hours(from: SimulationTime, until: SimulationTime) -> [SimulationTime] {
        [from] + stride(from: (from.seconds / 3600 + 1) * 3600, to: until.seconds, by: 3600).map { SimulationTime(seconds: $0) }
    }

    private static func grammar(places: [String], least: Int, times: [[SimulationTime]]) -> Grammar {
        var gbnf = "root ::= \"[\" "
        for part in times.indices {
            gbnf += part < least ? (part == 0 ? "s0 " : "\",\" s\(part) ") : "(\",\" s\(part) "
        }
        gbnf += String(repeating: ")? ", count: times.count - least) + "\"]\"\n"
        for (part, starts) in times.enumerated() {
            gbnf += "s\(part) ::= \"{\\\"from\\\":\\\"\" t\(part) \"\\\",\\\"where\\\":\" place \",\\\"do\\\":\\\"\" word \"\\\"}\"\n"
            gbnf += "t\(part) ::= \(starts.map { "\"\($0.timeOfDay)\"" }.joined(separator: " | "))\n"
        }
        gbnf += "place ::= \(places.map { GrammarText.literal(GrammarText.json($0)) }.joined(separator: " | "))\n"
        gbnf += Self.deed
        let schema = """
            {"type":"array","minItems":\(least),"maxItems":\(times.count),"items":{"type":"object","additionalProperties":false,\
            "required":["from","where","do"],"properties":{"from":{"type":"string","pattern":"^[0-2][0-9]:[0-5][0-9]$"},\
            "where":{"enum":[\(places.map(GrammarText.json).joined(separator: ","))]},\
            "do":{"type":"string","minLength":4,"maxLength":56}}}}
            """
        return Grammar(gbnf: gbnf, jsonSchema: schema)
    }

    /// Reads such a list. A time of day before that of `from` is the next day's, so that plans cross midnight.
    ///
    /// Steps that name no known place, or begin before the one before them or outside the span, are left out.
    ///
    /// - Returns: `nil` for anything that is no such list, and where fewer than `least` steps are left.
    public static func parsed(
        _ text: String, from: SimulationTime, until: SimulationTime, places: [String], least: Int
    ) -> [DayPlan.Step]? {
        struct Line: Decodable {
            let from: String
            let `where`: String
            let `do`: String
        }
        guard let lines = try? JSONDecoder().decode([Line].self, from: Data(text.utf8)) else { return nil }
        var steps: [DayPlan.Step] = []
        for line in lines.prefix(24) {
            guard let second = SimulationTime.secondOfDay(line.from), places.contains(line.where) else { continue }
            let today = SimulationTime(seconds: SimulationTime(day: from.day).seconds + second)
            let starts = today < from ? today + .hours(24) : today
            let what = phrase(line.do)
            guard what.contains(where: \.isLetter), starts < until, steps.last.map({ $0.from < starts }) ?? true
            else { continue }
            steps.append(.init(from: starts, until: until, place: line.where, what: what))
        }
        return steps.count < max(1, least) ? nil : steps
    }

    /// A list of acts of 5, 10 or 15 minutes, each of which may leave an object of the place in another state.
    public static func grammar(objects: [String], minutes: Int) -> Grammar {
        let most = max(1, min(8, (minutes + 4) / 5))
        let least = min(most, max(1, (minutes + 14) / 15))
        let things = objects.map { GrammarText.literal(GrammarText.json($0)) }
        var gbnf = "root ::= \"[\" act" + String(repeating: " \",\" act", count: least - 1)
        gbnf += String(repeating: " (\",\" act", count: most - least) + String(repeating: ")?", count: most - least) + " \"]\"\n"
        gbnf += #"""
            act ::= "{\"minutes\":" ("5" | "10" | "15") ",\"do\":\"" word "\"" with? "}"

            """#
        gbnf += things.isEmpty
            ? "with ::= \"\"\n"
            : #"with ::= ",\"with\":" thing ",\"now\":\"" [a-z] [a-z ]{2,24} "\"""# + "\nthing ::= \(things.joined(separator: " | "))\n"
        gbnf += Self.deed
        let thing = objects.isEmpty ? "" : #","with":{"enum":[\#(objects.map(GrammarText.json).joined(separator: ","))]},"now":{"type":"string","minLength":2,"maxLength":30}"#
        let schema = """
            {"type":"array","minItems":\(least),"maxItems":\(most),"items":{"type":"object","additionalProperties":false,\
            "required":["minutes","do"],"properties":{"minutes":{"enum":[5,10,15]},\
            "do":{"type":"string","minLength":4,"maxLength":56}\(thing)}}}
            """
        return Grammar(gbnf: gbnf, jsonSchema: schema)
    }

    /// Reads such a list as the minutes of one step: acts beyond its end are left out, and the last act fills it.
    ///
    /// An object that the place does not have, or a state without a letter, changes nothing.
    public static func parsed(_ text: String, minutesOf hour: DayPlan.Step, objects: [String]) -> [DayPlan.Step]? {
        struct Line: Decodable {
            let minutes: Int
            let `do`: String
            let with: String?
            let now: String?
        }
        guard let lines = try? JSONDecoder().decode([Line].self, from: Data(text.utf8)) else { return nil }
        var steps: [DayPlan.Step] = []
        var from = hour.from
        for line in lines.prefix(24) {
            let what = phrase(line.do)
            guard (5...15).contains(line.minutes), what.contains(where: \.isLetter), from < hour.until else { continue }
            var step = DayPlan.Step(from: from, until: hour.until, place: hour.place, what: what)
            if let with = line.with, objects.contains(with), let now = line.now.map(phrase), now.contains(where: \.isLetter) {
                (step.object, step.state) = (with, now)
            }
            steps.append(step)
            from = from + .minutes(line.minutes)
        }
        return steps.isEmpty ? nil : steps
    }
}
