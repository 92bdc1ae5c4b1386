import Agents
import Files
import Foundation
import LanguageModels
import Reports
import Results
@testable import Studies
import Surveys
import Testing

/// An experiment in a folder of its own, and models whose decisions are known.
struct Laboratory {
    let folder: URL
    let recorder: Recorder

    init(_ experiment: String) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "laboratory-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appending(path: "Worlds"), withIntermediateDirectories: true)
        try Data(experiment.utf8).write(to: folder.appending(path: "Worlds/x.yaml"))
        recorder = Recorder(try ResultsDatabase(path: folder.appending(path: "db.sqlite").path))
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    func study(jobs: Int = 2) -> ExperimentStudy {
        ExperimentStudy(environment: StudyEnvironment(database: folder.appending(path: "db.sqlite").path, jobs: jobs))
    }

    var file: String { folder.appending(path: "Worlds/x.yaml").path }

    /// Chooses the label that `choose` gives for the options as they are listed.
    func scoring(_ name: String, _ choose: @escaping @Sendable (String) -> String) -> CachedModel {
        CachedModel(
            ScriptedModel(name) { request in
                guard case .score(let score) = request else { return .text("", complete: true) }
                let chosen = choose(score.prompt.text)
                return .scores(score.continuations.map {
                    ContinuationScore(logLikelihood: $0.contains(chosen) ? 0 : -60, tokenCount: 1)
                })
            }, store: recorder)
    }

    func saying(_ name: String, _ say: @escaping @Sendable (TextRequest) -> String) -> CachedModel {
        CachedModel(
            ScriptedModel(name) { request in
                guard case .text(let text) = request else { return .scores([]) }
                return .text(say(text), complete: true)
            }, store: recorder)
    }

    func record(_ speaker: CachedModel, _ request: ExperimentStudy.Request? = nil) async throws -> (StudyOutcome, ExperimentRecord) {
        let study = study()
        let prepared = try study.prepare(request ?? .init(file: file))
        let outcome = try await study.run(prepared, by: speaker, recorder: recorder)
        let run = try #require(try await recorder.database.latestRun())
        return (outcome, try await ExperimentRecord(run, environment: study.environment, database: recorder.database))
    }
}

/// The numbers of a column, in the order of a text of JSON.
func numbers(_ column: String, in text: String) -> [Double] {
    text.components(separatedBy: "\"\(column)\": ").dropFirst().compactMap { Double($0.prefix { "0123456789.-e".contains($0) }) }
}

@Suite struct ExperimentTests {
    private static let games = """
        experiment: Games
        situation: "{endowment}"
        decision:
          choice:
            ask: Left or Right?
            say: I choose ...
            labels: [Left, Right]
            options: { left: "{a}", right: "{b}" }
        arms:
          one: { a: 1 for me, b: 2 for me }
          two: { a: 3 for me, b: 1 for me }
          three: { a: 1 for me, b: 5 for me }
        endowments: { low: You like little, high: You like much }
        swap: true
        compare:
          - { measure: share choice = left, arm: { endowment: low }, against: { endowment: high } }
        human baseline:
          source: planted
          share choice = left: [{ arm: one, value: 0.25 }, { arm: two, value: 0.75 }, { arm: three, value: 0.25 }]
        analyses:
          - { mixture: share choice = left, over: arm, types of: endowment }
        """

    /// The label of the option with less or more for me.
    @Sendable private static func byTaste(_ text: String) -> String {
        func amount(_ label: String) -> Int {
            text.split(separator: "Option \(label): ").last.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
        }
        let wantsLittle = text.contains("You like little")
        return (amount("Left") < amount("Right")) == wantsLittle ? "Left" : "Right"
    }

    @Test func `planted types are recovered by the mixture of what the model plays`() async throws {
        let laboratory = try Laboratory(Self.games)
        defer { laboratory.remove() }
        let (outcome, record) = try await laboratory.record(laboratory.scoring("taste", Self.byTaste))
        let estimates = record.estimates(try #require(Measure("share choice = left")))
        #expect(estimates.map { $0.value.map { ($0 * 100).rounded() } } == [100, 0, 0, 100, 100, 0])
        // A quarter likes little: 1, 0, 1 against 0, 1, 0.
        let weights = numbers("weight", in: outcome.json.written())
        #expect(weights.count == 2 && zip(weights, [0.25, 0.75]).allSatisfy { abs($0 - $1) < 1e-9 }, "\(weights)")
    }

    @Test func `a model that goes by the side is seen by swapping the sides`() async throws {
        let laboratory = try Laboratory(Self.games)
        defer { laboratory.remove() }
        let (_, record) = try await laboratory.record(laboratory.scoring("lefty") { _ in "Left" })
        for one in record.estimates(try #require(Measure("share choice = left"))) {
            #expect(one.value.map { abs($0 - 0.5) < 1e-9 } == true && one.orderEffect.map { abs($0 - 1) < 1e-9 } == true)
        }
    }

    private static let framed = """
        experiment: Framed
        sessions: 12
        situation: You have 10. {frame}
        decision: { give: { ask: How many?, integer: 0 to 10 } }
        arms: { plain: { frame: "" }, same: { frame: "" }, more: { frame: Give more. } }
        compare:
          - { measure: mean give, arm: more, against: plain }
          - { measure: mean give, arm: same, against: plain }
          - { measure: share give >= 5, arm: more, against: plain }
        model: { name: scripted, temperature: 1 }
        """

    @Sendable private static func gift(_ text: TextRequest) -> String {
        let base = Int(text.seed % 5)
        if text.seed % 7 == 0, !text.prompt.text.contains("Give more") { return "Perhaps." }
        return "\(base + (text.prompt.text.contains("Give more") ? 2 : 0))"
    }

    @Test func `arms share subjects and draws, so equal arms differ by nothing`() async throws {
        let laboratory = try Laboratory(Self.framed)
        defer { laboratory.remove() }
        let (outcome, record) = try await laboratory.record(laboratory.saying("gift", Self.gift))
        let comparisons = record.experiment.comparisons
        let more = try #require(record.difference(comparisons[0]))
        for figure in [more.difference, more.low ?? 0, more.high ?? 0] { #expect(abs(figure - 2) < 1e-9) }
        #expect(more.p == nil)
        #expect(try #require(record.difference(comparisons[1])).difference == 0)
        let share = try #require(record.difference(comparisons[2]))
        #expect(share.p != nil && share.difference > 0)
        // Who could not be read in one arm is left out of both.
        let unread = record.estimates(comparisons[0].measure)[0].unread
        #expect(unread > 0 && more.n == 12 - unread)
        #expect(outcome.text.contains("Planned comparisons"))
        let found = record.differences(comparisons, adjust: holmAdjusted)
        #expect(found[2].adjusted == share.p)
    }

    @Test func `what cannot be read is counted and never becomes a number`() async throws {
        let laboratory = try Laboratory(Self.framed)
        defer { laboratory.remove() }
        let (outcome, record) = try await laboratory.record(laboratory.saying("mute") { _ in "I wonder." })
        let estimates = record.estimates(try #require(Measure("mean give")))
        #expect(estimates.allSatisfy { $0.value == nil && $0.n == 0 && $0.unread == 12 })
        #expect(record.difference(record.experiment.comparisons[0]) == nil)
        #expect(outcome.text.contains("36 unparsed (100%)"))
    }

    @Test func `an experiment is the same however many decide at once`() async throws {
        var texts: [String] = []
        for jobs in [1, 7] {
            let laboratory = try Laboratory(Self.framed)
            defer { laboratory.remove() }
            let study = laboratory.study(jobs: jobs)
            let prepared = try study.prepare(.init(file: laboratory.file))
            texts.append(
                try await study.run(prepared, by: laboratory.saying("gift", Self.gift), recorder: laboratory.recorder)
                    .json.written())
        }
        #expect(texts[0] == texts[1])
    }

    @Test func `a run that broke off goes on where it was, and brings the same`() async throws {
        let laboratory = try Laboratory(Self.framed)
        defer { laboratory.remove() }
        let study = laboratory.study(jobs: 1)
        let prepared = try study.prepare(.init(file: laboratory.file))
        let broken = CachedModel(
            ScriptedModel("gift") { request in
                guard case .text(let text) = request else { return .scores([]) }
                if text.seed % 5 == 3 { throw ModelError.badGrammar }
                return .text(Self.gift(text), complete: true)
            }, store: laboratory.recorder)
        await #expect(throws: StudyError.self) {
            try await study.run(prepared, by: broken, recorder: laboratory.recorder)
        }
        let again = laboratory.saying("gift", Self.gift)
        _ = try await study.run(prepared, by: again, recorder: laboratory.recorder)
        let meter = await again.meter
        #expect(meter.hits > 0)
        let runs = try await laboratory.recorder.database.runs()
        #expect(runs.map(\.status) == [.stopped, .done])
        let other = try Laboratory(Self.framed)
        defer { other.remove() }
        let (_, whole) = try await other.record(other.saying("gift", Self.gift))
        #expect(try await laboratory.recorder.database.decisions(run: runs[1].id) == whole.decisions)
    }

    @Test func `a plan's digest stands before the first call, and another plan has another`() async throws {
        let laboratory = try Laboratory(Self.framed)
        defer { laboratory.remove() }
        let study = laboratory.study()
        let prepared = try study.prepare(.init(file: laboratory.file))
        let database = laboratory.recorder.database
        let plan = try #require(prepared.settings["plan"])
        let spy = laboratory.saying("spy") { _ in "1" }
        _ = try await study.run(prepared, by: spy, recorder: laboratory.recorder)
        #expect(try await database.runs()[0].header.settings["plan"] == plan)
        try Data(Self.framed.replacingOccurrences(of: ">= 5", with: ">= 4").utf8).write(to: URL(fileURLWithPath: laboratory.file))
        let changed = try study.prepare(.init(file: laboratory.file))
        #expect(changed.settings["plan"] != plan)
        let outcome = try await study.run(changed, by: spy, recorder: laboratory.recorder)
        #expect(outcome.text.contains("The plan is not that of experiment-1"))
        // Comments and spaces are no part of a plan.
        try Data(("# A comment.\n" + Self.framed).utf8).write(to: URL(fileURLWithPath: laboratory.file))
        #expect(try study.prepare(.init(file: laboratory.file)).settings["plan"] == plan)
    }

    @Test func `what would bring the same answer each time is refused`() throws {
        let laboratory = try Laboratory(Self.framed)
        defer { laboratory.remove() }
        let prepared = try laboratory.study().prepare(.init(file: laboratory.file))
        let cold = Decider(seed: 1, temperature: 0, identity: ModelIdentity(name: "x", backEnd: "scripted"))
        #expect(throws: StudyError.self) { try prepared.design.tasks(by: cold) }
        #expect(throws: StudyError.self) { try laboratory.study().prepare(.init(file: laboratory.file, arms: ["other"])) }
        let two = try laboratory.study().prepare(.init(file: laboratory.file, arms: ["plain", "more"]))
        #expect(two.design.cells.map(\.number) == [0, 2])
    }

    @Test func `options are shuffled for each subject, the same in every cell`() throws {
        let laboratory = try Laboratory("""
            experiment: Shuffled
            sessions: 30
            situation: S {x}
            decision: { pick: { ask: Which?, options: { a: One, b: Two, c: Three } } }
            vary: { x: [1, 2] }
            shuffle: true
            method: letters
            """)
        defer { laboratory.remove() }
        let prepared = try laboratory.study().prepare(.init(file: laboratory.file))
        let tasks = try prepared.design.tasks(
            by: Decider(seed: 1, temperature: 0, identity: ModelIdentity(name: "x", backEnd: "scripted")))
        #expect(tasks.count == 60)
        let orders = Dictionary(grouping: tasks, by: \.encounter.subject).mapValues { Set($0.map(\.encounter.order)) }
        #expect(orders.values.allSatisfy { $0.count == 1 })
        #expect(Set(orders.values.flatMap { $0 }).count == 6)
    }

    @Test func `variables are drawn for each subject and kept in every arm`() async throws {
        let laboratory = try Laboratory("""
            experiment: Drawn
            sessions: 40
            situation: "{now} {view}"
            decision: { pick: { ask: Which?, labels: [A, B], options: { a: A, b: B } } }
            arms: { neutral: { now: "" }, status quo: { now: A is how it is. } }
            drawn: { view: [I like A, I like B, I care] }
            method: letters
            compare: [{ measure: share pick = a, arm: status quo, against: neutral }]
            """)
        defer { laboratory.remove() }
        // Takes no notice of the status quo.
        let (_, record) = try await laboratory.record(laboratory.scoring("view") { $0.contains("I like B") ? "B" : "A" })
        let views = Set(record.subjects.compactMap { $0.drawn["view"] })
        #expect(views.count == 3)
        // The neutral arm is compared with itself, not counted as "not the status quo": no bias is made up.
        let difference = try #require(record.difference(record.experiment.comparisons[0]))
        #expect(difference.difference == 0 && difference.first > 0.4 && difference.n == 40)
    }
}
