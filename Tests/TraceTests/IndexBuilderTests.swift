import Foundation
import Testing

@testable import Trace

@Suite struct IndexBuilderTests {
    @Test func `an index of the same corpus is left as it is, and of a changed one is built anew`() throws {
        let scratch = try Scratch()
        try scratch.write("one two", "news/a.txt")
        try scratch.write("three", "news/sub/b.md")
        func build(_ name: String = "news", folding: Bool = false) throws -> Bool {
            let builder = IndexBuilder(try Corpus([scratch.path("news")]), IndexBuilder.Settings(name: name, folds: folding))
            if case .built = try builder.build(to: scratch.path("n.trace")) { return true }
            return false
        }
        #expect(try build())
        let first = try scratch.bytes("n.trace")
        #expect(try !build())
        #expect(try scratch.bytes("n.trace") == first)
        try scratch.write("one Two", "news/a.txt")
        #expect(try build())
        try scratch.write("one two", "news/a.txt")
        #expect(try build())
        #expect(try scratch.bytes("n.trace") == first)
        #expect(try build("other name") && build("other name", folding: true))
        let index = try CorpusIndex(scratch.path("n.trace"))
        #expect(try index.documents(of: try index.matches(of: "three"))?.most.map(\.name) == ["news/sub/b.md"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).sorted() == ["n.trace", "news"])
    }

    @Test func `the digest is of names and bytes, wherever one file ends and the next begins`() throws {
        let scratch = try Scratch()
        var digests: Set<String> = []
        for (number, files) in [
            [("a.txt", "one"), ("b.txt", "two")], [("a.txt", "onet"), ("b.txt", "wo")], [("a.txt", "one"), ("c.txt", "two")],
            [("a.txt", "two"), ("b.txt", "one")], [("a.txt", "onetwo"), ("b.txt", "")],
        ].enumerated() {
            for (name, text) in files { try scratch.write(text, "\(number)/c/\(name)") }
            let index = try scratch.index(try Corpus([scratch.path("\(number)/c")]), "\(number).trace")
            digests.insert(index.description.digest)
        }
        #expect(digests.count == 5)
    }

    @Test func `whatever else lies at the place of an index is not replaced`() throws {
        let scratch = try Scratch()
        try scratch.write("one", "a.txt")
        try scratch.write("my letters", "b.trace")
        let builder = IndexBuilder(try Corpus([scratch.path("a.txt")]), IndexBuilder.Settings(name: "a"))
        #expect(throws: TraceError.self) { try builder.build(to: scratch.path("b.trace")) }
        #expect(try scratch.bytes("b.trace") == Array("my letters".utf8))
        #expect(throws: TraceError.self) { try builder.build(to: scratch.path("nowhere/b.trace")) }
    }

    @Test func `a build that was killed is taken over, and one that is under way refuses another`() throws {
        let scratch = try Scratch()
        try scratch.write("one", "a.txt")
        try scratch.write(String(repeating: "half", count: 1000), ".a.trace.building")
        try scratch.write("half", ".a.trace.building-documents")
        let builder = IndexBuilder(try Corpus([scratch.path("a.txt")]), IndexBuilder.Settings(name: "a"))
        let other = try OpenFile(making: scratch.path(".a.trace.building"))
        #expect(throws: TraceError.underWay(path: scratch.path(".a.trace.building"))) {
            try builder.build(to: scratch.path("a.trace"))
        }
        other.close()
        _ = try builder.build(to: scratch.path("a.trace"))
        #expect(try CorpusIndex(scratch.path("a.trace")).matches(of: "one").count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).sorted() == ["a.trace", "a.txt"])
    }

    @Test func `rows of CSV and JSON Lines are documents by their line`() throws {
        let scratch = try Scratch()
        let table = try scratch.write("id,body\r\n1,\"one, \"\"two\"\"\nthree\"\r\n2,four\n", "t.csv")
        let lines = try scratch.write("{\"body\": \"five\\nsix\"}\n\n{\"id\": 3, \"body\": \"four\"}", "l.jsonl")
        let index = try scratch.index(try Corpus([table, lines], column: "body"))
        for (phrase, name) in [("one", "t.csv:2"), ("three", "t.csv:2"), ("five six", "l.jsonl:1")] {
            #expect(try index.documents(of: try index.matches(of: phrase))?.most.map(\.name) == [name], "\(phrase)")
        }
        #expect(try index.documents(of: try index.matches(of: "four"))?.most.map(\.name) == ["l.jsonl:3", "t.csv:4"])
        #expect(index.description.documents == 4)
    }

    @Test(arguments: [
        ("a.jsonl", "{\"text\": 1}", "'text' is no text"), ("a.jsonl", "{\"body\": \"x\"}", "no column 'text'"),
        ("a.jsonl", "[1]", "no JSON object"), ("a.jsonl", "{\"text\": \"x\"}\nnonsense", "a.jsonl:2"),
        ("a.csv", "id,body\n1,x\n", "there are id, body"), ("a.csv", "text,id\nx\n", "1 cells"),
        ("a.csv", "text\n\"x\n", "quote"), ("a.txt", "x\u{0}", "NUL"), ("a.pdf", "x", "a corpus is of"),
    ])
    func `what is no corpus is said with its place`(_ name: String, _ text: String, _ says: String) throws {
        let scratch = try Scratch()
        let path = try scratch.write(text, name)
        let error = #expect(throws: TraceError.self) {
            _ = try IndexBuilder(try Corpus([path]), IndexBuilder.Settings(name: "a")).build(to: scratch.path("a.trace"))
        }
        #expect(try #require(error).description.contains(says), "\(error.map(\.description) ?? "")")
        #expect(!FileManager.default.fileExists(atPath: scratch.path("a.trace")))
    }

    @Test func `a folder's text is read, the rest of it counted, and missing or empty ones are refused`() throws {
        let scratch = try Scratch()
        for name in ["c/a.txt", "c/b.MD", "c/.hidden.txt", "c/.git/x.txt", "c/p.png", "c/rows.jsonl"] {
            try scratch.write("{\"text\": \"x\"}", name)
        }
        let corpus = try Corpus([scratch.path("c")])
        #expect(corpus.files.map(\.name) == ["c/a.txt", "c/b.MD"] && corpus.leftOut == 2)
        #expect(try Corpus([scratch.path("c")], column: "text").files.count == 3)
        try scratch.write("x", "d/p.png")
        #expect(throws: TraceError.self) { try Corpus([scratch.path("d")]) }
        #expect(throws: TraceError.self) { try Corpus([scratch.path("none")]) }
        #expect(throws: TraceError.self) { try Corpus([scratch.path("c"), scratch.path("c/a.txt")]) }
    }

    @Test func `text comes to the same however its bytes are cut into pieces`() throws {
        let bytes: [UInt8] = Array("  É — 本\t\u{85}x\n".utf8) + [0xC3, 0x28, 0xE2, 0x82] + Array(" ÉÉ".utf8) + [0xF0, 0x9F]
        for folds in [false, true] {
            func normal(_ piece: Int) -> [UInt8] {
                var (text, output) = (CorpusText(folding: folds), [UInt8]())
                for start in stride(from: 0, to: bytes.count, by: piece) {
                    let part = Array(bytes[start..<min(bytes.count, start + piece)])
                    #expect(part.withUnsafeBufferPointer { text.append($0, to: &output) })
                }
                text.end(to: &output)
                #expect(text.replaced == 5)
                return output
            }
            let whole = normal(bytes.count)
            #expect(String(validating: whole, as: UTF8.self) == (folds ? "é — 本 x \u{FFFD}(\u{FFFD}\u{FFFD} éé\u{FFFD}\u{FFFD}" : "É — 本 x \u{FFFD}(\u{FFFD}\u{FFFD} ÉÉ\u{FFFD}\u{FFFD}"))
            for piece in 1...6 { #expect(normal(piece) == whole) }
        }
    }
}
