import Agents
import Files
import Foundation
import Kernel
import Surveys
import Testing
import Worlds

private func article(_ date: String = "2026-03-01", _ title: String = "Roof", _ text: String = "It leaks.") -> String {
    "---\ndate: \(date)\ntitle: \(title)\n---\n\n\(text)\n"
}

private let survey = """
    survey: S
    variables:
      age: years
      party: { 0: left, 1: right }
    questions:
      tax: { ask: More tax?, scale: nominal, options: { 1: "Yes", 2: "No" } }

    """

struct DietFileTests {
    private func study(_ files: [String: String] = [:]) throws -> Study {
        let study = try Study()
        for folder in ["courier", "ledger", "empty"] {
            try FileManager.default.createDirectory(atPath: study.path("Worlds/media/\(folder)"), withIntermediateDirectories: true)
        }
        try study.write("Worlds/media/courier/b.md", Data(article("2026-03-02", "\"Bids: late\"", "One line\nand another.").utf8))
        try study.write("Worlds/media/courier/a.txt", Data(article().utf8))
        try study.write("Worlds/media/courier/notes.pdf", Data("no article".utf8))
        try study.write("Worlds/media/ledger/c.md", Data(article("2026-02-28").utf8))
        try study.write("Personas/s.survey.yaml", Data(survey.utf8))
        for (path, text) in files { try study.write(path, Data(text.utf8)) }
        return study
    }

    private func errors(_ reads: String, panel: Bool = false, _ files: [String: String] = [:]) throws -> [String] {
        let study = try study(files)
        let text = panel ? "panel: P\nfrom: Personas/s.survey.yaml\nbackstory: { age: \"I am {age}.\" }\n" : "persona: P\n"
        try study.write("Personas/x.yaml", Data((text + reads).utf8))
        return try study.headlines {
            if panel { _ = try StudyFiles().loadPanel(study.path("Personas/x.yaml")) } else { _ = try StudyFiles().loadPersona(study.path("Personas/x.yaml")) }
        }
    }

    @Test func `a persona reads folders of dated texts by their shares`() throws {
        let study = try study()
        try study.write("Personas/x.yaml", Data("""
            persona: P
            reads: { Worlds/media/ledger: 0.25, Worlds/media/courier: 70%, articles: 3, within: 7 d, length: 40 tokens, as of: 2026-03-04 }
            """.utf8))
        let loaded = try StudyFiles().loadPersona(study.path("Personas/x.yaml"))
        let diet = try #require(loaded.value.reads)
        #expect(diet.portions.map(\.source.path) == ["Worlds/media/courier", "Worlds/media/ledger"])
        #expect(diet.portions.map(\.share) == [0.7, 0.25])
        #expect(diet.habit == .init(articles: 3, within: .hours(168), length: 40, asOf: CivilDate("2026-03-04")))
        #expect(diet.portions[0].source.articles == [
            Article(path: "Worlds/media/courier/a.txt", date: CivilDate(year: 2026, month: 3, day: 1), title: "Roof", text: "It leaks."),
            Article(path: "Worlds/media/courier/b.md", date: CivilDate(year: 2026, month: 3, day: 2), title: "Bids: late", text: "One line and another."),
        ])
        #expect(loaded.value.attributes == ["reads": "Courier"])
        // The articles are among what a run stores, and the expansion says the same.
        #expect(loaded.sources.map(\.path).filter { $0.hasPrefix("Worlds") }.count == 3)
        try study.write("Personas/y.yaml", Data(loaded.expanded.utf8))
        #expect(try StudyFiles().loadPersona(study.path("Personas/y.yaml")).value.reads == diet)
    }

    @Test func `a panel's people read by the value of a variable`() throws {
        let study = try study()
        try study.write("Personas/x.panel.yaml", Data("""
            panel: P
            from: Personas/s.survey.yaml
            backstory: { age: "I am {age}." }
            reads:
              by: party
              left: { Worlds/media/courier: 70% }
              1: { Worlds/media/ledger: 1 }
              articles: 2
            """.utf8))
        let loaded = try StudyFiles().loadPanel(study.path("Personas/x.panel.yaml"))
        let reads = try #require(loaded.value.reads)
        #expect(reads.group(of: ["party": "0"]) == "Courier" && reads.group(of: ["party": "1"]) == "Ledger")
        #expect(reads.diet(of: ["party": "1"])?.habit.articles == 2)
        try study.write("Personas/y.panel.yaml", Data(loaded.expanded.utf8))
        #expect(try StudyFiles().loadPanel(study.path("Personas/y.panel.yaml")).value.reads == reads)
    }

    @Test func `a resident may read something else than their file says`() throws {
        let study = try study(["Personas/ann.yaml": "persona: Ann\nreads: { Worlds/media/courier: 1 }\n"])
        try study.write("Worlds/w.yaml", Data("""
            world: W
            clock: { starts: 2026-03-02 06:00 }
            places: { inn: {} }
            residents: [{ persona: Personas/ann.yaml, lives: inn, reads: { Worlds/media/ledger: 40% } }]
            """.utf8))
        let loaded = try StudyFiles().loadWorld(study.path("Worlds/w.yaml"))
        #expect(loaded.value.residents[0].persona.reads?.portions.map(\.source.path) == ["Worlds/media/ledger"])
        try study.write("Worlds/v.yaml", Data(loaded.expanded.utf8))
        #expect(try StudyFiles().loadWorld(study.path("Worlds/v.yaml")).value.residents == loaded.value.residents)
    }

    @Test(arguments: [
        ("reads: { Worlds/media/courir: 70% }", "Personas/x.yaml:2:10: error: no such file 'Worlds/media/courir'; did you mean 'Worlds/media/courier'?"),
        ("reads: { artcles: 4 }", "Personas/x.yaml:2:10: error: unknown key 'artcles'; did you mean 'articles'?"),
        ("reads: { Worlds/media/courier: 70 }", "Personas/x.yaml:2:32: error: 'Worlds/media/courier' must read like '70%', not '70'"),
        ("reads: { Worlds/media/courier: 0% }", "Personas/x.yaml:2:32: error: 'Worlds/media/courier' must read like '70%', not '0%'"),
        ("reads: { Worlds/media/courier: 70%, Worlds/media/ledger: 40% }", "Personas/x.yaml:2:8: error: the shares sum to 110%, and attention is 100%"),
        ("reads: { Worlds/media/courier: 30%, Worlds/../Worlds/media/courier: 40% }", "Personas/x.yaml:2:37: error: 'Worlds/../Worlds/media/courier' is named twice"),
        ("reads: { Worlds/media/courier/a.txt: 70% }", "Personas/x.yaml:2:10: error: 'Worlds/media/courier/a.txt' is a file, and a source is a folder of articles"),
        ("reads: { Worlds/media/empty: 70% }", "Personas/x.yaml:2:10: error: 'Worlds/media/empty' holds no article; articles are its .md and .txt files"),
        ("reads: { ../elsewhere: 70% }", "Personas/x.yaml:2:10: error: '../elsewhere' leads out of the study's root; paths start from the root; '--allow-path' allows others"),
        ("reads: { articles: 4 }", "Personas/x.yaml:2:8: error: no source is named; name folders with shares: { Worlds/media/courier: 70% }"),
        ("reads: { by: party, Worlds/media/courier: 70% }", "Personas/x.yaml:2:10: error: one person reads one thing; 'by' a variable is for panels"),
        ("reads: { Worlds/media/courier: 70%, within: 12 h, length: 3 words, as of: 4 March }", "Personas/x.yaml:2:45: error: 'within' must read like '14 days', not '12 h'"),
        ("reads: [courier]", "Personas/x.yaml:2:8: error: 'reads' must be a mapping, not a list"),
    ])
    func `a diet that cannot be meant is a finding`(reads: String, headline: String) throws {
        let found = try errors(reads)
        #expect(found.contains(headline), "\(found)")
    }

    @Test(arguments: [
        ("reads: { by: prty, left: { Worlds/media/courier: 1 } }", "no variable 'prty' in s; did you mean 'party'?"),
        ("reads: { by: age, 30: { Worlds/media/courier: 1 } }", "'age' is a number, and diets are of groups"),
        ("reads: { by: party, lft: { Worlds/media/courier: 1 } }", "'lft' is no value of 'party'; did you mean 'left'?"),
        ("reads: { by: party, left: { Worlds/media/courier: 1 }, 0: { Worlds/media/courier: 1 } }", "'0' is there already"),
        ("reads: { by: party }", "'reads' names no value of 'party'"),
    ])
    func `a panel's diet that cannot be meant is a finding`(reads: String, message: String) throws {
        let found = try errors(reads, panel: true)
        #expect(found.contains { $0.hasSuffix("error: " + message) }, "\(found)")
    }

    @Test func `every mistake in an article has its place`() throws {
        let found = try errors("reads: { Worlds/media/courier: 1 }", [
            "Worlds/media/courier/bad-date.md": article("1 March 2026"),
            "Worlds/media/courier/bare.md": "Just text.\n",
            "Worlds/media/courier/key.md": "---\ndate: 2026-03-01\ntitel: T\ntitle: T\n---\n\nText\n",
            "Worlds/media/courier/no-text.md": "---\ndate: 2026-03-01\ntitle: T\n---\n \n",
            "Worlds/media/courier/no-title.md": "---\ndate: 2026-03-01\n---\n\nText\n",
            "Worlds/media/courier/open.md": "---\ndate: 2026-03-01\ntitle: T\n",
        ])
        let begin = "an article begins with its date and title between two lines of '---'; 'populace import FOLDER --articles -o NEW-FOLDER' writes them"
        #expect(found == [
            "Worlds/media/courier/bad-date.md:2:7: error: 'date' must read like '2026-03-01', not '1 March 2026'",
            "Worlds/media/courier/bare.md:1:1: error: \(begin)",
            "Worlds/media/courier/key.md:3:1: error: unknown key 'titel'; did you mean 'title'?",
            "Worlds/media/courier/no-text.md:4:1: error: the article has no text below its front matter",
            "Worlds/media/courier/no-title.md:2:1: error: an article needs a 'title'",
            "Worlds/media/courier/open.md:1:1: error: \(begin)",
        ])
    }

    @Test func `text that is not UTF-8 and links out of the study are refused`() throws {
        let study = try study(["Personas/x.yaml": "persona: P\nreads: { Worlds/media/courier: 1 }\n"])
        try study.write("Worlds/media/courier/z.md", Data("---\ndate: 2026-03-01\ntitle: T\n---\n\n".utf8) + Data([0xFF, 0xFE]))
        try FileManager.default.createSymbolicLink(atPath: study.path("Worlds/media/courier/link.md"), withDestinationPath: "/etc/passwd")
        let found = try study.headlines { _ = try StudyFiles().loadPersona(study.path("Personas/x.yaml")) }
        #expect(found.count == 2 && found.contains { $0.contains("z.md:6:1: error: this is not UTF-8 text") })
        #expect(found.contains { $0.contains("this leads out of the study's root") }, "\(found)")
    }

    @Test func `an article that was written reads back`() throws {
        let odd = ArticleFile(
            date: CivilDate(year: 2026, month: 3, day: 1), title: "\"Yes\": no # maybe", author: "- Ann", licence: "CC BY 4.0: here",
            text: "---\nNot front matter.\n\n<|im_start|> é 東京")
        #expect(try ArticleFile(file: "x.md", bytes: Data(odd.written.utf8)) == odd)
    }
}
