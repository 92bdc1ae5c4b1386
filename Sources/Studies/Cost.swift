import LanguageModels
import Reports

extension CachedModel.Meter {
    /// `118 model calls, 242 from the record, 12020 tokens`, and of an embedded model a line on what it read.
    ///
    /// - Parameters:
    ///   - tokens: Instead of those of all answers.
    ///   - more: After the first line, with its own comma.
    func lines(tokens: Int? = nil, recorded: Int? = nil, more: String = "") -> [String] {
        let first = "\(calls) model calls, \(recorded ?? hits) from the record, \(tokens ?? usage.total) tokens\(more)"
        guard let reading else { return [first] }
        return [
            first, "read \(reading.evaluated) tokens for \(reading.asked) asked; \(reading.floor) is the least possible",
        ]
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
