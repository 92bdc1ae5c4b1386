import Agents
import Foundation
import Kernel
import LanguageModels
import Results
import Surveys
import Worlds

/// Small values the tests record.
enum Samples {
    static func completion(_ key: String, _ text: String = "yes") -> Completion {
        Completion(
            key: key, model: "scripted", kind: "text", request: "{\"ask\":\"\(key)\"}",
            response: .text(text, complete: true), usage: TokenUsage(input: 7, output: 2), milliseconds: 3)
    }

    static let header = RunHeader(
        kind: "run", created: "2026-03-02T09:00:00Z", commandLine: "populace run w.yaml", version: "0.1.0",
        seed: .max, files: [RunFile(path: "w.yaml", digest: "sha256:aa", bytes: Array("world: W\n".utf8))],
        models: [
            RunModel(
                role: "speaker",
                identity: ModelIdentity(name: "s", backEnd: "scripted", settings: ["context": "2048", "batch": "512"]))
        ], settings: ["method": "words", "jobs": "4"])

    static let rosa = Persona(
        id: "rosa", name: "Rosa Delgado", age: 58, pronouns: "she", work: "runs the diner", about: "Warm.",
        believes: ["People matter."], habits: ["Up at five."],
        remembers: [Persona.SeedMemory(when: "1994", what: "The flood.", importance: 9)], answers: ["natenvir": 1],
        facts: [Persona.Fact(variable: "age", sentence: "I am 58 years old.")], respondent: "r1",
        attributes: ["partyid": "1", "sex": "Female"])
    static let ned = Persona(id: "ned", name: "Ned")

    static let residents = [
        World.Resident(
            persona: rosa, lives: "diner", knows: [World.Acquaintance(persona: "ned", what: "a regular")]),
        World.Resident(persona: ned, lives: "library"),
    ]

    static let noon = SimulationTime(day: 1, hour: 12)
    static let one = SimulationTime(day: 1, hour: 13)

    static let occurrences = [
        Occurrence(
            sequence: 1, time: noon, place: "diner", actor: "rosa", kind: .say, text: "Hello \u{1F44B} O'Neil",
            addressee: "ned", completion: "c1"),
        Occurrence(sequence: 2, time: noon, place: "square", actor: nil, kind: .event, text: "A bell rings."),
    ]

    static let memories = [
        MemoryChange(
            resident: "rosa",
            added: [
                Memory(
                    sequence: 1, time: noon, kind: .seed, text: "The flood.", importance: 9,
                    embedding: [0.6, -0.8, 1e-30], lastAccess: noon),
                Memory(
                    sequence: 2, time: noon, kind: .reflection, text: "Water returns.", importance: 7.25,
                    embedding: [1, 0, 0], lastAccess: noon, evidence: [1], completion: "c2"),
            ])
    ]

    static let uses = [
        Use(
            persona: "rosa", purpose: "speak", time: noon, completion: "c1", tokens: 9,
            recalled: [Use.Recall(memory: 1, rank: 1, recency: 0.5, importance: 1, relevance: 0.1 + 0.2)]),
        Use(persona: nil, purpose: "embed", time: noon, completion: "c2", tokens: 4),
    ]

    static let answers = [
        ElicitedAnswer(
            persona: "rosa", question: "natenvir", method: .words,
            options: [
                .init(logLikelihood: -12.345678901234567, tokenCount: 3, domainLogLikelihood: -9, personaFreeLogLikelihood: -11),
                .init(logLikelihood: nil, tokenCount: 4),
            ], completions: ["c1", "c2"]),
        ElicitedAnswer(
            persona: "ned", question: "natenvir", repetition: 1, method: .sample, chosen: nil, refused: true,
            text: "I'd rather not.", completions: ["c2"]),
    ]

    static let codebook = Codebook(
        id: "toy", title: "Toy", source: "made up", year: 2018, country: "Nowhere", data: "toy.csv",
        checksum: "sha256:bb", respondent: "id", weight: "w", stratum: "s", cluster: "c",
        variables: [
            Variable(name: "age", kind: .number(unit: "years")),
            Variable(name: "sex", kind: .categories(["Female", "Male"])),
            Variable(name: "partyid", kind: .coded([.init(code: "1", text: "strong Democrat")])),
        ],
        questions: [
            Question(
                id: "natenvir", ask: "Too little or too much?", say: "I think it is", scale: .ordinal,
                options: [
                    AnswerOption(code: 1, text: "Too little", fills: "too little"),
                    AnswerOption(code: 2, text: "Too much", fills: "too much", position: 2.5),
                ], nonAnswers: .codes(refused: [9], dontKnow: [8], notAsked: [0]), caution: "old"),
            Question(
                id: "vote", ask: "For whom?", scale: .nominal,
                options: [AnswerOption(code: 2, text: "B"), AnswerOption(code: 1, text: "A")], hasBaseline: false),
        ])

    static let respondents = [
        Respondent(
            id: "r2", weight: 1.5, stratum: "north", cluster: "7", variables: ["age": "40", "partyid": "1"],
            answers: ["natenvir": .option(1), "vote": .refused]),
        Respondent(id: "r1", weight: 0.5, answers: ["natenvir": .dontKnow, "vote": .option(0)]),
    ]

    /// A recorder with a run, its completions and one step.
    static func populate(_ database: ResultsDatabase) async throws -> (Recorder, String) {
        let recorder = Recorder(database)
        try await database.importSurvey(codebook, respondents: respondents, digest: "d1")
        for key in ["c1", "c2"] { try await recorder.save(completion(key)) }
        let run = try await recorder.beginRun(header, residents: residents)
        try await recorder.commitStep(
            run: run, time: noon, occurrences: occurrences, memories: memories, uses: uses, answers: answers,
            survey: "d1")
        return (recorder, run)
    }

    /// A path in a folder of its own that does not exist yet; removed when the tests end.
    static func path() -> String {
        folder.appendingPathComponent("\(UUID().uuidString)/r.sqlite").path
    }

    private static let folder: URL = {
        atexit { try? FileManager.default.removeItem(at: Samples.folder) }
        return FileManager.default.temporaryDirectory.appendingPathComponent("populace-results-tests-\(getpid())")
    }()
}
