extension Schema {
    /// A row a respondent in place of a row a cell: 30 million answers took minutes to store.
    ///
    /// What was read from the tables of cells is read from views of the same names and columns. ``StoredAnswers`` tells
    /// how answers are written. The table is not clustered by a key: rows go to its end, whatever the ids.
    static let compactRespondents = """
        CREATE TABLE compactRespondent (
          survey TEXT NOT NULL REFERENCES survey(digest),
          id TEXT NOT NULL,
          sequence INTEGER NOT NULL,
          weight REAL NOT NULL CHECK (weight > 0),
          stratum TEXT,
          cluster TEXT,
          variables TEXT NOT NULL CHECK (json_valid(variables)),
          answers TEXT NOT NULL,
          PRIMARY KEY (survey, sequence),
          UNIQUE (survey, id)
        ) STRICT;

        INSERT INTO compactRespondent
        SELECT r.survey, r.id, r.sequence, r.weight, r.stratum, r.cluster,
          (SELECT json_group_object(v.variable, v.value) FROM respondentVariable v
           WHERE v.survey = r.survey AND v.respondent = r.id),
          coalesce((SELECT group_concat(letter, '') FROM (
            SELECT CASE a.kind WHEN 'option' THEN char(65 + a.option) WHEN 'refused' THEN '-' WHEN 'dontKnow' THEN '?'
              ELSE '.' END AS letter
            FROM question q LEFT JOIN respondentAnswer a
              ON a.survey = r.survey AND a.respondent = r.id AND a.question = q.id
            WHERE q.survey = r.survey ORDER BY q.position)), '')
        FROM respondent r ORDER BY r.survey, r.sequence;

        DROP TABLE respondentAnswer;
        DROP TABLE respondentVariable;
        DROP TABLE respondent;
        ALTER TABLE compactRespondent RENAME TO respondent;

        CREATE VIEW respondentVariable AS
        SELECT r.survey AS survey, r.id AS respondent, v.key AS variable, v.value AS value
        FROM respondent r JOIN json_each(r.variables) v;

        CREATE VIEW respondentAnswer AS
        SELECT r.survey AS survey, r.id AS respondent, q.id AS question,
          CASE substr(r.answers, q.position + 1, 1) WHEN '-' THEN 'refused' WHEN '?' THEN 'dontKnow' ELSE 'option' END
            AS kind,
          CASE WHEN substr(r.answers, q.position + 1, 1) NOT IN ('-', '?')
            THEN unicode(substr(r.answers, q.position + 1, 1)) - 65 END AS option
        FROM respondent r JOIN question q ON q.survey = r.survey
        WHERE substr(r.answers, q.position + 1, 1) NOT IN ('.', '');
        """
}
