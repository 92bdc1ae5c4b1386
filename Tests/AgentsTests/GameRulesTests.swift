import Kernel
import LanguageModels
import Testing

@testable import Agents

@Suite struct GameRulesTests {
    @Test func `rules that a file leaves out are as usual, and every rule of the game is there`() throws {
        let rules = GameRules(kind: .publicGoods, given: [.group: "5", .matching: "{who}"])
        #expect(rules.rules.map(\.key) == [.stake, .multiplier, .group, .rounds, .matching, .pool, .unit])
        let game = try rules.game(["who": "strangers"])
        #expect(game == Game(kind: .publicGoods, stake: 20, multiplier: 1.6, groupSize: 5, rounds: 10, matching: .strangers))
        #expect(try GameRules(kind: .ultimatum, given: [:]).game([:]) == Game(kind: .ultimatum))
        #expect(try GameRules(kind: .trust, given: [:]).game([:]) == Game(kind: .trust))
    }

    @Test func `rules that cannot be played are mistakes of their key`() {
        let cases: [(Game.Kind, GameRules.Key, String)] = [
            (.trust, .stake, "0"), (.trust, .stake, "ten"), (.trust, .stake, "201"), (.trust, .multiplier, "1.5"),
            (.publicGoods, .multiplier, "-1"), (.publicGoods, .multiplier, "nan"), (.publicGoods, .group, "1"),
            (.publicGoods, .matching, "friends"), (.ultimatum, .responses, "maybe"), (.ultimatum, .rounds, "0"),
            (.ultimatum, .unit, "12"), (.trust, .multiplier, "100"),
        ]
        for (kind, key, text) in cases {
            do {
                _ = try GameRules(kind: kind, given: [key: text]).game([:])
                Issue.record("\(key) \(text)")
            } catch { #expect(error.key == key && !error.message.isEmpty, "\(key) \(text)") }
        }
    }

    @Test func `what is measured of a round is of what was decided in it, and nothing where it does not count`() {
        let trust = Game(kind: .trust)
        func figures(_ game: Game, _ moves: [Int?]) -> [String: [Double]] {
            let round = GamePlay.GroupRound(
                round: 1, group: 0, members: Array(0..<game.groupSize), moves: moves, earned: game.payoffs(moves))
            return Dictionary(grouping: game.figures(round), by: \.name).mapValues { $0.map(\.value) }
        }
        #expect(
            figures(trust, [5, 6])
                == ["earned": [11, 19], "sent": [5], "sent share": [0.5], "returned": [6], "returned share": [0.4]])
        #expect(figures(trust, [0, nil]) == ["earned": [10, 10], "sent": [0], "sent share": [0]])
        #expect(figures(trust, [5, nil]).isEmpty)
        let strategy = Game(kind: .ultimatum, responses: .strategy)
        #expect(figures(strategy, [4, 5])["accept"] == [0] && figures(strategy, [4, 5])["minimum share"] == [0.5])
        #expect(figures(Game(kind: .publicGoods), [10, 5, 20, 0])["contribution share"] == [0.5, 0.25, 1, 0])
        for game in [trust, strategy, Game(kind: .ultimatum), Game(kind: .publicGoods)] {
            let names = Set(game.measured.map(\.name))
            #expect(Set(figures(game, Array(repeating: 1, count: game.groupSize)).keys).isSubset(of: names))
        }
    }

    @Test func `a move is drawn from what was scored, kept from what was said, and never made up`() {
        let offer = Decision(name: "offer", ask: "", say: "I offer ...", kind: .integer(low: 0, high: 2))
        var counts = [0, 0, 0]
        var stream = RandomStream(seed: 5, "moves")
        for _ in 0..<3000 {
            var answer = DecidedAnswer(
                subject: "p", decision: "offer", method: .words,
                evidence: [-1.6094379124341003, -0.6931471805599453, -1.2039728043259361].map {
                    .init(logLikelihood: $0, tokenCount: 2)
                }, completions: ["k"])
            #expect(answer.move(in: offer) == nil)
            answer.settle(offer, using: &stream)
            if let move = answer.move(in: offer) { counts[move] += 1 }
        }
        // .2, .5 and .3 of 3000, within 4 standard errors.
        for (count, expected) in zip(counts, [600, 1500, 900]) { #expect(abs(count - expected) < 110, "\(counts)") }
        var said = DecidedAnswer(subject: "p", decision: "offer", method: .sample, numbers: [2], completions: ["k"])
        said.settle(offer, using: &stream)
        #expect(said.move(in: offer) == 2)
        var unread = DecidedAnswer(subject: "p", decision: "offer", method: .sample, unparsed: true, completions: ["k"])
        unread.settle(offer, using: &stream)
        #expect(unread.move(in: offer) == nil)
        #expect(DecidedAnswer(subject: "p", decision: "offer", method: .sample, numbers: [7], completions: []).move(in: offer) == nil)
    }
}
