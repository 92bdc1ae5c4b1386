import Agents
import Files
import Foundation
import Surveys
import Testing

private let survey = """
    survey: S
    variables:
      age: { ask: How old are you?, values: years }
      sex: { ask: Which?, values: [Female, Male] }
      party:
        ask: Which side?
        values: { 0: left, 1: right }
      plain: { 0: left, 1: right }
    questions:
      tax:
        ask: More tax?
        say: My answer is ...
        scale: nominal
        options: { 2: { text: "Yes", fills: "yes" }, 1: { text: "No", fills: "no" } }
        paraphrases: [{ ask: Tax up?, say: I say ... }]
        opposite: { ask: Less tax?, say: To less I say ... }
      roads:
        ask: More roads?
        scale: ordinal
        options: { 1: Less, 2: Same, 3: More }
        paraphrases: [{ ask: Roads? }, { ask: Roads at all? }]

    """

private let panel = """
    panel: P
    from: Personas/s.survey.yaml
    draw: { by: sex, allocation: equal }
    order: shuffled
    backstory:
      age: I am {age}.
      party: { say: "I am {party}.", portray: "you were {party}", about: politics }

    """

struct WordingFileTests {
    @Test func `a variable may bring its question, in every short form of its values`() throws {
        let study = try Study(["Personas/s.survey.yaml": survey])
        let loaded = try StudyFiles().loadSurvey(study.path("Personas/s.survey.yaml"))
        let codebook = loaded.value.codebook
        #expect(
            codebook.variables == [
                Variable(name: "age", kind: .number(unit: "years"), ask: "How old are you?"),
                Variable(name: "sex", kind: .categories(["Female", "Male"]), ask: "Which?"),
                Variable(
                    name: "party", kind: .coded([.init(code: "0", text: "left"), .init(code: "1", text: "right")]),
                    ask: "Which side?"),
                Variable(
                    name: "plain", kind: .coded([.init(code: "0", text: "left"), .init(code: "1", text: "right")])),
            ])
        #expect(
            codebook.questions[0].rewordings
                == Rewordings(
                    paraphrases: [Wording(ask: "Tax up?", say: "I say")],
                    opposite: Wording(ask: "Less tax?", say: "To less I say")))
        #expect(codebook.questions[1].rewordings?.paraphrases.map(\.ask) == ["Roads?", "Roads at all?"])
        try study.write("Personas/s.survey.yaml", Data(loaded.expanded.utf8))
        let again = try StudyFiles().loadSurvey(study.path("Personas/s.survey.yaml"))
        #expect(again.expanded == loaded.expanded && again.value.codebook.variables == codebook.variables)
        #expect(again.value.codebook.questions.map(\.rewordings) == codebook.questions.map(\.rewordings))
    }

    @Test func `a panel may say its sentences in three persons, draw by stratum and name an order`() throws {
        let study = try Study(["Personas/s.survey.yaml": survey, "Personas/p.panel.yaml": panel])
        let loaded = try StudyFiles().loadPanel(study.path("Personas/p.panel.yaml"))
        #expect(loaded.value.strata == Stratification(variable: "sex", allocation: .equal))
        #expect(loaded.value.order == .shuffled)
        #expect(
            loaded.value.backstory == [
                .init(variable: "age", template: "I am {age}."),
                .init(variable: "party", template: "I am {party}.", portray: "you were {party}", about: "politics"),
            ])
        try study.write("Personas/p.panel.yaml", Data(loaded.expanded.utf8))
        #expect(try StudyFiles().loadPanel(study.path("Personas/p.panel.yaml")).value == loaded.value)
    }

    @Test(arguments: [
        ("draw: { by: sex, allocation: equal }", "draw: { by: age }",
         "3:13: error: 'age' is a number, and strata are groups; draw by sex, party, plain"),
        ("draw: { by: sex, allocation: equal }", "draw: { by: sx }",
         "3:13: error: no variable 'sx' in s; did you mean 'sex'?"),
        ("draw: { by: sex, allocation: equal }", "draw: { allocation: equal }",
         "3:21: error: 'allocation' needs a 'by', the variable whose values are the strata"),
        ("order: shuffled", "order: random",
         "4:8: error: 'order' must read like 'as written', 'reversed', 'shuffled', not 'random'"),
        ("portray: \"you were {party}\"", "portray: \"you were a lefty\"",
         "7:10: error: the sentence does not say '{party}'"),
        ("about: politics", "abuot: politics", "7:63: error: unknown key 'abuot'; did you mean 'about'?"),
    ])
    func `a panel's mistakes in them are found`(_ right: String, _ wrong: String, _ message: String) throws {
        #expect(panel.contains(right))
        let study = try Study([
            "Personas/s.survey.yaml": survey,
            "Personas/p.panel.yaml": panel.replacingOccurrences(of: right, with: wrong),
        ])
        let found = try study.headlines { _ = try StudyFiles().loadPanel(study.path("Personas/p.panel.yaml")) }
        #expect(found == ["Personas/p.panel.yaml:" + message])
    }

    @Test(arguments: [
        ("{ ask: Tax up?, say: I say ... }", "{ ask: Tax up? }",
         "15:19: error: the question has a 'say', so a paraphrase needs one too, which the same options fill"),
        ("{ ask: Roads? }", "{ ask: Roads?, say: I say ... }",
         "21:39: error: 'say' here needs the question's own 'say'"),
        ("values: years", "value: years", "3:33: error: unknown key 'value'; did you mean 'values'?"),
        ("1: { text: \"No\", fills: \"no\" } }", "1: { text: \"No\", fills: \"no\" }, 3: { text: x, fills: x } }",
         "16:15: error: the options lie on no line, so the opposite has no mirror option; "
            + "only an ordinal question, or one of two options, can have an 'opposite'"),
    ])
    func `a survey's mistakes in them are found`(_ right: String, _ wrong: String, _ message: String) throws {
        #expect(survey.contains(right))
        let study = try Study(["Personas/s.survey.yaml": survey.replacingOccurrences(of: right, with: wrong)])
        let found = try study.headlines { _ = try StudyFiles().loadSurvey(study.path("Personas/s.survey.yaml")) }
        #expect(found.contains("Personas/s.survey.yaml:" + message), "\(found)")
    }
}
