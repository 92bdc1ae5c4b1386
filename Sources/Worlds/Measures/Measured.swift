/// A figure, or why there is none: no data is not zero.
public enum Measured<Value: Hashable & Sendable>: Hashable, Sendable {
    case value(Value)
    /// In words, for a reader.
    case missing(String)

    public var value: Value? { if case .value(let value) = self { value } else { nil } }
    public var missing: String? { if case .missing(let why) = self { why } else { nil } }
}

extension Measured where Value == Double {
    /// A share, 0...1.
    static func share(_ part: Int, of whole: Int, else why: String) -> Self {
        whole > 0 ? .value(Double(part) / Double(whole)) : .missing(why)
    }
}
