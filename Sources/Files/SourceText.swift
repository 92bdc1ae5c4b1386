internal import Foundation

/// The text of a study file, checked before it is parsed.
struct SourceText {
    /// As diagnostics name it.
    let file: String
    let text: String
    let lines: [String]
    let kind: FileKind?

    init(file: String, bytes: Data) throws(DiagnosticsError) {
        self.file = file
        if let nul = bytes.firstIndex(of: 0) {
            throw Self.refused(file, bytes.prefix(upTo: nul), "a NUL byte: this is not a text file")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Self.refused(file, Self.validPrefix(of: bytes), "this is not UTF-8 text", hint: "save it as UTF-8")
        }
        guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace && $0 != "\u{FEFF}" }) else {
            throw DiagnosticsError(diagnostics: [
                Diagnostic(file: file, message: "the file is empty", hint: "'populace new' writes one to start from")
            ])
        }
        self.text = text
        lines = Self.lines(of: text)
        kind = FileKind(text: text)
        if let bad = text.unicodeScalars.firstIndex(where: Self.isForbidden) {
            let before = Self.lines(of: String(text[..<bad]))
            let line = before.count, column = (before.last?.unicodeScalars.count ?? 0) + 1
            throw DiagnosticsError(diagnostics: [
                diagnostic(line, column, "control character U+\(Self.hexadecimal(text.unicodeScalars[bad]))")
            ])
        }
    }

    func diagnostic(_ line: Int, _ column: Int, _ message: String, hint: String? = nil) -> Diagnostic {
        let shown = kind != nil && lines.indices.contains(line - 1) ? lines[line - 1] : nil
        return Diagnostic(file: file, line: line, column: column, message: message, hint: hint, sourceLine: shown)
    }

    /// Control characters other than tab and line ends.
    static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 9, 10, 13, 0x85: false
        case 0..<0x20, 0x7F..<0xA0: true
        default: false
        }
    }

    static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private static func refused(_ file: String, _ before: Data, _ message: String, hint: String? = nil) -> DiagnosticsError {
        let lines = lines(of: String(decoding: before, as: UTF8.self))
        return DiagnosticsError(diagnostics: [
            Diagnostic(
                file: file, line: max(lines.count, 1), column: (lines.last?.unicodeScalars.count ?? 0) + 1,
                message: message, hint: hint)
        ])
    }

    private static func validPrefix(of bytes: Data) -> Data {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var length = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { length += UTF8.width(scalar) }
        return bytes.prefix(length)
    }

    /// Split where YAML breaks lines.
    private static func lines(of text: String) -> [String] {
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in text.unicodeScalars {
            if scalar == "\n" && afterReturn {
                afterReturn = false
                continue
            }
            afterReturn = scalar == "\r"
            switch scalar {
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
                lines.append(String(line))
                line = String.UnicodeScalarView()
            default: line.append(scalar)
            }
        }
        lines.append(String(line))
        return lines
    }
}
