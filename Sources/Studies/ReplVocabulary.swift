import Agents
import Kernel
import Reports
import Surveys
import Worlds

/// What can follow what is typed at the prompt.
///
///     vocabulary.continuations(of: "look to")     // ["town hall"]
///     vocabulary.continuations(of: "look town h") // ["hall"]: only the last word is replaced
public struct ReplVocabulary: Hashable, Sendable {
    var commands: [String] = []
    /// Ids, full names and first names.
    var people: [String] = []
    var places: [String] = []
    var questions: [String] = []
    var attributes: [String] = []
    var runs: [String] = []
    var branches: [String] = []

    /// Nothing.
    public static let empty = ReplVocabulary()

    /// What the last word of a line may be completed to, in the text order; in either case if none fits in the same.
    public func continuations(of line: String) -> [String] {
        let start = line.lastIndex(where: \.isWhitespace).map(line.index(after:)) ?? line.startIndex
        let before = line[..<start]
        // A name may have several words: as many of the last ones as begin one of them.
        var tails: [Substring] = [line[start...]]
        var end = before
        while let last = end.lastIndex(where: { !$0.isWhitespace }) {
            let word = end[..<last].lastIndex(where: \.isWhitespace).map { end.index(after: $0) } ?? end.startIndex
            guard word > line.startIndex else { break }
            tails.append(line[word...])
            end = end[..<word]
        }
        for exact in [true, false] {
            func begins(_ name: String, _ tail: Substring) -> Bool {
                exact ? name.hasPrefix(tail) : name.lowercased().hasPrefix(tail.lowercased())
            }
            let known = names(after: before)
            // What goes on with most of what is typed: after `town` and a space `hall`, and no other place.
            guard let tail = tails.last(where: { tail in known.contains { begins($0, tail) } }) else { continue }
            let typed = line.distance(from: tail.startIndex, to: start)
            let found = Set(known.filter { begins($0, tail) }.map { String($0.dropFirst(typed)) })
            return found.sorted(by: precedes)
        }
        return []
    }

    private func names(after line: Substring) -> [String] {
        let words = line.split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
        guard let first = words.first else { return commands + people }
        return switch first {
        case "look", "inject": places
        case "plan", "ask", "tell": people
        case "poll": words.count == 1 ? questions : words.last == "by" ? attributes : ["by"]
        case "branch", "changes": branches
        case "open": runs
        case "show": runs + people
        case "why": ["last"]
        case "back": words.count == 1 ? ["to"] : []
        case "run": words.count == 1 ? ["until"] : []
        default: commands.contains(first) ? [] : people
        }
    }
}

extension Repl {
    /// What can be typed now. Nothing in it moves a cursor.
    public var vocabulary: ReplVocabulary {
        let people = session.simulation.who
        let personas = session.loaded.world.residents.map(\.persona)
        func shown(_ names: some Sequence<String>) -> [String] { names.map { sanitised($0) } }
        return ReplVocabulary(
            commands: ReplLine.words, people: shown(people.flatMap { [firstName($0.name), $0.name, $0.id] }),
            places: shown(places.map(\.name)), questions: surveys.flatMap { $0.codebook.questions.map(\.id) },
            attributes: ["place", "age", "pronouns", "work"] + Set(personas.flatMap { $0.attributes.keys }).sorted(by: precedes),
            runs: runNames, branches: branchNames)
    }
}
