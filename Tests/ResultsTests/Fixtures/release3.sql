-- What the schema of migration 3 held of respondents, with rows: replaces the tables of now in a new database.
DROP VIEW respondentAnswer;
DROP VIEW respondentVariable;
DROP TABLE respondent;
DELETE FROM grdb_migrations WHERE CAST(identifier AS INTEGER) > 3;
CREATE TABLE respondent (
  survey TEXT NOT NULL REFERENCES survey(digest),
  id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  weight REAL NOT NULL CHECK (weight > 0),
  stratum TEXT,
  cluster TEXT,
  PRIMARY KEY (survey, id),
  UNIQUE (survey, sequence)
) STRICT, WITHOUT ROWID;
CREATE TABLE respondentVariable (
  survey TEXT NOT NULL,
  respondent TEXT NOT NULL,
  variable TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (survey, respondent, variable),
  FOREIGN KEY (survey, respondent) REFERENCES respondent(survey, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE respondentAnswer (
  survey TEXT NOT NULL,
  respondent TEXT NOT NULL,
  question TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('option', 'refused', 'dontKnow')),
  option INTEGER CHECK ((option IS NOT NULL) = (kind = 'option')),
  PRIMARY KEY (survey, respondent, question),
  FOREIGN KEY (survey, respondent) REFERENCES respondent(survey, id),
  FOREIGN KEY (survey, question) REFERENCES question(survey, id),
  FOREIGN KEY (survey, question, option) REFERENCES option(survey, question, number)
) STRICT, WITHOUT ROWID;
INSERT INTO survey (digest, number, id, title, variables) VALUES
  ('old', 1, 'old', 'Old', '[]'), ('none', 2, 'none', 'No data', '[]');
UPDATE survey SET variables = '[{"kind":{"number":{"unit":"years"}},"name":"age"},{"kind":{"categories":{"_0":["a \"b\\"]}},"name":"say \"so\""}]'
  WHERE digest = 'old';
INSERT INTO question (survey, id, position, ask, scale, nonAnswers, hasBaseline) VALUES
  ('old', 'zeta', 0, 'First?', 'nominal', '{"merged":{}}', 1),
  ('old', 'alpha', 1, 'Second?', 'ordinal', '{"merged":{}}', 1),
  ('old', 'unasked', 2, 'Third?', 'nominal', '{"merged":{}}', 0);
INSERT INTO option (survey, question, number, code, text) VALUES
  ('old', 'zeta', 0, 1, 'Yes'), ('old', 'zeta', 1, 2, 'No'),
  ('old', 'alpha', 0, 1, 'Little'), ('old', 'alpha', 1, 2, 'More'), ('old', 'alpha', 2, 3, 'Much'),
  ('old', 'unasked', 0, 1, 'Yes'), ('old', 'unasked', 1, 2, 'No');
INSERT INTO respondent VALUES
  ('old', 'r9', 1, 0.1, 'north', NULL), ('old', 'r10', 2, 1.75, NULL, '7'), ('old', 'r1', 3, 1, NULL, NULL);
INSERT INTO respondentVariable VALUES
  ('old', 'r9', 'say "so"', 'a "b\'), ('old', 'r9', 'age', '40'), ('old', 'r1', 'age', '41');
INSERT INTO respondentAnswer VALUES
  ('old', 'r9', 'alpha', 'option', 2), ('old', 'r9', 'zeta', 'refused', NULL),
  ('old', 'r10', 'zeta', 'option', 0), ('old', 'r10', 'alpha', 'dontKnow', NULL);
