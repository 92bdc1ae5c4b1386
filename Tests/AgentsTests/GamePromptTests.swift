import LanguageModels
import Testing

@testable import Agents

/// The full text of what players are asked, as it goes to the model.
@Suite struct GamePromptTests {
    private func texts(_ game: Game, moves: [[Int?]] = []) -> [String] {
        var play = GamePlay(game, players: game.groupSize, seed: 1)
        for move in moves { play.take(move) }
        let decider = Decider(seed: 1, temperature: 0, identity: ScriptedModel().identity)
        return play.due.map { turn in
            let encounter = Encounter(
                subject: "p\(turn.player)", situation: turn.rules, before: turn.before, decision: turn.decision,
                round: turn.round)
            guard case .score(let request) = decider.request(encounter, by: .words) else { return "" }
            return request.prompt.text + "|" + request.continuations.joined(separator: "|")
        }
    }

    @Test func `a proposer is asked`() {
        #expect(
            texts(Game(kind: .ultimatum, stake: 2, unit: "dollars")) == [
                """
                You are paired with another person. 2 dollars are to be divided between the two of you. You are the one who \
                proposes: you say how many of the 2 dollars the other person gets, and keep the rest. The other person accepts \
                or rejects this. If it is accepted, both get what was proposed; if it is rejected, both get nothing.
                How many dollars do you offer the other person?
                I offer the other person| 0 dollars.| 1 dollars.| 2 dollars.
                """
            ])
    }

    @Test func `a responder is asked`() {
        #expect(
            texts(Game(kind: .ultimatum, stake: 10, unit: "dollars"), moves: [[1]]) == [
                """
                You are paired with another person. 10 dollars are to be divided between the two of you. You are the one who \
                responds: the other person says how many of the 10 dollars you get, and keeps the rest. You accept or reject \
                this. If it is accepted, both get what was proposed; if it is rejected, both get nothing.
                A. accept
                B. reject
                The other person offers you 1 dollar and would keep 9 dollars. Do you accept or reject this?
                I| accept this offer.| reject this offer.
                """
            ])
    }

    @Test func `sender and trustee are asked`() {
        #expect(
            texts(Game(kind: .trust, stake: 2, rounds: 2, matching: .strangers)) == [
                """
                You are paired with another person. Both of you have been given 2 points. You may send any part of yours to the \
                other person. What you send is multiplied by 3 before it reaches them. They may then send any part of what \
                reached them back to you, and keep the rest.
                There are 2 rounds. You are paired with another person in every round.
                Round 1 of 2. How many points do you send?
                I send| 0 points.| 1 points.| 2 points.
                """
            ])
        #expect(
            texts(Game(kind: .trust, stake: 2, rounds: 2, matching: .strangers), moves: [[2], [3], [1]]) == [
                """
                You are paired with another person. Both of you have been given 2 points. The other person may send any part \
                of theirs to you. What they send is multiplied by 3 before it reaches you. You may then send any part of what \
                reached you back to them, and keep the rest.
                There are 2 rounds. You are paired with another person in every round.

                What happened so far:
                Round 1: the other person sent 2, which became 6; you sent back 3; you earned 5.
                Round 2 of 2. The other person sent 1 point, so that 3 points reached you. How many points do you send back?
                I send back| 0 points.| 1 points.| 2 points.| 3 points.
                """
            ])
    }

    @Test func `a member is asked, with what the others did before`() {
        let game = Game(kind: .publicGoods, stake: 1, multiplier: 1.6, groupSize: 3, rounds: 2)
        #expect(
            texts(game, moves: [[1, 0, 1]])[1] == """
                You are in a group of 3 people. Everybody is given 1 point in every round and decides, at the same time as the \
                others, how many of them to put into a common pot; the rest is kept. What is in the pot is multiplied by 1.6 \
                and divided equally among all 3, whatever each put in.
                There are 2 rounds. The group stays the same.

                What happened so far:
                Round 1: you put in 0, the others 1 and 1; you earned 2.07.
                Round 2 of 2. How many points do you put into the pot?
                I put| 0 points into the pot.| 1 points into the pot.
                """)
    }
}
