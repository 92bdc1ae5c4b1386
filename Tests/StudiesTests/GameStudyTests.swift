import Agents
import Files
import Foundation
import LanguageModels
import Results
import Surveys
import Testing

@testable import Studies

/// Games played by populations whose ways are known.
@Suite struct GameStudyTests {
    private static let pot = """
        experiment: Pot
        sessions: 8
        seed: 4
        method: sample
        game: { play: public goods, stake: 20, group: 4, rounds: 10, matching: "{who}", pool: 1 }
        situation: "{frame}"
        arms:
          first: { who: partners, frame: "" }
          second: { who: strangers, frame: "" }
        compare:
          - { measure: mean contribution share, arm: second, against: first }
          - { measure: mean earned, arm: second, against: first }
        human baseline:
          source: planted
          mean contribution share: 0.377
        model: { name: scripted, temperature: 1 }
        """

    /// Puts in 20 at first, then the mean of what the others put in last, rounded.
    @Sendable private static func conditional(_ text: TextRequest) -> String {
        guard let last = text.prompt.text.range(of: "the others ", options: .backwards) else { return "20" }
        let rest = text.prompt.text[last.upperBound...]
        let others = rest.prefix { $0 != ";" }.split { !$0.isNumber }.compactMap { Int($0) }
        return "\(Int((Double(others.reduce(0, +)) / Double(others.count)).rounded()))"
    }

    @Test func `conditional co-operators beside one who takes all give what closed form says, round by round`() async throws {
        let folder = Self.pot.replacingOccurrences(of: "sessions: 8", with: "personas: [Personas/a.yaml, Personas/b.yaml, Personas/c.yaml, Personas/rider.yaml]")
        let laboratory = try Laboratory(folder)
        defer { laboratory.remove() }
        try FileManager.default.createDirectory(at: laboratory.folder.appending(path: "Personas"), withIntermediateDirectories: true)
        for name in ["a", "b", "c", "rider"] {
            try Data("persona: \(name)\n".utf8).write(to: laboratory.folder.appending(path: "Personas/\(name).yaml"))
        }
        let model = laboratory.saying("population") { request in
            request.prompt.text.contains("My name is rider.") ? "0" : Self.conditional(request)
        }
        let (outcome, record) = try await laboratory.record(model)
        let games = try #require(record.games)
        for table in games.tables {
            #expect(table.play.rounds.map { $0.moves.compactMap { $0 }.max() } == [20, 13, 9, 6, 4, 3, 2, 1, 1, 1])
            #expect(table.play.rounds.allSatisfy { $0.moves.count { $0 == 0 } == 1 })
        }
        // Three of four put in 60 of 80 at first: everybody gets 24 back, and the rider keeps 20.
        #expect(games.tables[0].play.rounds[0].earned?.sorted() == [24, 24, 24, 44])
        let points = GameTables(record: record, games: games).points(try #require(Measure("mean contribution share")))
        let expected = [20, 13, 9, 6, 4, 3, 2, 1, 1, 1].map { Double($0) * 0.75 / 20 }
        for (point, share) in zip(points, expected) {
            #expect(point.means.allSatisfy { $0.map { abs($0.mean - share) < 1e-12 } == true })
        }
        #expect(outcome.text.contains("round by round"))
        // One lot: there is nobody to generalise to.
        #expect(record.estimates(try #require(Measure("mean contribution share"))).allSatisfy { $0.low == nil })
    }

    @Test func `errors and pairs go by those who met, and the same people meet in both arms`() async throws {
        let laboratory = try Laboratory(Self.pot)
        defer { laboratory.remove() }
        let (outcome, record) = try await laboratory.record(laboratory.saying("conditional", Self.conditional))
        let games = try #require(record.games)
        #expect(Set(games.lots()).count == 2 && games.moves.isEmpty)
        let difference = try #require(record.difference(record.experiment.comparisons[0]))
        // Everybody gives all; pools of one group make strangers partners.
        #expect(difference.n == 2 && difference.first == 1 && difference.second == 1)
        let share = record.estimates(try #require(Measure("mean contribution share")))
        #expect(share.map(\.value) == [1, 1] && share.map(\.n) == [80, 80] && share.map(\.unread) == [0, 0])
        #expect(share.allSatisfy { $0.human?.value == 0.377 })
        #expect(outcome.text.replacingOccurrences(of: "\n", with: " ").contains("differences go by 2 lots of players who met in some arm"))
        let stored = record.decisions
        #expect(stored.count == 160 && stored.allSatisfy { $0.payoff == 32 && $0.group != nil })
    }

    @Test func `a game is the same however many decide at once, and after it broke off`() async throws {
        let wild: @Sendable (TextRequest) -> String = { text in
            let last = Self.conditional(text)
            return text.seed % 11 == 0 ? "Nothing to say" : text.seed % 3 == 0 ? "\(text.seed % 21)" : last
        }
        var stored: [[RecordedDecision]] = []
        for jobs in [1, 7] {
            let laboratory = try Laboratory(Self.pot)
            defer { laboratory.remove() }
            let study = laboratory.study(jobs: jobs)
            let prepared = try study.prepare(.init(file: laboratory.file))
            let failing = jobs == 1
            if failing {
                let broken = CachedModel(
                    ScriptedModel("wild") { request in
                        guard case .text(let text) = request else { return .scores([]) }
                        if text.prompt.text.contains("Round 4 of") { throw ModelError.badGrammar }
                        return .text(wild(text), complete: true)
                    }, store: laboratory.recorder)
                await #expect(throws: StudyError.self) {
                    try await study.run(prepared, by: broken, recorder: laboratory.recorder)
                }
            }
            if failing {
                let stopped = try #require(try await laboratory.recorder.database.latestRun())
                let record = try await ExperimentRecord(
                    stopped, environment: study.environment, database: laboratory.recorder.database)
                #expect(record.games.map(\.players) == nil && record.decisions.isEmpty)
            }
            let model = laboratory.saying("wild", wild)
            _ = try await study.run(prepared, by: model, recorder: laboratory.recorder)
            #expect(await (model.meter.hits > 0) == failing)
            let run = try #require(try await laboratory.recorder.database.latestRun())
            stored.append(try await laboratory.recorder.database.decisions(run: run.id))
        }
        #expect(stored[0] == stored[1] && stored[0].contains { $0.answer.unparsed } && stored[0].contains { $0.payoff == nil })
    }

    private static let pie = """
        experiment: Pie
        sessions: 6
        game: { play: ultimatum, stake: 10, responses: "{how}" }
        situation: It is a {day}.
        arms: { direct: { how: direct, day: Monday }, strategy: { how: strategy, day: Monday } }
        human baseline:
          source: planted
          mean offer share: 0.4
          share accept = accept: 0.84
        """

    @Test func `scored moves are drawn, shared by arms, and responders answer the offer that was made`() async throws {
        let laboratory = try Laboratory(Self.pie)
        defer { laboratory.remove() }
        let model = CachedModel(
            ScriptedModel("scored") { request in
                guard case .score(let score) = request else { return .text("", complete: true) }
                let text = score.prompt.text
                #expect(text.contains("It is a Monday.") || !text.contains("paired"))
                if text.contains("accept or reject this?") {
                    let fair = ["4 points and", "5 points and"].contains { text.contains("offers you \($0)") }
                    return .scores(score.continuations.map {
                        ContinuationScore(logLikelihood: $0.contains("accept") == fair ? 0 : -60, tokenCount: 1)
                    })
                }
                let wanted = text.contains("smallest number") ? [" 4 "] : [" 3 ", " 4 ", " 5 "]
                return .scores(score.continuations.map { continuation in
                    ContinuationScore(
                        logLikelihood: wanted.contains { continuation.hasPrefix($0) } ? 0 : -60,
                        tokenCount: 1)
                })
            }, store: laboratory.recorder)
        let (_, record) = try await laboratory.record(model)
        let games = try #require(record.games)
        let (direct, strategy) = (games.tables[0].play.rounds, games.tables[1].play.rounds)
        #expect(direct.map { $0.moves[0] } == strategy.map { $0.moves[0] }, "the same draws in both arms")
        #expect(Set(direct.compactMap { $0.moves[0] }).isSubset(of: [3, 4, 5]) && direct.map(\.earned) == strategy.map(\.earned))
        for round in direct { #expect(round.moves[1] == (round.moves[0] == 3 ? 0 : 1)) }
        #expect(strategy.allSatisfy { $0.moves[1] == 4 })
        let accepted = record.estimates(try #require(Measure("share accept = accept")))
        #expect(accepted[0].value == accepted[1].value && accepted.map(\.n) == [3, 3] && accepted[0].unread == 0)
    }

    @Test func `a dry run plays what is recorded and imagines the rest`() async throws {
        let laboratory = try Laboratory(Self.pot.replacingOccurrences(of: "method: sample", with: "method: words"))
        defer { laboratory.remove() }
        let study = ExperimentStudy(
            environment: StudyEnvironment(
                database: laboratory.folder.appending(path: "db.sqlite").path, model: "scripted", jobs: 2))
        let before = try await study.estimate(.init(file: laboratory.file))
        #expect(before.text.contains("2 cells x 8 players, at most 160 decisions"), "\(before.text)")
        #expect(before.text.contains("as if moves that are not recorded were made at random"))
        _ = try await study.run(.init(file: laboratory.file))
        let after = try await study.estimate(.init(file: laboratory.file))
        #expect(after.text.contains("0 to make") && !after.text.contains("at random"), "\(after.text)")
    }

    @Test func `mistakes in the rules of a game have their place`() throws {
        func mistakes(_ game: String, _ rest: String = "") throws -> String {
            let laboratory = try Laboratory("experiment: X\nsessions: 4\ngame: \(game)\n\(rest)")
            defer { laboratory.remove() }
            do {
                _ = try StudyFiles().loadExperiment(laboratory.file)
                return ""
            } catch { return error.description }
        }
        #expect(try mistakes("{ play: trust }") == "")
        #expect(try mistakes("{ play: trsut }").contains(":3:15: error: no game 'trsut'; did you mean 'trust'?"))
        #expect(try mistakes("{ play: trust, stakes: 3 }").contains("unknown key 'stakes'; did you mean 'stake'?"))
        #expect(try mistakes("{ play: trust, group: 3 }").contains(":3:29: error: trust has no 'group'"))
        #expect(try mistakes("{ play: trust, stake: ten }").contains("'ten' is no whole number from 1 to 200"))
        #expect(try mistakes("{ play: trust, stake: \"{s}\" }").contains("no variable '{s}'"))
        #expect(
            try mistakes("{ play: trust, stake: \"{s}\" }", "vary: { s: [5, many] }")
                .contains("'many' is no whole number from 1 to 200, in the cell s many"))
        #expect(try mistakes("{ play: trust }", "decision: { d: { ask: Q, integer: 0 to 1 } }").contains("a game has decisions of its own"))
        #expect(try mistakes("{ play: trust }", "swap: true").contains("a game may 'shuffle'"))
        #expect(
            try mistakes("{ play: trust }", "human baseline: { source: x, mean offer: 3 }")
                .contains("no decision 'offer'"))
        let odd = try Laboratory("experiment: X\nsessions: 5\ngame: { play: trust }\n")
        defer { odd.remove() }
        let study = odd.study()
        #expect(throws: StudyError.usage("5 players cannot be seated in groups of 2; give another number of 'sessions'")) {
            let prepared = try study.prepare(.init(file: odd.file))
            let model = ScriptedModel()
            _ = try prepared.design.games(by: Decider(seed: 1, temperature: 1, identity: model.identity))
        }
    }
}

/// Who is independent of whom.
@Suite struct GameLotTests {
    @Test func `a cell has the lots of its own games, and cells together those of all`() throws {
        var session = try session(
            """
            experiment: X
            sessions: 8
            seed: 2
            game: { play: public goods, group: 2, rounds: 4, pool: 2, matching: "{who}" }
            arms: { partners: { who: partners }, strangers: { who: strangers } }
            """)
        try session.replay(Self.all(session, giving: 1))
        #expect(Set(session.lots(inCell: 0)).count == 4)
        // Two pools of two pairs; in four rounds strangers have met others than their first.
        #expect(Set(session.lots(inCell: 1)).count == 2 && session.lots() == session.lots(inCell: 1))
    }

    @Test func `decisions of another game are refused, not played`() throws {
        var session = try session("experiment: X\nsessions: 2\ngame: { play: trust }\n")
        #expect(throws: StudyError.stopped("the recorded decisions are not those of this game", resume: nil)) {
            try session.replay([])
        }
    }

    private func session(_ file: String) throws -> GameSession {
        let laboratory = try Laboratory(file)
        defer { laboratory.remove() }
        let design = try laboratory.study().prepare(.init(file: laboratory.file)).design
        return try #require(try design.games(by: Decider(seed: 2, temperature: 1, identity: ScriptedModel().identity)))
    }

    /// Decisions in which everybody names the same amount.
    private static func all(_ session: GameSession, giving amount: Double) -> [RecordedDecision] {
        var tables = session.tables
        var decisions: [RecordedDecision] = []
        while !tables.allSatisfy(\.play.isOver) {
            for place in tables.indices {
                let due = tables[place].play.due
                decisions += due.map {
                    RecordedDecision(
                        cell: tables[place].cell.number,
                        answer: DecidedAnswer(
                            subject: session.players[$0.player], decision: $0.decision.name, round: $0.round, method: .sample,
                            numbers: [amount], completions: []))
                }
                if !due.isEmpty { tables[place].play.take(due.map { _ in Int(amount) }) }
            }
        }
        return decisions
    }
}
