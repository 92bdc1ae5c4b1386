import Files
import Foundation
import LanguageModels
import ScriptedServers
import Testing

private func study() throws -> Study {
    let study = try Study(["Personas/ann.yaml": "persona: Ann\n"])
    try FileManager.default.createDirectory(atPath: study.path("adapters"), withIntermediateDirectories: true)
    try study.write("adapters/courier.gguf", LowRankFile(seed: 1).data)
    return study
}

@Test func `a model may have an adapter, which its expansion spells out`() throws {
    let study = try study()
    let file = "persona: X\nmodel: { name: smollm2-135m, adapter: adapters/courier.gguf, adapter scale: 0.5 }\n"
    #expect(try study.persona(file) == [])
    let loaded = try StudyFiles().loadPersona(study.path("Personas/x.yaml"))
    let adapter = try #require(loaded.models.speaker.adapter)
    #expect(adapter.file == "adapters/courier.gguf" && adapter.scale == 0.5)
    #expect(adapter.path == loaded.root.absolute("adapters/courier.gguf") && adapter.path.hasPrefix("/"))
    #expect(loaded.expanded.contains("  adapter: adapters/courier.gguf\n  adapter scale: 0.5\n"))
    #expect(try study.persona(loaded.expanded) == [])
    #expect(try StudyFiles().loadPersona(study.path("Personas/x.yaml")).models == loaded.models)
    #expect(!loaded.sources.contains { $0.path.hasSuffix(".gguf") }, "adapters are not stored in runs")
}

@Test func `roles share an adapter by 'same as', and another model has not`() throws {
    let study = try study()
    let world = """
        world: W
        clock: { starts: 2026-03-02 06:00 }
        places: { inn: {} }
        residents: [{ persona: Personas/ann.yaml, lives: inn, models: { scribe: { same as: speaker, name: big }, speaker: { temperature: 1 } } }]
        models:
          speaker: { adapter: adapters/courier.gguf }
          scribe: { same as: speaker, temperature: 0.1 }

        """
    #expect(try study.world(world) == [])
    let models = try StudyFiles().loadWorld(study.path("Worlds/x.yaml")).models
    #expect(models.speaker.name == "smollm2-135m" && models.speaker.adapter?.scale == 1)
    #expect(models.scribe.adapter == models.speaker.adapter && models.embedder.adapter == nil)
    let own = try #require(models.residents.first)
    #expect(own.speaker.adapter == models.speaker.adapter && own.scribe.name == "big" && own.scribe.adapter == nil)
}

@Test func `adapters that cannot be are diagnostics with their place`() throws {
    let study = try study()
    try study.write("adapters/words.gguf", Data("not an adapter".utf8))
    var model = LowRankFile(seed: 1)
    model.keys[1].value = .text("model")
    try study.write("adapters/model.gguf", model.data)
    try study.write("adapters/short.gguf", LowRankFile(seed: 1).data.dropLast(1))
    func found(_ text: String, _ files: StudyFiles = StudyFiles()) throws -> [String] {
        try study.persona("persona: X\nmodel: { \(text) }\n", files: files).map { $0.replacingOccurrences(of: "Personas/x.yaml:2:", with: "") }
    }
    #expect(try found("adapter: adapters/words.gguf") == ["19: error: 'adapters/words.gguf' cannot be used: it is not a GGUF file"])
    #expect(try found("adapter: adapters/model.gguf")
        == ["19: error: 'adapters/model.gguf' cannot be used: it is no adapter; a model is named with 'name'"])
    #expect(try found("adapter: adapters/short.gguf") == ["19: error: 'adapters/short.gguf' cannot be used: it is cut short"])
    #expect(try found("adapter: adapters/curier.gguf")
        == ["19: error: no such file 'adapters/curier.gguf'; did you mean 'adapters/courier.gguf'?"])
    #expect(try found("adapter: ../courier.gguf")
        == ["19: error: '../courier.gguf' leads out of the study's root; paths start from the root; '--allow-path' allows others"])
    #expect(try found("adapter: \"\"") == ["19: error: an empty path"])
    #expect(try found("adapter scale: 2") == ["25: error: an 'adapter scale' needs an 'adapter'"])
    #expect(try found("adapter: adapters/courier.gguf, adapter scale: 11")
        == ["57: error: 'adapter scale' must be a number from -10 to 10, not '11'"])
    #expect(try found("name: m, server: \"http://127.0.0.1:1/v1\", adapter: adapters/courier.gguf") == [
        "61: error: an adapter is added to an embedded model, not to one behind a server; let the server load it, and name the model as the server does"
    ])
    #expect(try found("name: scripted, adapter: adapters/courier.gguf") == ["35: error: the model 'scripted' has no weights to adapt"])
    #expect(try found("adaptor: x") == ["10: error: unknown key 'adaptor'; did you mean 'adapter'?"])
}

@Test func `a link out of the study is refused, and a missing adapter only where it is needed`() throws {
    let study = try study()
    let elsewhere = NSTemporaryDirectory() + "populace-\(UUID()).gguf"
    try LowRankFile(seed: 2).write(to: URL(fileURLWithPath: elsewhere))
    defer { try? FileManager.default.removeItem(atPath: elsewhere) }
    try FileManager.default.createSymbolicLink(atPath: study.path("adapters/link.gguf"), withDestinationPath: elsewhere)
    func found(_ file: String, _ files: StudyFiles = StudyFiles()) throws -> [String] {
        try study.persona("persona: X\nmodel: { adapter: \(file) }\n", files: files)
    }
    #expect(try found("adapters/link.gguf").first?.contains("leads out of the study's root") == true)
    #expect(try found("adapters/link.gguf", StudyFiles(allowedPaths: [elsewhere])) == [])
    #expect(try found("adapters/link.gguf", StudyFiles(canLackAdapters: true)).count == 1)
    try FileManager.default.createSymbolicLink(
        atPath: study.path("adapters/near.gguf"), withDestinationPath: study.path("adapters/courier.gguf"))
    #expect(try found("adapters/near.gguf") == [])
    #expect(mkfifo(study.path("adapters/pipe.gguf"), 0o600) == 0)
    #expect(try found("adapters/pipe.gguf") == ["Personas/x.yaml:2:19: error: 'adapters/pipe.gguf' cannot be used: it is no file that can be read"])
    #expect(try found("adapters") == ["Personas/x.yaml:2:19: error: 'adapters' cannot be used: it is no file that can be read"])
    #expect(try found("adapters/gone.gguf").count == 1)
    #expect(try found("adapters/gone.gguf", StudyFiles(canLackAdapters: true)) == [])
    // Files restored from a run lie elsewhere than the adapters.
    var restoring = StudyFiles()
    restoring.adapters = StudyRoot(of: study.path("Personas/x.yaml"))
    let other = try Study()
    try other.write("Personas/x.yaml", Data("persona: X\nmodel: { adapter: adapters/courier.gguf }\n".utf8))
    let restored = try restoring.loadPersona(other.path("Personas/x.yaml"))
    #expect(restored.models.speaker.adapter?.path == restoring.adapters?.absolute("adapters/courier.gguf"))
}
