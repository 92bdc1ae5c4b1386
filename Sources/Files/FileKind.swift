/// What a study file describes, which its first key says.
public enum FileKind: String, CaseIterable, Sendable {
    case world, persona, panel, survey, study, experiment

    /// `a world`, `an experiment`.
    public var named: String { (self == .experiment ? "an " : "a ") + rawValue }

    /// Read off the first line that is neither blank nor a comment; `nil` where it names no kind.
    init?(text: some StringProtocol) {
        for line in text.split(whereSeparator: \.isNewline) {
            let line = line.drop { $0 == " " || $0 == "\u{FEFF}" }
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix("---") { continue }
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let word = String(line[..<colon].filter { $0 != " " && $0 != "\"" && $0 != "'" })
            self.init(rawValue: word)
            return
        }
        return nil
    }
}
