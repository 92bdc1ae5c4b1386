import Agents
import Files
import Foundation
import Kernel
import LanguageModels
import Testing
import Worlds

private let people = ["Personas/ann.yaml": "persona: Ann\n", "Personas/bo.yaml": "persona: Bo\n"]

/// A world with these places and one resident.
private func world(_ places: String, lives: String = "inn", _ rest: String = "") -> String {
    "world: W\nclock: { starts: 2026-03-02 06:00 }\nplaces:\n\(places)\nresidents: [{ persona: Personas/ann.yaml, lives: \"\(lives)\" }]\n\(rest)"
}

private let tree = """
      inn:
        near: { square: 5 min, "inn: hall: stage": 90 s }
        areas:
          kitchen: { about: Warm., objects: { stove: off } }
          hall:
            areas:
              stage: { near: ["inn: kitchen"] }
      square: {}
    """

@Test func `areas are places with whole names, depth first`() throws {
    let study = try Study(people)
    try study.write("Worlds/x.yaml", Data(world(tree, lives: "inn: hall: stage", "events: [{ at: day 1 09:00, in: \"inn: kitchen\", seen: Smoke. }]\n").utf8))
    let loaded = try StudyFiles().loadWorld(study.path("Worlds/x.yaml"))
    #expect(loaded.value.places == [
        .init(name: "inn", about: "", near: [.init(to: "square", takes: .minutes(5)), .init(to: "inn: hall: stage", takes: TimeSpan(seconds: 90))]),
        .init(name: "inn: kitchen", about: "Warm.", within: "inn", objects: [.init(name: "stove", state: "off")]),
        .init(name: "inn: hall", about: "", within: "inn"),
        .init(name: "inn: hall: stage", about: "", within: "inn: hall", near: ["inn: kitchen"]),
        .init(name: "square", about: ""),
    ])
    #expect(loaded.value.residents[0].lives == "inn: hall: stage")
    #expect(loaded.expanded.contains("""
        places:
          inn:
            about: ""
            near:
              square: 5 min
              "inn: hall: stage": 1 min 30 s
            objects: {}
            areas:
              kitchen:
                about: Warm.
                near: []
                objects:
                  stove: "off"
                areas: {}
              hall:
                about: ""
                near: []
                objects: {}
                areas:
                  stage:
                    about: ""
                    near:
                      - "inn: kitchen"
                    objects: {}
                    areas: {}
          square:

        """))
    try study.write("Worlds/x.yaml", Data(loaded.expanded.utf8))
    #expect(try StudyFiles().loadWorld(study.path("Worlds/x.yaml")).value == loaded.value)
}

@Test func `names of areas are checked`() throws {
    #expect(try Study(people).world(world("  inn: { near: [kitchen], areas: { kitchen: {}, cellar: { size: 3 } } }\n  \"inn: yard\": {}", lives: "cellar")) == [
        "Worlds/x.yaml:4:17: error: no place 'kitchen'; did you mean 'inn: kitchen'?",
        "Worlds/x.yaml:4:59: error: unknown key 'size'; an area may have 'about', 'near', 'objects', 'areas'",
        "Worlds/x.yaml:5:3: error: the name of a place must not hold ':'; what lies inside a place stands under its 'areas'",
        "Worlds/x.yaml:6:50: error: no place 'cellar'; did you mean 'inn: cellar'?",
    ])
    #expect(try Study(people).world(world("  inn: { areas: { hall: {}, \"hall \": {} } }\n  \"\": {}\n  yard: { areas: [] }")) == [
        "Worlds/x.yaml:4:29: error: another place is called 'inn: hall'",
        "Worlds/x.yaml:5:3: error: a place needs a name",
        "Worlds/x.yaml:6:18: error: 'areas' must be a mapping, not a list",
    ])
    func nested(_ depth: Int) -> String { "  inn: " + String(repeating: "{ areas: { a: ", count: depth) + "{}" + String(repeating: " } }", count: depth) }
    #expect(try Study(people).world(world(nested(4))) == [])
    #expect(try Study(people).world(world(nested(5))) == ["Worlds/x.yaml:4:75: error: areas lie in one another more than 4 deep"])
}

@Test func `walking times are checked`() throws {
    #expect(try Study(people).world(world("  inn: { near: { square: 30 s, pond: soon, inn: 5 min, barn: 1 day, squar: 2 h } }\n  square: { near: inn }\n  pond: {}\n  barn: {}")) == [
        "Worlds/x.yaml:4:26: error: a way takes from 1 min to 6 h, not '30 s'",
        "Worlds/x.yaml:4:38: error: 'pond' must read like '5 min', not 'soon'",
        "Worlds/x.yaml:4:44: error: 'inn' is near itself",
        "Worlds/x.yaml:4:62: error: a way takes from 1 min to 6 h, not '1 day'",
        "Worlds/x.yaml:4:69: error: no place 'squar'; did you mean 'square'?",
        "Worlds/x.yaml:5:19: error: 'near' must be a list, or a mapping with walking times, not 'inn'",
    ])
    #expect(try Study(people).world(world("  inn: { near: { square: 1 min, pond: 6 h, barn: 10 min } }\n  square: { near: { inn: 60 s } }\n  pond: {}\n  barn: { near: [inn] }")) == [])
}

@Test func `a way has one walking time`() throws {
    #expect(try Study(people).world(world("  inn: { near: { square: 5 min } }\n  square: { near: { inn: 6 min } }\n  barn: { near: [inn] }\n  pond: { near: { barn: 10 min, inn: 2 h } }")) == [
        "Worlds/x.yaml:5:21: error: the way from 'square' to 'inn' takes 6 min here; it takes 5 min in line 4"
    ])
    #expect(try Study(people).world(world("  inn: { near: [square] }\n  square: { near: { inn: 5 min } }")) == [
        "Worlds/x.yaml:5:21: error: the way from 'square' to 'inn' takes 5 min here; it takes 10 min in line 4"
    ])
    #expect(try Study(people).world(world("  inn: { areas: { hall: { near: [inn] }, bar: { near: { inn: 1 min } } } }")) == [
        "Worlds/x.yaml:4:34: error: the way from 'inn: hall' to 'inn' takes 10 min here; an area is 1 min from what it lies in"
    ])
}

@Test func `what nobody can walk to is found`() throws {
    let places = "  inn: { areas: { hall: { near: [square] } } }\n  square: {}\n  island: { areas: { hut: {} } }"
    #expect(try Study(people).world(world(places, "events: [{ at: day 1 09:00, in: square, seen: A dog. }]\n")) == [])
    let rest = """
        events: [{ at: day 1 09:00, in: island, seen: Smoke. }]
        news: { feast: { about: A feast., words: [[feast]], event: { in: "island: hut", from: day 1 17:00, until: day 1 18:00 } } }

        """
    #expect(try Study(people).world(world(places, rest)) == [
        "Worlds/x.yaml:8:33: error: no way leads from 'inn' to 'island'; a place's 'near' says where one can walk from it",
        "Worlds/x.yaml:9:66: error: no way leads from 'inn' to 'island: hut'; a place's 'near' says where one can walk from it",
    ])
    #expect(try Study(people).world(world("  inn: {}\n  barn: {}").replacingOccurrences(of: "residents: [", with: "residents: [{ persona: Personas/bo.yaml, lives: barn }, ")) == [
        "Worlds/x.yaml:6:94: error: no way leads from 'barn' to 'inn'; a place's 'near' says where one can walk from it"
    ])
}
