"""The tables of a ledger file.

Rows are only ever added, but for those of `feed`, the working memory of watching, and for
what `forget` takes out. A statement keeps its whole contract row as JSON in `row`, a
document all but its text, which stands in `text`; the other columns repeat what questions
are asked by. `known_by` is the last day on which a row may have been published (the day of
recording where the text leaves the end open): it belongs to an as-of date from then on,
never before. `mention` and `pair` repeat whom a statement is about, so that an actor's or a
pair's rows are found without reading the others.
"""

from __future__ import annotations

VERSION = 4
"""The version this code writes; a ledger of a later version is refused."""

APPLICATION_ID = 0x66776C64
"""`fwld`: tells a ledger from any other SQLite file."""

FEEDS = """
CREATE TABLE feed (
    url        TEXT PRIMARY KEY,
    title      TEXT NOT NULL,
    added      TEXT NOT NULL,
    etag       TEXT NOT NULL,
    modified   TEXT NOT NULL,
    polled     TEXT NOT NULL,
    last_item  TEXT NOT NULL,
    last_new   TEXT NOT NULL,
    usual_gap  INTEGER NOT NULL,
    items      INTEGER NOT NULL,
    failures   INTEGER NOT NULL,
    failure    TEXT NOT NULL,
    not_before TEXT NOT NULL,
    moved      TEXT NOT NULL
) STRICT;

CREATE TABLE feed_item (
    seq         INTEGER PRIMARY KEY,
    feed        TEXT NOT NULL,
    key         TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    document    TEXT REFERENCES document (id),
    seen        TEXT NOT NULL,
    UNIQUE (feed, key, fingerprint)
) STRICT;
CREATE INDEX feed_item_by_document ON feed_item (document);
"""

PAIRS = """
CREATE TABLE pair (
    one       TEXT NOT NULL,
    other     TEXT NOT NULL,
    type      TEXT NOT NULL,
    statement INTEGER NOT NULL,
    PRIMARY KEY (one, other, type, statement)
) STRICT, WITHOUT ROWID;
"""
"""Two actors named by one statement, the first by the alphabet as `one`."""

FORGETTING = """
CREATE TABLE tombstone (
    id        TEXT PRIMARY KEY,
    sha256    TEXT NOT NULL,
    forgotten TEXT NOT NULL,
    reason    TEXT NOT NULL,
    by        TEXT NOT NULL
) STRICT;
CREATE INDEX tombstone_by_text ON tombstone (sha256);

CREATE TRIGGER words_forget AFTER DELETE ON document BEGIN
    INSERT INTO words (words, rowid, title, text)
    VALUES ('delete', old.seq, old.title, old.text);
END;
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
"""
"""What is left of a forgotten text, and how its words leave the index for good."""

LOOKING_UP = """
CREATE INDEX document_by_address ON document (url) WHERE url <> '';
CREATE INDEX document_by_day ON document (known_by, id);
CREATE INDEX decision_by_object ON decision (object);
CREATE INDEX decision_on_actors ON decision (kind)
    WHERE kind IN ('merge', 'split') AND instr(subject, ':') = 0;
"""

GIVING = """
CREATE INDEX support_by_giver ON statement (row ->> '$.giver') WHERE type = 'support';
"""
"""Whom a side supports besides its partner is asked of every pair."""

TABLES = (
    """
CREATE TABLE document (
    seq      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    row      TEXT NOT NULL,
    title    TEXT NOT NULL,
    text     TEXT NOT NULL,
    known_by TEXT NOT NULL,
    recorded TEXT NOT NULL,
    url      TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE statement (
    seq        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    type       TEXT NOT NULL,
    document   TEXT REFERENCES document (id),
    row        TEXT NOT NULL,
    confidence REAL NOT NULL,
    known_by   TEXT NOT NULL,
    recorded   TEXT NOT NULL
) STRICT;
CREATE INDEX statement_by_type ON statement (type, known_by);
CREATE INDEX statement_by_document ON statement (document);

CREATE TABLE mention (
    actor     TEXT NOT NULL,
    statement INTEGER NOT NULL REFERENCES statement (seq),
    PRIMARY KEY (actor, statement)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
    seq      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    kind     TEXT NOT NULL,
    subject  TEXT NOT NULL,
    object   TEXT NOT NULL,
    reason   TEXT NOT NULL,
    by       TEXT NOT NULL,
    recorded TEXT NOT NULL
) STRICT;
CREATE INDEX decision_by_subject ON decision (subject);

CREATE TABLE scenario (
    id       TEXT PRIMARY KEY,
    text     TEXT NOT NULL,
    recorded TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE words USING fts5 (
    title, text, content = 'document', content_rowid = 'seq', tokenize = 'unicode61'
);
CREATE TRIGGER words_follow AFTER INSERT ON document BEGIN
    INSERT INTO words (rowid, title, text) VALUES (new.seq, new.title, new.text);
END;
"""
    + FEEDS
    + PAIRS
    + FORGETTING
    + LOOKING_UP
    + GIVING
)

TO_VERSION_3 = (
    """
ALTER TABLE document ADD COLUMN url TEXT NOT NULL DEFAULT '';
UPDATE document SET url = ifnull(row ->> '$.url', ''), row = json_remove(row, '$.text');
"""
    + PAIRS
    + """
CREATE TEMP TABLE named AS SELECT statement, actor FROM mention ORDER BY statement;
CREATE INDEX temp.named_by_statement ON named (statement);
INSERT INTO pair
    SELECT one.actor, other.actor, statement.type, statement.seq
    FROM temp.named AS one
    JOIN temp.named AS other ON other.statement = one.statement AND one.actor < other.actor
    JOIN statement ON statement.seq = one.statement;
DROP TABLE temp.named;
"""
    + FORGETTING
    + LOOKING_UP
)

MIGRATIONS = {1: FEEDS, 2: TO_VERSION_3, 3: GIVING}
"""What brings a ledger of each earlier version to the next one."""
