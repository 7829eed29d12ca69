"""What belongs together in a ledger, kept right as texts come in by any order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fairweather.coding.joining import join_statements
from fairweather.desk.review import Review
from fairweather.ledger import Decision, Ledger, current, standing
from fairweather.records import Agreement, Document, Stage, on


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "test.db", clock=lambda: "2026-01-01T00:00:00Z") as ledger:
        yield ledger


def tell(ledger: Ledger, day: str, name: str, *stages: tuple[str, str]) -> Agreement:
    """An article of a day that speaks of an agreement of Chad and Togo."""
    document = Document(text=f"{day}: the {name}.", published=on(day))
    made = Agreement(
        name=name,
        parties=("TCD", "TGO"),
        kind="pact",
        stages=tuple(Stage(verb, (), on(when)) for verb, when in stages),
        quotes=(document.quote(0, len(document.text)),),
    )
    ledger.add([document, made])
    ledger.add((), join_statements(ledger))
    return made


def together(ledger: Ledger, *rows: Agreement) -> bool:
    """Whether some statements are in one view."""
    wanted = {row.id for row in rows}
    views = current(ledger, Agreement, min_confidence=0)
    return any(wanted <= {view.id, *view.merged} for view in views)


def test_joining_twice_decides_nothing_new(ledger: Ledger) -> None:
    tell(ledger, "2021-05-02", "Chad–Togo pact of 2021", ("signed", "2021-05-01"))
    tell(ledger, "2021-06-02", "Chad–Togo pact of 2021", ("signed", "2021"))
    before = ledger.decisions()
    assert before
    ledger.add((), join_statements(ledger))
    assert ledger.decisions() == before


def test_an_earlier_article_that_comes_to_light_sets_right_what_was_joined(ledger: Ledger) -> None:
    old = tell(ledger, "2001-05-02", "Chad–Togo pact of 2001", ("signed", "2001-05-01"))
    vague = tell(ledger, "2023-04-01", "Chad–Togo pact", ("violated", "2023-03"))
    assert together(ledger, vague, old)
    new = tell(ledger, "2021-05-02", "Chad–Togo pact of 2021", ("signed", "2021-05-01"))
    assert together(ledger, vague, new)
    assert not together(ledger, vague, old)


def test_what_a_person_took_back_no_later_article_joins_again(ledger: Ledger) -> None:
    first = tell(ledger, "2021-05-02", "Chad–Togo pact of 2021", ("signed", "2021-05-01"))
    second = tell(ledger, "2021-06-02", "Chad–Togo pact of 2021", ("signed", "2021"))
    (merge,) = standing(ledger.decisions())
    Review(ledger, "anna").undo(merge.id, "two pacts")
    tell(ledger, "2021-07-02", "Chad–Togo pact of 2021", ("signed", "2021-05"))
    assert not together(ledger, first, second)


def test_one_undo_parts_two_however_many_decisions_tie_them(ledger: Ledger) -> None:
    first = tell(ledger, "2021-05-02", "Chad–Togo pact of 2021", ("signed", "2021-05-01"))
    second = tell(ledger, "2021-06-02", "Chad–Togo pact of 2021", ("signed", "2021"))
    third = tell(ledger, "2021-07-02", "Chad–Togo pact of 2021", ("signed", "2021-05"))
    merge = next(
        one
        for one in standing(ledger.decisions())
        if (one.subject, one.object) == (third.id, first.id)
    )
    Review(ledger, "anna").undo(merge.id, "two pacts")
    assert together(ledger, first, second)
    assert not together(ledger, first, third)


def test_decisions_of_the_rule_as_it_was_give_way(ledger: Ledger) -> None:
    old = tell(ledger, "2001-05-02", "Chad–Togo pact of 2001", ("signed", "2001-05-01"))
    new = tell(ledger, "2021-05-02", "Chad–Togo pact of 2021", ("signed", "2021-05-01"))
    wrong = Decision(kind="merge", subject=new.id, object=old.id, by="rule merge/1")
    ledger.add((), [wrong])
    assert together(ledger, old, new)
    ledger.add((), join_statements(ledger))
    assert not together(ledger, old, new)
