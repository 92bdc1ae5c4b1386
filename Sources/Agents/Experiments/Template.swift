/// A text with `{variables}`; a brace without its partner is text.
public struct Template: Hashable, Sendable {
    public var text: String

    public init(_ text: String) { self.text = text }

    /// In the order in which they appear.
    public var variables: [String] { parts.compactMap { $0.isName ? $0.text : nil } }

    /// What is filled in is not looked through again; an unknown variable stays as it is written.
    public func filled(_ variables: [String: String]) -> String {
        parts.map { $0.isName ? variables[$0.text] ?? "{\($0.text)}" : $0.text }.joined()
    }

    private var parts: [(text: String, isName: Bool)] {
        var parts: [(String, Bool)] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            parts.append((String(rest[..<open]), false))
            parts.append((String(rest[rest.index(after: open)..<close]), true))
            rest = rest[rest.index(after: close)...]
        }
        return parts + [(String(rest), false)]
    }
}
