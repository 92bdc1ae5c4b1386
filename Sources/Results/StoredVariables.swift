internal import Foundation

/// Who a respondent is as `respondent.variables` holds it: an object of JSON, `{"age":"40","sex":"Male"}`.
///
/// JSON for its readers; by hand, for a large survey has millions of cells and a coder takes microseconds for each.
struct StoredVariables {
    /// The codebook's, each with how it begins in the object.
    private let names: [(name: String, written: String)]
    private let wanted: Set<String>?

    /// - Parameter wanted: Names of the variables to read; all where `nil`.
    init(_ names: [String], wanted: Set<String>? = nil) throws {
        self.names = try names.map { ($0, try Self.quoted($0) + ":") }
        self.wanted = wanted
    }

    func text(_ values: [String: String]) throws -> String {
        var text = "{"
        for (name, written) in names {
            guard let value = values[name] else { continue }
            if text.utf8.count > 1 { text += "," }
            text += written
            text += try Self.quoted(value)
        }
        return text + "}"
    }

    /// - Returns: The wanted variables; `nil` where the text is not an object of strings.
    func values(_ text: String) -> [String: String]? {
        // Where nothing is escaped, every second piece between quotes is a name or a value.
        guard text != "{}", !text.utf8.contains(UInt8(ascii: "\\")) else {
            guard let all = try? JSONDecoder().decode([String: String].self, from: Data(text.utf8)) else { return nil }
            return all.filter { wanted?.contains($0.key) ?? true }
        }
        let pieces = text.utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
        guard pieces.count % 4 == 1 else { return nil }
        var values: [String: String] = [:]
        for start in stride(from: 0, to: pieces.count - 1, by: 4) {
            guard pieces[start].elementsEqual(start == 0 ? "{".utf8 : ",".utf8), pieces[start + 2].elementsEqual(":".utf8),
                let name = String(pieces[start + 1]), let value = String(pieces[start + 3])
            else { return nil }
            if wanted?.contains(name) ?? true { values[name] = value }
        }
        return pieces.last?.elementsEqual("}".utf8) == true ? values : nil
    }

    private static func quoted(_ text: String) throws -> String {
        let plain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        return plain ? "\"\(text)\"" : try StoredJSON.text(text)
    }
}
