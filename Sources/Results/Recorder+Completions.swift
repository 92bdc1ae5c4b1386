internal import GRDB
public import LanguageModels

/// A completion on its way to the disk, and who waits for it.
struct PendingSave {
    var completion: Completion
    var waiter: CheckedContinuation<Void, any Error>
}

extension Recorder: CompletionStore {
    public nonisolated func completion(forKey key: String) async throws -> Completion? {
        try await database.completion(forKey: key)
    }

    /// Returns when the completion is on disk. What several tasks save at once shares a transaction; of equal keys
    /// the first saved stays.
    public func save(_ completion: Completion) async throws {
        guard completion.response.isFinite else {
            throw ResultsError.notFinite(what: "completion \(completion.key)")
        }
        if let text = [completion.key, completion.model, completion.kind, completion.request].firstIndex(where: {
            $0.utf8.contains(0)
        }) {
            throw ResultsError.containsNUL(table: "completion", column: ["key", "model", "kind", "request"][text])
        }
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
                    for completion in completions { try database.insert(completion) }
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
    fileprivate func insert(_ completion: Completion) throws {
        try insert(
            "completion",
            [
                "key": completion.key, "model": completion.model, "kind": completion.kind,
                "request": completion.request,
                "response": try StoredJSON.text(StoredResponse(completion.response)),
                "tokensIn": completion.usage.input, "tokensOut": completion.usage.output,
                "milliseconds": completion.milliseconds,
            ], keepFirst: true)
    }
}

extension ResultsDatabase {
    /// - Complexity: O(log n) in the number of completions.
    public func completion(forKey key: String) async throws -> Completion? {
        let path = path
        return try await read { database in
            let statement = try database.cachedStatement(sql: "SELECT * FROM completion WHERE key = ?")
            return try Row.fetchOne(statement, arguments: [key]).map { try readCompletion($0, path: path) }
        }
    }

    /// Completions whose key begins so, by key; at most 10.
    public func completions(keyPrefix prefix: String) async throws -> [Completion] {
        let path = path
        guard !prefix.isEmpty, prefix.allSatisfy(\.isHexDigit) else { return [] }
        return try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM completion WHERE key >= ? AND key < ? ORDER BY key LIMIT 10",
                arguments: [prefix, prefix + "g"]
            ).map { try readCompletion($0, path: path) }
        }
    }
}

private func readCompletion(_ row: Row, path: String) throws -> Completion {
    let key: String = row["key"]
    guard let response = try StoredJSON.value(StoredResponse.self, row["response"], in: path).response else {
        throw ResultsError.corrupt(path: path, reason: "completion \(key) has no response")
    }
    return Completion(
        key: key, model: row["model"], kind: row["kind"], request: row["request"], response: response,
        usage: TokenUsage(input: row["tokensIn"], output: row["tokensOut"]), milliseconds: row["milliseconds"])
}
