"""A survey's microdata into SQLite, a row an answer, with pyreadstat and sqlite3: large_read.py DATA DATABASE."""

import sqlite3
import sys

import pyreadstat

frame, _ = pyreadstat.read_sav(sys.argv[1], user_missing=True)
database = sqlite3.connect(sys.argv[2])
database.execute(
    "CREATE TABLE answer (question TEXT, respondent INTEGER, code REAL, PRIMARY KEY (question, respondent)) "
    "WITHOUT ROWID"
)
people = frame["id"].astype(int).tolist()
for name in frame.columns:
    if name not in ("id", "weight"):
        database.executemany(
            "INSERT INTO answer VALUES (?, ?, ?)",
            ((name, who, code) for who, code in zip(people, frame[name].tolist())),
        )
database.commit()
