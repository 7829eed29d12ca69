"""What was published or recorded later never changes what was known before."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairweather.errors import LedgerError, MisuseError, UnknownKey
from fairweather.ledger import (
    Decision,
    Ledger,
    Window,
    current,
    current_documents,
    export_rows,
    instant,
    window,
    window_of_text,
)
from fairweather.records import (
    RECORD_TYPES,
    Agreement,
    Document,
    Event,
    Record,
    Support,
    on,
    to_line,
)

NOON, LATER = "2026-03-01T12:00:00Z", "2026-03-02T12:00:00Z"
DAYS = tuple(f"2025-01-{day:02}" for day in range(1, 10))
STATES = ("NOR", "FIN", "SWE")


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> str:
        return self.now


def told(number: int, day: str, a: str, b: str) -> list[Record]:
    """A document of a day, with an event, a pact and support between two states."""
    document = Document(
        text=f"Item {number}: {a} met {b}, signed a pact and sent boats.", published=on(day)
    )
    quote = document.quote(0, len(document.text))
    return [
        document,
        Event(quotes=(quote,), source=(a,), target=(b,), event_class="CONSULT", status="factual"),
        Agreement(quotes=(quote,), name=f"pact {number}", parties=(a, b)),
        Support(quotes=(quote,), giver=a, receiver=b, level="limited_arms", state="given"),
    ]


def answers(ledger: Ledger) -> list[object]:
    """What every way of asking says, as plain text."""
    kinds = [kind for kind in RECORD_TYPES.values() if kind is not Document]
    return [
        [to_line(row) for row in export_rows(ledger, everything=True)],
        [current(ledger, kind) for kind in kinds],
        [current(ledger, kind, actors=("NOR", "FIN")) for kind in kinds],
        [document.id for document in current_documents(ledger)],
        [hit.document for hit in ledger.search("boats", marked=False)],
        ledger.actor_ids(),
        ledger.counts(),
    ]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


item = st.tuples(st.integers(0, 99), st.sampled_from(DAYS), st.permutations(STATES))
judged = st.tuples(
    st.sampled_from(("reject", "accept", "merge", "split", "supersede")),
    st.integers(0, 9),
    st.integers(0, 9),
)


def decision(made: tuple[str, int, int], rows: list[Record]) -> Decision:
    kind, one, other = made
    pacts = [row for row in rows if isinstance(row, Agreement)]
    texts = [row for row in rows if isinstance(row, Document)]
    chosen: list[Record] = list(texts if kind == "supersede" else pacts)
    subject, object_ = chosen[one % len(chosen)].id, chosen[other % len(chosen)].id
    only_one = kind in ("reject", "accept")
    return Decision(kind=kind, subject=subject, object="" if only_one else object_, by="person/a")


@settings(deadline=None, max_examples=25)
@given(
    st.lists(item, min_size=1, max_size=4),
    st.lists(item, min_size=1, max_size=4),
    st.lists(judged, max_size=3),
    st.lists(judged, max_size=3),
)
def test_what_comes_later_changes_no_earlier_answer(
    folder: Path,
    first: list[tuple[int, str, list[str]]],
    second: list[tuple[int, str, list[str]]],
    judged_first: list[tuple[str, int, int]],
    judged_later: list[tuple[str, int, int]],
) -> None:
    path = folder / "window.db"
    for name in (path, *folder.glob("window.db-*")):
        name.unlink(missing_ok=True)
    clock = Clock()
    with Ledger(path, clock) as ledger:
        rows = [row for n, day, (a, b, _) in first for row in told(n, day, a, b)]
        ledger.add(rows, [decision(made, rows) for made in judged_first])
        before, then = answers(ledger), answers(ledger.within(Window(as_of="2025-01-09")))
        clock.now = LATER
        # Published later and recorded later; judged later, on rows of either time.
        late = [row for n, day, (a, b, _) in second for row in told(n, f"2025-02-{day[8:]}", a, b)]
        ledger.add(late)
        assert answers(ledger.within(Window(as_of="2025-01-09"))) == then
        ledger.add((), [decision(made, [*rows, *late]) for made in judged_later])
        assert answers(ledger.within(Window(recorded_by=NOON))) == before


def test_a_text_replaced_later_still_stands_as_of_the_day_before(ledger: Ledger) -> None:
    old, new = told(1, "2025-01-01", "NOR", "FIN"), told(2, "2025-01-05", "NOR", "FIN")
    change = Decision(kind="supersede", subject=old[0].id, object=new[0].id, by="rule revision/1")
    ledger.add([*old, *new], [change])
    assert [one.id for one in current(ledger, Event)] == [new[1].id]
    assert [one.id for one in current_documents(ledger)] == [new[0].id]
    early = ledger.within(Window(as_of="2025-01-04"))
    assert [one.id for one in current(early, Event)] == [old[1].id]
    assert early.decisions() == ()
    ledger.add((), [Decision(kind="undo", subject=change.id, by="person/a")])
    assert len(current(ledger, Event)) == 2


def test_the_past_cannot_be_written_to(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="cannot be added to"):
        ledger.within(Window(as_of="2025-01-01")).add(told(1, "2025-01-01", "NOR", "FIN"))


def test_a_row_outside_the_window_is_not_there(ledger: Ledger) -> None:
    rows = told(1, "2025-01-05", "NOR", "FIN")
    ledger.add(rows)
    early = ledger.within(Window(as_of="2025-01-04"))
    assert not early.has(rows[1].id)
    with pytest.raises(UnknownKey, match="within the dates asked for"):
        early.record(rows[1].id)


def test_instants_are_utc_and_a_day_means_its_end() -> None:
    assert instant("2026-01") == "2026-01-31T23:59:59Z"
    assert instant("2026-01-17T14:30") == "2026-01-17T14:30:00Z"
    assert instant("2026-01-17T02:00+03:30") == "2026-01-16T22:30:00Z"
    with pytest.raises(MisuseError, match="not an instant"):
        instant("yesterday")


def test_a_window_in_a_figures_id_reads_back() -> None:
    for seen in (Window(), window("2024"), window("2024", "2026-01-01"), window(None, "2026")):
        assert window_of_text(seen.text()) == seen
