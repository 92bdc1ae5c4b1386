internal import GRDB
public import LanguageModels

/// A completion on its way to the disk, and who waits for it.
struct PendingSave {
    var completion: Completion
    var waiter: CheckedContinuation<Void, any Error>
}

extension Recorder: CompletionStore {
    /// As many completions as wait at most for what they are written together with.
    static let mostUnwritten = 5_000

    public nonisolated func completion(forKey key: String) throws -> Completion? {
        try unwritten[key] ?? database.completion(forKey: key)
    }

    /// What several tasks save at once shares a transaction; of equal keys the first saved stays.
    ///
    /// What need not be durable is written with the next step, header or end of a run, or by ``settle()``.
    public nonisolated func save(_ completion: Completion, durably: Bool) async throws {
        guard completion.response.isFinite else {
            throw ResultsError.notFinite(what: "completion \(completion.key)")
        }
        if let text = [completion.key, completion.model, completion.kind, completion.request].firstIndex(where: {
            $0.utf8.contains(0)
        }) {
            throw ResultsError.containsNUL(table: "completion", column: ["key", "model", "kind", "request"][text])
        }
        if durably { return try await saveNow(completion) }
        if unwritten.add(completion) >= Self.mostUnwritten { try await settle() }
    }

    /// Writes the completions that wait for a step: at the end of work that is not a run.
    public func settle() async throws { try await writeSettling { _ in } }

    /// One transaction, with the completions that wait.
    func writeSettling<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        let waiting = unwritten.all()
        let value = try await database.write { database in
            for completion in waiting {
                guard try !database.insert(completion) else { continue }
                // The key is taken; a model of the same identity gives the same response.
                let there = try readCompletion(database, key: completion.key, path: "")
                guard there?.response == completion.response else {
                    throw ResultsError.answeredElsewhere(key: completion.key)
                }
            }
            return try body(database)
        }
        unwritten.settle(waiting)
        return value
    }

    private func saveNow(_ completion: Completion) async throws {
        try await withCheckedThrowingContinuation { waiter in
            pending.append(PendingSave(completion: completion, waiter: waiter))
            guard !isFlushing else { return }
            isFlushing = true
            Task { await flush() }
        }
    }

    private func flush() async {
        while !pending.isEmpty {
            let batch = pending
            pending = []
            let completions = batch.map(\.completion)
            do {
                try await database.write { database in
                    for completion in completions { _ = try database.insert(completion) }
                }
                for save in batch { save.waiter.resume() }
            } catch {
                for save in batch { save.waiter.resume(throwing: error) }
            }
        }
        isFlushing = false
    }
}

extension Database {
    /// - Returns: Whether the key was free.
    fileprivate func insert(_ completion: Completion) throws -> Bool {
        try insert(
            "completion",
            [
                "key": completion.key, "model": completion.model, "kind": completion.kind,
                "request": completion.request, "response": completion.response.storedText,
                "tokensIn": completion.usage.input, "tokensOut": completion.usage.output,
                "milliseconds": completion.milliseconds,
            ], keepFirst: true)
        return changesCount > 0
    }
}

extension ResultsDatabase {
    /// Completions whose key begins so, by key; at most 10.
    public func completions(keyPrefix prefix: String) async throws -> [Completion] {
        let path = path
        guard !prefix.isEmpty, prefix.allSatisfy(\.isHexDigit) else { return [] }
        return try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT \(completionColumns) FROM completion WHERE key >= ? AND key < ? ORDER BY key LIMIT 10",
                arguments: [prefix, prefix + "g"]
            ).map { try readCompletion($0, path: path) }
        }
    }
}

private let completionColumns = "key, model, kind, request, response, tokensIn, tokensOut, milliseconds"

func readCompletion(_ database: Database, key: String, path: String) throws -> Completion? {
    let statement = try database.cachedStatement(sql: "SELECT \(completionColumns) FROM completion WHERE key = ?")
    return try Row.fetchOne(statement, arguments: [key]).map { try readCompletion($0, path: path) }
}

private func readCompletion(_ row: Row, path: String) throws -> Completion {
    guard let response = Response(storedText: row[4]) else {
        throw ResultsError.corrupt(path: path, reason: "completion \(row[0] as String) has no response")
    }
    return Completion(
        key: row[0], model: row[1], kind: row[2], request: row[3], response: response,
        usage: TokenUsage(input: row[5], output: row[6]), milliseconds: row[7])
}
