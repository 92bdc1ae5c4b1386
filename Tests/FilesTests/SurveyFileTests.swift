import Agents
import Files
import Foundation
import Surveys
import Testing
import Worlds

private let survey = """
    survey: S
    variables:
      age: years
      sex: [Female, Male]
      party: { 0: left, 1: right }
    questions:
      tax:
        ask: More tax?
        say: My answer is ...
        scale: nominal
        options: { 2: { text: "Yes", fills: "yes" }, 1: { text: No, fills: no } }
        no answer: { refused: [9], don't know: [8] }
      roads:
        ask: More roads?
        scale: ordinal
        options: { 1: Less, 2: Same, 3: { text: More, position: 5 } }

    """

@Test func `a survey keeps the order and words of its options`() throws {
    let study = try Study(["Personas/s.survey.yaml": survey])
    let codebook = try StudyFiles().loadSurvey(study.path("Personas/s.survey.yaml")).value.codebook
    #expect(codebook.id == "s")
    #expect(codebook.questions[0].options.map(\.code) == [2, 1])
    #expect(codebook.questions[0].options.map(\.text) == ["Yes", "No"])
    #expect(codebook.questions[0].say == "My answer is")
    #expect(codebook.questions[0].nonAnswers == .codes(refused: [9], dontKnow: [8], notAsked: []))
    #expect(codebook.questions[1].positions == [1, 2, 5])
    #expect(!codebook.questions[1].hasBaseline)
    #expect(codebook.variable("party")?.words(for: "1") == "right")
}

@Test func `a scale whose options share one position is refused`() throws {
    let study = try Study(["Personas/s.survey.yaml": """
        survey: S
        questions:
          a: { ask: A?, scale: ordinal, options: { 1: { text: One, position: 2 }, 2: { text: Two, position: 2 } } }

        """])
    #expect(try study.headlines { _ = try StudyFiles().loadSurvey(study.path("Personas/s.survey.yaml")) } == [
        "Personas/s.survey.yaml:3:42: error: all options share the position 2, so the scale has no ends; "
            + "give each its place on the scale, or write 'scale: nominal'"
    ])
}

@Test func `a survey's mistakes are found`() throws {
    let study = try Study(["Personas/s.survey.yaml": """
        survey: S
        data: Personas/none.csv
        questions:
          a: { ask: A?, say: It is ..., scale: ordnal, options: { 1: One, x: Two } }

        """])
    #expect(try study.headlines { _ = try StudyFiles().loadSurvey(study.path("Personas/s.survey.yaml")) } == [
        "Personas/s.survey.yaml:1:1: error: a survey needs a 'checksum'",
        "Personas/s.survey.yaml:1:1: error: a survey needs a 'respondent'",
        "Personas/s.survey.yaml:2:7: error: no such file 'Personas/none.csv'; paths start from \(StudyRoot(of: study.path("Worlds/x")).path)"
            .replacingOccurrences(of: study.folder + "/", with: ""),
        "Personas/s.survey.yaml:4:40: error: 'scale' must read like 'ordinal', 'nominal' or 'open', not 'ordnal'",
        "Personas/s.survey.yaml:4:57: error: a question needs at least two options",
        "Personas/s.survey.yaml:4:62: error: the question has a 'say', so the option needs a 'fills'; write { text: One, fills: ... }",
        "Personas/s.survey.yaml:4:67: error: an option's key is its code in the data, a whole number, not 'x'",
    ])
}

@Test func `an open question has a category and no options`() throws {
    let study = try Study(["Personas/s.survey.yaml": """
        survey: S
        data: Personas/s.survey.yaml
        checksum: sha256:\(String(repeating: "a", count: 64))
        respondent: id
        questions:
          why: { ask: Why?, scale: open, category: reasons, caution: Long. }
          tax: { ask: Tax?, scale: nominal, options: { 1: a, 2: b }, category: money }

        """])
    let loaded = try StudyFiles().loadSurvey(study.path("Personas/s.survey.yaml"))
    let questions = loaded.value.codebook.questions
    #expect(questions[0] == Question(
        id: "why", ask: "Why?", scale: .open, options: [], hasBaseline: false, caution: "Long.", category: "reasons"))
    #expect(questions[0].positions == nil)
    #expect(questions[1].category == "money" && questions[1].hasBaseline)
    #expect(loaded.expanded.contains(
        "  why:\n    ask: \"Why?\"\n    scale: open\n    baseline: none\n    caution: Long.\n    category: reasons\n  tax:\n"))
    try study.write("Personas/s.survey.yaml", Data(loaded.expanded.utf8))
    #expect(try StudyFiles().loadSurvey(study.path("Personas/s.survey.yaml")).value.codebook.questions == questions)
}

@Test func `an open question refuses what only options need`() throws {
    let study = try Study(["Personas/s.survey.yaml": """
        survey: S
        questions:
          a: { ask: A?, say: It is ..., scale: open, options: { 1: One }, no answer: merged, baseline: some }
          b: { ask: B?, scale: opne }

        """])
    #expect(try study.headlines { _ = try StudyFiles().loadSurvey(study.path("Personas/s.survey.yaml")) } == [
        "Personas/s.survey.yaml:3:22: error: an open question has no 'say'; it is answered in words, and never compared",
        "Personas/s.survey.yaml:3:55: error: an open question has no 'options'; it is answered in words, and never compared",
        "Personas/s.survey.yaml:3:78: error: an open question has no 'no answer'; it is answered in words, and never compared",
        "Personas/s.survey.yaml:3:96: error: 'baseline' can only be 'none'",
        "Personas/s.survey.yaml:4:6: error: a question needs a 'options'",
        "Personas/s.survey.yaml:4:24: error: 'scale' must read like 'ordinal', 'nominal' or 'open', not 'opne'",
    ])
    try study.write("Personas/s.survey.yaml", Data((survey + "  why: { ask: Why?, scale: open }\n").utf8))
    try study.write("Personas/p.panel.yaml", Data("panel: P\nfrom: Personas/s.survey.yaml\nbackstory: { why: \"{why}\" }\n".utf8))
    #expect(try study.headlines { _ = try StudyFiles().loadPanel(study.path("Personas/p.panel.yaml")) } == [
        "Personas/p.panel.yaml:3:14: error: 'why' is an open question, so the data hold no answer to tell"
    ])
}

@Test func `a panel is checked against its survey`() throws {
    let study = try Study(["Personas/s.survey.yaml": survey, "Personas/p.panel.yaml": """
        panel: P
        from: Personas/s.survey.yaml
        where: { sex: [Femal], age: 89 to 18, party: [right], colour: [red] }
        draw: { weight: w }
        backstory:
          age: I am old.
          income: I earn {income}.
          sex: I am {sex} and {tax}.
        held out: [tax, road]

        """])
    #expect(try study.headlines { _ = try StudyFiles().loadPanel(study.path("Personas/p.panel.yaml")) } == [
        "Personas/p.panel.yaml:3:16: error: 'Femal' is no value of 'sex'; did you mean 'Female'?",
        "Personas/p.panel.yaml:3:29: error: 'age' must read like '18 to 89', not '89 to 18'",
        "Personas/p.panel.yaml:3:55: error: no variable 'colour' in s",
        "Personas/p.panel.yaml:4:17: error: the survey has no weight 'w'; write 'none'",
        "Personas/p.panel.yaml:6:8: error: the sentence does not say '{age}'",
        "Personas/p.panel.yaml:7:3: error: no variable 'income' in s",
        "Personas/p.panel.yaml:8:8: error: 'tax' is held out, so it must not be told",
        "Personas/p.panel.yaml:9:17: error: no question 'road' in s; did you mean 'roads'?",
    ])
}

@Test func `residents are drawn from a panel, and its expansion reads back`() throws {
    let study = try Study([
        "Personas/s.survey.yaml": survey,
        "Personas/p.panel.yaml": "panel: P\nfrom: Personas/s.survey.yaml\nwhere: { party: right }\nbackstory: { age: \"I am {age}.\" }\n",
        "Worlds/w.yaml": """
            world: W
            clock: { starts: 2026-03-02 06:00 }
            places: { inn: {} }
            residents: [{ panel: Personas/p.panel.yaml, take: 2, lives: inn }]
            polls: [{ survey: Personas/s.survey.yaml, questions: [tax], when: day 1 07:00 }]

            """,
    ])
    let files = StudyFiles(
        draw: { panel, survey, take in
            #expect(survey.codebook.id == "s")
            #expect(panel.universe == Universe(conditions: [.oneOf(variable: "party", values: ["1"])]))
            return ["7", "8", "9"].prefix(take).map {
                Persona(id: "s-\($0)", name: "Respondent \($0)", facts: [Persona.Fact(variable: "age", sentence: "I am 40.")])
            }
        })
    let loaded = try files.loadWorld(study.path("Worlds/w.yaml"))
    #expect(loaded.value.residents.map(\.persona.id) == ["s-7", "s-8"])
    #expect(loaded.surveys.map(\.path) == ["Personas/s.survey.yaml"])
    try study.write("Worlds/w.yaml", Data(loaded.expanded.utf8))
    #expect(try files.loadWorld(study.path("Worlds/w.yaml")).value == loaded.value)
}
