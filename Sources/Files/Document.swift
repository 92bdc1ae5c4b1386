internal import Yams

/// A study file as a tree of nodes with their places.
struct Document {
    let source: SourceText
    let root: Node

    enum Limits {
        static let depth = 64
        static let nodes = 100_000
        static let aliases = 100
        /// Commas, colons, brackets and line ends: what parsing takes its time for.
        static let marks = 300_000
    }

    /// Marks a key that was diagnosed as a duplicate; a scalar of the private-use area stands for its first.
    static let duplicateMark: Unicode.Scalar = "\u{F0000}"

    /// - Parameter findings: Receives duplicate keys, which do not end the reading.
    init(_ source: SourceText, findings: Findings) throws(DiagnosticsError) {
        self.source = source
        if source.text.utf8.lazy.filter({ [0x0A, 0x2C, 0x3A, 0x5B, 0x7B].contains($0) }).count > Limits.marks {
            throw DiagnosticsError(diagnostics: [source.diagnostic(1, 1, "more than \(Limits.nodes) values")])
        }
        if let problem = Self.aliasProblem(source.text) {
            throw DiagnosticsError(diagnostics: [source.diagnostic(1, 1, problem, hint: "write the text out")])
        }
        var text = source.text
        var renamed = 0
        while true {
            do {
                guard let root = try compose(yaml: text, .default, .default, .utf8) else { throw Failure.nothing }
                self.root = root
                break
            } catch let error as YamlError {
                if case .duplicatedKeysInMapping(let names, let context) = error, renamed < 50, let name = names.first,
                    let repaired = Self.rename(name, after: context.mark, in: text)
                {
                    findings.add(source.diagnostic(repaired.line, repaired.column, "duplicate key '\(name)'",
                        hint: "the first is in line \(context.mark.line)"))
                    text = repaired.text
                    renamed += 1
                } else {
                    throw DiagnosticsError(diagnostics: [Self.diagnostic(of: error, in: source)])
                }
            } catch {
                throw DiagnosticsError(diagnostics: [source.diagnostic(1, 1, "the file holds nothing but comments")])
            }
        }
        var count = 0
        if let problem = Self.check(root, depth: 1, count: &count) {
            throw DiagnosticsError(diagnostics: [
                source.diagnostic(problem.mark?.line ?? 1, problem.mark?.column ?? 1, problem.message)
            ])
        }
    }

    private enum Failure: Error { case nothing }

    private static func check(_ node: Node, depth: Int, count: inout Int) -> (message: String, mark: Mark?)? {
        count += 1
        if count > Limits.nodes { return ("more than \(Limits.nodes) values, aliases written out", nil) }
        if depth > Limits.depth { return ("nested deeper than \(Limits.depth)", node.mark) }
        switch node {
        case .scalar(let scalar):
            if let bad = scalar.string.unicodeScalars.first(where: SourceText.isForbidden) {
                return ("control character U+\(SourceText.hexadecimal(bad))", node.mark)
            }
        case .sequence(let items):
            for item in items { if let problem = check(item, depth: depth + 1, count: &count) { return problem } }
        case .mapping(let pairs):
            for (key, value) in pairs {
                if let problem = check(key, depth: depth + 1, count: &count) { return problem }
                if let problem = check(value, depth: depth + 1, count: &count) { return problem }
            }
        case .alias: break
        }
        return nil
    }

    /// Before parsing: many aliases, or aliases inside keys, which the parser would write out to compare keys.
    static func aliasProblem(_ text: String) -> String? {
        var anchors = 0, aliases = 0, oddKeys = 0
        var before: UInt8 = 10, previous: UInt8 = 10
        for byte in text.utf8 {
            let named = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || (0x30...0x39).contains(byte) || byte >= 0x80
            let opens = before <= 0x20 || before == 0x5B || before == 0x7B || before == 0x2C
            if opens && named {
                if previous == 0x2A { aliases += 1 }
                if previous == 0x26 { anchors += 1 }
            }
            if previous == 0x3F && opens && byte <= 0x20 { oddKeys += 1 }
            if byte == 0x3A && (previous == 0x5D || previous == 0x7D) { oddKeys += 1 }
            before = previous
            previous = byte
        }
        if anchors == 0 { return nil }
        if aliases > Limits.aliases { return "more than \(Limits.aliases) aliases" }
        return oddKeys > 0 && aliases > 0 ? "anchors and aliases beside keys that are not plain words" : nil
    }

    private static func diagnostic(of error: YamlError, in source: SourceText) -> Diagnostic {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let line = source.lines.indices.contains(mark.line - 1) ? source.lines[mark.line - 1] : ""
            let hint =
                line.drop { $0 == " " }.first == "\t" ? "indent with spaces, not tabs"
                : context.map { "the part that began in line \($0.mark.line) is not finished" }
            return source.diagnostic(mark.line, mark.column, "YAML: \(problem)", hint: hint)
        case .duplicatedKeysInMapping(let names, let context):
            return source.diagnostic(context.mark.line, context.mark.column, "duplicate key '\(names.first ?? "")'")
        default:
            return source.diagnostic(1, 1, "this is not YAML text")
        }
    }

    /// The text with the first letter of the repeated key replaced, so that reading can go on.
    private static func rename(_ name: String, after mark: Mark, in text: String) -> (text: String, line: Int, column: Int)? {
        guard let first = name.unicodeScalars.first, first.value > 0x20 else { return nil }
        var scalars = Array(text.unicodeScalars)
        let key = Array(name.unicodeScalars)
        var line = 1, column = 1, index = 0
        while index + key.count < scalars.count {
            let beyond = line > mark.line || line == mark.line && column > mark.column
            if beyond, scalars[index] == first, Array(scalars[index..<index + key.count]) == key {
                var end = index + key.count
                while end < scalars.count, scalars[end] == " " { end += 1 }
                var start = index - 1
                while start >= 0, scalars[start] == " " { start -= 1 }
                let block = (start < 0 || scalars[start] == "\n") && column == mark.column
                let flow = start >= 0 && (scalars[start] == "," || scalars[start] == "{")
                if end < scalars.count, scalars[end] == ":", block || flow {
                    scalars[index] = duplicateMark
                    var view = String.UnicodeScalarView()
                    view.append(contentsOf: scalars)
                    return (String(view), line, column)
                }
            }
            if scalars[index] == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
            index += 1
        }
        return nil
    }
}
