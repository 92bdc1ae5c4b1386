import Agents
import Foundation
import Kernel
import LanguageModels
import Testing

private func memory(_ text: String, _ importance: Double, _ embedding: [Float], hour: Int, kind: Memory.Kind = .observation) -> Memory {
    let time = SimulationTime(day: 1, hour: hour)
    return Memory(sequence: 0, time: time, kind: kind, text: text, importance: importance, embedding: embedding, lastAccess: time)
}

@Suite struct `the memory stream` {
    private let noon = SimulationTime(day: 1, hour: 12)

    @Test func `scores as worked out by hand`() {
        var stream = MemoryStream()
        stream.append(memory("a", 2, [1, 0], hour: 10))
        stream.append(memory("b", 10, [0, 1], hour: 11))
        stream.append(memory("c", 4, [0.6, 0.8], hour: 12))
        // Recency .995^2, .995, 1: scaled 0, (.995 - .990025) / .009975 = .498746867, 1.
        // Importance scaled 0, 1, .25. Cosine with [1, 0]: 1, 0, .6. Sums 1, 1.498746867, 1.85.
        let recalled = stream.retrieve(query: [1, 0], at: noon, count: 3, settings: MemorySettings())
        #expect(recalled.map(\.memory.text) == ["c", "b", "a"])
        #expect(recalled.map(\.use.memory) == [3, 2, 1] && recalled.map(\.use.rank) == [1, 2, 3])
        for (score, expected) in zip(recalled.map(\.score), [1.85, 1.498746867, 1]) { #expect(abs(score - expected) < 1e-7) }
        #expect(recalled[1].use.importance == 1 && recalled[1].use.relevance == 0)
    }

    @Test func `equal memories scale to one half and go by recency of access, then sequence`() {
        var stream = MemoryStream()
        for name in ["a", "b", "c"] { stream.append(memory(name, 5, [1, 0], hour: 9)) }
        let recalled = stream.retrieve(query: [0, 1], at: noon, count: 9, settings: MemorySettings())
        #expect(recalled.map(\.memory.text) == ["c", "b", "a"])
        #expect(recalled.allSatisfy { $0.score == 1.5 && $0.use.recency == 0.5 && $0.use.relevance == 0.5 })
        stream.touch(1, at: noon)
        #expect(stream.retrieve(query: [0, 1], at: noon, count: 1, settings: MemorySettings())[0].memory.text == "a")
        #expect(MemoryStream().retrieve(query: [1], at: noon, count: 3, settings: MemorySettings()).isEmpty)
    }

    @Test func `fresher, weightier and nearer memories never rank lower for it`() {
        for seed in 0..<100 as Range<UInt64> {
            var random = RandomStream(seed: seed)
            var stream = MemoryStream()
            for index in 0..<30 {
                let angle = Float(random.unit()) * 3
                stream.append(memory("\(index)", 1 + 9 * random.unit(), [cos(angle), sin(angle)], hour: Int.random(in: 0...12, using: &random)))
            }
            let before = stream.retrieve(query: [1, 0], at: noon, count: 30, settings: MemorySettings())
            #expect(before.allSatisfy { (0...3).contains($0.score) })
            #expect(zip(before, before.dropFirst()).allSatisfy { $0.score >= $1.score })
            stream.touch(7, at: noon)
            let after = stream.retrieve(query: [1, 0], at: noon, count: 30, settings: MemorySettings())
            let rank = { (list: [MemoryStream.Recalled]) in list.firstIndex { $0.memory.sequence == 7 } ?? 99 }
            #expect(rank(after) <= rank(before))
        }
    }
}

@Suite struct `importance` {
    private func scores(_ values: [Double?]) -> [ContinuationScore] { values.map { ContinuationScore(logLikelihood: $0, tokenCount: 2) } }

    @Test func `is the middle for what is rated as nothing is, even by a model that says 10 to everything`() {
        let tens = scores((1...10).map { $0 == 10 ? -0.1 : -9 })
        #expect(Importance.expectation(tens, contentFree: tens) == 5.5)
    }

    @Test func `is the expectation of the corrected ratings`() throws {
        let flat = scores(Array(repeating: -2, count: 10))
        let two = scores([log(0.5), nil, nil, nil, nil, nil, nil, nil, nil, log(1.5)])
        #expect(try #require(Importance.expectation(two, contentFree: flat)) == 7.75)
        #expect(Importance.expectation(scores(Array(repeating: nil, count: 10)), contentFree: flat) == nil)
        #expect(Importance.ratings.first == " 1." && Importance.ratings.last == " 10.")
    }
}

@Suite struct `what a model writes` {
    @Test func `is cut down to a sayable sentence`() {
        #expect(Utterance.cleaned("Rosa: \"Good morning! How are you?\"\nSam: Hi", speaker: "Rosa") == "Good morning!")
        #expect(Utterance.cleaned("\n  I saw Mr. Dale. He left.", speaker: "Rosa") == "I saw Mr.")
        #expect(Utterance.cleaned("Hello\u{1B}[31m you", speaker: "Rosa") == "Hello [31m you")
        for wrong in ["", "...", "{\"say\": 1}", "<|im_end|>"] { #expect(Utterance.cleaned(wrong, speaker: "Rosa") == nil, "\(wrong)") }
    }

    @Test func `counts as repeated when nearly the same`() {
        #expect(Utterance.repeats("Good morning, Sam!", ["Oh.", "good morning sam"]))
        #expect(!Utterance.repeats("The road is closed.", ["The bridge is open."]))
    }

    @Test func `is a plan only with at least three steps in known places and in order`() {
        let good = """
            [{"from":"06:00","where":"Hall","do":"wake."},{"from":"05:00","where":"Hall","do":"go back"},\
            {"from":"09:00","where":"Moon","do":"fly"},{"from":"10:00","where":"Hall","do":"work"},{"from":"12:30","where":"Hall","do":"eat"}]
            """
        let (from, until) = (SimulationTime(day: 2, hour: 6), SimulationTime(day: 2, hour: 22))
        let steps = PlanText.parsed(good, from: from, until: until, places: ["Hall"], least: 3)
        #expect(steps?.map(\.what) == ["wake", "work", "eat"])
        #expect(steps?.last?.from == SimulationTime(day: 2, hour: 12, minute: 30))
        for wrong in ["", "[]", "no", "{\"from\":1}", String(good.dropLast())] {
            #expect(PlanText.parsed(wrong, from: from, until: until, places: ["Hall"], least: 3) == nil)
        }
    }

    @Test func `is an insight only where it cites what was shown`() throws {
        let text = #"[{"insight":"All is well","because":[2,2,9]},{"insight":"Groundless","because":[7]},{"insight":"None","because":[]}]"#
        let parsed = try #require(Insight.parsed(text, shown: [4, 11], most: 5))
        #expect(parsed.insights.map(\.text) == ["All is well"] && parsed.insights[0].evidence == [11])
        #expect(parsed.uncited == 2)
        #expect(Insight.parsed("All is well", shown: [4], most: 5) == nil)
    }

    @Test func `is bounded by a grammar that cannot be broken by a place's name`() {
        let grammar = PlanText.grammar(
            places: ["Bob's \"Bar\"", "Hall"], from: SimulationTime(day: 1, hour: 6), until: SimulationTime(day: 1, hour: 22))
        #expect(grammar.gbnf.contains(##"place ::= "\"Bob's \\\"Bar\\\"\"" | "\"Hall\"""##))
        #expect(grammar.gbnf.contains(#"t0 ::= "06:00" | "06:30" | "07:00" | "07:30""#))
        #expect(grammar.gbnf.contains("{3,40}"))
        let schema = grammar.jsonSchema.flatMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) }
        #expect(schema != nil)
    }
}

@Suite struct `what residents' models are asked` {
    private let mind = Mind(
        persona: Persona(id: "rosa", name: "Rosa Delgado", age: 58, work: "librarian", believes: ["Books last"], habits: ["opens at nine"]),
        knows: ["Sam Okafor: old friend"], home: "Library")
    private let situation = Situation(
        when: "Monday 2 March 2026, 07:10", place: "Diner", about: "Eight stools.", objects: ["grill: hot"],
        present: ["Sam Okafor"], news: ["The lamp goes out."])
    private let memories = [
        memory("The roof leaks.", 4, [1, 0], hour: 7), memory("1994: The flood", 8, [1, 0], hour: 6, kind: .seed),
    ]

    @Test func `is, for a choice, who, what is remembered, where, and the beginning of the sentence`() {
        let prompt = MindPrompts.choose(mind, situation, memories: memories, intention: "open the library")
        #expect(prompt.form == .plain)
        #expect(
            prompt.text == """
                Rosa Delgado, 58 years old.
                Work: librarian
                Believes: Books last
                Habits: opens at nine
                Knows: Sam Okafor: old friend

                Rosa Delgado remembers:
                - day 1 07:00: The roof leaks.
                - 1994: The flood

                It is Monday 2 March 2026, 07:10. Place: Diner. Eight stools.
                Here: grill: hot
                Others here: Sam Okafor
                Just now: The lamp goes out.
                Rosa Delgado means now to open the library.
                Rosa Delgado decides to
                """)
    }

    @Test func `is, for words, the talk so far and an open quotation`() {
        let prompt = MindPrompts.speak(mind, situation, memories: [], to: "Sam Okafor", said: [("Sam Okafor", "Coffee?")], form: .plain)
        #expect(prompt.text.hasSuffix("Rosa Delgado and Sam Okafor are talking:\n\nSam Okafor: \"Coffee?\"\nRosa Delgado: \""))
    }

    @Test func `is, for importance, the same whoever perceives it`() {
        #expect(MindPrompts.importance("The mill\nburns.").text.hasSuffix("What happened: The mill burns.\nRating from 1 to 10:"))
        #expect(MindPrompts.contentFree.text.hasSuffix("What happened: N/A\nRating from 1 to 10:"))
    }

    @Test func `leaves out the least of what does not fit`() {
        var stream = MemoryStream()
        for importance in [9.0, 1, 5] { stream.append(memory(String(repeating: "x", count: 30), importance, [1, 0], hour: 9)) }
        let recalled = stream.retrieve(query: [1, 0], at: SimulationTime(day: 1, hour: 9), count: 3, settings: MemorySettings())
        // A line is 46 characters: "- day 1 09:00: ", 30, and the newline. 100 of 400 are left.
        let fitted = MindPrompts.fitting(recalled, beside: 300, budget: 100)
        #expect(fitted.shown.map(\.memory.sequence) == [1, 3] && fitted.cut == [2])
    }
}
