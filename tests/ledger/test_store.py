"""The ledger keeps what it acknowledged, once, and refuses what it cannot prove."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from fairweather.errors import LedgerError, LedgerTooNew, QuoteError, RecordError, UnknownKey
from fairweather.ledger import About, Ledger, Window, faults
from fairweather.records import Agreement, Document, Quote, between


def test_the_same_rows_twice_change_nothing(
    filled: Ledger, articles: tuple[Document, Document], pacts: tuple[Agreement, Agreement]
) -> None:
    before = filled.counts()
    assert filled.add([*articles, *pacts]).new == 0
    assert filled.counts() == before


def test_a_record_comes_back_as_it_went_in(
    filled: Ledger, pacts: tuple[Agreement, Agreement]
) -> None:
    assert filled.record(pacts[1].id) == replace(pacts[1], recorded="2026-01-01T00:00:00Z")


def test_the_beginning_of_an_id_is_enough(
    filled: Ledger, pacts: tuple[Agreement, Agreement]
) -> None:
    assert filled.record(pacts[0].id[:-3]).id == pacts[0].id
    with pytest.raises(UnknownKey, match="begins several"):
        filled.record("agreement:")
    with pytest.raises(UnknownKey, match="no record"):
        filled.record("event:0")


def test_a_misquote_is_refused_and_nothing_of_its_batch_is_stored(
    ledger: Ledger, articles: tuple[Document, Document], pacts: tuple[Agreement, Agreement]
) -> None:
    wrong = Quote(articles[0].id, 0, 6, "Sweden")
    forged = Agreement(quotes=(wrong,), name="pact", parties=("NOR", "FIN"))
    with pytest.raises(QuoteError, match="not verbatim"):
        ledger.add([articles[0], pacts[0], forged])
    assert not ledger.has(articles[0].id)


def test_a_record_needs_a_quote_and_its_document(
    ledger: Ledger, pacts: tuple[Agreement, Agreement]
) -> None:
    with pytest.raises(RecordError, match="at least one quote"):
        ledger.add([Agreement(name="pact", parties=("NOR", "FIN"))])
    with pytest.raises(RecordError, match="is not stored"):
        ledger.add([pacts[0]])


def test_what_was_not_yet_published_is_not_seen(
    filled: Ledger, pacts: tuple[Agreement, Agreement]
) -> None:
    seen = list(filled.statements(Agreement, Window(as_of="2021-04-30")))
    assert [one.id for one in seen] == [pacts[0].id]


def test_a_document_that_may_be_later_does_not_count_as_published(ledger: Ledger) -> None:
    ledger.add([Document(text="Some news.", published=between("2021-03-01", "2021-05-01"))])
    ledger.add([Document(text="Other news.", published=between("2021-03-01", None))])
    assert not list(ledger.documents(Window(as_of="2021-04-30")))
    assert len(list(ledger.documents(Window(as_of="2021-05-01")))) == 1
    assert len(list(ledger.documents(Window(as_of="2026-01-01")))) == 2


def test_words_of_the_text_find_a_record(
    filled: Ledger, pacts: tuple[Agreement, Agreement]
) -> None:
    found = list(filled.statements(Agreement, about=About(text='"Border Pact" signed')))
    assert [one.id for one in found] == [pacts[1].id]
    assert not list(filled.statements(Agreement, about=About(text="Border AND NOT -x*")))


def test_a_sound_ledger_has_no_faults(filled: Ledger) -> None:
    assert not list(faults(filled))


def test_a_tampered_text_is_found(filled: Ledger, articles: tuple[Document, Document]) -> None:
    path = filled.path
    filled.close()
    connection = apsw.Connection(str(path))
    list(
        connection.execute(
            "UPDATE document SET text = replace(text, 'Norway', 'Sweden') WHERE id = ?",
            (articles[0].id,),
        )
    )
    connection.close()
    with Ledger(path) as opened:
        found = " ".join(faults(opened))
    assert "not verbatim" in found


def test_a_ledger_of_a_later_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "later.db"
    Ledger(path).close()
    connection = apsw.Connection(str(path))
    list(connection.execute("PRAGMA user_version = 99"))
    connection.close()
    with pytest.raises(LedgerTooNew, match=r"later\.db.*upgrade"):
        Ledger(path)


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("not a database at all, but long enough to be read as a page" * 20)
    with pytest.raises(LedgerError, match=r"notes\.txt"):
        Ledger(text)
    other = tmp_path / "other.db"
    connection = apsw.Connection(str(other))
    list(connection.execute("CREATE TABLE t (x)"))
    connection.close()
    with pytest.raises(LedgerError, match="no fairweather ledger"):
        Ledger(other)
    with pytest.raises(LedgerError, match="cannot be opened"):
        Ledger(tmp_path / "missing" / "x.db")


def test_a_killed_process_loses_nothing_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "killed.db"
    writer = textwrap.dedent(
        """
        import sys
        from fairweather.ledger import Ledger
        from fairweather.records import Document, on
        ledger = Ledger(sys.argv[1])
        for number in range(100000):
            ledger.add([Document(text=f"Item {number}.", published=on("2024"))])
            print(number, flush=True)
        """
    )
    with subprocess.Popen(
        [sys.executable, "-c", writer, str(path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for _ in range(40):
            process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
        # What stood in the pipe when it was killed was acknowledged too.
        rest = [int(line) for line in process.stdout if line.endswith("\n")]
    acknowledged = max([39, *rest])
    with Ledger(path) as opened:
        kept = {document.text for document in opened.documents()}
        assert {f"Item {number}." for number in range(acknowledged + 1)} <= kept
        assert not list(faults(opened))


def test_two_desks_may_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "shared.db"
    with Ledger(path) as one, Ledger(path) as other:
        one.add([Document(text="First.")])
        other.add([Document(text="Second."), Document(text="First.")])
        assert {d.text for d in one.documents()} == {"First.", "Second."}


def test_a_full_disk_is_said_and_leaves_the_ledger_usable(
    fresh: Callable[[str], Ledger],
) -> None:
    from fairweather.errors import LedgerFull

    ledger = fresh("full.db")
    ledger.add([Document(text="Before.")])
    pages = ledger.file.run("PRAGMA page_count")[0][0]
    ledger.file.run(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(LedgerFull, match=r"full\.db.*Free some space"):
        ledger.add([Document(text="x" * 2_000_000)])
    ledger.file.run("PRAGMA max_page_count = 1000000")
    ledger.add([Document(text="After.")])
    assert {document.text for document in ledger.documents()} == {"Before.", "After."}
    ledger.close()
