// What the record costs, beside the same work done through SQLite's C interface alone, in one run:
//
//     record [ANSWERS [COMPLETIONS]] [--json] [--keep FILE]
//
// rows: a poll's answers in one step, all tables with their keys and references; the limit inserts the same rows into a
// database with the same schema by statements prepared once. replay: calls that are all recorded, in random order; the
// limit selects the same rows by key and reads their columns. --keep leaves a copy of the rows for others to insert.
import Agents
import Foundation
import GRDBSQLite
import LanguageModels
import Results

let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let (answerCount, completionCount) = (numbers.first ?? 100_000, numbers.dropFirst().first ?? 200_000)
let folder = FileManager.default.temporaryDirectory.appendingPathComponent("populace-record-\(getpid())")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }
func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

func seconds(_ body: () async throws -> Void) async rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try await body()
    return (clock.now - start) / .seconds(1)
}

// MARK: SQLite alone

/// A connection as `Results` opens them, and nothing around it.
final class Plain {
    private var handle: OpaquePointer?

    init(_ path: String) throws {
        guard sqlite3_open(path, &handle) == SQLITE_OK else { throw Failure.sqlite("cannot open \(path)") }
        try run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON")
    }

    deinit { sqlite3_close(handle) }

    enum Failure: Error { case sqlite(String) }

    func run(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure() }
    }

    func prepare(_ sql: String) throws -> OpaquePointer {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else { throw failure() }
        return statement
    }

    func failure() -> Failure { .sqlite(String(cString: sqlite3_errmsg(handle))) }

    /// The rows of a table as values of their own.
    func rows(_ table: String) throws -> [[OpaquePointer?]] {
        let statement = try prepare("SELECT * FROM \(table)")
        defer { sqlite3_finalize(statement) }
        let width = sqlite3_column_count(statement)
        var rows: [[OpaquePointer?]] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            rows.append((0..<width).map { sqlite3_value_dup(sqlite3_column_value(statement, $0)) })
        }
        return rows
    }

    func insert(_ table: String, _ rows: [[OpaquePointer?]]) throws {
        guard let width = rows.first?.count else { return }
        let places = Array(repeating: "?", count: width).joined(separator: ",")
        let statement = try prepare("INSERT INTO \(table) VALUES (\(places)) ON CONFLICT DO NOTHING")
        defer { sqlite3_finalize(statement) }
        for row in rows {
            for (index, value) in row.enumerated() { sqlite3_bind_value(statement, Int32(index + 1), value) }
            guard sqlite3_step(statement) == SQLITE_DONE else { throw failure() }
            sqlite3_reset(statement)
        }
    }
}

// MARK: Rows

let header = RunHeader(kind: "poll", created: "2026-01-01T00:00:00Z", commandLine: "record", version: "0", seed: 1)
let model = ScriptedModel()

func score(_ number: Int) -> Request {
    .score(
        ScoreRequest(
            prompt: Prompt(
                form: .plain,
                segments: [
                    .init(.user, String(repeating: "I live in a small town and I am a farmer. ", count: 12)),
                    .init(.user, "Person \(number) is asked: do we spend too little or too much on parks?"),
                ]),
            purpose: "poll", continuations: [" too little.", " about right.", " too much.", " nothing."]))
}

let people = (0..<2_000).map { Persona(id: "p\($0)", name: "Person \($0)") }
var answers: [ElicitedAnswer] = []
for number in 0..<answerCount {
    let option = ElicitedAnswer.OptionEvidence(logLikelihood: -Double(number % 97) / 7, tokenCount: 3)
    answers.append(
        ElicitedAnswer(
            persona: people[number % people.count].id, question: "q\(number / people.count)", repetition: 0, orderIndex: 0,
            method: .words, options: [option, option, option, option], completions: ["k\(number)"]))
}

struct Figures: Codable {
    var rows = 0
    var ours: [Double] = []
    var sqlite: [Double] = []
    var replayed = 0
    var replay: [Double] = []
    var reads: [Double] = []
}

var figures = Figures()
let tables = ["answer", "answerOption", "answerCompletion", "runCompletion"]
for repetition in 0..<3 {
    // The completions are there before, as they are in a poll: saved while the model works.
    let recorder = Recorder(try ResultsDatabase(path: path("ours\(repetition).sqlite")))
    for number in 0..<answerCount {
        try await recorder.save(
            Completion(
                key: "k\(number)", model: "scripted", kind: "score", request: "{}", response: .scores([]), usage: .zero,
                milliseconds: 0), durably: false)
    }
    try await recorder.settle()
    let run = try await recorder.beginRun(header, personas: people)
    let batch = answers
    figures.ours.append(try await seconds { try await recorder.commitStep(run: run, answers: batch) })

    let made = try Plain(path("ours\(repetition).sqlite"))
    let copy = try ResultsDatabase(path: path("plain\(repetition).sqlite"))
    withExtendedLifetime(copy) {}
    let plain = try Plain(path("plain\(repetition).sqlite"))
    for table in ["completion", "run", "persona"] { try plain.insert(table, try made.rows(table)) }
    let rows = try tables.map { ($0, try made.rows($0)) }
    figures.rows = rows.reduce(0) { $0 + $1.1.count }
    figures.sqlite.append(
        try await seconds {
            try plain.run("BEGIN IMMEDIATE")
            for (table, rows) in rows { try plain.insert(table, rows) }
            try plain.run("COMMIT")
        })
}

if let place = CommandLine.arguments.firstIndex(of: "--keep"), place + 1 < CommandLine.arguments.count {
    try Plain(path("ours0.sqlite")).run("VACUUM INTO '\(CommandLine.arguments[place + 1])'")
}

// MARK: Replay

do {
    let recorder = Recorder(try ResultsDatabase(path: path("replay.sqlite")))
    let recording = CachedModel(model, store: recorder)
    for number in 0..<completionCount { _ = try await recording.complete(score(number)) }
    try await recorder.settle()
}
figures.replayed = completionCount
let order = (0..<completionCount).shuffled()
let keys = try order.map { try CompletionKey(identity: model.identity, request: score($0)).hexadecimal }
let requests = order.map(score)
for _ in 0..<3 {
    let replaying = CachedModel(model, store: Recorder(try ResultsDatabase(path: path("replay.sqlite"))), offline: true)
    figures.replay.append(
        try await seconds { for request in requests { _ = try await replaying.complete(request) } })
    let plain = try Plain(path("replay.sqlite"))
    figures.reads.append(
        try await seconds {
            let statement = try plain.prepare("SELECT model, kind, request, response, tokensIn, tokensOut, milliseconds FROM completion WHERE key = ?")
            defer { sqlite3_finalize(statement) }
            for key in keys {
                sqlite3_bind_text(statement, 1, key, 64, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
                guard sqlite3_step(statement) == SQLITE_ROW else { throw plain.failure() }
                for column in Int32(0)..<4 { _ = sqlite3_column_text(statement, column) }
                for column in Int32(4)..<7 { _ = sqlite3_column_int64(statement, column) }
                sqlite3_reset(statement)
            }
        })
}

if CommandLine.arguments.contains("--json") {
    print(String(decoding: try JSONEncoder().encode(figures), as: UTF8.self))
} else {
    func line(_ what: String, _ count: Int, _ ours: [Double], _ limit: [Double]) {
        let (best, least) = (ours.min() ?? 0, limit.min() ?? 0)
        print(
            "\(what): \(Int(Double(count) / best)) a second (\(String(format: "%.2f", 1e6 * best / Double(count))) us), "
                + "SQLite alone \(Int(Double(count) / least)); \(String(format: "%.2f", least / best)) of it")
    }
    line("rows of \(answerCount) answers", figures.rows, figures.ours, figures.sqlite)
    line("recorded calls", figures.replayed, figures.replay, figures.reads)
}
