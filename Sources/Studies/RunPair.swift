import Agents
import Kernel
import Reports
import Results
import Surveys

/// Two polls beside each other, question by question.
struct RunPair: Sendable {
    let environment: StudyEnvironment
    let database: ResultsDatabase

    func compare(_ a: Run, _ b: Run, _ request: CompareStudy.Request) async throws -> CompareStudy.Comparison {
        guard request.require == nil else {
            throw StudyError.usage("--require is for one run beside its baseline")
        }
        let (first, second) = (try await database.answers(run: a.id), try await database.answers(run: b.id))
        let surveys = try await database.surveys()
        let questions = surveys.flatMap(\.codebook.questions)
        var ids: [String] = []
        for answer in first where !ids.contains(answer.answer.question) { ids.append(answer.answer.question) }
        ids = ids.filter { id in second.contains { $0.answer.question == id } && (request.questions?.contains(id) ?? true) }
        guard !ids.isEmpty else { throw StudyError.usage("\(a.id) and \(b.id) asked no question in common") }
        guard ids.contains(where: { id in questions.contains { $0.id == id && $0.scale != .open } }) else {
            throw StudyError.onlyOpen([a.id, b.id])
        }
        var lines = ["\(a.id) beside \(b.id). TV is the share of people who would have to answer otherwise."]
        var items: [JSONValue] = []
        var writer = CSVWriter(header: ["question", "correction", "option", a.id, b.id])
        for id in ids {
            guard let question = questions.last(where: { $0.id == id }), question.scale != .open else { continue }
            let corrections = try CompareStudy.corrections(
                request.correction, answers: (first + second).map(\.answer).filter { $0.question == id })
            for correction in corrections {
                guard
                    let p = PollStudy.averageShares(first.map(\.answer), question: question, correction: correction),
                    let q = PollStudy.averageShares(second.map(\.answer), question: question, correction: correction)
                else { continue }
                let distance = totalVariation(p, q)
                lines += ["", "\(id), correction \(correction.rawValue): TV \(fixed(distance, decimals: 3))"]
                var table = TerminalTable(titles: ["", a.id, b.id])
                for (index, option) in question.options.enumerated() {
                    table.rows.append([.text(option.text), .percent(p[index]), .percent(q[index])])
                    writer.append([.text(id), .text(correction.rawValue), .text(option.text), .number(p[index]), .number(q[index])])
                }
                lines.append(table.rendered(indent: 2))
                items.append(
                    .object([
                        .init("question", .string(id)), .init("correction", .string(correction.rawValue)),
                        .init("totalVariation", .number(distance)), .init(a.id, JSONValue(p)), .init(b.id, JSONValue(q)),
                    ]))
            }
        }
        let (differences, without) = try await differences(a, b, request)
        if let without { lines += ["", wrapped(without, to: 80).trimmingSuffix("\n")] }
        lines += PairedText.rendered(differences, first: a.id, second: b.id).map { "\n" + $0.trimmingSuffix("\n") }
        return CompareStudy.Comparison(
            text: lines.joined(separator: "\n"),
            json: JSONValue.object([
                .init("questions", .array(items)), .init("closer", PairedText.json(differences)),
                .init("unpaired", JSONValue(without)),
            ]).written(),
            csv: writer.text, unmet: nil)
    }

    /// Which of the two is closer to people; empty with the reason where that cannot be said.
    private func differences(
        _ a: Run, _ b: Run, _ request: CompareStudy.Request
    ) async throws -> ([PairedDifference], String?) {
        let reader = BaselineReader(environment: environment, database: database)
        var baselines: [Baseline] = []
        for run in [a, b] {
            do {
                baselines.append(
                    try await reader.baseline(
                        of: run, by: request.by, questions: request.questions, correction: request.correction))
            } catch let error as StudyError {
                guard request.by == nil else { throw error }
                return ([], "Which is closer to people is not known: \(error)")
            }
        }
        let (one, two) = (baselines[0], baselines[1])
        guard one.humans == two.humans else {
            return ([], "Which is closer to people is not compared: the two stand for other people.")
        }
        guard one.personas.map(\.id) == two.personas.map(\.id) else {
            return ([], "Which is closer to people is not compared: the two asked other personas, so their answers are not paired.")
        }
        var differences: [PairedDifference] = []
        for correction in one.corrections where two.corrections.contains(correction) {
            differences += pairedDifferences(
                one.comparer(correction, repeats: request.bootstrap), two.comparer(correction, repeats: request.bootstrap),
                by: one.variable
            ) { RandomStream(seed: a.header.seed, "compare", one.codebook.id) }
        }
        return (differences, nil)
    }
}

extension StudyError {
    /// Answers in words have no shares to compare.
    static func onlyOpen(_ polls: [String]) -> StudyError {
        let another = polls.count > 1 ? "" : " ANOTHER-POLL"
        return .usage("only open questions were asked; let a model judge the answers with 'populace compare \(polls.joined(separator: " "))\(another) --judge'")
    }
}
