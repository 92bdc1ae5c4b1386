import Surveys
import Testing

@testable import Agents

struct ElicitationReadingTests {
    @Test(arguments: [
        ("Too little", AnswerReading.option(0)), ("  \n\"About right.\"\nBecause", .option(1)), ("B", .option(1)),
        ("**C.** Too much", .option(2)), ("(b) about right", .option(1)), ("3", .option(2)), ("2) About right", .option(1)),
        ("I'd say we spend too much on that.", .option(2)), ("A: too much", .unparsed), ("D.", .unparsed),
        ("A good amount", .unparsed), ("Either too little or too much.", .unparsed),
        ("I don't think it is too little", .unparsed), ("I don't know", .dontKnow), ("I am not sure.", .dontKnow),
        ("As an AI, I have no views.", .refused),
        ("As an AI, I don't have an opinion.", .refused),
        ("I don't know, too much?", .unparsed), ("I\u{2019}d rather not say.", .refused), ("", .unparsed),
        ("Roads are nice.", .unparsed), ("<|im_end|>", .unparsed),
    ])
    func `a scale's answers are read with care`(_ text: String, _ expected: AnswerReading) {
        #expect(AnswerReading(text, to: Fixture.roads) == expected)
    }

    @Test(arguments: [
        ("Yes, I do.", AnswerReading.option(0)), ("no", .option(1)), ("No comment.", .refused),
        ("There is no need", .unparsed), ("0", .option(1)), ("2", .option(1)),
        ("1", .option(0)), ("A", .option(0)),
    ])
    func `one-word options count at the start only`(_ text: String, _ expected: AnswerReading) {
        #expect(AnswerReading(text, to: Fixture.library) == expected)
    }

    @Test func `a number that is one option's place and another's code is nobody's`() {
        let shifted = Question(
            id: "q", ask: "?", scale: .nominal,
            options: [AnswerOption(code: 0, text: "No"), AnswerOption(code: 1, text: "Yes")])
        #expect(AnswerReading("1", to: shifted) == .unparsed)
        #expect(AnswerReading("0", to: shifted) == .option(0))
    }

    @Test func `an option inside a longer one is not counted`() {
        let agree = Question(
            id: "q", ask: "?", scale: .ordinal,
            options: ["Strongly agree", "Somewhat agree", "Agree"].enumerated().map {
                AnswerOption(code: $0.offset + 1, text: $0.element)
            })
        #expect(AnswerReading("I strongly agree with that", to: agree) == .option(0))
        #expect(AnswerReading("Agree", to: agree) == .option(2))
    }
}
