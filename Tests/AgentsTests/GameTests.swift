import Foundation
import LanguageModels
import Testing

@testable import Agents

@Suite struct GameTests {
    @Test func `an ultimatum pays what was proposed where it is accepted, else nobody`() {
        let direct = Game(kind: .ultimatum, stake: 10)
        #expect(direct.payoffs([4, 1]) == [6, 4] && direct.payoffs([4, 0]) == [0, 0])
        #expect(direct.payoffs([nil, nil]) == nil && direct.payoffs([4, nil]) == nil)
        let strategy = Game(kind: .ultimatum, stake: 10, responses: .strategy)
        #expect(strategy.payoffs([4, 4]) == [6, 4] && strategy.payoffs([4, 5]) == [0, 0])
    }

    @Test func `trust pays the stake less what was sent, and what was sent times the multiplier`() {
        let game = Game(kind: .trust, stake: 10, multiplier: 3)
        #expect(game.payoffs([5, 6]) == [11, 19] && game.payoffs([0, nil]) == [10, 10])
        #expect(game.payoffs([10, 30]) == [30, 10] && game.payoffs([5, nil]) == nil && game.payoffs([nil, nil]) == nil)
        for sent in 0...10 {
            for returned in 0...(3 * sent) {
                #expect(game.payoffs([sent, returned])?.reduce(0, +) == Double(20 + 2 * sent), "the pair earns 20 + 2 sent")
            }
        }
    }

    @Test func `public goods pay what was kept and an equal share of the multiplied pot`() {
        let game = Game(kind: .publicGoods, stake: 20, multiplier: 1.6, groupSize: 4)
        #expect(game.payoffs([10, 5, 20, 0]) == [24, 29, 14, 34])
        #expect(game.payoffs([20, 20, 20, 20]) == [32, 32, 32, 32] && game.payoffs([0, 0, 0, 0]) == [20, 20, 20, 20])
        #expect(game.payoffs([20, nil, 20, 20]) == nil)
    }

    @Test func `partners stay together, strangers do not, and everybody keeps their role`() {
        for kind in Game.Kind.allCases {
            let size = kind == .publicGoods ? 4 : 2
            let partners = Game(kind: kind, groupSize: size, rounds: 5, matching: .partners)
            let strangers = Game(kind: kind, groupSize: size, rounds: 5, matching: .strangers)
            let first = partners.groups(of: 24, round: 1, seed: 7)
            #expect(first.flatMap { $0 }.sorted() == Array(0..<24))
            #expect(strangers.groups(of: 24, round: 1, seed: 7) == first, "arms meet alike at first")
            for round in 2...5 {
                #expect(partners.groups(of: 24, round: round, seed: 7) == first)
                let others = strangers.groups(of: 24, round: round, seed: 7)
                #expect(others.flatMap { $0 }.sorted() == Array(0..<24) && others != first)
                for (pool, earlier) in stride(from: 0, to: others.count, by: strangers.pool).map({
                    (others[$0..<min(others.count, $0 + strangers.pool)], first[$0..<min(first.count, $0 + strangers.pool)])
                }) {
                    #expect(pool.flatMap { $0 }.sorted() == earlier.flatMap { $0 }.sorted(), "nobody leaves the pool")
                }
                if kind != .publicGoods { #expect(others.map { $0[0] } == first.map { $0[0] }) }
            }
            #expect(partners.groups(of: 24, round: 1, seed: 8) != first)
        }
    }

    @Test func `what others put in reaches the next round's lines word for word, and nothing of other groups does`() throws {
        let game = Game(kind: .publicGoods, stake: 20, multiplier: 1.6, groupSize: 4, rounds: 3, matching: .partners)
        var play = GamePlay(game, players: 8, seed: 1)
        let seats = play.due.map(\.player)
        #expect(play.due.allSatisfy { $0.before.isEmpty && $0.round == 1 })
        play.take([10, 5, 20, 0, 1, 1, 1, 1])
        let due = play.due
        #expect(due.map(\.player) == seats)
        #expect(due[0].before == ["Round 1: you put in 10, the others 5, 20 and 0; you earned 24."])
        #expect(due[3].before == ["Round 1: you put in 0, the others 10, 5 and 20; you earned 34."])
        #expect(due[4].before == ["Round 1: you put in 1, the others 1, 1 and 1; you earned 20.6."])
        play.take([nil, 5, 20, 0, 2, 2, 2, 2])
        #expect(play.due[1].before.last == "Round 2: it did not count, since somebody made no valid decision.")
        #expect(play.due[4].before.count == 2)
        play.take([0, 0, 0, 0, 0, 0, 0, 0])
        #expect(play.isOver && play.due.isEmpty && play.rounds.map(\.round) == [1, 1, 2, 2, 3, 3])
        #expect(play.rounds[2].earned == nil && play.rounds[2].moves == [nil, 5, 20, 0])
    }

    @Test func `a proposer sees whether the offer was accepted, never the least that would have been`() {
        let game = Game(kind: .ultimatum, stake: 10, rounds: 2, matching: .partners, responses: .strategy, unit: "dollars")
        var play = GamePlay(game, players: 2, seed: 1)
        #expect(play.due.map(\.role) == ["proposer", "responder"])
        play.take([4, 3])
        #expect(play.due[0].before == ["Round 1: you offered 4 of 10 dollars; the other person accepted; you earned 6."])
        #expect(play.due[1].before == ["Round 1: the other person offered you 4 of 10 dollars; your least was 3; you earned 4."])
    }

    @Test func `who was offered or sent nothing readable is not asked, and the round does not count`() {
        var play = GamePlay(Game(kind: .ultimatum, rounds: 2), players: 4, seed: 1)
        #expect(play.due.map(\.role) == ["proposer", "proposer"])
        play.take([nil, 3])
        #expect(play.due.map(\.role) == ["responder"])
        play.take([1])
        #expect(play.rounds.map(\.earned) == [nil, [0, 0]] && play.rounds[1].moves == [3, 0])
        #expect(play.due.map(\.round) == [2, 2])
        play.take([nil, nil])
        #expect(play.isOver && play.rounds[3].earned == nil)
        var trust = GamePlay(Game(kind: .trust), players: 4, seed: 1)
        trust.take([0, 4])
        #expect(trust.due.count == 1)
        #expect(trust.due[0].decision.kind == .integer(low: 0, high: 12))
        trust.take([12])
        #expect(trust.rounds.map(\.earned) == [[10, 10], [18, 10]])
        var nothing = GamePlay(Game(kind: .trust), players: 2, seed: 1)
        nothing.take([0])
        #expect(nothing.isOver && nothing.rounds[0].earned == [10, 10])
    }

    /// Three who put in the mean of what the others did last, rounded, and one who puts in nothing: 20, 13, 9, 6, ...
    @Test func `conditional co-operators beside a free rider put in ever less`() {
        let game = Game(kind: .publicGoods, stake: 20, groupSize: 4, rounds: 10, matching: .partners)
        var play = GamePlay(game, players: 4, seed: 3)
        let rider = 2
        while !play.isOver {
            play.take(
                play.due.map { turn in
                    if turn.player == rider { return 0 }
                    guard let last = turn.before.last, let others = Self.others(last) else { return 20 }
                    return Int((Double(others.reduce(0, +)) / Double(others.count)).rounded())
                })
        }
        let means = play.rounds.map { $0.moves.compactMap { $0 }.max() }
        #expect(means == [20, 13, 9, 6, 4, 3, 2, 1, 1, 1])
        #expect(play.rounds.allSatisfy { round in
            round.members.firstIndex(of: rider).map { round.moves[$0] == 0 } ?? false
        })
        // The rider earns 20 and two fifths of 60.
        #expect(play.rounds[0].members.firstIndex(of: rider).flatMap { play.rounds[0].earned?[$0] } == 44)
    }

    /// The numbers after "the others" in what a player was told.
    static func others(_ line: String) -> [Int]? {
        guard let start = line.range(of: "the others "), let end = line.range(of: "; you earned") else { return nil }
        return line[start.upperBound..<end.lowerBound].split { !$0.isNumber }.compactMap { Int($0) }
    }

    @Test func `amounts are written without needless decimals`() {
        #expect([24, 20.6, 0.05, -1.5, 13.333].map(GamePrompts.decimal) == ["24", "20.6", "0.05", "-1.5", "13.33"])
        #expect(Game(kind: .trust, unit: "dollars").amount(1) == "1 dollar")
        #expect(Game(kind: .trust, unit: "francs").amount(0) == "0 francs")
    }
}
