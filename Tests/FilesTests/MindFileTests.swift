import Agents
import Files
import Foundation
import Kernel
import LanguageModels
import Testing
import Worlds

private let people = ["Personas/ann.yaml": "persona: Ann\n", "Personas/bo.yaml": "persona: Bo\n"]
private let head = "world: W\nclock: { starts: 2026-03-02 06:00 }\nplaces: { inn: {} }\n"
private let residents = "residents: [{ persona: Personas/bo.yaml, lives: inn }, { persona: Personas/ann.yaml, lives: inn }]\n"

/// The world as read, which its expansion must equal.
private func loaded(_ text: String) throws -> Loaded<World> {
    let study = try Study(people)
    try study.write("Worlds/x.yaml", Data(text.utf8))
    let loaded = try StudyFiles().loadWorld(study.path("Worlds/x.yaml"))
    try study.write("Worlds/x.yaml", Data(loaded.expanded.utf8))
    let again = try StudyFiles().loadWorld(study.path("Worlds/x.yaml"))
    #expect(again.value == loaded.value && again.models == loaded.models && again.expanded == loaded.expanded)
    return loaded
}

@Test func `every default of minds and talk is spelled out`() throws {
    let loaded = try loaded(head + residents)
    #expect(loaded.expanded.hasSuffix("""
        events: []
        polls: []
        news: {}
        without: []
        models:
          speaker:
            name: smollm2-135m
            temperature: 0.8
          scribe:
            name: smollm2-135m
            temperature: 0.2
          embedder:
            name: all-minilm-l6-v2
            temperature: 0
        memory:
          recency decay: 0.995 per hour
          weights:
            recency: 1
            importance: 1
            relevance: 1
          recall: 20 memories
          reflect after: 150 importance points
          reflect on: 100 memories
          questions: 3
          insights: 5
          interview recall: 50 memories
        planning:
          detail: minutes
          patience: 2 h
          nearby: 50 places
        conversation:
          turns: 8
          cooldown: 2 h
          begins: 2 per day
          polite: 4
          reply: 1 min
          recap: true
        perception:
          attention: 8
          retention: 5
          matters: 6.5
        stop:
          - at: day 2 00:00

        """))
}

@Test func `settings of minds and talk are read`() throws {
    let world = try loaded(head + residents + """
        memory: { weights: reverie, recall: 7, reflect on: 30 memories, questions: 2, insights: 4, interview recall: 9 memories }
        planning: { detail: hours, patience: 1 h 30 min }
        conversation: { turns: 6, begins: 3 per day, polite: 2, reply: 30 s, recap: false }
        perception: { matters: 8 }
        without: [reflection, observation]

        """).value
    #expect(world.memory == MemorySettings(weights: .reverie, recall: 7, reflectOn: 30, questions: 2, insights: 4, interviewRecall: 9))
    #expect(world.planning == World.PlanningSettings(detail: .hours, patience: .minutes(90)))
    #expect(world.conversation == World.ConversationSettings(turns: 6, begins: 3, polite: 2, reply: TimeSpan(seconds: 30), recap: false))
    #expect(world.perception == World.PerceptionSettings(matters: 8))
    #expect(world.without == [.observation, .reflection])
    #expect(try loaded(head + residents + "conversation: { begins: 0 }\n").value.conversation.begins == 0)
}

@Test func `wrong settings of minds and talk have a place`() throws {
    #expect(try Study(people).world(head + residents + """
        memory: { reflect on: many, questions: 0, insights: 99, interview recall: 2 h, recall: 2.5 memories, reflect: 3 }
        planning: { detail: fine, patience: 0 min, depth: 1 }
        conversation: { begins: 2 per week, polite: -1, reply: 0 s, recap: maybe }
        perception: { matters: 11 }
        without: [planing, planning, planning, thought]

        """) == [
        "Worlds/x.yaml:5:23: error: 'reflect on' must read like '100 memories', not 'many'",
        "Worlds/x.yaml:5:40: error: 'questions' must be a whole number from 1 to 20, not '0'",
        "Worlds/x.yaml:5:53: error: 'insights' must be a whole number from 1 to 50, not '99'",
        "Worlds/x.yaml:5:75: error: 'interview recall' must read like '50 memories', not '2 h'",
        "Worlds/x.yaml:5:88: error: 'recall' must read like '20 memories', not '2.5 memories'",
        "Worlds/x.yaml:5:102: error: unknown key 'reflect'; did you mean 'reflect on'?",
        "Worlds/x.yaml:6:21: error: 'detail' must read like 'day', 'hours' or 'minutes', not 'fine'",
        "Worlds/x.yaml:6:37: error: 'patience' must read like '2 h', not '0 min'",
        "Worlds/x.yaml:6:44: error: unknown key 'depth'; 'planning' may have 'detail', 'patience', 'nearby'",
        "Worlds/x.yaml:7:25: error: 'begins' must read like '2 per day', not '2 per week'",
        "Worlds/x.yaml:7:45: error: 'polite' must be a whole number from 0 to 100, not '-1'",
        "Worlds/x.yaml:7:56: error: 'reply' must read like '1 min', not '0 s'",
        "Worlds/x.yaml:7:68: error: 'recap' must read like 'true' or 'false', not 'maybe'",
        "Worlds/x.yaml:8:24: error: 'matters' must be a number from 1 to 10, not '11'",
        "Worlds/x.yaml:9:11: error: no world can do without 'planing'; did you mean 'planning'?",
        "Worlds/x.yaml:9:30: error: 'planning' is listed twice",
        "Worlds/x.yaml:9:40: error: no world can do without 'thought'; it can do without reflection, planning, observation",
    ])
    #expect(try Study(people).world(head + residents + "memory: { recall: 5000 memories }\nwithout: planning\n") == [
        "Worlds/x.yaml:5:19: error: 'recall' must be from 1 to 1000 memories, not '5000 memories'",
        "Worlds/x.yaml:6:10: error: 'without' must be a list, not 'planning'",
    ])
}

@Test func `a persona may sleep when others wake`() throws {
    let study = try Study(["Personas/ann.yaml": "persona: Ann\nsleeps: 09:00 to 16:30\n"])
    let loaded = try StudyFiles().loadPersona(study.path("Personas/ann.yaml"))
    #expect(loaded.value.sleeps == Persona.Sleep(starts: 9 * 3600, ends: 16 * 3600 + 1800))
    #expect(loaded.expanded.contains("habits: []\nsleeps: 09:00 to 16:30\nremembers: []\n"))
    try study.write("Personas/ann.yaml", Data(loaded.expanded.utf8))
    #expect(try StudyFiles().loadPersona(study.path("Personas/ann.yaml")).value == loaded.value)
    for wrong in ["22:00", "22:00 to 22:00", "22:00 to 24:00", "late"] {
        #expect(try study.persona("persona: A\nsleeps: \(wrong)\n") == [
            "Personas/x.yaml:2:9: error: 'sleeps' must read like '22:00 to 06:00', not '\(wrong)'"
        ])
    }
    #expect(try study.persona("persona: A\n") == [])
}

@Test func `news is read with its words in lower case`() throws {
    let loaded = try loaded(head + residents + """
        news:
          party:
            about: A party at the inn.
            starts with: [ann]
            words: [[Party, feast], [VALENTINE, 14]]
            event: { in: inn, from: day 2 17:00, until: day 2 19:00 }
          rumour: { about: A rumour., words: [[rumour]] }

        """)
    #expect(loaded.value.news == [
        World.News(
            name: "party", about: "A party at the inn.", startsWith: ["ann"], words: [["party", "feast"], ["valentine", "14"]],
            gathering: .init(place: "inn", from: SimulationTime(day: 2, hour: 17), until: SimulationTime(day: 2, hour: 19))),
        World.News(name: "rumour", about: "A rumour.", startsWith: [], words: [["rumour"]]),
    ])
    #expect(loaded.expanded.contains("""
        news:
          party:
            about: A party at the inn.
            starts with:
              - ann
            words:
              -
        """.dropLast(2)))
}

@Test func `news is checked`() throws {
    #expect(try Study(people).world(head + residents + """
        news:
          a: { starts with: [an, bo, bo], words: [], event: { in: in, from: day 1 05:00, until: day 1 05:00 } }
          b: { about: B., words: [party, [], [""]], event: { in: inn, from: noon } }
          c: { about: C., word: [[c]], event: inn }
          "": { about: D., words: [[d]] }

        """) == [
        "Worlds/x.yaml:6:6: error: a piece of news needs a 'about'",
        "Worlds/x.yaml:6:22: error: nobody here is 'an'; did you mean 'ann'?",
        "Worlds/x.yaml:6:30: error: 'bo' is listed twice",
        "Worlds/x.yaml:6:42: error: 'words' needs at least one list of words; write [[party, feast]]",
        "Worlds/x.yaml:6:59: error: no place 'in'; did you mean 'inn'?",
        "Worlds/x.yaml:6:69: error: this is before the world starts",
        "Worlds/x.yaml:6:89: error: the event would end before it begins",
        "Worlds/x.yaml:7:27: error: each of 'words' must be a list, not 'party'; write [[party, feast]]",
        "Worlds/x.yaml:7:34: error: a list of 'words' must not be empty",
        "Worlds/x.yaml:7:39: error: a word must not be empty",
        "Worlds/x.yaml:7:52: error: the event of a piece of news needs a 'until'",
        "Worlds/x.yaml:7:69: error: 'from' must read like 'day 2 17:00', not 'noon'",
        "Worlds/x.yaml:8:6: error: a piece of news needs a 'words'",
        "Worlds/x.yaml:8:19: error: unknown key 'word'; did you mean 'words'?",
        "Worlds/x.yaml:8:39: error: the event of a piece of news must be a mapping, not 'inn'",
        "Worlds/x.yaml:9:3: error: a piece of news needs a name",
    ])
}

@Test func `a resident may think with models of their own`() throws {
    let server = "http://127.0.0.1:8000/v1"
    let loaded = try loaded(head + """
        residents:
          - { persona: Personas/bo.yaml, lives: inn, model: big }
          - persona: Personas/ann.yaml
            lives: inn
            models:
              speaker: { same as: speaker, temperature: 1 }
              scribe: { same as: speaker }
              embedder: { temperature: 0.5 }
        models: { speaker: { name: far, server: "\(server)", revision: r1 }, embedder: { name: e } }

        """)
    let far = ModelSection.Choice(name: "far", servers: [server], revision: "r1")
    var warm = far
    warm.temperature = 1
    let scribe = ModelSection().scribe
    let embedder = ModelSection.Choice(name: "e", temperature: 0)
    #expect(loaded.models == ModelSection(speaker: far, scribe: scribe, embedder: embedder, residents: [
        .init(persona: "ann", speaker: warm, scribe: warm, embedder: ModelSection.Choice(name: "e", temperature: 0.5)),
        .init(persona: "bo", speaker: ModelSection.Choice(name: "big"), scribe: scribe, embedder: embedder),
    ]))
    #expect(try own(#"model: { temperature: 0 }"#).speaker == ModelSection.Choice(name: "smollm2-135m", temperature: 0))
    #expect(try own(#"model: { name: m, revision: r }"#).speaker == ModelSection.Choice(name: "m", revision: "r"))
    #expect(try own(#"models: { scribe: s }"#).scribe == ModelSection.Choice(name: "s", temperature: 0.2))
}

/// The models of a world's one resident, whose entry says so.
private func own(_ text: String) throws -> ModelSection.Resident {
    try #require(try loaded(head + "residents: [{ persona: Personas/ann.yaml, lives: inn, \(text) }]\n").models.residents.first)
}

@Test func `no models of their own are nobody's`() throws {
    let text = head + "residents: [{ persona: Personas/ann.yaml, lives: inn, models: {} }]\n"
    #expect(try loaded(text).models.residents == [])
}

@Test func `people drawn together share their models`() throws {
    let study = try Study([
        "Personas/s.survey.yaml": "survey: S\nvariables: { age: years }\nquestions: { a: { ask: A?, scale: nominal, options: { 1: x, 2: y } } }\n",
        "Personas/p.panel.yaml": "panel: P\nfrom: Personas/s.survey.yaml\nbackstory: { age: \"I am {age}.\" }\n",
        "Worlds/w.yaml": head + "residents: [{ panel: Personas/p.panel.yaml, take: 2, lives: inn, model: m }, { panel: Personas/p.panel.yaml, lives: inn }]\n",
    ])
    let files = StudyFiles(draw: { _, _, take in
        (0..<take).map { Persona(id: take == 2 ? "s-\(2 - $0)" : "s-9", name: "R", facts: [.init(variable: "age", sentence: "I am 4.")]) }
    })
    let loaded = try files.loadWorld(study.path("Worlds/w.yaml"))
    #expect(loaded.models.residents.map(\.persona) == ["s-1", "s-2"])
    #expect(loaded.models.residents.allSatisfy { $0.speaker.name == "m" && $0.scribe == ModelSection().scribe })
    try study.write("Worlds/w.yaml", Data(loaded.expanded.utf8))
    let again = try files.loadWorld(study.path("Worlds/w.yaml"))
    #expect(again.models == loaded.models && again.value == loaded.value)
}

@Test func `models of residents are checked as the world's are`() throws {
    #expect(try Study(people).world(head + """
        residents:
          - { persona: Personas/ann.yaml, lives: inn, model: m, models: { speaker: m } }
          - persona: Personas/bo.yaml
            lives: inn
            models:
              speeker: m
              speaker: { same as: scribe, server: "https://api.example.com/v1" }
              scribe: { same as: speaker }
              embedder: { same as: writer, temperature: 3 }

        """) == [
        "Worlds/x.yaml:5:54: error: a resident has a 'model' or 'models', not both; 'model' is the speaker of 'models'",
        "Worlds/x.yaml:9:7: error: unknown key 'speeker'; did you mean 'speaker'?",
        "Worlds/x.yaml:10:43: error: the server 'api.example.com' is not on this machine; '--allow-server api.example.com' allows it",
        "Worlds/x.yaml:11:26: error: 'same as' leads in a circle: speaker → scribe → speaker",
        "Worlds/x.yaml:12:28: error: no model role 'writer'; the roles are speaker, scribe, embedder",
        "Worlds/x.yaml:12:49: error: 'temperature' must be a number from 0 to 2, not '3'",
    ])
}

@Test func `a model may have several servers, a limit, prices and a budget`() throws {
    let models = try loaded(head + """
        residents: [{ persona: Personas/ann.yaml, lives: inn }]
        models:
          speaker:
            name: far
            server: ["http://127.0.0.1:8000/v1", "http://127.0.0.1:8001/v1"]
            at once: 32
            prices: { input: 0.15, cached: 0.075, output: 0.6 }
            budget: { tokens: 2_000_000, cost: 5 }
          scribe: { same as: speaker, prices: { input: 1, output: 2 }, budget: { cost: 0.5 } }

        """).models
    let servers = ["http://127.0.0.1:8000/v1", "http://127.0.0.1:8001/v1"]
    #expect(models.speaker == ModelSection.Choice(
        name: "far", servers: servers, atOnce: 32, prices: TokenPrices(input: 0.15, cached: 0.075, output: 0.6),
        budget: SpendingLimit(tokens: 2_000_000, cost: 5)))
    #expect(models.scribe == ModelSection.Choice(
        name: "far", servers: servers, atOnce: 32, prices: TokenPrices(input: 1, output: 2), budget: SpendingLimit(cost: 0.5)))
}

@Test func `servers, prices and budgets that are none are findings`() throws {
    #expect(try Study(people).world(head + """
        residents: [{ persona: Personas/ann.yaml, lives: inn }]
        models:
          speaker:
            server: ["http://127.0.0.1:8000/v1", "https://api.example.com/v1"]
            at once: 0
            prices: { input: -1, outputs: 2 }
            budget: {}
          scribe: { server: [], budget: { cost: 1 } }
          embedder: { budget: { tokens: 0, cost: x }, prices: { input: 1, output: 1 } }

        """) == [
        "Worlds/x.yaml:7:42: error: the server 'api.example.com' is not on this machine; '--allow-server api.example.com' allows it",
        "Worlds/x.yaml:8:14: error: 'at once' must be a whole number from 1 to 10000, not '0'",
        "Worlds/x.yaml:9:13: error: 'prices' needs a 'output'",
        "Worlds/x.yaml:9:22: error: 'input' must be a number from 0 to 1000000000, not '-1'",
        "Worlds/x.yaml:9:26: error: unknown key 'outputs'; did you mean 'output'?",
        "Worlds/x.yaml:10:13: error: a budget has 'tokens', 'cost' or both",
        "Worlds/x.yaml:11:21: error: 'server' must name at least one server",
        "Worlds/x.yaml:11:33: error: a 'cost' needs 'prices' to be reckoned with",
        "Worlds/x.yaml:12:33: error: 'tokens' must be a whole number of at least 1, not '0'",
        "Worlds/x.yaml:12:42: error: 'cost' must be a number from 0 to 1000000000, not 'x'",
    ])
}
