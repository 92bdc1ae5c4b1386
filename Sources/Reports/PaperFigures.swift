/// What Park et al. found in their end-to-end study beside what a run of its world found.
///
/// - Source: Park et al. 2023, "Generative Agents: Interactive Simulacra of Human Behavior", section 7.1; the first
///   preprint where the row says so.
struct PaperFigures {
    struct Row: Hashable {
        var what: String
        var paper: String
        var ours: String
    }

    /// The world file whose runs are set beside the paper.
    static let world = "valentine"

    static let source =
        "Park et al. 2023, \"Generative Agents\", section 7.1: 25 residents, two days, gpt-3.5-turbo. They asked the "
        + "residents in interviews; here their utterances and memories are followed. Their hallucinated awareness is of "
        + "453 answers about whom they know; ours is of the utterances that carry the news. Their network asks for "
        + "mutual knowledge."

    /// Empty for any other world.
    static func rows(_ measures: TownMeasures) -> [Row] {
        guard measures.world == world else { return [] }
        func spread(_ news: TownMeasures.News?) -> String {
            "\(percent(news?.points.first?.share)) -> \(percent(news?.points.last?.share))"
        }
        func density(_ points: [TownMeasures.Point]) -> String {
            "\(fixed(points.first?.share, decimals: 3)) -> \(fixed(points.last?.share, decimals: 3))"
        }
        let party = measures.news.first { $0.name == "party" }
        let candidacy = measures.news.first { $0.name == "candidacy" }
        let carrying = measures.news.reduce(0) { $0 + $1.carrying }
        let unfounded = measures.news.reduce(0) { $0 + $1.unfounded }
        let share = carrying > 0 ? fixed(100 * Double(unfounded) / Double(carrying), decimals: 1) + "%" : "-"
        let came = party?.gathering.map { "\($0.invitedCame.count) of \($0.invited.count)" } ?? "-"
        return [
            Row(what: "know of the candidacy", paper: "4% -> 32%", ours: spread(candidacy)),
            Row(what: "know of the party", paper: "4% -> 52% (first preprint 48%)", ours: spread(party)),
            Row(what: "network density, mutual", paper: "0.167 -> 0.74", ours: density(measures.mutual)),
            Row(what: "network density, either", paper: "", ours: density(measures.network)),
            Row(what: "hallucinated awareness", paper: "1.3% (6 of 453)", ours: "\(share) (\(unfounded) of \(carrying))"),
            Row(what: "invited who came", paper: "5 of 12", ours: came),
        ]
    }
}
