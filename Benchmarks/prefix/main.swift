// A survey on the embedded model, with and without sharing what prompts begin with: tokens, time, exactness.
//
//     prefix [--method letters|words] [--personas P] [--questions Q] [--unshared N] [--model NAME] [--json]
//
// Without --personas, 20 x 20 and 200 x 10. N prompts, evenly spaced, are also evaluated from nothing one by one; all
// of them with 0. The numbers of the poll are made with all requests in hand.
import Foundation
import LanguageModels

struct Options {
    var methods = SurveyPrompts.Method.allCases
    var shapes = [(personas: 20, questions: 20), (personas: 200, questions: 10)]
    var unshared = 40
    var model = ModelCatalogue.defaultSpeaker
    var json = false

    init(_ arguments: [String]) {
        var rest = arguments[...]
        while let name = rest.popFirst() {
            if name == "--json" {
                json = true
                continue
            }
            guard let value = rest.popFirst() else { Self.fail("\(name) needs a value") }
            switch (name, Int(value)) {
            case ("--method", _):
                guard let method = SurveyPrompts.Method(rawValue: value) else { Self.fail("no method \(value)") }
                methods = [method]
            case ("--personas", let number?): shapes = [(number, shapes[0].questions)]
            case ("--questions", let number?): shapes = [(shapes[0].personas, number)]
            case ("--unshared", let number?): unshared = number
            case ("--model", _): model = value
            default: Self.fail("unknown option \(name) \(value)")
            }
        }
    }

    static func fail(_ why: String) -> Never {
        FileHandle.standardError.write(Data("prefix: \(why)\n".utf8))
        exit(64)
    }
}

/// One row: a survey shared, and a part of it not.
struct Figures: Encodable {
    var contestant = "populace"
    var method: String
    var personas: Int
    var questions: Int
    var prompts: Int
    var asked: Int
    var evaluated: Int
    var floor: Int
    var calls: Int
    var seconds: Double
    /// Inside the library.
    var decodeSeconds: Double
    /// Of the process: with one thread, what the wall would be on an idle machine.
    var processorSeconds: Double
    var unsharedPrompts: Int
    var unsharedTokens: Int
    var unsharedSeconds: Double
    var unsharedProcessorSeconds: Double
    var largestDifference: Double

    var promptsPerSecond: Double { Double(prompts) / seconds }
    var perFloor: Double { Double(evaluated) / Double(floor) }
    var overhead: Double { seconds / decodeSeconds }
    var gain: Double { unsharedSeconds / Double(unsharedPrompts) * promptsPerSecond }
    var processorGain: Double {
        unsharedProcessorSeconds / Double(unsharedPrompts) * Double(prompts) / processorSeconds
    }
}

func seconds(_ work: () async throws -> Void) async throws -> (wall: Double, processor: Double) {
    let (start, used) = (ContinuousClock.now, processorSeconds())
    try await work()
    return ((ContinuousClock.now - start) / .seconds(1), processorSeconds() - used)
}

func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

func probabilities(_ response: Response) -> [Double] {
    guard case .scores(let scores) = response else { return [] }
    return scores.map { exp($0.logLikelihood ?? -.infinity) }
}

func measure(_ method: SurveyPrompts.Method, _ personas: Int, _ questions: Int, _ options: Options) async throws -> Figures {
    // A model of its own, so that nothing is known at the start.
    let model = try await ModelCatalogue.standard.open(options.model)
    let requests = SurveyPrompts.requests(method, personas: personas, questions: questions)
    var answers: [Response?] = Array(repeating: nil, count: requests.count)
    let shared = try await seconds {
        try await withThrowingTaskGroup(of: (Int, Response).self) { group in
            for (place, request) in requests.enumerated() {
                group.addTask { (place, try await model.respond(to: request).response) }
            }
            for try await (place, response) in group { answers[place] = response }
        }
    }
    let counts = await model.counts

    let sample = options.unshared == 0 ? requests.count : min(options.unshared, requests.count)
    var difference = 0.0
    let unshared = try await seconds {
        for number in 0..<sample {
            let place = number * requests.count / sample
            try await model.forget()
            let alone = probabilities(try await model.respond(to: requests[place]).response)
            guard let together = answers[place].map(probabilities), together.count == alone.count else {
                Options.fail("prompt \(place) was not answered")
            }
            for (one, other) in zip(alone, together) { difference = max(difference, abs(one - other)) }
        }
    }
    return Figures(
        method: method.rawValue, personas: personas, questions: questions, prompts: requests.count, asked: counts.asked,
        evaluated: counts.evaluated, floor: counts.floor, calls: counts.calls, seconds: shared.wall,
        decodeSeconds: counts.seconds, processorSeconds: shared.processor, unsharedPrompts: sample,
        unsharedTokens: await model.counts.evaluated - counts.evaluated, unsharedSeconds: unshared.wall,
        unsharedProcessorSeconds: unshared.processor,
        largestDifference: difference)
}

let options = Options(Array(CommandLine.arguments.dropFirst()))
let encoder = JSONEncoder()
encoder.outputFormatting = [.sortedKeys]
for shape in options.shapes {
    for method in options.methods {
        let row = try await measure(method, shape.personas, shape.questions, options)
        if options.json {
            print(String(decoding: try encoder.encode(row), as: UTF8.self))
            continue
        }
        func fixed(_ number: Double, _ decimals: Int = 3) -> String { String(format: "%.\(decimals)f", number) }
        print(
            """
            \(row.method) \(row.personas) x \(row.questions): \(row.prompts) prompts, \(fixed(row.promptsPerSecond, 2)) a second
              tokens: \(row.asked) asked, \(row.evaluated) evaluated in \(row.calls) calls, \(row.floor) the least: \(fixed(row.perFloor)) (goal 1.02)
              wall \(fixed(row.seconds, 2)) s, \(fixed(row.decodeSeconds, 2)) s of it in the library: \(fixed(row.overhead)) (goal 1.10)
              without sharing (\(row.unsharedPrompts) prompts, \(row.unsharedTokens) tokens, \(fixed(row.unsharedSeconds, 2)) s): \(fixed(row.gain, 2)) times as long, \(fixed(row.processorGain, 2)) times the processor time (goal 3.1 for letters)
              largest difference in a probability: \(row.largestDifference) (goal 0)
            """)
    }
}
