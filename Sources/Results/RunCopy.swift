internal import GRDB

/// Copies runs of the attached database `cell` into `main`, whatever tables there are: what belongs to a run, and what
/// its rows refer to, is read off the references of the schema.
///
/// | table | its rows are copied |
/// |---|---|
/// | with a column that refers to a run | where it names one of the runs, which gets its new id |
/// | that those refer to (`completion`, `survey`) | where they are referred to, and are not there yet |
/// | that belongs to a survey (`question`, `respondent`) | with a new survey |
/// | `fileContent` | where a run lists its digest |
struct RunCopy {
    private struct Reference: Hashable {
        var column: String
        var table: String
        var target: String
    }

    private struct Table {
        var name: String
        var columns: [String]
        var keys: [String]
        var references: [Reference]
    }

    private let database: Database
    private let tables: [Table]
    /// By table, the columns that hold ids of runs.
    private let runColumns: [String: Set<String>]
    /// Old and new ids.
    let ids: [(old: String, new: String)]

    init(_ database: Database, runs: [String]) throws {
        self.database = database
        tables = try Self.tables(database)
        runColumns = Self.columns(of: tables, leadingTo: Reference(column: "", table: "run", target: "id"))
        try database.execute(sql: """
            CREATE TEMP TABLE IF NOT EXISTS mergedRun (old TEXT PRIMARY KEY, new TEXT, number INTEGER);
            CREATE TEMP TABLE IF NOT EXISTS mergedKey (key TEXT PRIMARY KEY);
            DELETE FROM temp.mergedRun;
            DELETE FROM temp.mergedKey;
            """)
        var next = try database.next("number", of: "main.run")
        var ids: [(old: String, new: String)] = []
        for row in try Row.fetchAll(database, sql: "SELECT id, kind FROM cell.run ORDER BY number") {
            let (id, kind): (String, String) = (row["id"], row["kind"])
            guard runs.contains(id) else { continue }
            ids.append((id, "\(kind)-\(next)"))
            try database.execute(sql: "INSERT INTO temp.mergedRun VALUES (?, ?, ?)", arguments: [id, "\(kind)-\(next)", next])
            next += 1
        }
        for id in runs where !ids.contains(where: { $0.old == id }) { throw ResultsError.unknownRun(id) }
        self.ids = ids
    }

    /// Tables of which no row would ever be copied.
    static func forgotten(_ database: Database) throws -> [String] {
        let tables = try tables(database)
        let ofRuns = columns(of: tables, leadingTo: Reference(column: "", table: "run", target: "id"))
        let ofSurveys = columns(of: tables, leadingTo: Reference(column: "", table: "survey", target: "digest"))
        let referred = Set(tables.filter { ofRuns[$0.name] != nil }.flatMap { $0.references.map(\.table) })
        return tables.map(\.name).filter {
            ofRuns[$0] == nil && ofSurveys[$0] == nil && !referred.contains($0) && $0 != "fileContent"
        }
    }

    /// What the runs' rows refer to, and files.
    ///
    /// - Returns: Keys of completions that are there with another response.
    func contents() throws -> [String] {
        for table in tables {
            guard let owner = owner(of: table) else { continue }
            for reference in table.references where reference.table == "completion" {
                try database.execute(sql: """
                    INSERT INTO temp.mergedKey SELECT DISTINCT t."\(reference.column)" FROM cell."\(table.name)" t
                    WHERE t."\(owner)" IN (SELECT old FROM temp.mergedRun) AND t."\(reference.column)" IS NOT NULL
                    ON CONFLICT DO NOTHING
                    """)
            }
        }
        let conflicts = try String.fetchAll(database, sql: """
            SELECT theirs.key FROM cell.completion theirs JOIN main.completion ours ON ours.key = theirs.key
            WHERE theirs.key IN (SELECT key FROM temp.mergedKey) AND ours.response <> theirs.response ORDER BY theirs.key
            """)
        try copy("completion", where: "t.key IN (SELECT key FROM temp.mergedKey)")
        try copy("fileContent", where: """
            t.digest IN (SELECT json_extract(f.value, '$.digest') FROM cell.run r JOIN json_each(r.files) f
              WHERE r.id IN (SELECT old FROM temp.mergedRun))
            """)
        try surveys()
        for table in tables where owner(of: table) != nil {
            for reference in table.references
            where !["run", "completion", "survey"].contains(reference.table) && runColumns[reference.table] == nil {
                try copy(reference.table, where: """
                    t."\(reference.target)" IN (SELECT s."\(reference.column)" FROM cell."\(table.name)" s
                      WHERE s."\(owner(of: table) ?? "")" IN (SELECT old FROM temp.mergedRun))
                    """)
            }
        }
        return conflicts
    }

    /// The rows of the runs themselves.
    func rows() throws {
        for table in tables {
            guard let owner = owner(of: table) else { continue }
            let values = table.columns.map { column in
                if table.name == "run", column == "number" {
                    return "(SELECT m.number FROM temp.mergedRun m WHERE m.old = t.id)"
                }
                guard runColumns[table.name]?.contains(column) == true else { return "t.\"\(column)\"" }
                return "coalesce((SELECT m.new FROM temp.mergedRun m WHERE m.old = t.\"\(column)\"), t.\"\(column)\")"
            }
            try database.execute(sql: """
                INSERT INTO main."\(table.name)" (\(Self.list(table.columns)))
                SELECT \(values.joined(separator: ", ")) FROM cell."\(table.name)" t
                WHERE t."\(owner)" IN (SELECT old FROM temp.mergedRun)\(order(table))
                """)
        }
    }

    /// Surveys that were asked and are not there, each with its questions and people, in the order imported.
    private func surveys() throws {
        let belongs = Self.columns(of: tables, leadingTo: Reference(column: "", table: "survey", target: "digest"))
        var asked: Set<String> = []
        for table in tables {
            guard let owner = owner(of: table) else { continue }
            for reference in table.references where reference.table == "survey" {
                asked.formUnion(try String.fetchAll(database, sql: """
                    SELECT DISTINCT t."\(reference.column)" FROM cell."\(table.name)" t
                    WHERE t."\(owner)" IN (SELECT old FROM temp.mergedRun) AND t."\(reference.column)" IS NOT NULL
                    """))
            }
        }
        let there = try String.fetchAll(database, sql: "SELECT digest FROM main.survey")
        for digest in try String.fetchAll(database, sql: "SELECT digest FROM cell.survey ORDER BY number")
        where asked.contains(digest) && !there.contains(digest) {
            let number = try database.next("number", of: "main.survey")
            guard let survey = tables.first(where: { $0.name == "survey" }) else { continue }
            let values = survey.columns.map { $0 == "number" ? "\(number)" : "t.\"\($0)\"" }
            try database.execute(
                sql: """
                    INSERT INTO main.survey (\(Self.list(survey.columns)))
                    SELECT \(values.joined(separator: ", ")) FROM cell.survey t WHERE t.digest = ?
                    """, arguments: [digest])
            for table in tables where runColumns[table.name] == nil && table.name != "survey" {
                guard let column = table.columns.first(where: { belongs[table.name]?.contains($0) == true }) else { continue }
                try database.execute(
                    sql: """
                        INSERT INTO main."\(table.name)" (\(Self.list(table.columns)))
                        SELECT \(Self.list(table.columns)) FROM cell."\(table.name)" t WHERE t."\(column)" = ?\(order(table))
                        """, arguments: [digest])
            }
        }
    }

    /// Rows that are not there yet.
    private func copy(_ name: String, where condition: String) throws {
        guard let table = tables.first(where: { $0.name == name }) else { return }
        try database.execute(sql: """
            INSERT INTO main."\(name)" (\(Self.list(table.columns)))
            SELECT \(Self.list(table.columns)) FROM cell."\(name)" t WHERE \(condition)\(order(table)) ON CONFLICT DO NOTHING
            """)
    }

    /// The column that says whose a row is; `nil` where it is no run's.
    private func owner(of table: Table) -> String? {
        guard let columns = runColumns[table.name] else { return nil }
        return (table.keys + table.columns).first(where: columns.contains)
    }

    private func order(_ table: Table) -> String { table.keys.isEmpty ? "" : " ORDER BY \(Self.list(table.keys, of: "t."))" }

    private static func list(_ names: [String], of table: String = "") -> String {
        names.map { "\(table)\"\($0)\"" }.joined(separator: ", ")
    }

    private static func tables(_ database: Database) throws -> [Table] {
        try String.fetchAll(
            database, sql: """
                SELECT name FROM main.sqlite_master
                WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'grdb\\_%' ESCAPE '\\' ORDER BY name
                """
        ).map { name in
            let columns = try Row.fetchAll(
                database, sql: "SELECT name, pk FROM pragma_table_info(?, 'main') ORDER BY cid", arguments: [name])
            let references = try Row.fetchAll(
                database, sql: "SELECT \"from\", \"table\", \"to\" FROM pragma_foreign_key_list(?, 'main') ORDER BY id, seq",
                arguments: [name])
            return Table(
                name: name, columns: columns.map { $0["name"] },
                keys: columns.filter { ($0["pk"] as Int) > 0 }.sorted { ($0["pk"] as Int) < ($1["pk"] as Int) }.map { $0["name"] },
                references: references.map { Reference(column: $0["from"], table: $0["table"], target: $0["to"]) })
        }
    }

    /// By table, the columns that refer to a column, directly or through other tables; its own table's among them.
    private static func columns(of tables: [Table], leadingTo target: Reference) -> [String: Set<String>] {
        var found: [String: Set<String>] = [target.table: [target.target]]
        var grows = true
        while grows {
            grows = false
            for table in tables {
                for reference in table.references where found[reference.table]?.contains(reference.target) == true {
                    if found[table.name, default: []].insert(reference.column).inserted { grows = true }
                }
            }
        }
        return found
    }
}
