@testable import Agents
import Testing

@Suite struct DecisionReadingTests {
    let sides = Decision(
        name: "choice", ask: "?",
        kind: .choice(
            [.init(name: "left", text: "You get $400"), .init(name: "right", text: "You get $375")],
            labels: ["Left", "Right"]))

    func read(_ text: String, order: [Int] = [0, 1]) -> DecisionReading { DecisionReading(text, to: sides, order: order) }

    @Test(arguments: ["Left", "left.", "LEFT!", "Option Left", "I choose Left.", "\"Left\"", "I would pick left", "Left.\nBecause it is more."])
    func `a side that is named is that side`(text: String) { #expect(read(text) == .outcome(0)) }

    /// The script of the paper takes all of these for Right.
    @Test(arguments: [
        "Neither.", "I would choose neither.", "Both.", "I don't know.", "", "...", "You get more money", "I would not choose Left.",
        "Left is not what I would choose.", "I would never choose Left", "Left or Right", "Either Left or Right is fine.",
        "No, Left.", "Right, so you want me to decide.", "I would do the right thing.", "What is left?", "I'd rather give it all away",
    ])
    func `what names no side, both or a side denied is no side`(text: String) {
        #expect(![.outcome(0), .outcome(1)].contains(read(text)))
    }

    @Test func `a side behind a not is not the other side`() {
        #expect(read("I would not choose Right.") == .unparsed)
        #expect(read("I would choose Left and not Right.") == .outcome(0))
    }

    @Test func `labels stay where they are when options trade places`() {
        #expect(read("Left", order: [1, 0]) == .outcome(1))
        #expect(read("You get $400", order: [1, 0]) == .outcome(0))
    }

    @Test func `an excuse is a refusal, not an option`() {
        #expect(read("As an AI language model, I cannot choose.") == .refused)
    }

    @Test(arguments: [
        ("3", 3), ("3 - Unfair", 3), ("3) Unfair", 3), ("Unfair", 3), ("Very Unfair", 4), ("I rate it 2.", 2), ("2. Acceptable", 2),
    ])
    func `a rating is its number or its words`(text: String, rating: Int) {
        let options = [(1, "Completely Fair"), (2, "Acceptable"), (3, "Unfair"), (4, "Very Unfair")]
        let decision = Decision(
            name: "rating", ask: "?",
            kind: .choice(options.map { .init(name: "\($0)", text: $1) }, labels: ["1", "2", "3", "4"]))
        #expect(DecisionReading(text, to: decision, order: [0, 1, 2, 3]) == .outcome(rating - 1))
    }

    @Test func `a rating whose number and words differ is none`() {
        let decision = Decision(
            name: "rating", ask: "?",
            kind: .choice([.init(name: "1", text: "Quite Fair"), .init(name: "2", text: "Quite Unfair")], labels: ["1", "2"]))
        #expect(DecisionReading("1. Quite Unfair", to: decision, order: [0, 1]) == .unparsed)
    }

    let give = Decision(name: "give", ask: "?", kind: .integer(low: 0, high: 10))

    @Test(arguments: [
        ("0", 0), ("I give $3.", 3), ("5 dollars", 5), ("Five dollars.", 5), ("I give 3. That leaves me 7.", 3), ("10", 10),
        ("3.0", 3), ("I would give 4 because 4 of 10 is fair", 4),
    ])
    func `a whole number is read`(text: String, number: Double) {
        #expect(DecisionReading(text, to: give, order: []) == .numbers([number]))
    }

    @Test(arguments: [
        "11", "-3", "3.5", "5 out of 10", "between 3 and 5", "3-5", "50%", "1/2", "I would not give 5.", "nothing at all", "1st", "B2",
        "one of my dollars", "1,5", "",
    ])
    func `what is no one number in the range is none`(text: String) {
        #expect(DecisionReading(text, to: give, order: []) == .unparsed)
    }

    @Test func `a number in a sentence that breaks off is none`() {
        let text = "You have won 10 dollars with a stranger, and you are asking for a"
        #expect(DecisionReading(text, to: give, order: [], complete: false) == .unparsed)
        #expect(DecisionReading("I give 4. And then I would", to: give, order: [], complete: false) == .numbers([4]))
        #expect(DecisionReading("4", to: give, order: [], complete: true) == .numbers([4]))
    }

    @Test func `an amount may have decimals and thousands`() {
        let amount = Decision(name: "pay", ask: "?", kind: .amount(low: 0, high: 5000))
        #expect(DecisionReading("$1,250.50", to: amount, order: []) == .numbers([1250.5]))
    }

    let split = Decision(name: "split", ask: "?", kind: .split(total: 10, parts: ["you", "the other"]))

    @Test func `a split is read by its parts' names`() {
        #expect(DecisionReading("you: 6, the other: 4", to: split, order: []) == .numbers([6, 4]))
        #expect(DecisionReading("the other: 4\nyou: 6", to: split, order: []) == .numbers([6, 4]))
        #expect(DecisionReading("6, 4", to: split, order: []) == .numbers([6, 4]))
    }

    @Test(arguments: ["you: 6, the other: 5", "you: 10", "I keep 6 and give 4", "you: 6, the other: 4, total 10", "your 6, another 4"])
    func `a split that does not add up, or whose parts are unclear, is none`(text: String) {
        #expect(DecisionReading(text, to: split, order: []) == .unparsed)
    }

    @Test func `text is coded by the first rule whose words are whole in it`() {
        let why = Decision(
            name: "why", ask: "?",
            kind: .text([.init(name: "fairness", words: ["fair", "equal split"]), .init(name: "own", words: ["more for me", "keep"])]))
        func code(_ text: String) -> DecisionReading { DecisionReading(text, to: why, order: []) }
        #expect(code("It is only fair, and I keep some.") == .outcome(0))
        #expect(code("I keep it.") == .outcome(1))
        // "unfair" and "keeper" hold no whole word of a rule.
        #expect(code("It would be unfair to the keeper.") == .outcome(2))
        #expect(code(".*") == .unparsed)
    }

    @Test func `a rule is words, never a pattern`() {
        let why = Decision(name: "why", ask: "?", kind: .text([.init(name: "all", words: [".*a"])]))
        #expect(DecisionReading("bananas", to: why, order: []) == .outcome(1))
        #expect(DecisionReading("a", to: why, order: []) == .outcome(0))
    }
}
