import Agents
import Foundation
import Kernel
import LanguageModels
import Worlds

/// A model without a mind: every answer is a hash of the request.
struct Script: Sendable {
    /// Most milliseconds a call waits, drawn anew each time; changes nothing.
    var latency: UInt64 = 0
    var purposesThatFail: Set<String> = []
    /// Answers by purpose that replace the hashed ones.
    var words: [String: @Sendable (TextRequest) -> String] = [:]
    /// Added to the log-likelihood of continuations with this in them.
    var likes: [String: Double] = [:]

    struct Failure: Error, Equatable {}

    var minds: Minds { Minds(speaker: complete, scribe: complete, embedder: complete) }

    @Sendable func complete(_ request: Request) async throws -> Completion {
        if latency > 0 { try await Task.sleep(nanoseconds: UInt64.random(in: 0...latency * 1_000_000)) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = String(decoding: try encoder.encode(request), as: UTF8.self)
        let response: Response
        let kind: String
        switch request {
        case .embed(let embed):
            kind = "embed"
            response = .embedding(Self.embedding(embed.text))
        case .score(let score):
            kind = "score"
            if purposesThatFail.contains(score.purpose) { throw Failure() }
            response = .scores(
                score.continuations.map { words in
                    let hashed = Double(RandomStream.draw(seed: 1, score.prompt.text, words) % 1000) / 250
                    let content = score.prompt.segments.count > 1
                    let liked = content ? likes.keys.sorted().filter { words.contains($0) }.map { likes[$0] ?? 0 }.reduce(0, +) : 0
                    return ContinuationScore(logLikelihood: liked - hashed - 100, tokenCount: 3)
                })
        case .text(let text):
            kind = "text"
            if purposesThatFail.contains(text.purpose) { throw Failure() }
            if let given = words[text.purpose]?(text) {
                response = .text(given, complete: true)
            } else if text.grammar != nil, !["plan", "reflect"].contains(text.purpose) {
                response = try ScriptedModel.plausible(request)
            } else {
                response = .text(Self.words(text), complete: true)
            }
        }
        return Completion(
            key: String(RandomStream.draw(seed: 2, json), radix: 16), model: "script", kind: kind, request: json,
            response: response, usage: TokenUsage(input: json.utf8.count / 4, output: 5), milliseconds: 0)
    }

    static func embedding(_ text: String) -> [Float] {
        var vector = [Float](repeating: 0.01, count: 16)
        for word in text.split(whereSeparator: { !$0.isLetter }) {
            vector[Int(RandomStream.draw(seed: 3, String(word)) % 16)] += 1
        }
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return vector.map { $0 / length }
    }

    static func words(_ request: TextRequest) -> String {
        var stream = RandomStream(seed: request.seed)
        func pick(_ list: [String]) -> String { list[Int(stream.next() % UInt64(list.count))] }
        switch request.purpose {
        case "plan":
            let places = ["Bakery", "Café", "Hall"]
            return "["
                + (0..<5).map {
                    "{\"from\":\"\($0 * 3 + 7 < 10 ? "0" : "")\($0 * 3 + 7):00\",\"where\":\"\(pick(places))\",\"do\":\"\(pick(["bake", "read", "mend"])) \(pick(["bread", "nets", "books"]))\"}"
                }.joined(separator: ",") + "]"
        case "reflect": return "[{\"insight\":\"Things go \(stream.next() % 97) ways\",\"because\":[1,2]},{\"insight\":\"Nothing holds\",\"because\":[]}]"
        default: return (0..<5).map { _ in pick(["sun", "rain", "bread", "dear", "well", "road", "night", "Anna", "you", "me", "fish"]) }.joined(separator: " ") + "."
        }
    }
}

/// Three places in a row and four residents, one of whom keeps to herself.
func village(order: [Int] = [0, 1, 2, 3], stop: [World.StopCondition] = [.at(SimulationTime(day: 1, hour: 20))]) -> World {
    let names = ["anna-berg", "bo-dahl", "cleo-eck", "dan-fox"]
    let residents = names.enumerated().map { index, id in
        World.Resident(
            persona: Persona(
                id: id, name: id.split(separator: "-").map(\.capitalized).joined(separator: " "), age: 30 + index,
                believes: ["Bread matters"], habits: ["walk at noon", "sleep early"],
                remembers: [.init(when: "1994", what: "The flood took the bridge", importance: 8)]),
            lives: ["Bakery", "Café", "Bakery", "Hall"][index],
            knows: [.init(persona: names[(index + 1) % 4], what: "a neighbour")])
    }
    return World(
        id: "village", title: "Village", about: "Small.", seed: 7,
        clock: .init(date: CivilDate(year: 2026, month: 3, day: 2), starts: SimulationTime(day: 1, hour: 6)),
        places: [
            .init(name: "Bakery", about: "Warm.", near: ["Café"], objects: [.init(name: "oven", state: "hot")]),
            .init(name: "Café", about: "Loud.", near: ["Hall"]), .init(name: "Hall", about: "Cold."),
        ],
        residents: order.map { residents[$0] },
        events: [.init(at: SimulationTime(day: 1, hour: 12), place: "Café", seen: "The window of the Café breaks.")],
        polls: [.init(survey: "Personas/x.yaml", questions: ["q"], when: [SimulationTime(day: 1, hour: 12)])],
        memory: MemorySettings(recall: 8, reflectAfter: 60), stop: stop)
}

func run(
    _ world: World, seed: UInt64 = 7, script: Script = Script(), jobs: Int = 4
) async throws -> (records: [StepRecord], simulation: Simulation) {
    var simulation = Simulation(world: world, seed: seed)
    var records: [StepRecord] = []
    while let record = try await simulation.step(minds: script.minds, jobs: jobs) { records.append(record) }
    return (records, simulation)
}

func bytes(_ records: [StepRecord]) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try encoder.encode(records)
}
