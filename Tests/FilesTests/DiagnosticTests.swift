import Files
import Testing

@Test func `a diagnostic prints place, line and caret`() throws {
    let diagnostic = Diagnostic(
        file: "Worlds/alder-creek.yaml", line: 37, column: 5, message: "unknown key 'live'", hint: "did you mean 'lives'?",
        sourceLine: "    live: library")
    #expect(diagnostic.description == """
        Worlds/alder-creek.yaml:37:5: error: unknown key 'live'; did you mean 'lives'?
            live: library
            ^
        """)
}

@Test func `a snippet cannot steer a terminal`() {
    let diagnostic = Diagnostic(file: "a\u{1b}.yaml", message: "x\u{202E}y", sourceLine: "\u{1b}[31mred\u{202E}")
    #expect(diagnostic.description == "a\\u{1b}.yaml:1:1: error: x\\u{202e}y\n\\u{1b}[31mred\\u{202e}\n^")
}

@Test func `a long line is cut around its caret`() throws {
    let line = String(repeating: "a", count: 500) + "X" + String(repeating: "b", count: 500)
    let lines = Diagnostic(file: "f", column: 501, message: "m", sourceLine: line).description.split(separator: "\n")
    #expect(lines[1].count == 102)
    let caret = try #require(lines[2].firstIndex(of: "^"))
    #expect(lines[1][lines[1].index(lines[1].startIndex, offsetBy: lines[2].distance(from: lines[2].startIndex, to: caret))] == "X")
}
