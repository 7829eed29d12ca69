"""The tables of a ledger file.

Rows are only ever added, but for those of `feed`, the working memory of watching. A
document or statement keeps its whole contract row as JSON in `row`; the other columns repeat
what questions are asked by. `known_by` is the last day on which it may have been published
(the day of recording where the text leaves the end open): a row belongs to an as-of date
from then on, never before.
"""

from __future__ import annotations

VERSION = 2
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

TABLES = (
    """
CREATE TABLE document (
    seq      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    row      TEXT NOT NULL,
    title    TEXT NOT NULL,
    text     TEXT NOT NULL,
    known_by TEXT NOT NULL,
    recorded TEXT NOT NULL
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
)

MIGRATIONS = {1: FEEDS}
"""What brings a ledger of each earlier version to the next one."""
