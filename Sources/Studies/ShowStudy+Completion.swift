import LanguageModels
import Reports
import Results

extension ShowStudy {
    /// A model call by the beginning of its key.
    func completion(_ prefix: String, _ database: ResultsDatabase) async throws -> StudyOutcome {
        let matches = try await database.completions(keyPrefix: prefix.lowercased())
        guard let completion = matches.first else {
            throw StudyError.usage("nothing is called '\(sanitised(prefix))': name \(Address.forms)")
        }
        guard matches.count == 1 else {
            throw StudyError.usage("\(matches.count) or more completions begin with '\(prefix)'; give more of the key")
        }
        let sent = try SentRequest(completion)
        var lines = [
            "completion \(completion.key)",
            "  \(completion.kind) by \(sanitised(completion.model)), \(completion.usage.input) + \(completion.usage.output) tokens, \(completion.milliseconds) ms",
            "  prompt \(sent.digest.prefix(12)), \(counted(sent.text.unicodeScalars.count, "character"))",
        ]
        var members = [
            JSONValue.Member("key", .string(completion.key)), .init("kind", .string(completion.kind)),
            .init("model", .string(completion.model)), .init("promptDigest", .string(sent.digest)),
            .init("tokensIn", .integer(completion.usage.input)), .init("tokensOut", .integer(completion.usage.output)),
            .init("milliseconds", .integer(completion.milliseconds)),
        ]
        if prompts {
            lines += ["  request:"] + Self.quoted(sent.text) + ["  response:"] + Self.quoted(sent.answer)
            members += [
                .init("request", .string(completion.request)), .init("prompt", .string(sent.text)),
                .init("response", .string(sent.answer)),
            ]
        } else {
            lines.append("  --show-prompts prints the request and the response")
        }
        return StudyOutcome(text: lines.joined(separator: "\n"), json: .object(members))
    }
}
