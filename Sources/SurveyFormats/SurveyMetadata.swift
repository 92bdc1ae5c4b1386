/// What a data file says about itself and its columns.
public struct SurveyMetadata: Codable, Hashable, Sendable {
    public var format: SurveyFormat
    /// The file's own title.
    public var label: String?
    /// As the file declares it, `WINDOWS-1252`; cells and labels are UTF-8 whatever it says.
    public var encoding: String?
    /// As the file declares it; `nil` where it does not (`.por`, `.xpt`).
    public var rowCount: Int?
    /// The column the file itself says its cases are weighted by.
    public var weight: String?
    /// In file order.
    public var variables: [SurveyVariable]
}

/// A column of a data file.
public struct SurveyVariable: Codable, Hashable, Sendable {
    public enum Kind: Codable, Hashable, Sendable {
        case number
        /// Text of at most so many bytes.
        case text(width: Int)
    }

    /// What the values may be compared by, as the file declares it.
    public enum Measure: String, Codable, Hashable, Sendable {
        case unknown, nominal, ordinal, scale
    }

    /// What a value stands for.
    public struct Label: Codable, Hashable, Sendable {
        /// As the rows write the value: `1`, or `.a` for a tagged missing value.
        public var cell: String
        public var text: String
    }

    /// Numbers the file declares missing by the user's rule; both ends belong to it, `nil` is no bound.
    public struct MissingRange: Codable, Hashable, Sendable {
        public var low: Double?
        public var high: Double?

        public func contains(_ number: Double) -> Bool { (low.map { $0 <= number } ?? true) && (high.map { number <= $0 } ?? true) }
    }

    public var name: String
    public var label: String?
    public var kind: Kind
    /// The format of the source program, `F8.2`, `DATE11`, `%td`: dates are numbers in the rows.
    public var format: String?
    public var measure: Measure
    /// Numbers ascending, then tagged missing values, then texts.
    public var labels: [Label]
    public var missing: [MissingRange]
    /// Texts declared missing.
    public var missingTexts: [String]

    /// Whether the file declares a cell missing: a tag, or a value within its rules.
    public func isMissing(_ cell: String) -> Bool {
        if cell.isEmpty || SurveyVariable.isTag(cell) { return true }
        if case .text = kind { return missingTexts.contains(cell) }
        return Double(cell).map { number in missing.contains { $0.contains(number) } } ?? false
    }

    /// `.a` to `.z`, and `._` of SAS.
    public static func isTag(_ cell: String) -> Bool {
        let bytes = cell.utf8
        return bytes.count == 2 && bytes.first == UInt8(ascii: ".")
            && (bytes.last == UInt8(ascii: "_") || bytes.last.map { (0x61...0x7A).contains($0) } == true)
    }
}
