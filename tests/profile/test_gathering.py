"""A profile gathered part by part says what the ledger as a whole says."""

from pathlib import Path

import pytest

from fairweather.desk import Desk
from fairweather.ledger import Decision, Window, actors_in, current
from fairweather.ledger.parts import actors_named
from fairweather.profile import profile_dyad
from fairweather.records import RECORD_TYPES, Document, Event, Support, Tie, to_row

PAIR = ("RUS", "IRN")


def test_a_record_names_whom_its_row_names(examples_desk: Desk) -> None:
    for kind in RECORD_TYPES.values():
        if kind is not Document:
            for record in examples_desk.ledger.statements(kind):
                named = [one for one in actors_in(to_row(record)) if one]
                assert list(actors_named(record)) == named


@pytest.mark.parametrize("window", [Window(), Window(as_of="2022-06-30")])
def test_the_parts_of_a_profile_are_the_rows_that_stand(
    examples_desk: Desk, window: Window
) -> None:
    ledger = examples_desk.ledger
    profile = profile_dyad(ledger, *PAIR, window)
    assert profile.events == current(ledger, Event, window, actors=PAIR)
    ties = current(ledger, Tie, window, actors=PAIR)
    assert {one for view in profile.views for one in view.records} <= {tie.id for tie in ties}
    quoted = {
        quote.document
        for kind in RECORD_TYPES.values()
        if kind.type not in ("document", "actor", "amount")
        for row in current(ledger, kind, window, actors=PAIR)
        for quote in row.quotes
    }
    assert set(profile.dates) == set(profile.documents) == quoted


def test_support_to_others_is_that_of_either_side_to_neither(examples_desk: Desk) -> None:
    ledger = examples_desk.ledger
    found = profile_dyad(ledger, *PAIR).elsewhere
    wanted = {
        row.id for row in current(ledger, Support) if row.giver in PAIR and row.receiver not in PAIR
    }
    assert {row.id for row in found} == wanted
    assert len(found) == len(wanted)
    assert tuple(found[-2:]) == tuple(found)[-2:]


def test_the_order_of_looking_changes_nothing(examples_desk: Desk) -> None:
    one, other = (profile_dyad(examples_desk.ledger, *PAIR) for _ in range(2))
    names = list(type(one).__dataclass_fields__)
    forth = {name: getattr(one, name) for name in names}
    back = {name: getattr(other, name) for name in reversed(names)}
    for name in names:
        told = (list(part) if name == "elsewhere" else part for part in (forth[name], back[name]))
        assert next(told) == next(told), name


def test_a_profile_may_be_looked_at_after_its_ledger_was_closed(examples_ledger: Path) -> None:
    with Desk(examples_ledger) as desk:
        profile = desk.profile(*PAIR)
    assert profile.events
    assert profile.last_published.year >= 2025


def test_who_is_told_apart_in_a_document_leaves_the_profile_with_it(
    examples_desk: Desk, tmp_path: Path
) -> None:
    copy = examples_desk.ledger.back_up(tmp_path / "copy.db")
    with Desk(copy) as desk:
        before = desk.profile(*PAIR)
        gone = next(iter(before.dates))
        desk.ledger.add((), [Decision(kind="split", subject="RUS", object=gone, by="person/anna")])
        after = desk.profile(*PAIR)
        assert gone in before.dates
        assert all(row.document != gone for row in (*after.events, *after.support))
