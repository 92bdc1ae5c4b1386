import Foundation
import ScriptedServers
import Testing

@Suite struct AdapterCommandTests {
    private func command() throws -> Command {
        let command = try Command()
        let adapters = command.folder.appending(path: "adapters")
        try FileManager.default.createDirectory(at: adapters, withIntermediateDirectories: true)
        try LowRankFile(seed: 7).write(to: adapters.appending(path: "courier.gguf"))
        return command
    }

    private let poll = ["poll", "Personas/gss-adults.panel.yaml", "--questions", "abany"]

    @Test func `an adapter that cannot be used is refused with a sentence`() throws {
        let command = try command()
        let adapters = command.folder.appending(path: "adapters")
        try Data("words".utf8).write(to: adapters.appending(path: "words.gguf"))
        try LowRankFile(seed: 7).data.prefix(5000).write(to: adapters.appending(path: "short.gguf"))
        try LowRankFile(seed: 7, architecture: "qwen2").write(to: adapters.appending(path: "qwen.gguf"))
        let speaker = ["--model", "smollm2-135m"]
        for (arguments, says) in [
            (["--adapter", "adapters/courier.gguf"], "--adapter needs --model NAME, the model it adapts"),
            (["--model", "scripted", "--adapter", "adapters/courier.gguf"], "the model 'scripted' has no weights to adapt"),
            (["--model", "m", "--server", "http://127.0.0.1:1/v1", "--adapter", "adapters/courier.gguf"], "let the server load it"),
            (speaker + ["--adapter", "adapters/none.gguf"], "There is no adapter file adapters/none.gguf."),
            (speaker + ["--adapter", "adapters/words.gguf"], "The adapter adapters/words.gguf cannot be used: it is not a GGUF file."),
            (speaker + ["--adapter", "adapters/short.gguf:0.5"], "The adapter adapters/short.gguf cannot be used: it is cut short."),
            (speaker + ["--adapter", "adapters/qwen.gguf"], "it adapts qwen2, and the model is llama"),
            (speaker + ["--adapter", "adapters/courier.gguf:99"], "with a scale from -10 to 10"),
            (["--model", "adapters/courier.gguf"], "it is an adapter, to be named beside the model it adapts"),
        ] {
            for more in [["--dry-run"], []] {
                let outcome = try command.run(poll + arguments + more + ["--quiet", "--db", command.database])
                #expect(outcome.status == 64, "\(arguments): \(outcome.errors)")
                #expect(outcome.errors.contains(says), "\(arguments): \(outcome.errors)")
                #expect(outcome.output.isEmpty)
            }
        }
    }

    @Test func `an adapter says what it is`() throws {
        let command = try command()
        let outcome = try command.run("model", "info", "adapters/courier.gguf")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.hasPrefix("Test adapter: LoRA adapter, 0.1 MB\n"))
        #expect(outcome.output.contains("adapts models of architecture llama, made for SmolLM2 135M Instruct\n"))
        #expect(outcome.output.contains("  adapts    9 weights, rank 2, alpha 4\n"))
        #expect(try command.run("model", "info", "adapters/courier.gguf", "--json").output.contains("\"digest\""))
        var hostile = LowRankFile(seed: 7)
        hostile.keys[3].value = .text("\u{1B}[31m\u{202E}evil\nadapter")
        try hostile.write(to: command.folder.appending(path: "bad.gguf"))
        let said = try command.run("model", "info", "bad.gguf")
        #expect(said.status == 0 && !said.output.contains("\u{1B}") && !said.output.contains("\u{202E}"), "\(said.errors)")
        #expect(!said.output.contains("evil\nadapter"))
    }

    /// On the real default speaker.
    @Test func `an adapted poll replays offline without its adapter, and is compared with the base's`() throws {
        let command = try command()
        let panel = command.folder.appending(path: "Personas/gss-adults.panel.yaml")
        let text = try String(contentsOf: panel, encoding: .utf8).replacing(/size: [0-9]+/, with: "size: 3")
        try Data((text + "\nmodel: { adapter: adapters/courier.gguf }\n").utf8)
            .write(to: command.folder.appending(path: "Personas/adapted.panel.yaml"))
        try Data(text.utf8).write(to: panel)
        let shared = ["--questions", "abany", "--quiet", "--db", command.database]
        for whom in ["Personas/gss-adults.panel.yaml", "Personas/adapted.panel.yaml"] {
            let poll = try command.run(["poll", whom] + shared)
            #expect(poll.status == 0, "\(poll.errors)")
        }
        let half = try command.run(
            ["poll", "Personas/gss-adults.panel.yaml", "--model", "smollm2-135m", "--adapter", "adapters/courier.gguf:0.5"] + shared)
        #expect(half.status == 0, "\(half.errors)")
        func exported(_ run: String) throws -> String {
            let outcome = try command.run("export", run, "-o", "out-\(run)", "--quiet", "--db", command.database)
            #expect(outcome.status == 0, "\(outcome.errors)")
            return try String(contentsOf: command.folder.appending(path: "out-\(run)/shares.csv"), encoding: .utf8)
                .replacing(run, with: "poll")
        }
        #expect(try Set(["poll-1", "poll-2", "poll-3"].map(exported)).count == 3)
        #expect(try command.run("show", "poll-3", "--db", command.database).output.contains("smollm2-135m+courier:0.5"))
        let pair = try command.run("compare", "poll-1", "poll-2", "--quiet", "--db", command.database)
        #expect(pair.status == 0, "\(pair.errors)")
        let traced = try command.run("compare", "poll-2", "--influence", "--quiet", "--db", command.database)
        #expect(traced.status == 0 && traced.output.contains("model calls"), "\(traced.errors)")

        try FileManager.default.removeItem(at: command.folder.appending(path: "adapters"))
        let gone = try command.run(["poll", "Personas/adapted.panel.yaml"] + shared)
        #expect(gone.status == 64 && gone.errors.contains("adapted.panel.yaml:"), "\(gone.errors)")
        let again = try command.run(["poll", "Personas/adapted.panel.yaml", "--offline"] + shared)
        #expect(again.status == 0, "\(again.errors)")
        #expect(try exported("poll-4") == exported("poll-2"))
        let other = try command.run(
            ["poll", "Personas/gss-adults.panel.yaml", "--model", "smollm2-135m", "--adapter", "adapters/courier.gguf:0.5", "--offline"]
                + shared)
        #expect(other.status == 0, "\(other.errors)")
        #expect(try exported("poll-5") == exported("poll-3"))
    }
}
