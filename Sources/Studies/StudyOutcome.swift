public import Reports

/// What a procedure has to say: for people and for programs.
public struct StudyOutcome: Sendable, Hashable {
    public var text: String
    public var json: JSONValue

    public init(text: String, json: JSONValue) {
        self.text = text
        self.json = json
    }

    public func text(json asJSON: Bool) -> String { asJSON ? json.written() : text }
}

extension String {
    func trimmingSuffix(_ suffix: Character) -> String {
        var text = self
        while text.last == suffix { text.removeLast() }
        return text
    }
}

/// `1 resident`, `6 residents`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// `1 person`, `6 people`.
func counted(_ count: Int, _ one: String, _ many: String) -> String { "\(count) \(count == 1 ? one : many)" }
