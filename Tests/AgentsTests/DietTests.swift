@testable import Agents
import Foundation
import Kernel
import LanguageModels
import Surveys
import Testing

private func article(_ source: String, _ day: Int, _ name: String = "a", text: String = "Words.") -> Article {
    let date = CivilDate(year: 2026, month: 3, day: 1).advanced(byDays: day - 1)
    return Article(path: "m/\(source)/\(date)-\(name).md", date: date, title: "T \(name) \(day)", text: text)
}

private func source(_ name: String, _ days: [Int]) -> MediaSource {
    MediaSource(path: "m/\(name)", articles: days.map { article(name, $0) })
}

private let day = CivilDate(year: 2026, month: 3, day: 20)

@Suite struct DietTests {
    private func paths(_ diet: Diet, _ persona: String = "p", on moment: CivilDate = day, seed: UInt64 = 1) -> [String] {
        diet.read(on: moment, by: persona, seed: seed).map(\.article.path)
    }

    @Test func `only what the window holds is read, once each, in the order it appeared`() {
        let diet = Diet(
            [.init(source("x", Array(1...31)), share: 0.6), .init(source("y", [2, 19, 20, 21]), share: 0.4)],
            habit: .init(articles: 20, within: .hours(10 * 24)))
        for persona in 0..<50 {
            let read = diet.read(on: day, by: "p\(persona)", seed: 3)
            #expect(read.allSatisfy { (11...20).contains($0.article.date.day) })
            #expect(Set(read.map(\.article.path)).count == read.count)
            #expect(read.map(\.article) == MediaSource(path: "", articles: read.map(\.article)).articles)
            // A source with fewer articles than it was turned to is read whole, and no more than that.
            #expect(read.count { $0.article.source == "m/y" } <= 2)
        }
    }

    @Test func `attention is divided by the shares, and what is left over goes to no reading`() {
        let diet = Diet(
            [.init(source("x", Array(1...20)), share: 0.5), .init(source("y", Array(1...20)), share: 0.2)],
            habit: .init(articles: 10, within: .hours(30 * 24)))
        let read = (0..<4000).flatMap { diet.read(on: day, by: "p\($0)", seed: 1) }
        func mean(_ source: String) -> Double { Double(read.count { $0.article.source == source }) / 4000 }
        // Of ten times 5 and 2 are expected, with standard errors of .025 and .02.
        #expect(abs(mean("m/x") - 5) < 0.1 && abs(mean("m/y") - 2) < 0.08)
    }

    @Test func `every article of the window is as likely as the others`() {
        let diet = Diet([.init(source("x", Array(1...20)), share: 1)], habit: .init(articles: 5, within: .hours(20 * 24)))
        var counts: [String: Int] = [:]
        for persona in 0..<4000 { for path in paths(diet, "p\(persona)") { counts[path, default: 0] += 1 } }
        // A quarter of 4000, standard error 27; the chi-square of 20 counts stays under its .999 quantile of 43.8.
        #expect(counts.count == 20)
        let chi = counts.values.reduce(0.0) { $0 + pow(Double($1) - 1000, 2) / 1000 }
        #expect(chi < 43.8, "\(chi)")
    }

    @Test func `an article outside the window changes nothing, one inside displaces at most one`() {
        let habit = Diet.Habit(articles: 4, within: .hours(10 * 24))
        func diet(_ days: [Int]) -> Diet { Diet([.init(source("x", days), share: 0.9)], habit: habit) }
        let before = diet([11, 12, 13, 14, 16, 17, 18])
        for persona in 0..<200 {
            let name = "p\(persona)"
            let read = paths(before, name)
            #expect(paths(diet([1, 10, 11, 12, 13, 14, 16, 17, 18, 21]), name) == read)
            let more = paths(diet([11, 12, 13, 14, 15, 16, 17, 18]), name)
            #expect(more.count == read.count && Set(read).subtracting(more).count <= 1)
        }
    }

    @Test func `from one day to the next what was read stays read while it is in the window`() {
        let diet = Diet([.init(source("x", Array(1...30)), share: 0.8)], habit: .init(articles: 6, within: .hours(7 * 24)))
        for persona in 0..<100 {
            let (today, next) = (paths(diet, "p\(persona)"), paths(diet, "p\(persona)", on: day.advanced(byDays: 1)))
            // One article appears and one grows old: at most those two change places with others.
            #expect(Set(today).symmetricDifference(next).count <= 4)
        }
    }

    @Test func `people and seeds draw apart, the order of sources does not matter`() {
        let (x, y) = (Diet.Portion(source("x", Array(1...20)), share: 0.5), Diet.Portion(source("y", Array(1...20)), share: 0.5))
        let diet = Diet([x, y])
        #expect(paths(diet) == paths(Diet([y, x])) && paths(diet) == paths(diet))
        #expect(Set((0..<20).map { paths(diet, "p\($0)") }).count > 15)
        #expect(Set((0..<20).map { paths(diet, seed: $0) }).count > 15)
    }

    @Test func `a text is cut between words, and what did not fit is counted`() {
        let long = article("x", 1, text: "Four score and seven years ago our fathers")
        let reading = Reading(long, length: 5)
        #expect(reading.told == "T a 1. Four score and seven …" && reading.cut == 22 && reading.characters == 20)
        #expect(Reading(long, length: 100).told == "T a 1. Four score and seven years ago our fathers")
        #expect(Reading(article("x", 1, text: "Supercalifragilistic"), length: 2).told == "T a 1. Supercal …")
    }

    @Test func `a group is the source with the largest share`() {
        let (x, y) = (source("old-courier", [1]), source("ledger", [1]))
        #expect(Diet([.init(x, share: 0.5), .init(y, share: 0.4)]).group == "Old Courier")
        #expect(Diet([.init(x, share: 0.4), .init(y, share: 0.4)]).group == "Ledger and Old Courier")
        #expect(Diet([]).group == "nothing")
        let panel = PanelDiet.by(variable: "party", groups: [.init(value: "D", diet: Diet([.init(x, share: 1)]))])
        #expect(panel.group(of: ["party": "D"]) == "Old Courier" && panel.group(of: ["party": "R"]) == "nothing")
        #expect(panel.group(of: [:]) == nil && panel.diet(of: ["party": "R"]) == nil)
    }
}

@Suite struct ReadingPromptTests {
    private var reader: Persona {
        var persona = Fixture.drawn
        persona.read = [
            Reading(article("courier", 1, "roof", text: "The roof <|im_end|> leaks."), length: 100),
            Reading(article("ledger", 2, "bids", text: "Bids were\nnot opened."), length: 100),
        ]
        return persona
    }

    private func prompts(_ persona: Persona, _ question: Question, _ method: ElicitationMethod, askAs: AskAs = .bio) throws -> [Prompt] {
        try Elicitor(setting: Fixture.setting, askAs: askAs).requests(persona, questions: [question], method: method, seed: 1)
            .compactMap(Fixture.prompt)
    }

    @Test func `what was read comes before the person, an article a segment`() throws {
        let prompt = try prompts(reader, Fixture.roads, .words)[0]
        #expect(prompt.text == """
            It is 2018 and I live in the United States.

            What I have read lately:
            - Courier, 1 March 2026: T roof 1. The roof <|im_end|> leaks.
            - Ledger, 2 March 2026: T bids 2. Bids were not opened.

            I am 43 years old. I think of myself as a strong Democrat.

            I think what we spend on roads is
            """)
        #expect(prompt.segments.map(\.text).contains("\n- Ledger, 2 March 2026: T bids 2. Bids were not opened."))
        // Without the person nothing was read either.
        #expect(try prompts(reader, Fixture.roads, .words)[1...] == prompts(Fixture.drawn, Fixture.roads, .words)[1...])
    }

    @Test func `a chat model is told the same before the description`() throws {
        let prompt = try prompts(reader, Fixture.library, .letters)[0]
        #expect(prompt.text == """
            You are a person answering a survey in the United States in 2018. Answer as this person would.\
            What I have read lately:
            - Courier, 1 March 2026: T roof 1. The roof <|im_end|> leaks.
            - Ledger, 2 March 2026: T bids 2. Bids were not opened.

            Below you will be asked to provide a short description of yourself and then answer some questions.

            Description: I am 43 years old. I think of myself as a strong Democrat.

            Question: Should the town pay a tax for its library?
            A. Yes
            B. No
            Answer with one letter.
            """)
    }

    @Test func `an open question is asked after what was read`() {
        var rosa = Fixture.rosa
        rosa.read = reader.read
        let plain = InterviewPrompt.ask(rosa, knows: [], memories: [], when: nil, question: "Why?", form: .plain)
        #expect(plain.text.hasPrefix("What I have read lately:\n- Courier, 1 March 2026: T roof 1."))
        #expect(plain.text.contains("Bids were not opened.\n\nMy name is Rosa Delgado."))
        let chat = InterviewPrompt.ask(rosa, knows: [], memories: [], when: nil, question: "Why?", form: .chat)
        #expect(chat.segments.filter { $0.role == .user }.map(\.text).joined().hasPrefix("What I have read lately:\n- Courier"))
    }

    @Test func `an article is a part that can be left out, in every shape`() throws {
        for askAs in AskAs.allCases {
            let parts = reader.parts(remembering: true)
            #expect(parts.map(\.kind) == ["age", "party", "reads Courier", "reads Ledger"])
            #expect(parts.map(\.article) == [nil, nil, 0, 1])
            let without = try prompts(reader.without([parts[2]]), Fixture.roads, .words, askAs: askAs)[0].text
            let with = try prompts(reader, Fixture.roads, .words, askAs: askAs)[0].text
            #expect(without == with.replacingOccurrences(of: "\n- Courier, 1 March 2026: T roof 1. The roof <|im_end|> leaks.", with: ""))
            let bare = try prompts(reader.without(Array(parts[2...])), Fixture.roads, .words, askAs: askAs)
            #expect(try bare == prompts(Fixture.drawn, Fixture.roads, .words, askAs: askAs))
        }
    }
}
