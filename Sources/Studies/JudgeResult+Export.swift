import LanguageModels
import Reports
import Results
import Surveys
import Worlds

extension JudgeResult {
    var json: JSONValue {
        .object([
            .init("survey", .string(material.codebook.id)), .init("judge", .string(judge.name)),
            .init("people", .integer(material.personas.count)), .init("questions", .integer(material.questions.count)),
            .init("pairs", .integer(pairs.count)), .init("sameWords", .integer(same)), .init("unread", .integer(unread)),
            .init("calls", .integer(meter.calls)), .init("recorded", .integer(meter.hits)),
            .init(
                "consistency",
                .object([
                    .init("swap", Self.json(consistency.swapConsistency)),
                    .init("firstShown", Self.json(consistency.firstShown)),
                    .init("firstAmongSwapped", Self.json(consistency.firstAmongSwapped)),
                    .init("ties", Self.json(consistency.ties)),
                ])),
            .init("warning", JSONValue(warning)), .init("independentRanks", .bool(false)),
            .init(
                "conditions",
                .array(
                    material.conditions.map { condition in
                        let paper = isPapersInterview ? Self.paper(condition.without) : nil
                        return .object([
                            .init("run", .string(condition.run.id)), .init("source", JSONValue(condition.run.header.source)),
                            .init("without", JSONValue(condition.without.map(\.rawValue))),
                            .init("unanswered", .integer(condition.silent)), .init("paperMu", JSONValue(paper?.mu)),
                            .init("paperSigma", JSONValue(paper?.sigma)),
                        ])
                    })),
            .init("rankings", .array(rankings.map(json))),
        ])
    }

    private func json(_ ranking: JudgeRanking) -> JSONValue {
        .object([
            .init("category", JSONValue(ranking.category)), .init("ranked", .integer(ranking.complete)),
            .init(
                "conditions",
                .array(
                    zip(material.conditions, ranking.standings).map { condition, standing in
                        .object([
                            .init("run", .string(condition.run.id)), .init("mu", .number(standing.rating.rating.mu)),
                            .init("sigma", .number(standing.rating.rating.sigma)),
                            .init("orderSpread", JSONValue(standing.rating.orderSpread)),
                            .init("wins", .integer(standing.wins)), .init("ties", .integer(standing.ties)),
                            .init("losses", .integer(standing.losses)),
                        ])
                    })),
            .init(
                "kruskalWallis",
                ranking.kruskalWallis.map { test in
                    .object([
                        .init("h", .number(test.statistic)), .init("df", .integer(test.degreesOfFreedom)),
                        .init("p", .number(test.p)),
                    ])
                } ?? .null),
            .init(
                "dunn",
                .array(
                    ranking.dunn.map { pair in
                        .object([
                            .init("first", .string(material.conditions[pair.first].run.id)),
                            .init("second", .string(material.conditions[pair.second].run.id)),
                            .init("z", .number(pair.z)), .init("p", .number(pair.p)), .init("holm", .number(pair.holm)),
                        ])
                    })),
        ])
    }

    private static func json(_ share: ShareEstimate?) -> JSONValue {
        share.map { share in
            .object([
                .init("share", .number(share.share)), .init("low", .number(share.low)), .init("high", .number(share.high)),
                .init("n", .integer(share.n)),
            ])
        } ?? .null
    }

    /// A row for each person, question and pair of conditions.
    var csv: String {
        var writer = CSVWriter(header: ["person", "question", "category", "first", "second", "forward", "backward", "winner"])
        for pair in pairs {
            var (forward, backward) = ("", "")
            if case .judged(let swapped) = pair.judgement {
                (forward, backward) = (swapped.forward.rawValue, swapped.backward.rawValue)
            }
            let runs = material.conditions.map(\.run.id)
            let winner = pair.outcome.map { $0.draw ? "tie" : runs[$0.winner] } ?? ""
            writer.append([
                .text(pair.persona), .text(pair.question), .text(pair.category ?? ""), .text(runs[pair.first]),
                .text(runs[pair.second]), .text(forward), .text(backward), .text(winner),
            ])
        }
        return writer.text
    }
}
