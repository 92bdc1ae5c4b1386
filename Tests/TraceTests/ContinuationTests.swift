import Testing

@testable import Trace

@Suite struct ContinuationTests {
    @Test func `options are counted behind the longest ending of the statement that one of them follows`() throws {
        let scratch = try Scratch()
        let index = try scratch.index([
            "We believe the money spent on parks is too little. They think it is too much",
            "the money spent on parks is too little, and what is too much is too much",
            "the money spent on roads is about right", "I think the money spent on parks is wasted",
        ])
        let found = try index.continuations(
            of: "I think the money spent on parks is", options: ["too little", "about right", "too much."])
        #expect(found.statementWords == 8)
        // It stands there whole, but no option follows it.
        #expect((found.longestWords, found.longestCount) == (8, 1))
        #expect(found.ending == "the money spent on parks is" && found.endingWords == 6)
        #expect(found.options.map(\.count) == [2, 0, 0])
        #expect(found.options.map(\.alone) == [2, 1, 3])
        #expect(found.shares == [1, 0, 0])
        #expect(found.options[0].documents?.most.map(\.name) == ["c.jsonl:1", "c.jsonl:2"])
    }

    @Test func `an option that begins another does not count where the other stands`() throws {
        let scratch = try Scratch()
        let index = try scratch.index(["I agree strongly. I agree strongly indeed. I agree. I agreed. I agree too."])
        let found = try index.continuations(of: "I", options: ["agree", "agree strongly", "agree strongly indeed", "agree"])
        #expect(found.options.map(\.count) == [2, 1, 1, 2])
    }

    @Test func `an ending that no option follows gives no shares, however often it stands`() throws {
        let scratch = try Scratch()
        let index = try scratch.index(["parks are green"])
        let found = try index.continuations(of: "I say parks are", options: ["blue", "red"])
        #expect((found.longestWords, found.longestCount) == (2, 1))
        #expect(found.shares == nil && found.ending == nil && found.endingWords == 0)
        let none = try index.continuations(of: "I say roads", options: ["green", "red"])
        #expect(none.longestWords == 0 && none.shares == nil)
        #expect(none.options.map(\.alone) == [1, 0])
    }
}
