/// A first-person statement around its gap: `I give ... dollars`.
struct Statement {
    var before: String
    /// With its leading space; empty where the gap ends the statement.
    var after: String

    init(_ say: String) {
        let line = oneLine(say.replacing("\u{2026}", with: "..."))
        let parts = line.split(separator: "...", maxSplits: 1, omittingEmptySubsequences: false).map { oneLine($0) }
        before = parts.first ?? ""
        var rest = parts.count > 1 ? parts[1] : ""
        while rest.last == "." { rest.removeLast() }
        after = rest.isEmpty ? "" : " " + rest
    }
}
