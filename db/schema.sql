-- The store: derived from filings, so a new schema means a rebuild (PRAGMA user_version names the schema).
-- Lines are 1-based; columns are 0-based with the end exclusive; values are in base units, signed.
CREATE TABLE filings (
    id INTEGER PRIMARY KEY,
    document TEXT NOT NULL,            -- file name
    path TEXT NOT NULL,                -- where it was when it was added
    sha256 TEXT NOT NULL UNIQUE,       -- of the bytes
    format TEXT NOT NULL,              -- text, html, submission
    company TEXT, ticker TEXT, title TEXT, exhibit TEXT,
    released TEXT,                     -- ISO date
    period_end TEXT,                   -- ISO date: the latest period that it reports
    form TEXT, filed TEXT, accession TEXT, cik TEXT, fiscal_year_end TEXT,
    text BLOB NOT NULL,                -- zlib-compressed UTF-8 of the decoded file
    lines INTEGER NOT NULL,
    log TEXT NOT NULL DEFAULT '[]'     -- JSON list: what was left out and why
);
CREATE INDEX filings_by_company ON filings(company, released, filed, period_end);
CREATE TABLE parts (
    filing_id INTEGER NOT NULL REFERENCES filings(id) ON DELETE CASCADE,
    number INTEGER NOT NULL, type TEXT, description TEXT, format TEXT,
    line_start INTEGER NOT NULL, line_end INTEGER NOT NULL,
    PRIMARY KEY (filing_id, number)
) WITHOUT ROWID;
CREATE TABLE facts (
    id INTEGER PRIMARY KEY,
    filing_id INTEGER NOT NULL REFERENCES filings(id) ON DELETE CASCADE,
    line INTEGER NOT NULL, column_start INTEGER NOT NULL, column_end INTEGER NOT NULL,
    as_printed TEXT NOT NULL,
    value REAL NOT NULL, unit TEXT NOT NULL, scale INTEGER NOT NULL DEFAULT 1, nil INTEGER NOT NULL DEFAULT 0,
    source TEXT NOT NULL,              -- table or text
    nature TEXT NOT NULL,              -- actual, guidance, comparison, change, range, guidance range, aside
    statement TEXT, table_number INTEGER, table_title TEXT, row_number INTEGER, column_number INTEGER,
    heading_path TEXT NOT NULL DEFAULT '[]',  -- JSON list, outermost first
    label TEXT NOT NULL, label_key TEXT NOT NULL, -- the label as printed; its words in normal form
    column_heading TEXT NOT NULL DEFAULT '',
    metric TEXT, metal TEXT, entity TEXT, entity_kind TEXT, basis TEXT,
    period_start TEXT, period_end TEXT, period_kind TEXT, period TEXT, -- ISO, ISO, quarter|instant|..., 'Q1 2007'
    qualifier TEXT,
    notes TEXT NOT NULL DEFAULT '[]',  -- JSON list of footnote marks
    places TEXT NOT NULL DEFAULT '{}', -- JSON: label, header, sentence -> [[line, start, end], ...]
    sentence TEXT NOT NULL DEFAULT '',
    preference INTEGER NOT NULL DEFAULT 50 -- where a fact is printed more than once the lowest is cited
);
CREATE INDEX facts_by_metric ON facts(metric, entity, period_end);
CREATE INDEX facts_by_period ON facts(metric, period_end); -- ranks and sums over all mines or companies of a period
CREATE INDEX facts_by_label ON facts(label_key, period_end);
CREATE INDEX facts_by_statement ON facts(entity, statement, period_end); -- all that is told of a mine
CREATE INDEX facts_by_place ON facts(filing_id, line);
CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    filing_id INTEGER NOT NULL REFERENCES filings(id) ON DELETE CASCADE,
    table_number INTEGER, mark TEXT NOT NULL, text TEXT NOT NULL,
    line_start INTEGER NOT NULL, line_end INTEGER NOT NULL,
    places TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX notes_by_filing ON notes(filing_id, table_number, mark);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    filing_id INTEGER NOT NULL REFERENCES filings(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,                -- paragraph, heading, bullet, note
    heading TEXT NOT NULL DEFAULT '', text TEXT NOT NULL,
    forward_looking INTEGER NOT NULL DEFAULT 0,
    line_start INTEGER NOT NULL, line_end INTEGER NOT NULL,
    places TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX passages_by_filing ON passages(filing_id, line_start);
CREATE VIRTUAL TABLE passages_text USING fts5(text, heading, content='passages', content_rowid='id', tokenize='porter unicode61');
CREATE TABLE names (                   -- what people and filings call an entity
    filing_id INTEGER NOT NULL REFERENCES filings(id) ON DELETE CASCADE,
    said TEXT NOT NULL,                -- lower case
    entity TEXT NOT NULL, entity_kind TEXT NOT NULL, company TEXT, relation TEXT NOT NULL,
    line INTEGER,
    PRIMARY KEY (said, entity, relation, filing_id)
) WITHOUT ROWID;
CREATE TABLE vocabulary (              -- what questions may name, kept while adding so that a question never scans facts
    kind TEXT NOT NULL,                -- name, word, heading, period, metric, miner, company
    key TEXT NOT NULL,                 -- what a question's words are looked up by: see below
    shown TEXT NOT NULL,               -- what is found by it
    detail TEXT NOT NULL DEFAULT '',
    -- name: what it is called -> the entity, detail kind|company|relation; word: a stem -> the key of a label with it;
    -- heading: its key -> as printed; period: ISO end -> 'Q1 2007', detail its kind;
    -- miner: a metal -> the mine whose costs are of an ounce of it, detail the company;
    -- metric: its id, detail the metal; company: lower case -> as printed, detail the ticker
    PRIMARY KEY (kind, key, shown, detail)
) WITHOUT ROWID;
CREATE TABLE checked (                 -- the filings whose figures were held against each other
    filing_id INTEGER PRIMARY KEY REFERENCES filings(id) ON DELETE CASCADE,
    failing INTEGER NOT NULL,          -- how many relations of its own figures do not hold
    problem TEXT NOT NULL DEFAULT ''   -- why it could not be checked
);
CREATE TABLE findings (                -- what does not add up within a filing, once for each fact that it touches
    fact_id INTEGER NOT NULL REFERENCES facts(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,           -- of the finding in its filing
    printed INTEGER NOT NULL,          -- 1: another figure was expected here, 0: that one follows from this
    kind TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (fact_id, number)
) WITHOUT ROWID;
CREATE VIEW cited_facts AS
SELECT f.id AS fact_id, f.filing_id, g.document, g.sha256, g.company, g.title, g.released, g.accession,
       f.line, f.column_start, f.column_end, f.as_printed, f.value, f.unit, f.nil, f.source, f.nature,
       f.statement, f.table_number, f.table_title, f.row_number, f.column_number, f.heading_path,
       f.label, f.label_key, f.column_heading, f.metric, f.metal, f.entity, f.entity_kind, f.basis,
       f.period_start, f.period_end, f.period_kind, f.period, f.qualifier, f.notes, f.places, f.sentence, f.preference
FROM facts AS f JOIN filings AS g ON g.id = f.filing_id;
