import Agents
import Kernel
import Results
import Surveys

/// What reading does to the answers to one question: over all, by source and by article.
struct DietEffect: Sendable {
    /// Something that was read: everything, a source, or an article.
    struct Row: Sendable {
        /// Path of the source; `nil` for everything.
        var source: String?
        /// `nil` for a whole source.
        var article: Article?
        /// Over those who had read of it.
        var effect: MeanEffect
        /// By option: what it adds to the shares of all who were asked, readers or not.
        var onAll: [Double]
    }

    /// Those who mostly read the same.
    struct Group: Sendable {
        /// `nil` for everybody.
        var name: String?
        var people: Int
        var readers: Int
        /// Mean shares as asked, and with nothing read.
        var whole: [Double]
        var unread: [Double]
        /// `nil` where nobody of them has read anything.
        var all: Row?
        /// By path.
        var sources: [Row]
        /// The one that moves the answers of all most first.
        var articles: [Row]
    }

    var question: Question
    /// Everybody first.
    var groups: [Group]

    /// - Parameters:
    ///   - answered: Of this question, by person.
    ///   - attribute: Groups by it; `nil` for everybody only.
    init(_ question: Question, _ answered: [InfluenceStudy.Answered], by attribute: String?, seed: UInt64) {
        self.question = question
        groups = [Self.group(nil, answered, question, seed)]
        guard let attribute else { return }
        let names = Set(answered.compactMap { $0.persona.attributes[attribute] }).sorted(by: precedes)
        groups += names.map { name in
            Self.group(name, answered.filter { $0.persona.attributes[attribute] == name }, question, seed)
        }
    }

    private static func group(
        _ name: String?, _ answered: [InfluenceStudy.Answered], _ question: Question, _ seed: UInt64
    ) -> Group {
        let weights = answered.map(\.persona.weight)
        let total = weights.reduce(0, +)
        func mean(_ shares: (InfluenceStudy.Answered) -> [Double]) -> [Double] {
            question.options.indices.map { option in
                zip(answered, weights).reduce(0) { $0 + $1.1 * shares($1.0)[option] } / total
            }
        }
        func row(_ source: String?, _ article: Article?, _ effect: (InfluenceStudy.Answered) -> [Double]?) -> Row? {
            let readers = answered.compactMap { one in effect(one).map { (effect: $0, weight: one.persona.weight) } }
            // The same resamples for whoever asks for the same thing.
            var stream = RandomStream(seed: seed, "diet", question.id, name ?? "", source ?? "", article?.path ?? "")
            guard let found = MeanEffect(readers.map(\.effect), weights: readers.map(\.weight), using: &stream) else { return nil }
            let onAll = question.options.indices.map { option in
                readers.reduce(0) { $0 + $1.weight * $1.effect[option] } / total
            }
            return Row(source: source, article: article, effect: found, onAll: onAll)
        }
        let sources = Set(answered.flatMap { $0.sources.map(\.source) }).sorted(by: precedes)
        var articles: [String: Article] = [:]
        for article in answered.flatMap({ $0.parts.compactMap(\.reading?.article) }) { articles[article.path] = article }
        let rows = articles.keys.sorted(by: precedes).compactMap { path in
            articles[path].flatMap { article in
                row(article.source, article) { one in
                    one.parts.firstIndex { $0.reading?.article.path == path }.map { one.influence.effects[$0] }
                }
            }
        }
        let ranked = rows.indices.sorted { (-AnswerInfluence.size(rows[$0].onAll), $0) < (-AnswerInfluence.size(rows[$1].onAll), $1) }
        return Group(
            name: name, people: answered.count, readers: answered.count { !$0.parts.isEmpty },
            whole: mean(\.influence.whole), unread: mean(\.influence.bare),
            all: row(nil, nil) { $0.parts.isEmpty ? nil : $0.influence.together },
            sources: sources.compactMap { source in
                row(source, nil) { one in one.sources.first { $0.source == source }?.effect }
            }, articles: ranked.map { rows[$0] })
    }
}
