extension Schema {
    /// What people of a poll have read: each article once, and who was given which.
    static let diet = """
        CREATE TABLE article (
          digest TEXT NOT NULL REFERENCES fileContent(digest),
          path TEXT NOT NULL,
          source TEXT NOT NULL,
          date TEXT NOT NULL,
          title TEXT NOT NULL,
          author TEXT,
          text TEXT NOT NULL,
          PRIMARY KEY (digest, path)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE reading (
          run TEXT NOT NULL,
          persona TEXT NOT NULL,
          rank INTEGER NOT NULL,
          digest TEXT NOT NULL,
          path TEXT NOT NULL,
          characters INTEGER NOT NULL CHECK (characters >= 0),
          cut INTEGER NOT NULL CHECK (cut >= 0),
          PRIMARY KEY (run, persona, rank),
          FOREIGN KEY (run, persona) REFERENCES persona(run, id),
          FOREIGN KEY (digest, path) REFERENCES article(digest, path)
        ) STRICT, WITHOUT ROWID;
        """
}
