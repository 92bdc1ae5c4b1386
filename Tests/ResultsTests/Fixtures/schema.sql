CREATE TABLE answer (
  run TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  persona TEXT NOT NULL,
  survey TEXT REFERENCES survey(digest),
  question TEXT NOT NULL,
  time INTEGER,
  repeat INTEGER NOT NULL,
  orderIndex INTEGER NOT NULL,
  method TEXT NOT NULL,
  refused INTEGER NOT NULL CHECK (refused IN (0, 1)),
  unparsed INTEGER NOT NULL CHECK (unparsed IN (0, 1)),
  chosen INTEGER,
  text TEXT,
  coveredMass REAL, wording INTEGER NOT NULL DEFAULT 0, dontKnow INTEGER NOT NULL DEFAULT 0 CHECK (dontKnow IN (0, 1)),
  PRIMARY KEY (run, sequence),
  FOREIGN KEY (run, persona) REFERENCES persona(run, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE answerCompletion (
  run TEXT NOT NULL,
  answer INTEGER NOT NULL,
  position INTEGER NOT NULL,
  completion TEXT NOT NULL REFERENCES completion(key),
  PRIMARY KEY (run, answer, position),
  FOREIGN KEY (run, answer) REFERENCES answer(run, sequence)
) STRICT, WITHOUT ROWID;
CREATE TABLE answerOption (
  run TEXT NOT NULL,
  answer INTEGER NOT NULL,
  option INTEGER NOT NULL,
  logLikelihood REAL,
  tokenCount INTEGER NOT NULL,
  domainLogLikelihood REAL,
  personaFreeLogLikelihood REAL,
  PRIMARY KEY (run, answer, option),
  FOREIGN KEY (run, answer) REFERENCES answer(run, sequence)
) STRICT, WITHOUT ROWID;
CREATE TABLE completion (
  key TEXT NOT NULL PRIMARY KEY,
  model TEXT NOT NULL,
  kind TEXT NOT NULL,
  request TEXT NOT NULL,
  response TEXT NOT NULL CHECK (json_valid(response)),
  tokensIn INTEGER NOT NULL,
  tokensOut INTEGER NOT NULL,
  milliseconds INTEGER NOT NULL
) STRICT;
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
CREATE TABLE decisionCompletion (
  run TEXT NOT NULL,
  decision INTEGER NOT NULL,
  position INTEGER NOT NULL,
  completion TEXT NOT NULL REFERENCES completion(key),
  PRIMARY KEY (run, decision, position),
  FOREIGN KEY (run, decision) REFERENCES decision(run, sequence)
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
CREATE TABLE fileContent (
  digest TEXT NOT NULL PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;
CREATE TABLE intervention (
  run TEXT NOT NULL REFERENCES run(id),
  branch TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  time INTEGER NOT NULL,
  command TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (run, branch, sequence)
) STRICT, WITHOUT ROWID;
CREATE TABLE memory (
  run TEXT NOT NULL,
  resident TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  time INTEGER NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  importance REAL NOT NULL,
  lastAccess INTEGER NOT NULL,
  completion TEXT REFERENCES completion(key),
  embedding BLOB NOT NULL,
  PRIMARY KEY (run, resident, sequence),
  FOREIGN KEY (run, resident) REFERENCES persona(run, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE memoryEvidence (
  run TEXT NOT NULL,
  resident TEXT NOT NULL,
  memory INTEGER NOT NULL,
  position INTEGER NOT NULL,
  evidence INTEGER NOT NULL,
  PRIMARY KEY (run, resident, memory, position),
  FOREIGN KEY (run, resident, memory) REFERENCES memory(run, resident, sequence),
  FOREIGN KEY (run, resident, evidence) REFERENCES memory(run, resident, sequence)
) STRICT, WITHOUT ROWID;
CREATE TABLE occurrence (
  run TEXT NOT NULL REFERENCES run(id),
  sequence INTEGER NOT NULL,
  time INTEGER NOT NULL,
  place TEXT NOT NULL,
  actor TEXT,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  addressee TEXT,
  completion TEXT REFERENCES completion(key),
  PRIMARY KEY (run, sequence)
) STRICT, WITHOUT ROWID;
CREATE TABLE option (
  survey TEXT NOT NULL,
  question TEXT NOT NULL,
  number INTEGER NOT NULL,
  code INTEGER NOT NULL,
  text TEXT NOT NULL,
  fills TEXT,
  position REAL,
  PRIMARY KEY (survey, question, number),
  FOREIGN KEY (survey, question) REFERENCES question(survey, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE persona (
  run TEXT NOT NULL REFERENCES run(id),
  id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  name TEXT NOT NULL,
  age INTEGER,
  pronouns TEXT,
  work TEXT,
  about TEXT,
  believes TEXT NOT NULL CHECK (json_valid(believes)),
  habits TEXT NOT NULL CHECK (json_valid(habits)),
  remembers TEXT NOT NULL CHECK (json_valid(remembers)),
  answers TEXT NOT NULL CHECK (json_valid(answers)),
  facts TEXT NOT NULL CHECK (json_valid(facts)),
  respondent TEXT, weight REAL NOT NULL DEFAULT 1 CHECK (weight > 0),
  PRIMARY KEY (run, id),
  UNIQUE (run, sequence)
) STRICT, WITHOUT ROWID;
CREATE TABLE personaAttribute (
  run TEXT NOT NULL,
  persona TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (run, persona, name),
  FOREIGN KEY (run, persona) REFERENCES persona(run, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE question (
  survey TEXT NOT NULL REFERENCES survey(digest),
  id TEXT NOT NULL,
  position INTEGER NOT NULL,
  ask TEXT NOT NULL,
  say TEXT,
  scale TEXT NOT NULL,
  nonAnswers TEXT NOT NULL CHECK (json_valid(nonAnswers)),
  hasBaseline INTEGER NOT NULL CHECK (hasBaseline IN (0, 1)),
  caution TEXT, category TEXT,
  PRIMARY KEY (survey, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE recall (
  run TEXT NOT NULL,
  use INTEGER NOT NULL,
  rank INTEGER NOT NULL,
  memoryRun TEXT NOT NULL,
  resident TEXT NOT NULL,
  memory INTEGER NOT NULL,
  recency REAL NOT NULL,
  importance REAL NOT NULL,
  relevance REAL NOT NULL,
  PRIMARY KEY (run, use, rank),
  FOREIGN KEY (run, use) REFERENCES use(run, sequence),
  FOREIGN KEY (memoryRun, resident, memory) REFERENCES memory(run, resident, sequence)
) STRICT, WITHOUT ROWID;
CREATE TABLE resident (
  run TEXT NOT NULL,
  persona TEXT NOT NULL,
  lives TEXT NOT NULL,
  knows TEXT NOT NULL CHECK (json_valid(knows)),
  PRIMARY KEY (run, persona),
  FOREIGN KEY (run, persona) REFERENCES persona(run, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE "respondent" (
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
CREATE VIEW respondentAnswer AS
SELECT r.survey AS survey, r.id AS respondent, q.id AS question,
  CASE substr(r.answers, q.position + 1, 1) WHEN '-' THEN 'refused' WHEN '?' THEN 'dontKnow' ELSE 'option' END
    AS kind,
  CASE WHEN substr(r.answers, q.position + 1, 1) NOT IN ('-', '?')
    THEN unicode(substr(r.answers, q.position + 1, 1)) - 65 END AS option
FROM respondent r JOIN question q ON q.survey = r.survey
WHERE substr(r.answers, q.position + 1, 1) NOT IN ('.', '');
CREATE VIEW respondentVariable AS
SELECT r.survey AS survey, r.id AS respondent, v.key AS variable, v.value AS value
FROM respondent r JOIN json_each(r.variables) v;
CREATE TABLE run (
  id TEXT NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('running', 'done', 'failed', 'stopped')),
  created TEXT NOT NULL,
  commandLine TEXT NOT NULL,
  version TEXT NOT NULL,
  seed TEXT NOT NULL,
  source TEXT REFERENCES run(id),
  files TEXT NOT NULL CHECK (json_valid(files)),
  models TEXT NOT NULL CHECK (json_valid(models)),
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  committedSteps INTEGER NOT NULL DEFAULT 0,
  committedTime INTEGER,
  tokens INTEGER NOT NULL DEFAULT 0,
  wallSeconds REAL NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE runCompletion (
  run TEXT NOT NULL REFERENCES run(id),
  completion TEXT NOT NULL REFERENCES completion(key),
  PRIMARY KEY (run, completion)
) STRICT, WITHOUT ROWID;
CREATE TABLE survey (
  digest TEXT NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  source TEXT,
  year INTEGER,
  country TEXT,
  data TEXT,
  checksum TEXT,
  respondent TEXT,
  weight TEXT,
  stratum TEXT,
  cluster TEXT,
  variables TEXT NOT NULL CHECK (json_valid(variables))
) STRICT, WITHOUT ROWID;
CREATE TABLE use (
  run TEXT NOT NULL REFERENCES run(id),
  sequence INTEGER NOT NULL,
  persona TEXT,
  purpose TEXT NOT NULL,
  time INTEGER NOT NULL,
  completion TEXT NOT NULL REFERENCES completion(key),
  tokens INTEGER NOT NULL,
  PRIMARY KEY (run, sequence)
) STRICT, WITHOUT ROWID;
