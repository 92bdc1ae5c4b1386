"""Python's sqlite3 inserting the rows our program did, into the same schema: rows_sqlite.py DATABASE REPEATS.

DATABASE is what `record --keep` left. The rows are read before; each table's go in by one executemany, all in one
transaction.
"""

import json
import os
import sqlite3
import sys
import time

path, repeats = sys.argv[1], int(sys.argv[2])
before = ["completion", "run", "persona"]
measured = ["answer", "answerOption", "answerCompletion", "runCompletion"]
made = sqlite3.connect(path)
rows = {table: made.execute(f"SELECT * FROM {table}").fetchall() for table in before + measured}
schema = [
    sql
    for (sql,) in made.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    )
]
made.close()


def insert(connection, table):
    places = ",".join("?" * len(rows[table][0]))
    connection.executemany(f"INSERT INTO {table} VALUES ({places}) ON CONFLICT DO NOTHING", rows[table])


seconds = []
for repeat in range(repeats):
    copy = f"{path}.{repeat}"
    connection = sqlite3.connect(copy, isolation_level=None)
    connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON")
    for sql in schema:
        connection.execute(sql)
    connection.execute("BEGIN")
    for table in before:
        insert(connection, table)
    connection.execute("COMMIT")
    begin = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    for table in measured:
        insert(connection, table)
    connection.execute("COMMIT")
    seconds.append(time.perf_counter() - begin)
    for table in measured:
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == len(rows[table])
    connection.close()
    os.remove(copy)
print(json.dumps({"rows": sum(len(rows[table]) for table in measured), "seconds": seconds}))
