import Agents
import Kernel
import Reports
import Results

extension ShowStudy {
    /// A person's answers to a question: what was said or how likely each option was, from which memories and calls.
    func answer(
        to question: String, by id: String, in run: Run, _ database: ResultsDatabase
    ) async throws -> StudyOutcome {
        if run.header.kind == "experiment" { return try await decisions(by: id, named: question, in: run, database) }
        let persona = try await persona(id, of: run, database)
        let all = try await database.answersToEveryWording(run: run.id).filter { $0.answer.persona == id }
        let given = all.filter { $0.answer.question == question }
        guard !given.isEmpty else {
            var known: [String] = []
            for one in all where !known.contains(one.answer.question) { known.append(one.answer.question) }
            throw StudyError.usage(
                "\(id) was not asked '\(sanitised(question))' in \(run.id); "
                    + (known.isEmpty ? "they were asked nothing" : "there are \(known.prefix(12).map { "\(run.id)/\(id)/\($0)" }.joined(separator: ", "))"))
        }
        let uses = try await database.uses(run: run.id).map(\.use).filter { $0.persona == id }
        var lines = ["\(run.id)/\(id)/\(question): \(sanitised(persona.name))"]
        var items: [JSONValue] = []
        for recorded in given {
            let answer = recorded.answer
            let when = recorded.time.map { "\($0), " } ?? ""
            let wording = answer.wording == 0 ? "" : ", wording \(answer.wording)"
            let said = answer.text.map { "\"\(sanitised($0))\"" }
                ?? "log-likelihoods \(answer.options.map { fixed($0.logLikelihood, decimals: 2) }.joined(separator: " "))"
            lines.append("  \(when)\(answer.method.rawValue), order \(answer.orderIndex)\(wording): \(said)")
            let use = uses.last {
                !$0.recalled.isEmpty && answer.completions.contains($0.completion)
                    && (recorded.time == nil || $0.time == recorded.time)
            }
            var members = [
                JSONValue.Member("time", JSONValue(recorded.time?.description)), .init("method", .string(answer.method.rawValue)),
                .init("order", .integer(answer.orderIndex)), .init("wording", .integer(answer.wording)),
                .init("text", JSONValue(answer.text)), .init("chosen", JSONValue(answer.chosen)),
                .init("refused", .bool(answer.refused)), .init("unparsed", .bool(answer.unparsed)),
                .init("logLikelihoods", .array(answer.options.map { JSONValue($0.logLikelihood) })),
            ]
            if let use {
                let (told, json) = try await recalled(for: use, of: run, database)
                lines += told
                members.append(.init("recalled", json))
            }
            var calls: [JSONValue] = []
            for key in answer.completions {
                let (told, json) = try call(key, database)
                lines += told
                calls.append(json)
            }
            members.append(.init("completions", .array(calls)))
            items.append(.object(members))
        }
        let keys = given.flatMap(\.answer.completions)
        let cost = try await database.cost(ofCompletions: keys)
        lines.append("  \(cost.text(uses: keys.count))")
        if !prompts { lines.append("  --show-prompts prints prompts and completions word for word") }
        return StudyOutcome(
            text: lines.joined(separator: "\n"),
            json: .object([
                .init("run", .string(run.id)), .init("person", .string(id)), .init("question", .string(question)),
                .init("answers", .array(items)), .init("cost", cost.json),
            ]))
    }
}
