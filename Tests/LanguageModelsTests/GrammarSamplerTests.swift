@testable import LanguageModels
import Testing

@Suite struct `a text drawn from a grammar` {
    private func draw(_ gbnf: String, _ seed: Int) throws -> String {
        var stream = WordStream("grammar", String(seed))
        return try #require(GrammarSampler(gbnf)).sample(&stream)
    }

    @Test func `has the shape that the grammar gives`() throws {
        let gbnf = #"""
            root ::= "[" item ("," item ("," item)?)? "]"
            item ::= "{\"n\":" ("1" | "23") ",\"say\":\"" [A-Z] [^"\\\x00-\x1F]{8,30} "\"" tail? "}"
            tail ::= ",\"code\":" [0-9]{4} "-"*
            """#
        let shape = #/\[(\{"n":(1|23),"say":"[A-Z][^"\\]{8,30}"(,"code":[0-9]{4}-*)?\},?){1,3}\]/#
        var texts: Set<String> = []
        for seed in 0..<200 {
            let text = try draw(gbnf, seed)
            #expect(text.wholeMatch(of: shape) != nil, "\(text)")
            #expect(try draw(gbnf, seed) == text)
            texts.insert(text)
        }
        #expect(texts.count > 150)
    }

    @Test(arguments: ["", "root :: x", "root ::= \"a", "root ::= [a-", "root ::= (\"a\"", "start ::= \"a\"", "root ::= missing", "root ::= \"a\"{x}"])
    func `is none where there is no such grammar`(_ gbnf: String) {
        #expect(GrammarSampler(gbnf) == nil)
    }
}
