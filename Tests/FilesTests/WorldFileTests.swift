import Agents
import Files
import Foundation
import Kernel
import LanguageModels
import Testing
import Worlds

private let head = "world: W\nclock: { starts: 2026-03-02 06:00 }\nplaces: { square: { about: A square. }, inn: { near: [square] } }\n"
private let ann = ["Personas/ann.yaml": "persona: Ann\n"]

@Test func `defaults fill a small world`() throws {
    let study = try Study(ann)
    try study.write("Worlds/x.yaml", Data((head + "residents: [{ persona: Personas/ann.yaml, lives: inn }]\n").utf8))
    let loaded = try StudyFiles().loadWorld(study.path("Worlds/x.yaml"))
    #expect(loaded.value.residents.map(\.persona.id) == ["ann"])
    #expect(loaded.value.clock.grain == .minutes(10))
    #expect(loaded.models.speaker.name == "smollm2-135m")
    #expect(loaded.sources.map(\.path) == ["Worlds/x.yaml", "Personas/ann.yaml"])
}

@Test func `names of places and people are checked`() throws {
    let text = head + """
        residents:
          - persona: Personas/ann.yaml
            lives: in
            knows: { an: Herself. }
          - persona: Personas/ana.yaml
            lives: inn
        events: [{ at: day 1 9, in: squar, seen: A dog. }, { at: day 1 05:59, in: inn, seen: A cat. }]
        stop: [{ at: day 1 05:00 }]

        """
    let found = try Study(ann).world(text)
    #expect(found == [
        "Worlds/x.yaml:6:12: error: no place 'in'; did you mean 'inn'?",
        "Worlds/x.yaml:8:14: error: no such file 'Personas/ana.yaml'; did you mean 'Personas/ann.yaml'?",
        "Worlds/x.yaml:10:16: error: 'at' must read like 'day 1 09:00', not 'day 1 9'",
        "Worlds/x.yaml:10:29: error: no place 'squar'; did you mean 'square'?",
        "Worlds/x.yaml:10:58: error: this is before the world starts",
        "Worlds/x.yaml:11:14: error: the world would stop before it starts",
    ])
    #expect(try Study(ann).world(head + "residents: [{ persona: Personas/ann.yaml, lives: inn, knows: { an: X. } }, { persona: Personas/ann.yaml, lives: inn }]\n") == [
        "Worlds/x.yaml:4:64: error: nobody here is 'an'; did you mean 'ann'?",
        "Worlds/x.yaml:4:87: error: 'ann' lives here already",
    ])
}

@Test func `paths stay under the root`() throws {
    func resident(_ path: String) -> String { head + "residents: [{ persona: \(path), lives: inn }]\n" }
    let hint = "; paths start from the root; '--allow-path' allows others"
    #expect(try Study().world(resident("../../etc/passwd")) == ["Worlds/x.yaml:4:24: error: '../../etc/passwd' leads out of the study's root" + hint])
    #expect(try Study().world(resident("/etc/passwd")) == ["Worlds/x.yaml:4:24: error: '/etc/passwd' is an absolute path" + hint])
    let study = try Study()
    try FileManager.default.createSymbolicLink(atPath: study.path("Personas/link.yaml"), withDestinationPath: "/etc/passwd")
    #expect(try study.world(resident("Personas/link.yaml")) == ["Worlds/x.yaml:4:24: error: 'Personas/link.yaml' leads out of the study's root" + hint])
    let allowed = try study.world(resident("/etc/passwd"), files: StudyFiles(allowedPaths: ["/etc/passwd"]))
    #expect(allowed == ["/etc/passwd:1:1: error: the first key must be 'persona', with the title"])
}

@Test func `servers elsewhere need leave`() throws {
    func models(_ server: String) -> String { head + "residents: [{ persona: Personas/ann.yaml, lives: inn }]\nmodels: { speaker: { name: m, server: \"\(server)\" } }\n" }
    for near in ["http://127.0.0.1:8000/v1", "http://localhost:1/v1", "http://[::1]:9/v1"] { #expect(try Study(ann).world(models(near)) == []) }
    let far = try Study(ann).world(models("https://api.example.com/v1"))
    #expect(far == [
        "Worlds/x.yaml:5:39: error: the server 'api.example.com' is not on this machine; '--allow-server api.example.com' allows it"
    ])
    #expect(try Study(ann).world(models("http://127.0.0.1.example.com/v1")).count == 1)
    #expect(try Study(ann).world(models("http://127.0.0.1@example.com/v1")).count == 1)
    #expect(try Study(ann).world(models("file:///etc/passwd")).count == 1)
    #expect(try Study(ann).world(models("https://api.example.com/v1"), files: StudyFiles(allowedServers: ["api.example.com"])) == [])
}

@Test func `circles are found`() throws {
    let world = head + "residents: [{ persona: Personas/ann.yaml, lives: inn }]\nmodels: { speaker: { same as: scribe }, scribe: { same as: speaker } }\n"
    #expect(try Study(ann).world(world) == ["Worlds/x.yaml:5:60: error: 'same as' leads in a circle: speaker → scribe → speaker"])
    let study = try Study(["Personas/a.yaml": "persona: A\nmodel: { same as: Personas/x.yaml }\n"])
    #expect(try study.persona("persona: X\nmodel: { same as: Personas/a.yaml }\n") == [
        "Personas/a.yaml:2:19: error: 'same as' leads in a circle: Personas/x.yaml → Personas/a.yaml → Personas/x.yaml"
    ])
    #expect(try Study().world(head + "residents: [{ persona: Worlds/x.yaml, lives: inn }]\n") == [
        "Worlds/x.yaml:1:1: error: this is a world file where a persona file is needed"
    ])
    let panel = try Study(["Personas/p.yaml": "panel: P\nfrom: Personas/p.yaml\nbackstory: { age: \"{age}\" }\n"])
    #expect(try panel.headlines { _ = try StudyFiles().loadPanel(panel.path("Personas/p.yaml")) } == [
        "Personas/p.yaml:2:7: error: a panel cannot be drawn from itself; 'from' names a survey file"
    ])
}
