"""A ledger of an earlier version is brought up to date, and a copy of it kept."""

from pathlib import Path

import apsw
import pytest

from fairweather.ledger import FeedState, Ledger, SeenItem, faults, schema
from fairweather.records import Document


def earlier(path: Path, article: Document) -> None:
    """Make a ledger of version 1: this one's without the tables of feeds."""
    with Ledger(path) as ledger:
        ledger.add([article])
    connection = apsw.Connection(str(path))
    connection.execute("DROP TABLE feed_item; DROP TABLE feed; PRAGMA user_version = 1")
    connection.close()


def version_of(path: Path) -> int:
    connection = apsw.Connection(str(path))
    found = next(iter(connection.execute("PRAGMA user_version")))[0]
    connection.close()
    return int(found)


def test_an_earlier_ledger_is_brought_up_to_date_with_a_copy_kept_first(
    tmp_path: Path, articles: tuple[Document, Document], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "old.db"
    earlier(path, articles[0])
    with Ledger(path) as ledger:
        assert ledger.has(articles[0].id)
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
    monkeypatch.setattr(schema, "MIGRATIONS", {1: broken})
    with pytest.raises(apsw.SQLError, match="already exists"):
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
