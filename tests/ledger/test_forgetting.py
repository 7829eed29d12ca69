"""A forgotten text is gone to the last byte, is known to be gone, and stays gone."""

from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from fairweather.coding.intake import ReadReport, take_in
from fairweather.errors import CheckFailed, MisuseError, RecordError, UnknownKey
from fairweather.ledger import (
    Decision,
    FeedState,
    Ledger,
    SeenItem,
    current,
    export_rows,
    faults,
    import_lines,
)
from fairweather.records import Actor, Agreement, Document, Event, Name, on, to_line

SECRET = "Zebulonquist"


@pytest.fixture
def secret() -> Document:
    text = f"{SECRET} of Norway met Finland in Xyloport. Others were there."
    return Document(text=text, title=f"{SECRET} speaks", published=on("2025-01-01"), sha256="ab")


@pytest.fixture
def knowing(filled: Ledger, secret: Document) -> Ledger:
    """A ledger with a text that names somebody no other text names."""
    met = Event(
        quotes=(secret.quote(0, 41),),
        source=("zebulonquist", "NOR"),
        target=("FIN",),
        event_class="CONSULT",
        status="factual",
    )
    person = Actor(id="zebulonquist", names=(Name(SECRET),), kind="person")
    seen = Decision(kind="match", subject="NOR", object=secret.id, reason=f"by {SECRET}", by="rule")
    filled.add([secret, met, person], [seen])
    filled.feeds.watch([FeedState(url="https://a.example/f")])
    filled.feeds.remember("https://a.example/f", SeenItem("1", "ff", secret.id, "2026-01-01"))
    filled.keep_scenario("run-1", f'evidence = "{met.id}"\n')
    return filled


def bytes_of(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def test_every_byte_of_it_leaves_the_file_its_log_and_its_index(
    knowing: Ledger, secret: Document
) -> None:
    assert SECRET.encode() in bytes_of(knowing.path)
    removed = knowing.forget(secret.id, "a wish", "person/anna")
    assert (len(removed.statements), removed.actors) == (1, ("zebulonquist",))
    left = bytes_of(knowing.path).lower()
    for word in (SECRET, "Xyloport", "zebulonq", "ebulonquist", "yloport"):
        assert word.lower().encode() not in left
    knowing.file.run("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'words', 'row')")
    terms = {term for (term,) in knowing.file.run("SELECT term FROM temp.terms")}
    assert "finland" in terms
    assert not terms & {"zebulonquist", "xyloport"}
    assert not list(faults(knowing))


def test_what_stays_is_whole_and_the_feed_forgets_with_it(
    knowing: Ledger, secret: Document
) -> None:
    knowing.forget(secret.id, "a wish", "person/anna")
    assert len(current(knowing, Agreement)) == 2
    assert not current(knowing, Event)
    assert knowing.feeds.seen("https://a.example/f")["1"][0].document == ""
    assert list(knowing.scenarios()) == []
    (stone,) = knowing.tombstones.all()
    assert (stone.id, stone.reason, stone.by) == (secret.id, "a wish", "person/anna")
    assert stone.forgotten == "2026-01-01T00:00:00Z"


def test_it_is_not_read_in_again_unless_the_tombstone_is_lifted(
    knowing: Ledger, secret: Document
) -> None:
    knowing.forget(secret.id, "a wish", "person/anna")
    report = ReadReport()
    take_in(knowing, secret, (), report)
    ((document, said),) = report.forgotten
    assert document == secret
    assert "a wish" in said
    assert report.exit_code == 0
    with pytest.raises(RecordError, match="was forgotten"):
        knowing.add([secret])
    elsewhere = Document(text=secret.text, url="https://b.example/", sha256=secret.sha256)
    with pytest.raises(RecordError, match="was forgotten"):
        knowing.add([elsewhere])
    assert knowing.tombstones.lift(secret.id)
    assert knowing.add([secret]).new == 1


def test_an_import_leaves_out_what_was_forgotten_and_hands_the_tombstone_on(
    knowing: Ledger, secret: Document, fresh: Callable[[str], Ledger]
) -> None:
    before = [to_line(row) for row in export_rows(knowing, everything=True)]
    knowing.forget(secret.id, "a wish", "person/anna")
    kept = [line for line in before if '"decision"' not in line]
    added = import_lines(knowing, kept, "old.jsonl")
    assert added.forgotten == 2
    assert not knowing.has(secret.id)
    after = [to_line(row) for row in export_rows(knowing, everything=True)]
    with fresh("copy.db") as copy:
        import_lines(copy, after, "new.jsonl")
        assert [to_line(row) for row in export_rows(copy, everything=True)] == after
        assert copy.tombstones.over_id(secret.id)


def test_what_is_not_there_cannot_be_forgotten(knowing: Ledger) -> None:
    with pytest.raises(UnknownKey):
        knowing.forget("document:0000", "", "person/anna")


# -- backups -------------------------------------------------------------------------------


def test_a_backup_is_the_ledger_at_that_moment_and_is_not_overwritten(
    filled: Ledger, tmp_path: Path
) -> None:
    copy = filled.back_up(tmp_path / "copy.db")
    filled.add([Document(text="Later.")])
    with Ledger(copy) as opened:
        assert opened.counts()["document"] == filled.counts()["document"] - 1
        assert not list(faults(opened))
    with pytest.raises(MisuseError, match="--replace"):
        filled.back_up(copy)
    filled.back_up(copy, replace=True)
    with pytest.raises(MisuseError, match="the ledger itself"):
        filled.back_up(filled.path, replace=True)
    assert not list(tmp_path.glob("*.tmp"))


def test_an_unsound_copy_is_never_kept(filled: Ledger, tmp_path: Path) -> None:
    filled.file.run("PRAGMA foreign_keys = OFF")
    filled.file.run("UPDATE statement SET document = 'document:none'")
    with pytest.raises(CheckFailed, match="not sound"):
        filled.back_up(tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


# -- verify --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("DELETE FROM mention WHERE actor = 'NOR'", "not listed under every actor"),
        ("DELETE FROM pair", "pair: 0 entries"),
        ("UPDATE document SET title = 'Other'", "full-text index"),
        ("UPDATE statement SET row = replace(row, 'Pact', 'Bond')", "hashes to"),
        ("UPDATE statement SET row = '{'", "cannot be read"),
        ("DELETE FROM document", "orphan"),
        ("DELETE FROM statement", "which is not there"),
    ],
)
def test_harm_is_found(
    filled: Ledger, pacts: tuple[Agreement, Agreement], harm: str, said: str
) -> None:
    filled.add((), [Decision(kind="reject", subject=pacts[0].id, by="person/a")])
    path = filled.path
    filled.close()
    connection = apsw.Connection(str(path))
    list(connection.execute(harm))
    connection.close()
    with Ledger(path) as opened:
        assert said in " ".join(faults(opened))
