internal import GRDB

/// What completions took to make, whenever that was.
public struct RecordedCost: Hashable, Sendable {
    /// Different completions.
    public var completions: Int
    public var tokensIn: Int
    public var tokensOut: Int
    /// Of the models' own time.
    public var milliseconds: Int

    public init(completions: Int = 0, tokensIn: Int = 0, tokensOut: Int = 0, milliseconds: Int = 0) {
        self.completions = completions
        self.tokensIn = tokensIn
        self.tokensOut = tokensOut
        self.milliseconds = milliseconds
    }
}

/// What a run used completions for.
public struct PurposeCost: Hashable, Sendable {
    public var purpose: String
    public var uses: Int
    public var cost: RecordedCost
}

/// What one model was asked for one purpose.
public struct ModelCost: Hashable, Sendable {
    /// As `completion.model` has it.
    public var model: String
    public var purpose: String
    public var cost: RecordedCost
}

extension ResultsDatabase {
    /// What a run rests on by purpose and model, in the order of their bytes; the purpose is the request's own.
    public func modelCosts(run id: String) async throws -> [ModelCost] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT model, purpose, count(*), sum(tokensIn), sum(tokensOut), sum(milliseconds)
                    FROM (
                      SELECT model, tokensIn, tokensOut, milliseconds, coalesce(
                        CASE WHEN json_valid(request) THEN json_extract(request, '$.request.' || kind || '._0.purpose') END,
                        kind) AS purpose
                      FROM runCompletion JOIN completion ON key = completion WHERE run = ?)
                    GROUP BY purpose, model ORDER BY purpose, model
                    """, arguments: [id]
            ).map {
                ModelCost(
                    model: $0[0], purpose: $0[1],
                    cost: RecordedCost(completions: $0[2], tokensIn: $0[3], tokensOut: $0[4], milliseconds: $0[5]))
            }
        }
    }

    /// What a run rests on.
    public func cost(run id: String) async throws -> RecordedCost {
        try await read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT count(*), coalesce(sum(tokensIn), 0), coalesce(sum(tokensOut), 0), coalesce(sum(milliseconds), 0)
                    FROM runCompletion JOIN completion ON key = completion WHERE run = ?
                    """, arguments: [id])
            return row.map { RecordedCost(completions: $0[0], tokensIn: $0[1], tokensOut: $0[2], milliseconds: $0[3]) }
                ?? RecordedCost()
        }
    }

    /// The same by purpose, in the purposes' order; empty for runs that record no uses.
    public func costs(run id: String) async throws -> [PurposeCost] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT purpose, sum(uses), count(*), sum(tokensIn), sum(tokensOut), sum(milliseconds)
                    FROM (SELECT purpose, completion, count(*) AS uses FROM use WHERE run = ? GROUP BY purpose, completion)
                    JOIN completion ON key = completion GROUP BY purpose ORDER BY purpose
                    """, arguments: [id]
            ).map {
                PurposeCost(
                    purpose: $0[0], uses: $0[1],
                    cost: RecordedCost(completions: $0[2], tokensIn: $0[3], tokensOut: $0[4], milliseconds: $0[5]))
            }
        }
    }

    /// What these completions took, each counted once; keys that are not recorded count for nothing.
    public func cost(ofCompletions keys: [String]) async throws -> RecordedCost {
        try await read { database in
            var sum = RecordedCost()
            var seen: Set<String> = []
            let statement = try database.cachedStatement(
                sql: "SELECT tokensIn, tokensOut, milliseconds FROM completion WHERE key = ?")
            for key in keys where seen.insert(key).inserted {
                guard let row = try Row.fetchOne(statement, arguments: [key]) else { continue }
                sum.completions += 1
                sum.tokensIn += row[0] as Int
                sum.tokensOut += row[1] as Int
                sum.milliseconds += row[2] as Int
            }
            return sum
        }
    }
}
