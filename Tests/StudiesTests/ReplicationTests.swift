import Agents
import Files
import Foundation
import LanguageModels
import Reports
@testable import Studies
import Surveys
import Testing

@Suite struct ReplicationTests {
    private static let vote = "questions: [vote]\nby: party\nyardstick: [party]\nstatement: Yesterday I voted for"

    @Test func `votes by party agree as often as the data say, and party alone stands beside`() async throws {
        let replica = try Replica()
        let file = try replica.study("vote", Self.vote)
        // Reds and Greens for Ann, Blues for Bob: right for 20 + 20 + 10 of 60.
        let found = try await replica.asked(file) { score, option in
            #expect(score.prompt.text.hasSuffix("Yesterday I voted for") || !score.prompt.text.contains("I am a"))
            return (option == " Ann.") == !score.prompt.text.contains("Blue") ? -0.01 : -9
        }
        #expect(abs(try #require(try found.number("Votes", "agreement", "ours")) - 50 / 60.0) < 1e-12)
        #expect(abs(try #require(try found.number("Votes", "kappa", "ours")) - 2 / 3.0) < 1e-12)
        #expect(try found.number("By party", "Green", "agreement") == 0.5)
        #expect(try found.number("By party", "Red", "tetrach.") == nil)
        #expect(found.verdicts.contains { $0.contains("often than party alone does") })
    }

    @Test func `a model that votes the wrong way round is called worse than random answers`() async throws {
        let replica = try Replica()
        let file = try replica.study("vote", Self.vote)
        let found = try await replica.asked(file) { score, option in
            (option == " Ann.") == score.prompt.text.contains("Blue") ? -0.01 : -9
        }
        #expect(found.verdicts.contains { $0.hasPrefix("This model is worse than random answers") })
    }

    @Test func `a model that answers as its group does reaches the group when steered and only then`() async throws {
        let replica = try Replica()
        let file = try replica.study("opinions", "questions: [likes, mood]\nask as: [bio, qa]\nmethod: words")
        let found = try await replica.asked(file) { score, option in
            let text = score.prompt.text
            let wanted = text.contains("Red") && !text.contains("Blue") ? " much." : text.contains("Blue") ? " not." : " some."
            return [" happy.", " sad."].contains(option) ? -1 : option == wanted ? -0.001 : -20
        }
        // 'some' to everybody, a third each of much, some and not: 1 - (1/3 + 1/3) / 2.
        #expect(abs(try #require(try found.number("Representativeness", "ours, unsteered, to everybody", "here")) - 2 / 3.0) < 1e-3)
        #expect(try #require(try found.number("By group", "party: Red", "ours")) < 0.51)
        // One question a scale leaves no half to choose the shape on.
        #expect(try found.number("By group", "party: Red", "steered") == nil)
        #expect(try found.number("1 - total variation", "ours, unsteered, to everybody", "here") == 1)
    }

    @Test func `an answer is predicted from all others, never from itself or from what decides it`() async throws {
        let replica = try Replica()
        let file = try replica.study("pattern", "questions: [party, club, vote, likes, mood]\nask as: [interview]")
        let prepared = try ReplicationStudy(environment: replica.environment()).prepare(.init(file: file))
        let design = try #require(prepared.design as? PatternReplication)
        let asks = ["party": "Which party are you of?", "club": "Are you in the club?", "vote": "Ann or Bob?",
            "likes": "How much do you like rain?", "mood": "Happy?"]
        // Party decides club and likes here, and likes party.
        #expect(design.recodes.contains(["party", "club"]) && design.recodes.contains(["likes", "party"]))
        let fieldwork = Fieldwork(
            speaker: CachedModel(UniformModel(), store: MemoryStore()), setting: .init(), method: .words, seed: 1, jobs: 2,
            progress: .silent)
        var seen = 0
        for request in try design.requests(fieldwork) {
            guard case .score(let score) = request else { continue }
            let text = score.prompt.text
            guard let target = asks.first(where: { text.contains("Interviewer: \($0.value)\nMe: ") && text.components(separatedBy: "Interviewer:").last?.contains($0.value) == true })
            else { continue }
            seen += 1
            let told = text.components(separatedBy: "Interviewer: \(target.value)")
            #expect(told.count == 2, "asked once, at the end, and not told: \(target.key)")
            for other in asks where other.key != target.key && design.recodes.contains([other.key, target.key]) {
                #expect(!text.contains(other.value), "\(other.key) decides \(target.key)")
            }
        }
        #expect(seen >= 5 * 60)
    }

    @Test func `a model that gives people's own answers has their pattern, and random answers do not`() async throws {
        let replica = try Replica()
        let file = try replica.study("pattern", "questions: [party, vote, mood]\nask as: [interview]")
        let prepared = try ReplicationStudy(environment: replica.environment()).prepare(.init(file: file))
        let design = try #require(prepared.design as? PatternReplication)
        let own = design.result(design.truth)
        let title = "Cramer's V"
        #expect(try own.number(title, "mean absolute", "ours") == 0)
        #expect(abs(try #require(try own.number(title, "r", "ours")) - 1) < 1e-9)
        #expect(try #require(try own.number(title, "mean absolute", "random")) > 0.1)
        let one = design.truth.map { $0.map { answer -> Int? in answer.map { _ in 0 } } }
        #expect(design.result(one).verdicts.first?.hasPrefix("No pair of items") == true)
    }

    @Test func `a list of words is read whatever its marks, and sentences are not words`() {
        #expect(FourWords(" Greedy\n2. Rich\n3. Old\n4. White\n5. Male").words == ["Greedy", "Rich", "Old", "White"])
        #expect(FourWords("kind, open minded, and fair; poor").words == ["kind", "open minded", "fair", "poor"])
        #expect(FourWords("Loud 2. Brave 3. Mean 4. Odd").words == ["Loud", "Brave", "Mean", "Odd"])
        #expect(FourWords("I think that they are all very nice people, really").words == ["really"])
        #expect(FourWords("\n 1. \n").words.isEmpty)
    }

    @Test func `a judge that always names the first answer carries no finding`() async throws {
        let study = try #require(try? Replica()).study("words", "by: party\nwhere: { party: [Red, Blue] }")
        let loaded = try StudyFiles().loadStudy(study).value
        func table(_ verdict: @escaping (Int, Int) -> PositionVerdict) -> ReplicationResult {
            let judgements = (0..<20).map { place in
                WordsJudgement(
                    writer: place % 2, about: place / 2 % 2,
                    verdicts: (0..<3).map { _ in (0..<2).map { _ in (0..<2).map { verdict(place / 2 % 2, $0) } } })
            }
            return WordsTable(
                study: loaded, parties: ["Red", "Blue"], judgements: judgements,
                lists: judgements.map { _ in ["a", "b", "c", "d"] }).result
        }
        let biased = table { _, _ in .first }
        #expect(try biased.number("The judge first", "which party", "same swapped") == 0)
        #expect(try biased.number("The lists", "right party", "n") == 0)
        #expect(biased.verdicts.count { $0.hasPrefix("WARNING") } == 3)
        // Names the party described, in whichever order.
        let right = table { about, order in (about == 0) == (order == 0) ? .first : .second }
        #expect(try right.number("The lists", "right party", "ours") == 1)
        #expect(!right.verdicts.contains { $0.hasPrefix("WARNING") })
    }

    @Test func `a study asked again makes no call, and any number of jobs the same bytes`() async throws {
        for (design, rest) in [
            ("vote", Self.vote), ("opinions", "questions: [likes, mood]\nask as: [bio, qa]"),
            ("pattern", "questions: [party, vote, mood]"), ("words", "by: party\nwhere: { party: [Red, Blue] }"),
        ] {
            let (one, eight) = (try Replica(), try Replica())
            let request = ReplicationStudy.Request(file: try one.study(design, rest), people: 12)
            let first = try await ReplicationStudy(environment: one.environment(jobs: 1)).run(request)
            let wide = try await ReplicationStudy(environment: eight.environment(jobs: 8)).run(
                .init(file: try eight.study(design, rest), people: 12))
            #expect(first == wide, "\(design)")
            let again = try await ReplicationStudy(environment: one.environment(jobs: 1)).run(request)
            guard case .object(let members) = again.json else { Issue.record("no object"); continue }
            #expect(members.first { $0.name == "calls" }?.value == .integer(0), "\(design)")
            #expect(
                first.text.split(separator: "\n").dropFirst(3) == again.text.split(separator: "\n").dropFirst(3), "\(design)")
        }
    }

    @Test func `words cannot be had of a model that writes no text`() async throws {
        let replica = try Replica()
        let file = try replica.study("words", "by: party\nwhere: { party: [Red, Blue] }")
        var environment = replica.environment()
        environment.model = "uniform"
        await #expect(throws: StudyError.self) { try await ReplicationStudy(environment: environment).run(.init(file: file, people: 12)) }
    }
}
