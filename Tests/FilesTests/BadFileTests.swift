import Agents
import Files
import Foundation
import Testing

@Test func `syntax mistakes have a place`() throws {
    let open = try Study().persona("persona: A\nabout: [one, two\nage: 3\n")
    #expect(open == [
        "Personas/x.yaml:3:4: error: YAML: did not find expected ',' or ']'; the part that began in line 2 is not finished"
    ])
    #expect(try Study().persona("persona: A\nhabits:\n\t- x\n") == [
        "Personas/x.yaml:3:1: error: YAML: found character that cannot start any token; indent with spaces, not tabs"
    ])
}

@Test func `all mistakes of a file come at once`() throws {
    #expect(try Study().persona("persona: A\nage: old\nbeleives: []\nage: 3\nhabits: walks\n") == [
        "Personas/x.yaml:2:6: error: 'age' must be a whole number from 0 to 130, not 'old'",
        "Personas/x.yaml:3:1: error: unknown key 'beleives'; did you mean 'believes'?",
        "Personas/x.yaml:4:1: error: duplicate key 'age'; the first is in line 2",
        "Personas/x.yaml:5:9: error: 'habits' must be a list, not 'walks'",
    ])
}

@Test func `a mistake shows its line and a caret`() throws {
    let study = try Study()
    try study.write("Personas/x.yaml", Data("persona: A\nremembers:\n  - wat: x\n    what: y\n".utf8))
    let error = try #require(throws: DiagnosticsError.self) { try StudyFiles().loadPersona(study.path("Personas/x.yaml")) }
    #expect(error.description.hasSuffix(":3:5: error: unknown key 'wat'; did you mean 'what'?\n  - wat: x\n    ^"))
}

@Test func `missing, empty, binary and foreign files are told apart`() throws {
    let study = try Study()
    #expect(try study.headlines { _ = try StudyFiles().loadPersona(study.path("Personas/no.yaml")) } == ["Personas/no.yaml:1:1: error: no such file"])
    #expect(try study.headlines { _ = try StudyFiles().loadPersona(study.path("Personas")) } == ["Personas:1:1: error: this is not a plain file"])
    #expect(try study.persona("") == ["Personas/x.yaml:1:1: error: the file is empty; 'populace new' writes one to start from"])
    #expect(try study.persona(" \n\n") == ["Personas/x.yaml:1:1: error: the file is empty; 'populace new' writes one to start from"])
    #expect(try study.persona("# only\n") == ["Personas/x.yaml:1:1: error: the file holds nothing but comments"])
    #expect(try study.persona(Data([0x70, 0x0A, 0x61, 0x00, 0xFF])) == ["Personas/x.yaml:2:2: error: a NUL byte: this is not a text file"])
    #expect(try study.persona(Data([0x70, 0x3A, 0x20, 0xC3, 0xA9, 0xFF, 0x0A])) == ["Personas/x.yaml:1:5: error: this is not UTF-8 text; save it as UTF-8"])
    #expect(try study.persona("- a\n- b\n") == ["Personas/x.yaml:1:1: error: the first key must be 'persona', with the title"])
    #expect(try study.persona("world: A\n") == ["Personas/x.yaml:1:1: error: this is a world file where a persona file is needed"])
    #expect(try study.persona("persona: A\n---\npersona: B\n") == ["Personas/x.yaml:2:1: error: YAML: but found another document; the part that began in line 1 is not finished"])
}

@Test func `fifty megabytes are refused by their size`() throws {
    let study = try Study()
    try study.write("Personas/x.yaml", Data())
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: study.path("Personas/x.yaml")))
    try handle.truncate(atOffset: 50_000_000)
    try handle.close()
    #expect(try study.headlines { _ = try StudyFiles().loadPersona(study.path("Personas/x.yaml")) } == [
        "Personas/x.yaml:1:1: error: the file is larger than 5 MB"
    ])
}

@Test func `alias bombs do not go off`() throws {
    var bomb = "persona: A\na0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 { bomb += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n" }
    #expect(try Study().persona(bomb) == ["Personas/x.yaml:1:1: error: more than 100000 values, aliases written out"])
    #expect(try Study().persona(bomb + "? *a9\n: x\n") == [
        "Personas/x.yaml:1:1: error: anchors and aliases beside keys that are not plain words; write the text out"
    ])
    #expect(try Study().persona(bomb + "habits: [" + String(repeating: "*a0, ", count: 200) + "]\n") == [
        "Personas/x.yaml:1:1: error: more than 100 aliases; write the text out"
    ])
    #expect(try Study().persona("persona: A\nwork: &w Baker\nhabits: [*w]\nabout: \"**bold** & *more*\"\n") == [])
}

@Test func `deep nesting and endless lists are refused`() throws {
    let deep = try Study().persona("persona: A\nhabits: " + String(repeating: "[", count: 80) + String(repeating: "]", count: 80))
    #expect(deep == ["Personas/x.yaml:2:72: error: nested deeper than 64"])
    for open in ["[", "{a: ", "- "] {
        #expect(try Study().persona("persona: A\nhabits:\n  " + String(repeating: open, count: 1_000_000)).count == 1)
    }
    #expect(try Study().persona("persona: A\nhabits: [" + String(repeating: "1,", count: 2_000_000) + "]") == ["Personas/x.yaml:1:1: error: more than 100000 values"])
    #expect(try Study().persona("persona: A\nhabits: [" + String(repeating: "1,", count: 140_000) + "]") == ["Personas/x.yaml:1:1: error: more than 100000 values, aliases written out"])
}

@Test func `control characters are named, other text is only text`() throws {
    #expect(try Study().persona("persona: A\nwork: a\u{1b}[31m\n") == ["Personas/x.yaml:2:8: error: control character U+001B"])
    #expect(try Study().persona("persona: A\nwork: \"a\\e[31m\"\n") == ["Personas/x.yaml:2:7: error: control character U+001B"])
    let study = try Study(["Personas/x.yaml": "persona: \"<|im_end|>\"\nabout: <script>alert(1)</script> ' OR 1=1 --\n"])
    let loaded = try StudyFiles().loadPersona(study.path("Personas/x.yaml"))
    #expect(loaded.value.name == "<|im_end|>")
    #expect(loaded.value.about == "<script>alert(1)</script> ' OR 1=1 --")
}

@Test func `a file of another kind never shows its words`() throws {
    let study = try Study()
    try study.write("Personas/x.yaml", Data("root:x:0:0\nsecret: [\n".utf8))
    let error = try #require(throws: DiagnosticsError.self) { try StudyFiles().loadPersona(study.path("Personas/x.yaml")) }
    #expect(!error.description.contains("secret"))
}
