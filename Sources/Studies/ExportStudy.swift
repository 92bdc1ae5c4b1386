import Agents
import Foundation
import Kernel
import Reports
import Results
import Surveys
import Worlds

/// Writes what a run recorded as tidy tables for notebooks: CSV or JSON Lines.
public struct ExportStudy: Sendable {
    public enum Format: String, Sendable, CaseIterable {
        case csv, jsonl
    }

    /// In the order they are written; those that would be empty are left out.
    public static let tables = ["people", "occurrences", "memories", "answers", "shares", "decisions", "outcomes", "uses"]

    let environment: StudyEnvironment

    public init(environment: StudyEnvironment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - folder: Made where it is missing; `Results/export/RUN` where `nil`. Files of the same names are replaced.
    ///   - wanted: Names of ``tables``; all where `nil`.
    /// - Returns: The paths written, a line each, with their rows.
    public func export(_ name: String, to folder: String?, format: Format, tables wanted: [String]?) async throws -> StudyOutcome {
        if let unknown = wanted?.first(where: { !Self.tables.contains($0) }) {
            throw StudyError.usage("there is no table '\(unknown)'; there are \(Self.tables.joined(separator: ", "))")
        }
        let database = try environment.openExisting()
        let run = try await database.run(named: name)
        let tables = try await ExportTables(environment: environment, database: database, run: run).all()
            .filter { wanted?.contains($0.name) ?? !$0.rows.isEmpty }
        guard !tables.isEmpty else { throw StudyError.usage("\(run.id) holds nothing to export") }
        let folder = URL(fileURLWithPath: folder ?? "Results/export/\(run.id)")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for table in tables {
                let text = format == .csv ? table.csv : table.jsonLines
                try Data(text.utf8).write(to: folder.appending(path: "\(table.name).\(format.rawValue)"), options: .atomic)
            }
        } catch {
            throw StudyError.usage("the folder \(folder.relativePath) cannot be written")
        }
        let written = tables.map { (path: "\(folder.relativePath)/\($0.name).\(format.rawValue)", rows: $0.rows.count) }
        return StudyOutcome(
            text: written.map { "\($0.path)  \($0.rows) rows" }.joined(separator: "\n"),
            json: .array(written.map { .object([.init("file", .string($0.path)), .init("rows", .integer($0.rows))]) }))
    }
}

/// The tables of one run; columns are described in Results/README.md.
struct ExportTables: Sendable {
    let environment: StudyEnvironment
    let database: ResultsDatabase
    let run: Run

    func all() async throws -> [TidyTable] {
        let people = try await database.personas(run: run.id)
        let answers = try await database.answersToEveryWording(run: run.id)
        return [
            Self.people(people), try await occurrences(), try await memories(people), Self.answers(answers),
            Self.shares(answers.filter { $0.answer.wording == 0 }, try await environment.codebooks(of: run, answers, in: database)),
        ] + (try await decisions()) + [try await uses()]
    }

    private static func people(_ people: [Persona]) -> TidyTable {
        let attributes = Set(people.flatMap(\.attributes.keys)).sorted(by: precedes)
        return TidyTable(
            "people", columns: ["person", "name", "age", "respondent", "weight"] + attributes,
            rows: people.map { person in
                [.text(person.id), .text(person.name), .count(person.age), .init(person.respondent), .number(person.weight)]
                    + attributes.map { .init(person.attributes[$0]) }
            })
    }

    private func occurrences() async throws -> TidyTable {
        TidyTable(
            "occurrences",
            columns: ["sequence", "time", "seconds", "place", "actor", "kind", "addressee", "text", "completion"],
            rows: try await database.occurrences(run: run.id).map {
                [
                    .count($0.sequence), .text($0.time.description), .count($0.time.seconds), .text($0.place),
                    .init($0.actor), .text($0.kind.rawValue), .init($0.addressee), .text($0.text), .init($0.completion),
                ]
            })
    }

    private func memories(_ people: [Persona]) async throws -> TidyTable {
        var table = TidyTable(
            "memories",
            columns: [
                "person", "sequence", "time", "seconds", "kind", "importance", "text", "evidence", "lastAccess", "completion",
            ])
        for person in people {
            table.rows += try await database.memories(run: run.id, resident: person.id).map {
                [
                    .text(person.id), .count($0.sequence), .text($0.time.description), .count($0.time.seconds),
                    .text($0.kind.rawValue), .number($0.importance), .text($0.text),
                    .init($0.evidence.isEmpty ? nil : $0.evidence.map(String.init).joined(separator: " ")),
                    .count($0.lastAccess.seconds), .init($0.completion),
                ]
            }
        }
        return table
    }

    private static func answers(_ answers: [RecordedAnswer]) -> TidyTable {
        TidyTable(
            "answers",
            columns: [
                "sequence", "person", "question", "time", "method", "wording", "order", "repetition", "chosen", "refused",
                "dontKnow", "unparsed", "coveredMass", "text",
            ],
            rows: answers.map { recorded in
                let answer = recorded.answer
                return [
                    .count(recorded.sequence), .text(answer.persona), .text(answer.question),
                    .init(recorded.time?.description), .text(answer.method.rawValue), .count(answer.wording),
                    .count(answer.orderIndex), .count(answer.repetition), .count(answer.chosen.map { $0 + 1 }),
                    .count(answer.refused ? 1 : 0), .count(answer.dontKnow ? 1 : 0), .count(answer.unparsed ? 1 : 0),
                    .number(answer.coveredMass), .init(answer.text),
                ]
            })
    }

    /// A row an option, with every correction that applies: what statistics are made of.
    private static func shares(_ answers: [RecordedAnswer], _ codebooks: [Codebook]) -> TidyTable {
        struct Asked: Hashable { var person: String, question: String, time: SimulationTime? }
        var order: [Asked] = []
        var groups: [Asked: [ElicitedAnswer]] = [:]
        for answer in answers {
            let asked = Asked(person: answer.answer.persona, question: answer.answer.question, time: answer.time)
            if groups[asked] == nil { order.append(asked) }
            groups[asked, default: []].append(answer.answer)
        }
        var table = TidyTable(
            "shares", columns: ["person", "question", "time", "method", "correction", "option", "code", "label", "share"])
        for asked in order {
            guard let given = groups[asked], let method = given.first?.method,
                let question = codebooks.lazy.compactMap({ $0.question(asked.question) }).first
            else { continue }
            for correction in Correction.applicable(to: method) {
                guard let shares = correction.shares(given, optionCount: question.options.count) else { continue }
                for (number, (option, share)) in zip(question.options, shares).enumerated() {
                    table.rows.append([
                        .text(asked.person), .text(asked.question), .init(asked.time?.description), .text(method.rawValue),
                        .text(correction.rawValue), .count(number + 1), .count(option.code), .text(option.text), .number(share),
                    ])
                }
            }
        }
        return table
    }

    private func uses() async throws -> TidyTable {
        TidyTable(
            "uses", columns: ["sequence", "person", "purpose", "time", "tokens", "completion", "recalled"],
            rows: try await database.uses(run: run.id).map { recorded in
                let use = recorded.use
                return [
                    .count(recorded.sequence), .init(use.persona), .text(use.purpose), .text(use.time.description),
                    .count(use.tokens), .text(use.completion),
                    .init(use.recalled.isEmpty ? nil : use.recalled.map { String($0.memory) }.joined(separator: " ")),
                ]
            })
    }
}
