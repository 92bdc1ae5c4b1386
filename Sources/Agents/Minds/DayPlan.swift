internal import Foundation
public import Kernel
public import LanguageModels

/// What somebody means to do in a day, in 1-8 steps, earliest first.
public struct DayPlan: Codable, Hashable, Sendable {
    public struct Step: Codable, Hashable, Sendable {
        public var from: SimulationTime
        /// Name of a place.
        public var place: String
        /// `open the library`.
        public var what: String

        public init(from: SimulationTime, place: String, what: String) {
            self.from = from
            self.place = place
            self.what = what
        }
    }

    public var steps: [Step]

    public init(steps: [Step]) {
        self.steps = steps
    }

    /// Index of the step under way, the first one before its time; `nil` for an empty plan.
    public func current(at time: SimulationTime) -> Int? {
        steps.isEmpty ? nil : (steps.lastIndex { $0.from <= time } ?? 0)
    }

    /// When the step under way gives way to the next; `nil` in the last one.
    public func nextStep(after time: SimulationTime) -> SimulationTime? {
        steps.first { $0.from > time }?.from
    }

    /// Habits spread evenly over the rest of the day, at home: what somebody does whose plan could not be read.
    public static func habits(of persona: Persona, home: String, from: SimulationTime, until: SimulationTime) -> Self {
        let habits = persona.habits.isEmpty ? ["spend a quiet day at home"] : Array(persona.habits.prefix(8))
        let length = max(0, (until - from).seconds) / habits.count / 60 * 60
        return Self(
            steps: habits.enumerated().map { index, habit in
                Step(from: from + TimeSpan(seconds: index * length), place: home, what: Self.phrase(habit))
            })
    }

    /// Reads the JSON list that ``grammar(places:from:until:)`` describes.
    ///
    /// Steps that name no known place, or begin before the one before them, are left out.
    ///
    /// - Returns: `nil` for anything that is no such list, and where fewer than 3 steps are left.
    public static func parsed(_ text: String, day: Int, places: [String]) -> Self? {
        struct Line: Decodable {
            let from: String
            let `where`: String
            let `do`: String
        }
        guard let lines = try? JSONDecoder().decode([Line].self, from: Data(text.utf8)) else { return nil }
        var steps: [Step] = []
        for line in lines.prefix(8) {
            guard let second = SimulationTime.secondOfDay(line.from), places.contains(line.where) else { continue }
            let from = SimulationTime(seconds: SimulationTime(day: day).seconds + second)
            let what = phrase(line.do)
            guard what.contains(where: \.isLetter), steps.last.map({ $0.from < from }) ?? true else { continue }
            steps.append(Step(from: from, place: line.where, what: what))
        }
        return steps.count < 3 ? nil : Self(steps: steps)
    }

    /// What a step of a grammatical plan begins with.
    static let verbs = [
        "buy", "call on", "clean", "cook", "drink", "eat", "fix", "go over", "have", "help", "listen to", "look after",
        "make", "meet", "open", "plan", "prepare", "read", "rest at", "see", "sit with", "talk about", "teach", "visit",
        "walk to", "wash", "work on", "write",
    ]

    private static func phrase(_ text: String) -> String {
        var text = Utterance.plain(text)
        while let last = text.last, ". ".contains(last) { text.removeLast() }
        return text
    }

    /// A list of 5-8 steps. The waking day is cut in eight; step k begins in the k-th part, so that times increase.
    public static func grammar(places: [String], from: Int, until: Int) -> Grammar {
        let hours = (0..<8).map { part -> String in
            let lower = from + (until - from) * part / 8
            let upper = from + (until - from) * (part + 1) / 8
            let starts = stride(from: (lower + 1799) / 1800 * 1800, to: upper, by: 1800).map { $0 }
            return (starts.isEmpty ? [lower] : starts).map { "\"\(SimulationTime(seconds: $0).timeOfDay)\"" }
                .joined(separator: " | ")
        }
        var gbnf = "root ::= \"[\" s0 \",\" s1 \",\" s2 \",\" s3 \",\" s4 (\",\" s5 (\",\" s6 (\",\" s7)?)?)? \"]\"\n"
        for part in 0..<8 {
            gbnf += "s\(part) ::= \"{\\\"from\\\":\\\"\" t\(part) \"\\\",\\\"where\\\":\" place \",\\\"do\\\":\\\"\" word \"\\\"}\"\n"
            gbnf += "t\(part) ::= \(hours[part])\n"
        }
        gbnf += "place ::= \(places.map { GrammarText.literal(GrammarText.json($0)) }.joined(separator: " | "))\n"
        // A verb to begin with keeps small models from answering with names.
        gbnf += "word ::= verb \" \" [a-z] [a-z ,']{3,40}\n"
        gbnf += "verb ::= \(verbs.map { "\"\($0)\"" }.joined(separator: " | "))\n"
        let schema = """
            {"type":"array","minItems":5,"maxItems":8,"items":{"type":"object","additionalProperties":false,\
            "required":["from","where","do"],"properties":{"from":{"type":"string","pattern":"^[0-2][0-9]:[0-5][0-9]$"},\
            "where":{"enum":[\(places.map(GrammarText.json).joined(separator: ","))]},\
            "do":{"type":"string","minLength":4,"maxLength":56}}}}
            """
        return Grammar(gbnf: gbnf, jsonSchema: schema)
    }
}

/// Text inside grammars.
enum GrammarText {
    /// A character of a JSON string that needs no escape.
    static let character = #"[^"\\\x00-\x1F\x7F]"#

    /// A JSON string.
    static func json(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            default:
                if scalar.value < 0x20 || scalar.value == 0x7F {
                    let hex = String(scalar.value, radix: 16)
                    out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
                } else {
                    out.unicodeScalars.append(scalar)
                }
            }
        }
        return out + "\""
    }

    /// A GBNF literal of exactly this text, which must hold no control characters.
    static func literal(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { out += "\\" }
            out.unicodeScalars.append(scalar)
        }
        return out + "\""
    }
}
