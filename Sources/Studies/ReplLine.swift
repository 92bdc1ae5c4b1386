/// A line typed at the prompt, read but not yet done.
enum ReplLine: Hashable {
    case nothing
    case step(Int)
    /// What follows `run`: `2 h`, `until day 1 12:00`.
    case run(String)
    case who, map, cost, help, quit
    case look(String?)
    case person(String)
    case memories(String)
    case plan(String)
    /// What follows the word: whom or where, and what.
    case ask(String), tell(String), inject(String)
    /// What follows `poll`: `natpark`, `natpark by party`.
    case poll(String)
    /// `12`, `last`.
    case why(String)
    case show(String?)
    case branch(String?), changes(String?)
    /// What follows `back`: `to day 1 09:00`.
    case back(String?)
    case save(String?), open(String)
    case mistaken(String)

    /// Each with its form, in the order that help lists them.
    static let commands: [(word: String, form: String, does: String)] = [
        ("step", "step [n]", "let what is due next happen; n times"),
        ("run", "run 2 h", "let time pass; also 'run until day 1 12:00'"),
        ("who", "who", "everybody, where they are and what they do"),
        ("look", "look [PLACE]", "a place, what is there and who; every place without one"),
        ("map", "map", "places, what they are next to, and who is where"),
        ("", "NAME?", "who somebody is and what they are about"),
        ("", "NAME??", "everything they remember"),
        ("plan", "plan NAME", "what they mean to do today"),
        ("ask", "ask NAME \"...\"", "interview them aside: they remember nothing of it"),
        ("tell", "tell NAME \"...\"", "let them know something: they remember it"),
        ("inject", "inject PLACE \"...\"", "let something happen in a place"),
        ("poll", "poll QUESTION [by X]", "a survey's question to everybody aside; by place or an attribute"),
        ("why", "why NUMBER", "how an occurrence came about; 'why last' for the latest"),
        ("show", "show ADDRESS", "what an address names: run-1, run-1/rosa/12, run-1#34, a completion"),
        ("branch", "branch [NAME]", "make or switch to a copy that goes on beside; all without a name"),
        ("back", "back [to TIME]", "undo the last step, or go back to a moment; what is undone stays"),
        ("changes", "changes [NAME]", "what differs between this branch and another"),
        ("cost", "cost", "calls, tokens and seconds so far"),
        ("save", "save [FILE]", "this session's lines as a script that repeats it"),
        ("open", "open RUN", "another run, at its end"),
        ("help", "help", "this list"),
        ("quit", "quit", "leave; what happened is recorded"),
    ]

    static var words: [String] { commands.map(\.word).filter { !$0.isEmpty } }

    init(_ line: String) {
        let line = Self.trimmed(line)
        let parts = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
        guard let first = parts.first, first.first != "#" else {
            self = .nothing
            return
        }
        let word = first.lowercased()
        let rest = parts.count > 1 ? Self.trimmed(parts[1]) : ""
        func bare(_ meaning: Self) -> Self {
            rest.isEmpty ? meaning : .mistaken("'\(word)' takes nothing after it")
        }
        func with(_ form: String, _ meaning: (String) -> Self) -> Self {
            rest.isEmpty ? .mistaken("write it as: \(form)") : meaning(rest)
        }
        switch word {
        case "step":
            let count = rest.isEmpty ? 1 : Int(rest)
            self = count.flatMap { (1...10_000).contains($0) ? .step($0) : nil }
                ?? .mistaken("'\(rest)' is not a number of steps from 1 to 10000")
        case "run": self = with("run 2 h, or run until day 1 12:00") { .run($0) }
        case "who": self = bare(.who)
        case "map": self = bare(.map)
        case "look": self = .look(rest.isEmpty ? nil : Self.unquoted(rest))
        case "plan": self = with("plan NAME") { .plan(Self.unquoted($0)) }
        case "ask": self = with("ask NAME \"...\"") { .ask($0) }
        case "tell": self = with("tell NAME \"...\"") { .tell($0) }
        case "inject": self = with("inject PLACE \"...\"") { .inject($0) }
        case "poll": self = with("poll QUESTION, or poll QUESTION by place") { .poll($0) }
        case "why": self = with("why NUMBER, or why last") { .why($0) }
        case "show": self = .show(rest.isEmpty ? nil : rest)
        case "branch": self = .branch(rest.isEmpty ? nil : rest)
        case "back": self = .back(rest.isEmpty ? nil : rest)
        case "changes": self = .changes(rest.isEmpty ? nil : rest)
        case "cost": self = bare(.cost)
        case "save": self = .save(rest.isEmpty ? nil : Self.unquoted(rest))
        case "open": self = with("open RUN") { .open($0) }
        case "help", "?": self = bare(.help)
        case "quit", "exit": self = bare(.quit)
        case _ where line.hasSuffix("??"): self = .memories(Self.trimmed(line.dropLast(2)))
        case _ where line.hasSuffix("?"): self = .person(Self.trimmed(line.dropLast()))
        default: self = .mistaken("")
        }
    }

    /// Splits `Rosa "How are you?"`, or without quotation marks `Rosa Delgado How are you?`, where `isKnown` says how
    /// many words are the name: as many as can be.
    static func addressed(_ text: String, isKnown: (String) -> Bool) -> (whom: String, what: String) {
        let quotes: Set<Character> = ["\"", "\u{201C}", "\u{201D}"]
        if let quote = text.firstIndex(where: quotes.contains), quote > text.startIndex {
            let what = text[text.index(after: quote)...].reversed().drop { quotes.contains($0) || $0.isWhitespace }
            return (trimmed(text[..<quote]), trimmed(String(what.reversed())))
        }
        let words = text.split(whereSeparator: \.isWhitespace)
        for count in stride(from: words.count, to: 0, by: -1) {
            let name = words[..<count].joined(separator: " ")
            if isKnown(name) { return (name, words[count...].joined(separator: " ")) }
        }
        return (words.first.map(String.init) ?? "", words.dropFirst().joined(separator: " "))
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    private static func unquoted(_ text: String) -> String {
        text.count > 1 && text.first == "\"" && text.last == "\"" ? String(text.dropFirst().dropLast()) : text
    }
}
