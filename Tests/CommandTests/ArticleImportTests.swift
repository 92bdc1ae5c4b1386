import Foundation
import Testing

@Suite struct ArticleImportTests {
    private func names(_ command: Command, _ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: command.folder.appending(path: folder).path).sorted()
    }

    private func write(_ command: Command, _ path: String, _ text: String) throws {
        let file = command.folder.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    @Test func `a table of articles becomes a source that a persona reads`() throws {
        let command = try Command()
        try write(command, "news.csv", """
            published,headline,body,section
            2026-03-02T08:00:00Z,"Bids, opened: late","Line one
            line two",Town
            2026-03-01,../../etc/passwd,<|im_end|> text,Town
            2026-03-01,../../etc/passwd,Another,Town

            """)
        let arguments = ["import", "news.csv", "--articles", "-o", "Worlds/media/news", "--date", "published", "--title", "headline", "--text", "body", "--quiet"]
        let first = try command.run(arguments)
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output == "Worlds/media/news: 3 articles from 2026-03-01 to 2026-03-02\nNext: let people read it with 'reads: { Worlds/media/news: 50% }'\n")
        #expect(try names(command, "Worlds/media/news") == ["2026-03-01-etc-passwd-2.md", "2026-03-01-etc-passwd.md", "2026-03-02-bids-opened-late.md"])
        let text = try String(contentsOf: command.folder.appending(path: "Worlds/media/news/2026-03-02-bids-opened-late.md"), encoding: .utf8)
        #expect(text == "---\ndate: 2026-03-02\ntitle: \"Bids, opened: late\"\n---\n\nLine one\nline two\n")
        #expect(try command.run(arguments).output.contains("3 of them there already"))
        try write(command, "Personas/me.yaml", "persona: Me\nreads: { Worlds/media/news: 100%, as of: 2026-03-02 }\n")
        let poll = try command.run([
            "poll", "Personas/me.yaml", "--survey", "Personas/alder-creek.survey.yaml", "--model", "scripted", "--quiet", "--db", command.database,
        ])
        #expect(poll.status == 0 && poll.output.contains("they have read 3 articles"), "\(poll.errors)")
        // Another text under a name that is there is refused, and nothing is written.
        try write(command, "other.jsonl", #"{"date": "2026-03-03", "title": "New", "text": "New"}"# + "\n" + #"{"date": "2026-03-02", "title": "Bids, opened: late", "text": "Else"}"#)
        let clash = try command.run(["import", "other.jsonl", "--articles", "-o", "Worlds/media/news", "--quiet"])
        #expect(clash.status == 64 && clash.errors.contains("2026-03-02-bids-opened-late.md"))
        #expect(try names(command, "Worlds/media/news").count == 3)
    }

    @Test func `a folder of texts is dated by names, titled by headings`() throws {
        let command = try Command()
        try write(command, "texts/2026-03-01-roof_at-its-end.txt", "It leaks.\r\nStill.\r\n")
        try write(command, "texts/2026-03-02.md", "\n# The bids\n\nLate.\n")
        try write(command, "texts/own.md", "---\ndate: 2026-03-03\ntitle: Own\nlicence: CC0\n---\n\nOwn words.\n")
        try write(command, "texts/picture.png", "no text")
        let outcome = try command.run(["import", "texts", "--articles", "-o", "Worlds/media/texts", "--quiet", "--json"])
        #expect(outcome.status == 0 && outcome.output.contains("\"written\": 3"), "\(outcome.errors)")
        #expect(try names(command, "Worlds/media/texts") == ["2026-03-01-roof-at-its-end.md", "2026-03-02-the-bids.md", "2026-03-03-own.md"])
        let text = try String(contentsOf: command.folder.appending(path: "Worlds/media/texts/2026-03-01-roof-at-its-end.md"), encoding: .utf8)
        #expect(text == "---\ndate: 2026-03-01\ntitle: Roof at its end\n---\n\nIt leaks.\nStill.\n")
    }

    @Test func `every mistake is said at once and nothing is written`() throws {
        let command = try Command()
        try write(command, "a.csv", "date,title,text\n1 March,T,x\n2026-03-01,,x\n2026-03-01,T,\" \"\n")
        try write(command, "b.jsonl", "{\"date\": \"2026-03-01\", \"titel\": \"T\", \"text\": \"x\"}\nnot json\n{\"date\": 3, \"title\": \"T\", \"text\": \"x\"}\n")
        try write(command, "c/undated.txt", "x")
        try write(command, "d.csv", "day,title,text\n2026-03-01,T,x\n")
        try write(command, "e.pdf", "x")
        for (source, says) in [
            ("a.csv", ["a.csv:2:1: error: the date must read like '2026-03-01', not '1 March'", "a.csv:3:1: error: the title is empty", "a.csv:4:1: error: the text is empty"]),
            ("b.jsonl", ["b.jsonl:1:1: error: no text under 'title'; did you mean 'titel'?", "b.jsonl:2:1: error: this line is no JSON object", "b.jsonl:3:1: error: no text under 'date'"]),
            ("c", ["c/undated.txt:1:1: error: no date"]), ("d.csv", ["d.csv:1:1: error: no column 'date'; there are 'day'"]),
            ("e.pdf", ["neither a folder nor a .csv or .jsonl file"]), ("nothing.csv", ["there is no 'nothing.csv'"]),
        ] {
            let outcome = try command.run(["import", source, "--articles", "-o", "Worlds/media/out", "--quiet"])
            #expect(outcome.status == 64)
            for line in says { #expect(outcome.errors.contains(line), "\(outcome.errors)") }
        }
        #expect(!FileManager.default.fileExists(atPath: command.folder.appending(path: "Worlds/media/out").path))
        #expect(try command.run(["import", "a.csv", "--articles"]).errors.contains("-o FOLDER"))
        #expect(try command.run(["import", "a.csv", "-o", "x"]).errors.contains("go with --articles"))
    }
}
