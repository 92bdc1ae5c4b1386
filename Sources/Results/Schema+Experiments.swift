extension Schema {
    /// What experiments record: their cells, their subjects, and what each decided.
    static let experiments = """
        CREATE TABLE experimentCell (
          run TEXT NOT NULL REFERENCES run(id),
          number INTEGER NOT NULL,
          label TEXT NOT NULL,
          levels TEXT NOT NULL CHECK (json_valid(levels)),
          variables TEXT NOT NULL CHECK (json_valid(variables)),
          PRIMARY KEY (run, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE experimentSubject (
          run TEXT NOT NULL REFERENCES run(id),
          id TEXT NOT NULL,
          sequence INTEGER NOT NULL,
          persona TEXT,
          drawn TEXT NOT NULL CHECK (json_valid(drawn)),
          PRIMARY KEY (run, id),
          UNIQUE (run, sequence),
          FOREIGN KEY (run, persona) REFERENCES persona(run, id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE decision (
          run TEXT NOT NULL,
          sequence INTEGER NOT NULL,
          cell INTEGER NOT NULL,
          subject TEXT NOT NULL,
          name TEXT NOT NULL,
          repeat INTEGER NOT NULL,
          round INTEGER NOT NULL,
          grouping INTEGER,
          optionOrder TEXT NOT NULL CHECK (json_valid(optionOrder)),
          method TEXT NOT NULL,
          chosen INTEGER,
          numbers TEXT NOT NULL CHECK (json_valid(numbers)),
          refused INTEGER NOT NULL CHECK (refused IN (0, 1)),
          unparsed INTEGER NOT NULL CHECK (unparsed IN (0, 1)),
          text TEXT,
          coveredMass REAL,
          payoff REAL,
          PRIMARY KEY (run, sequence),
          FOREIGN KEY (run, cell) REFERENCES experimentCell(run, number),
          FOREIGN KEY (run, subject) REFERENCES experimentSubject(run, id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE decisionOutcome (
          run TEXT NOT NULL,
          decision INTEGER NOT NULL,
          outcome INTEGER NOT NULL,
          logLikelihood REAL,
          tokenCount INTEGER NOT NULL,
          PRIMARY KEY (run, decision, outcome),
          FOREIGN KEY (run, decision) REFERENCES decision(run, sequence)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE decisionCompletion (
          run TEXT NOT NULL,
          decision INTEGER NOT NULL,
          position INTEGER NOT NULL,
          completion TEXT NOT NULL REFERENCES completion(key),
          PRIMARY KEY (run, decision, position),
          FOREIGN KEY (run, decision) REFERENCES decision(run, sequence)
        ) STRICT, WITHOUT ROWID;
        """
}
