/// A mistake in a file, with its place, printed as compilers print theirs.
///
///     Worlds/alder-creek.yaml:37:5: error: unknown key 'live'; did you mean 'lives'?
///         live: library
///         ^
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
    public var file: String
    /// From 1.
    public var line: Int
    /// From 1, in Unicode scalars.
    public var column: Int
    public var message: String
    public var hint: String?
    /// `nil` where the file is not of a kind whose words may be shown.
    public var sourceLine: String?

    public init(file: String, line: Int = 1, column: Int = 1, message: String, hint: String? = nil, sourceLine: String? = nil) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
        self.hint = hint
        self.sourceLine = sourceLine
    }

    /// The first line: place, message, hint.
    public var headline: String {
        "\(visible(file)):\(line):\(column): error: \(visible(message))\(hint.map { "; " + visible($0) } ?? "")"
    }

    public var description: String {
        guard let sourceLine else { return headline }
        let (snippet, caret) = Snippet.cut(sourceLine, at: column)
        return headline + "\n" + snippet + "\n" + String(repeating: " ", count: caret) + "^"
    }
}

/// All mistakes of a file and of the files it names, in reading order.
public struct DiagnosticsError: Error, Equatable, CustomStringConvertible {
    public var diagnostics: [Diagnostic]

    public init(diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }

    public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
