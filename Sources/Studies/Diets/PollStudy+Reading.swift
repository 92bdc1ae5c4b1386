import Agents
import Files
import Kernel
import Reports
import Surveys

extension PollStudy {
    /// What `--without` may name for a panel or a persona.
    static let reading = "reading"

    /// Gives people what they have read by the day of the poll.
    ///
    /// - Throws: ``StudyError`` where people read but no day is named, or a day is named and nobody reads.
    func givenReading(_ people: [Persona], _ request: Request, seed: UInt64) throws -> GivenReading {
        let diets = people.compactMap(\.reads)
        guard let habit = diets.first?.habit else {
            if request.asOf != nil || !request.without.isEmpty {
                throw StudyError.usage("nobody in \(request.whom) reads anything; give them 'reads:' with sources and shares")
            }
            return GivenReading(people: people)
        }
        guard let day = try request.asOf.map(Self.day) ?? habit.asOf else {
            throw StudyError.usage(
                "people in \(request.whom) read, and what they have read depends on the day: add --as-of 2026-03-01, or 'as of:' under 'reads:'")
        }
        let unread = request.without.contains(Self.reading)
        return GivenReading(
            people: people.map { person in
                var person = person
                person.read = unread ? [] : person.reads?.read(on: day, by: person.id, seed: seed) ?? []
                return person
            }, day: day, unread: unread)
    }

    static func day(_ text: String) throws -> CivilDate {
        guard let day = CivilDate(text) else {
            throw StudyError.usage("'\(text)' is not a day; write it as 2026-03-01, or two with '..' between for a poll a day")
        }
        return day
    }

    /// Shares by what people mostly read; `nil` where all are of one group.
    static func byReading(
        _ answers: [ElicitedAnswer], question: Question, correction: Correction, people: [Persona]
    ) -> String? {
        let readers = people.filter { $0.reads != nil || !$0.read.isEmpty }
        let groups = Set(people.compactMap { $0.attributes[Diet.attribute] }).sorted(by: precedes)
        guard !readers.isEmpty, groups.count > 1 else { return nil }
        let weights = Dictionary(people.map { ($0.id, $0.weight) }, uniquingKeysWith: { first, _ in first })
        var table = TerminalTable(titles: ["reads most, \(correction.rawValue)"] + question.options.map(\.text) + ["n"])
        for group in groups {
            let members = Set(people.filter { $0.attributes[Diet.attribute] == group }.map(\.id))
            let given = answers.filter { members.contains($0.persona) }
            guard let shares = averageShares(given, question: question, correction: correction, weights: weights) else { continue }
            table.rows.append(
                [.text(group)] + shares.map { .percent($0) }
                    + [.count(persons(given, question: question, correction: correction).count)])
        }
        return table.rendered(indent: 2).trimmingSuffix("\n")
    }
}

/// People with what they have read.
struct GivenReading: Sendable {
    var people: [Persona]
    /// `nil` where nobody reads.
    var day: CivilDate?
    /// Whether they were asked without it.
    var unread = false

    /// What a run is told by.
    var settings: [String: String] {
        var settings: [String: String] = [:]
        settings["as of"] = day?.description
        if unread { settings["without"] = PollStudy.reading }
        return settings
    }

    /// What a reader should know of it: nothing where nobody reads.
    var notes: [String] {
        guard let day else { return [] }
        if unread { return ["Asked as of \(day) without what they read."] }
        let given = people.flatMap(\.read)
        let articles = Set(given.map(\.article.path)).count
        let none = people.count { $0.read.isEmpty }
        let (told, cut) = (given.reduce(0) { $0 + $1.characters }, given.reduce(0) { $0 + $1.cut })
        var note = "As of \(day) they have read \(counted(articles, "article")), "
            + "\(fixed(Double(given.count) / Double(max(1, people.count)), decimals: 1)) each"
        if none > 0 { note += "; \(counted(none, "person", "people")) read none" }
        if cut > 0 {
            note += "; \(percent(Double(cut) / Double(told + cut))) of the words did not fit"
        }
        return [note + "."]
    }

    /// The sources that people read, each once, by path.
    static func sources(of people: [Persona]) -> [MediaSource] {
        var sources: [String: MediaSource] = [:]
        for source in people.flatMap({ $0.reads?.portions.map(\.source) ?? [] }) where sources[source.path] == nil {
            sources[source.path] = source
        }
        return sources.keys.sorted(by: precedes).compactMap { sources[$0] }
    }
}
