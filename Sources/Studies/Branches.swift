import Results

/// The branches of a session by hand: runs that began as copies of one another.
///
/// A branch is a run whose settings name it. Going back begins another run of the same name; the name is then the newest
/// one's, and `NAME~1`, `NAME~2` are those before it, which stay as they were.
struct Branches: Sendable {
    struct Branch: Hashable, Sendable {
        var name: String
        var run: Run
        /// The run it was copied from and the moment; `nil` for the first.
        var origin: (run: String, moment: String)? {
            let settings = run.header.settings
            return settings[Setting.origin].flatMap { run in settings[Setting.moment].map { (run, $0) } }
        }
    }

    /// What `run.settings` says of a branch; none of it is there for a run that is no copy.
    enum Setting {
        /// The run that the first branch of all began as.
        static let session = "session"
        static let name = "branch"
        static let origin = "branch of"
        static let moment = "branch at"
    }

    /// The name of a run that is no copy.
    static let first = "main"

    /// In the order in which they were begun.
    let all: [Branch]

    /// - Parameter runs: All of a database, oldest first.
    init(_ runs: [Run], session: String) {
        let family = runs.filter {
            $0.header.kind == "run" && $0.status != .failed && Self.session(of: $0) == session
        }
        var later: [String: Int] = [:]
        all = family.reversed().map { run in
            let name = Self.name(of: run)
            defer { later[name, default: 0] += 1 }
            return Branch(name: later[name].map { "\(name)~\($0)" } ?? name, run: run)
        }.reversed()
    }

    subscript(name: String) -> Branch? { all.first { $0.name == name } }

    func name(ofRun id: String) -> String { all.first { $0.run.id == id }?.name ?? id }

    /// The run that the first of its branches began as.
    static func session(of run: Run) -> String { run.header.settings[Setting.session] ?? run.id }

    /// As it was given, without a count.
    static func name(of run: Run) -> String { run.header.settings[Setting.name] ?? first }

    /// Whether something can be the name of a new branch: 1 to 40 letters, digits, `-` and `_`, a letter first.
    static func isName(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count) && text.first?.isLetter == true
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }
}
