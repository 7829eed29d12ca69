"""A ledger of an earlier version is brought up to date, and a copy of it kept."""

from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from fairweather.errors import LedgerError
from fairweather.ledger import FeedState, Ledger, SeenItem, current, faults, schema
from fairweather.records import Agreement, Document, to_line, to_row

VERSION_1 = """
CREATE TABLE document (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row TEXT NOT NULL, title TEXT NOT NULL,
    text TEXT NOT NULL, known_by TEXT NOT NULL, recorded TEXT NOT NULL
) STRICT;
CREATE TABLE statement (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL,
    document TEXT REFERENCES document (id), row TEXT NOT NULL, confidence REAL NOT NULL,
    known_by TEXT NOT NULL, recorded TEXT NOT NULL
) STRICT;
CREATE INDEX statement_by_type ON statement (type, known_by);
CREATE INDEX statement_by_document ON statement (document);
CREATE TABLE mention (
    actor TEXT NOT NULL, statement INTEGER NOT NULL REFERENCES statement (seq),
    PRIMARY KEY (actor, statement)
) STRICT, WITHOUT ROWID;
CREATE TABLE decision (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, subject TEXT NOT NULL,
    object TEXT NOT NULL, reason TEXT NOT NULL, by TEXT NOT NULL, recorded TEXT NOT NULL
) STRICT;
CREATE INDEX decision_by_subject ON decision (subject);
CREATE TABLE scenario (
    id TEXT PRIMARY KEY, text TEXT NOT NULL, recorded TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE words USING fts5 (
    title, text, content = 'document', content_rowid = 'seq', tokenize = 'unicode61'
);
CREATE TRIGGER words_follow AFTER INSERT ON document BEGIN
    INSERT INTO words (rowid, title, text) VALUES (new.seq, new.title, new.text);
END;
"""
"""The tables as the first version made them."""

STAMP = "2026-01-01T00:00:00Z"


def earlier(path: Path, article: Document, pact: Agreement | None = None) -> None:
    """Make a ledger of version 1, with an article and what was read from it."""
    connection = apsw.Connection(str(path))
    list(connection.execute(VERSION_1))
    list(connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}"))
    list(connection.execute("PRAGMA user_version = 1"))
    row = to_line(to_row(replace(article, recorded=STAMP)))
    day = str(article.published.latest)
    connection.execute(
        "INSERT INTO document VALUES (1, ?, ?, ?, ?, ?, ?)",
        (article.id, row, article.title, article.text, day, STAMP),
    )
    if pact:
        row = to_line(to_row(replace(pact, recorded=STAMP)))
        connection.execute(
            "INSERT INTO statement VALUES (1, ?, 'agreement', ?, ?, ?, ?, ?)",
            (pact.id, article.id, row, pact.confidence, day, STAMP),
        )
        for actor in pact.parties:
            connection.execute("INSERT INTO mention VALUES (?, 1)", (actor,))
    connection.close()


def version_of(path: Path) -> int:
    connection = apsw.Connection(str(path))
    found = next(iter(connection.execute("PRAGMA user_version")))[0]
    connection.close()
    return int(found)


def test_an_earlier_ledger_is_brought_up_to_date_with_a_copy_kept_first(
    tmp_path: Path,
    articles: tuple[Document, Document],
    pacts: tuple[Agreement, Agreement],
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "old.db"
    earlier(path, articles[0], pacts[0])
    with Ledger(path) as ledger:
        assert ledger.document(articles[0].id) == replace(articles[0], recorded=STAMP)
        assert [one.id for one in current(ledger, Agreement, actors=("FIN", "NOR"))] == [
            pacts[0].id
        ]
        assert [hit.document for hit in ledger.search("pact")] == [articles[0].id]
        assert ledger.feeds.all() == ()
        assert not list(faults(ledger))
    copy = tmp_path / "old.db.version-1"
    assert (version_of(path), version_of(copy)) == (schema.VERSION, 1)
    said = capsys.readouterr()
    assert said.out == ""
    assert str(copy) in said.err


def test_a_ledger_of_this_version_is_left_alone(tmp_path: Path) -> None:
    for _ in range(2):
        Ledger(tmp_path / "new.db").close()
    assert [file.name for file in tmp_path.iterdir()] == ["new.db"]


def test_a_migration_that_fails_leaves_the_ledger_as_it_was(
    tmp_path: Path, articles: tuple[Document, Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.db"
    earlier(path, articles[0])
    broken = f"{schema.FEEDS}; CREATE TABLE document (again TEXT)"
    monkeypatch.setattr(schema, "MIGRATIONS", {**schema.MIGRATIONS, 1: broken})
    with pytest.raises(LedgerError, match="already exists"):
        Ledger(path)
    assert version_of(path) == 1
    monkeypatch.undo()
    with Ledger(path) as ledger:
        assert ledger.has(articles[0].id)


def test_what_a_feed_answered_last_survives_the_process(tmp_path: Path) -> None:
    state = FeedState(url="https://a.example/f", title="A", added="2031-05-05T00:00:00Z")
    article = Document(text="The ferry sailed.", url="https://a.example/1")
    with Ledger(tmp_path / "a.db") as ledger:
        ledger.feeds.watch([state, state])
        ledger.add([article])
        item = SeenItem("1", "aa", article.id, "2031-05-06T00:00:00Z")
        ledger.feeds.remember(state.url, item)
        ledger.feeds.keep(FeedState(url=state.url, etag='"v2"', added=state.added))
    with Ledger(tmp_path / "a.db") as ledger:
        assert [one.etag for one in ledger.feeds.all()] == ['"v2"']
        assert ledger.feeds.seen(state.url) == {"1": (item,)}
        assert ledger.feeds.latest(5) == (item,)


def test_a_feed_dropped_while_it_was_read_does_not_come_back(tmp_path: Path) -> None:
    state = FeedState(url="https://a.example/f")
    with Ledger(tmp_path / "a.db") as ledger:
        ledger.feeds.watch([state])
        assert ledger.feeds.drop(state.url)
        ledger.feeds.keep(state)
        assert ledger.feeds.all() == ()
        assert not ledger.feeds.drop(state.url)
