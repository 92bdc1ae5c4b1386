import Foundation
import Testing

@Suite struct InfluenceCommandTests {
    @Test func `influence is asked once, foretold, and the same from the record`() throws {
        let command = try Command()
        let database = ["--quiet", "--db", command.database]
        let poll = try command.run(
            ["poll", "Personas/gss-adults.panel.yaml", "--model", "scripted", "--questions", "natenvir,abany"] + database)
        #expect(poll.status == 0, "\(poll.errors)")
        let foretold = try command.run(["compare", "poll-1", "--influence", "--dry-run", "--json"] + database)
        let first = try command.run(["compare", "poll-1", "--influence"] + database)
        #expect(first.status == 0, "\(first.errors)")
        let new = try #require(foretold.output.firstMatch(of: /"new": ?([0-9]+)/)?.1)
        #expect(first.output.contains("\(new) model calls"))
        let second = try command.run(["compare", "poll-1", "--influence", "--jobs", "1"] + database)
        func table(_ text: String) -> String { String(text.prefix(while: { $0 != "." })) }
        #expect(second.output.contains("0 model calls") && table(first.output) == table(second.output))
        let one = try command.run(["show", "poll-1/gss2018-1004", "--influence", "--json"] + database)
        #expect(one.status == 0 && one.output.contains("\"moved\""), "\(one.errors)")
    }

    @Test func `what cannot be traced is refused with what to do`() throws {
        let command = try Command()
        let database = ["--quiet", "--db", command.database]
        _ = try command.run(
            ["poll", "Personas/gss-adults.panel.yaml", "--model", "scripted", "--questions", "abany", "--method", "sample"] + database)
        for (arguments, says) in [
            (["compare", "poll-1", "--influence"], "move by chance"),
            (["show", "poll-1", "--influence"], "write RUN/PERSON"),
            (["show", "poll-1/nobody", "--influence"], "nobody called 'nobody'"),
            (["compare", "poll-1", "--influence", "--by", "party"], "takes one poll"),
        ] {
            let outcome = try command.run(arguments + database)
            #expect(outcome.status == 64 && outcome.errors.contains(says), "\(outcome.errors)")
        }
    }

    @Test func `a resident's answers are traced to what they remembered`() throws {
        let command = try Command()
        let database = ["--quiet", "--db", command.database]
        #expect(try command.run(["run", "Worlds/alder-creek.yaml", "--model", "scripted"] + database).status == 0)
        let found = try command.run(["show", "run-1/rosa-delgado", "--influence", "--json"] + database)
        #expect(found.status == 0, "\(found.errors)")
        #expect(found.output.contains("run-1/rosa-delgado/") && found.output.contains("memory (seed)"))
        let deed = try command.run(["show", "run-1#28", "--influence"] + database)
        #expect(deed.status == 0 && deed.output.contains("asked to decide"), "\(deed.errors)")
        #expect(deed.output.contains("influence, each memory left out in turn"), "\(deed.output)")
        #expect(deed.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(try command.run(["show", "run-1#28", "--influence"] + database).output == deed.output)
        let json = try command.run(["show", "run-1#28", "--influence", "--json"] + database)
        #expect(json.output.contains("\"influence\"") && json.output.contains("\"memory\": \"run-1/marcus-bell/"), "\(json.output)")
        let none = try command.run(["show", "run-1#1", "--influence"] + database)
        #expect(none.status == 64 && none.errors.contains("rests on no recalled memory"), "\(none.errors)\(none.output)")
    }
}
