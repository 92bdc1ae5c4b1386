import LanguageModels
import Reports

extension CachedModel.Meter {
    /// `118 model calls, 242 from the record, 12020 tokens`, and of an embedded model a line on what it read.
    ///
    /// - Parameters:
    ///   - tokens: Instead of those of all answers.
    ///   - more: After the first line, with its own comma.
    func lines(tokens: Int? = nil, more: String = "") -> [String] {
        let first = "\(calls) model calls, \(hits) from the record, \(tokens ?? usage.total) tokens\(more)"
        return [first] + (reading.map { ["read \($0.evaluated) tokens for \($0.asked) asked; \($0.floor) is the least possible"] } ?? [])
    }

    /// What programs are told of the same.
    var members: [JSONValue.Member] {
        [
            .init("calls", .integer(calls)), .init("recorded", .integer(hits)), .init("tokens", .integer(usage.total)),
        ] + (reading.map { [.init("reading", $0.json)] } ?? [])
    }
}

extension EvaluationCounts {
    var json: JSONValue {
        .object([
            .init("asked", .integer(asked)), .init("evaluated", .integer(evaluated)), .init("floor", .integer(floor)),
        ])
    }
}
