import Files
import Foundation
import Testing

@Suite struct SweepFileTests {
    private static let world = """
        world: Two Rooms
        clock: { starts: 2026-03-02 06:00, grain: 30 min, night: 22:00 to 06:00 }
        places:
          kitchen: { about: A table. }
        residents:
          - { persona: Personas/ann.yaml, lives: kitchen }
        """

    private func study() throws -> Study {
        let study = try Study([
            "Worlds/a.yaml": Self.world, "Worlds/b.yaml": Self.world, "Personas/ann.yaml": "persona: Ann\n",
            "Personas/q.survey.yaml": """
                survey: Mine
                questions:
                  bread: { ask: Bread?, scale: nominal, options: { 1: "Yes", 0: "No" }, baseline: none }
                """,
        ])
        return study
    }

    private func headlines(_ text: String, files: StudyFiles = StudyFiles()) throws -> [String] {
        let study = try study()
        try study.write("Worlds/s.yaml", Data(text.utf8))
        return try study.headlines { _ = try files.loadSweep(study.path("Worlds/s.yaml")) }
    }

    private func sweep(_ text: String) throws -> Sweep {
        let study = try study()
        try study.write("Worlds/s.yaml", Data(text.utf8))
        let loaded = try StudyFiles().loadSweep(study.path("Worlds/s.yaml"))
        try study.write("Worlds/s.yaml", Data(loaded.expanded.utf8))
        #expect(try StudyFiles().loadSweep(study.path("Worlds/s.yaml")).value == loaded.value)
        return loaded.value
    }

    @Test func `cells are the product of the axes in file order, the last fastest`() throws {
        let sweep = try sweep("""
            study: Rooms
            until: day 1 12:00
            sweep: { seed: [1..2, 7], world: [Worlds/a.yaml, Worlds/b.yaml] }
            """)
        #expect(sweep.procedure == .run && sweep.target == nil && sweep.fixed == [Sweep.Dimension(.until, [Sweep.Value("day 1 12:00")])])
        #expect(sweep.combinations.map { $0.map(\.text) } == [
            ["1", "Worlds/a.yaml"], ["1", "Worlds/b.yaml"], ["2", "Worlds/a.yaml"], ["2", "Worlds/b.yaml"],
            ["7", "Worlds/a.yaml"], ["7", "Worlds/b.yaml"],
        ])
    }

    @Test func `a model may be behind servers, and one value is a list of one`() throws {
        let sweep = try sweep("""
            study: Rooms
            run: Worlds/a.yaml
            sweep:
              model:
                - scripted
                - { name: big, server: ["http://127.0.0.1:8000/v1", "http://localhost:8001/v1"] }
              seed: 3..6
            """)
        #expect(sweep.dimensions[0].values[1].servers == ["http://127.0.0.1:8000/v1", "http://localhost:8001/v1"])
        #expect(sweep.dimensions[1].values.map(\.text) == ["3", "4", "5", "6"])
    }

    @Test func `a poll may vary in how it is asked`() throws {
        let sweep = try sweep("""
            study: How Ann is asked
            poll: Personas/ann.yaml
            survey: Personas/q.survey.yaml
            questions: [bread]
            sweep: { ask as: [qa, bio], method: letters }
            """)
        #expect(sweep.procedure == .poll && sweep.questions == ["bread"] && sweep.combinations.count == 2)
    }

    @Test(arguments: [
        ("run: Worlds/a.yaml\nsweep: { sed: 1..3 }", "Worlds/s.yaml:3:10: error: unknown key 'sed'; did you mean 'seed'?"),
        ("run: Worlds/a.yaml\nsweep: { seed: 3..1 }", "Worlds/s.yaml:3:16: error: 'seed' must read like '1..20' or '7', not '3..1'"),
        ("run: Worlds/a.yaml\nsweep: { seed: [1, 1..2] }", "Worlds/s.yaml:3:20: error: '1' is listed twice"),
        ("run: Worlds/a.yaml\nsweep: { seed: 1..90000000000 }", "Worlds/s.yaml:3:16: error: '1..90000000000' is more than 10000 seeds"),
        ("run: Worlds/a.yaml\nsweep: { seed: 1..5000, until: [day 1 10:00, day 1 11:00, day 1 12:00] }",
            "Worlds/s.yaml:3:8: error: the sweep has 15000 cells, and 10000 are the most"),
        ("run: Worlds/a.yaml\nsweep: { seed: [] }", "Worlds/s.yaml:3:16: error: 'seed' must have at least one value"),
        ("run: Worlds/a.yaml\nsweep: {}",
            "Worlds/s.yaml:3:8: error: a sweep needs something that varies; such as 'seed: 1..20'"),
        ("run: Worlds/a.yaml\nsweep: { method: words }",
            "Worlds/s.yaml:3:10: error: a sweep of 'run' has no 'method'; it may vary seed, model, world, until"),
        ("run: Worlds/c.yaml\nsweep: { seed: 1 }", "Worlds/s.yaml:2:6: error: no such file 'Worlds/c.yaml'; did you mean 'Worlds/a.yaml'?"),
        ("run: Worlds/a.yaml\nsweep: { world: [Worlds/b.yaml] }",
            "Worlds/s.yaml:2:6: error: 'world' of the sweep says what each cell is done to, and this is not among it; leave 'run' out"),
        ("run: Worlds/a.yaml\nuntil: noon\nsweep: { seed: 1 }", "Worlds/s.yaml:3:8: error: 'until' must read like 'day 1 12:00', not 'noon'"),
        ("run: Worlds/a.yaml\nfrom: Personas/q.survey.yaml\nsweep: { seed: 1 }",
            "Worlds/s.yaml:3:7: error: 'from' belongs to a 'design', which this study has not"),
        ("run: Worlds/a.yaml\nsweep: { model: [/etc/passwd.gguf] }",
            "Worlds/s.yaml:3:18: error: '/etc/passwd.gguf' names a model by its path; '--allow-path /etc/passwd.gguf' allows it"),
        ("run: Worlds/a.yaml\nsweep: { model: { name: m, server: http://example.com/v1 } }",
            "Worlds/s.yaml:3:36: error: the server 'example.com' is not on this machine; '--allow-server example.com' allows it"),
        ("poll: Personas/ann.yaml\nsweep: { seed: 1 }",
            "Worlds/s.yaml:2:7: error: a persona is asked the questions of a survey; add 'survey: FILE'"),
        ("poll: Personas/ann.yaml\nsurvey: Personas/q.survey.yaml\nquestions: [bred]\nsweep: { method: [words, lettres] }",
            "Worlds/s.yaml:4:13: error: no question 'bred' in q; did you mean 'bread'?"),
        ("run: ../../etc/passwd\nsweep: { seed: 1 }",
            "Worlds/s.yaml:2:6: error: '../../etc/passwd' leads out of the study's root; paths start from the root; '--allow-path' allows others"),
        ("sweep: { seed: 1 }",
            "Worlds/s.yaml:1:1: error: a sweep needs to be told what each cell does; 'run:' a world, 'poll:' a panel or persona, 'experiment:' a file of one, or a paper's 'design:'"),
    ])
    func `a mistake is shown in its place`(text: String, expected: String) throws {
        let found = try headlines("study: S\n" + text)
        #expect(found.contains(expected), "\(found)")
    }

    @Test func `all mistakes are said at once, those of the worlds too`() throws {
        let study = try study()
        try study.write("Worlds/a.yaml", Data((Self.world + "\nabot: x").utf8))
        try study.write("Worlds/s.yaml", Data("study: S\nrun: Worlds/a.yaml\nsweep: { seed: x, until: y }\n".utf8))
        let found = try study.headlines { _ = try StudyFiles().loadSweep(study.path("Worlds/s.yaml")) }
        #expect(found.count == 3 && found.contains { $0.hasPrefix("Worlds/a.yaml:") }, "\(found)")
    }

    @Test func `a sweep is no paper's design`() throws {
        let study = try study()
        try study.write("Worlds/s.yaml", Data("study: S\nrun: Worlds/a.yaml\nsweep: { seed: 1 }\n".utf8))
        let found = try study.headlines { _ = try StudyFiles().loadStudy(study.path("Worlds/s.yaml")) }
        #expect(found == ["Worlds/s.yaml:3:8: error: this study is a sweep and no paper's design; 'populace sweep' runs it"])
        try study.write("Worlds/s.yaml", Data("study: S\ndesign: vote\nrun: Worlds/a.yaml\n".utf8))
        let other = try study.headlines { _ = try StudyFiles().loadStudy(study.path("Worlds/s.yaml")) }
        #expect(other.contains("Worlds/s.yaml:3:6: error: 'run' is for a study with a 'sweep'"), "\(other)")
    }
}
