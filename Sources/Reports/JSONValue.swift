/// A JSON value whose objects keep their order: equal values are equal bytes.
public indirect enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    /// Shortest round-trip digits; infinities and not-a-number are written as `null`.
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([Member])

    public struct Member: Hashable, Sendable {
        public var name: String
        public var value: JSONValue

        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(nilLiteral: ()) { self = .null }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }

    public init(_ value: String?) { self = value.map { .string($0) } ?? .null }
    public init(_ value: Int?) { self = value.map { .integer($0) } ?? .null }
    public init(_ value: Double?) { self = value.map { .number($0) } ?? .null }
    public init(_ value: [Double]) { self = .array(value.map { .number($0) }) }
    public init(_ value: [String]) { self = .array(value.map { .string($0) }) }
}

extension JSONValue {
    /// The value indented by two spaces, or on one line (JSON Lines) where `compact`; no line feed at the end.
    ///
    /// Control characters and bidirectional marks are escaped, so that printing the text is safe and reading it back
    /// gives the same strings.
    public func written(compact: Bool = false) -> String {
        var text = ""
        write(into: &text, depth: compact ? nil : 0)
        return text
    }

    private func write(into text: inout String, depth: Int?) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .number(let value): text += value.isFinite ? value.description : "null"
        case .string(let value): Self.write(value, into: &text)
        case .array(let values):
            let flat = values.allSatisfy { if case .number = $0 { true } else { false } }
            Self.write(values, between: "[", "]", into: &text, depth: flat ? nil : depth) {
                $0.write(into: &$1, depth: $2)
            }
        case .object(let members):
            Self.write(members, between: "{", "}", into: &text, depth: depth) {
                Self.write($0.name, into: &$1)
                $1 += ": "
                $0.value.write(into: &$1, depth: $2)
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element], between open: String, _ close: String, into text: inout String, depth: Int?,
        element: (Element, inout String, Int?) -> Void
    ) {
        let inner = depth.map { "\n" + String(repeating: "  ", count: $0 + 1) }
        text += open
        for (index, value) in elements.enumerated() {
            if index > 0 { text += inner == nil ? ", " : "," }
            if let inner { text += inner }
            element(value, &text, depth.map { $0 + 1 })
        }
        if let depth, !elements.isEmpty { text += "\n" + String(repeating: "  ", count: depth) }
        text += close
    }

    private static func write(_ string: String, into text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case _ where isUnprintable(scalar):
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
