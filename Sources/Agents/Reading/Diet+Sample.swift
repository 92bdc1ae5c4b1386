public import Kernel

extension Diet {
    /// What somebody has read by a day, in the order it appeared.
    ///
    /// Attention reaches `articles` times for something to read. Each time it goes to a source with the source's share,
    /// or to none with what is left over: draws of the stream (seed, `persona/ID`, `diet`). Of a source that it went to
    /// `n` times the person has read `n` articles of the window, drawn without replacement: every article has a number of
    /// its own for every person, and the `n` smallest are read. A source with fewer articles in the window is read whole.
    ///
    /// An article appears in the window on its date and leaves it `within` days later. The draws know nothing of the day
    /// or of other articles, so that one more article displaces at most one, one outside the window none, and from one
    /// day to the next only what appeared and what grew old changes what somebody has read.
    ///
    /// - Returns: Each article at most once; by date, then path.
    /// - Complexity: O(m log m) for m articles in the window.
    /// - Source: Chu et al. 2023, "Language Models Trained on Media Diets Can Predict Public Opinion", for the window
    ///   before a survey; Rosén 1972, doi:10.1214/aoms/1177692692, for sampling by the smallest of independent numbers.
    public func read(on day: CivilDate, by persona: String, seed: UInt64) -> [Reading] {
        var stream = RandomStream(seed: seed, "persona/\(persona)", "diet")
        var counts = portions.map { _ in 0 }
        for _ in 0..<habit.articles {
            var point = stream.unit()
            for (index, portion) in portions.enumerated() {
                if point < portion.share {
                    counts[index] += 1
                    break
                }
                point -= portion.share
            }
        }
        let days = habit.within.seconds / SimulationTime.secondsPerDay
        let window = (day.daysSince1970 - days + 1)...day.daysSince1970
        let read = zip(portions, counts).flatMap { portion, count -> [Article] in
            let recent = portion.source.articles.filter { window.contains($0.date.daysSince1970) }.map { article in
                (article: article, number: RandomStream.draw(seed: seed, "persona/\(persona)", "diet", article.path))
            }
            return recent.sorted { $0.number < $1.number }.prefix(count).map(\.article)
        }
        return read.sorted(by: Article.appears(_:before:)).map { Reading($0, length: habit.length) }
    }
}
