"""Accounts of one act come together, two acts stay apart, and the order of reading is nothing."""

import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from fairweather.coding.stories import COPY_RULE, RELAY_RULE, STORY_RULE, join_stories
from fairweather.desk.review import Review
from fairweather.ledger import Decision, Ledger, Window, standing
from fairweather.ledger.stories import stories_of
from fairweather.profile import count_origins, origins_of
from fairweather.records import Document, Event, Tie, on

BENCH = str(Path(__file__).parents[3] / "bench")
Told = tuple[str, Document, Event]


def told() -> list[Told]:
    """The accounts of `stories.toml`, read as the bench reads them."""
    sys.path.insert(0, BENCH)
    try:
        import _story_accounts
    finally:
        sys.path.remove(BENCH)
    accounts: list[Told] = _story_accounts.told()
    return accounts


def read(ledger: Ledger, accounts: Sequence[Told], at_once: int = 1000) -> None:
    for start in range(0, len(accounts), at_once):
        part = accounts[start : start + at_once]
        for _, document, event in part:
            ledger.add([document, event])
        ledger.add((), join_stories(ledger, [document for _, document, _ in part]))


def shown(ledger: Ledger, window: Window | None = None) -> set[frozenset[str]]:
    seen = window or Window()
    found = stories_of(ledger, tuple(ledger.statements(Event, seen)), seen)
    return {frozenset(event.id for event in story.events) for story in found}


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "test.db", clock=lambda: "2026-01-01T00:00:00Z")


def of(story: str) -> list[Told]:
    return [one for one in told() if one[0] == story]


def ids(accounts: Sequence[Told]) -> frozenset[str]:
    return frozenset(event.id for _, _, event in accounts)


def test_one_loan_told_four_ways_is_one_story(ledger: Ledger) -> None:
    accounts = of("loan-first")
    read(ledger, accounts)
    assert shown(ledger) == {ids(accounts)}


def test_two_strikes_of_one_week_are_two(ledger: Ledger) -> None:
    monday, thursday = of("border-shelling-monday"), of("border-shelling-thursday")
    read(ledger, monday + thursday)
    assert shown(ledger) == {ids(monday), ids(thursday)}


def test_the_drill_of_another_year_is_another(ledger: Ledger) -> None:
    before, after = of("drill-2022"), of("drill-2023")
    read(ledger, before + after)
    assert shown(ledger) == {ids(before), ids(after)}


def test_the_promise_of_ships_is_not_their_delivery(ledger: Ledger) -> None:
    promised, delivered = of("corvettes-promised"), of("corvettes-delivered")
    read(ledger, promised + delivered)
    assert shown(ledger) == {ids(promised), ids(delivered)}


@pytest.mark.parametrize("seed", range(3))
def test_stories_do_not_hang_on_the_order_of_reading(seed: int, tmp_path: Path) -> None:
    ordered, shuffled = told(), told()
    random.Random(seed).shuffle(shuffled)
    with Ledger(tmp_path / "a.db") as one, Ledger(tmp_path / "b.db") as other:
        read(one, ordered)
        read(other, shuffled, at_once=9 + seed)
        assert shown(one) == shown(other)
        assert relays(one) == relays(other)


def relays(ledger: Ledger) -> set[tuple[str, str]]:
    made = standing(ledger.decisions())
    return {(one.subject, one.object) for one in made if one.kind == "relay"}


def test_reading_the_same_twice_decides_nothing_new(ledger: Ledger) -> None:
    read(ledger, told())
    before = ledger.decisions()
    assert not join_stories(ledger, list(ledger.documents()))
    assert ledger.decisions() == before


def test_the_past_does_not_learn_from_what_came_later(tmp_path: Path) -> None:
    accounts = told()
    day = "2023-08-15"
    early = [one for one in accounts if (one[1].published.until or "") <= day]
    with Ledger(tmp_path / "all.db") as whole, Ledger(tmp_path / "early.db") as past:
        read(whole, accounts)
        read(past, early)
        assert shown(whole, Window(as_of=day)) == shown(past)


def test_a_text_that_gave_way_to_a_later_one_told_of_the_act_until_then(ledger: Ledger) -> None:
    (_, document, event), *others = accounts = sorted(
        of("loan-first"), key=lambda one: one[1].published.until or ""
    )
    read(ledger, accounts)
    day = others[0][1].published.until
    before = shown(ledger, Window(as_of=day))
    revised = Document(text=document.text + " (Updated.)", published=on("2030-01-01"))
    again = replace(event, id="", quotes=(revised.quote(0, len(document.text)),))
    ledger.add(
        [revised, again],
        [Decision(kind="supersede", subject=document.id, object=revised.id, by="rule revision/1")],
    )
    ledger.add((), join_stories(ledger, [revised]))
    assert shown(ledger, Window(as_of=day)) == before


def test_a_decision_tells_its_score_and_its_reason(ledger: Ledger) -> None:
    read(ledger, of("gas-cut"))
    made = [one for one in ledger.decisions() if one.by == STORY_RULE]
    assert all(one.reason.startswith("one act, score ") for one in made)
    assert any("the number 16,000,000" in one.reason for one in made)


def test_what_a_person_splits_stays_apart(ledger: Ledger) -> None:
    accounts = of("loan-second")
    read(ledger, accounts)
    first, second, _ = (event.id for _, _, event in accounts)
    review = Review(ledger, "anna")
    split = review.split(second, first, reason="two credits")
    assert not any({first, second} <= story for story in shown(ledger))
    read(ledger, accounts)
    assert not any({first, second} <= story for story in shown(ledger))
    review.undo(split[0].id)
    assert shown(ledger) == {ids(accounts)}


def test_undoing_a_rules_merge_keeps_its_ends_apart(ledger: Ledger) -> None:
    accounts = of("visa-ban")[:2]
    read(ledger, accounts)
    (made,) = [one for one in ledger.decisions() if one.by == STORY_RULE]
    Review(ledger, "anna").undo(made.id)
    assert len(shown(ledger)) == 2
    read(ledger, accounts)
    assert len(shown(ledger)) == 2


def test_a_person_may_merge_what_no_rule_would(ledger: Ledger) -> None:
    accounts = [of("phone-call")[0], of("flood-relief")[0]]
    read(ledger, accounts)
    Review(ledger, "anna").merge(accounts[0][2].id, accounts[1][2].id)
    assert shown(ledger) == {ids(accounts)}


# -- origins -----------------------------------------------------------------------------------

WIRE = (
    "Norway and Finland agreed on Monday to patrol their northern border together. The two"
    " interior ministers said the first patrols would set out before the winter, and that each"
    " side would pay for its own men, vehicles and huts along the whole of the long frontier."
)


def paper(name: str, text: str, day: str = "2024-05-06") -> Document:
    return Document(
        text=text, publisher=name, url=f"https://{name}.example/1", published=on(day), genre="news"
    )


def tie(document: Document, words: str, viewpoint: str = "author") -> Tie:
    start = document.text.index(words)
    quote = document.quote(start, start + len(words))
    return Tie(quotes=(quote,), a="NOR", b="FIN", viewpoint=viewpoint, strand="trust", polarity="+")


def origins_counted(ledger: Ledger, documents: Sequence[Document], rows: Sequence[Tie]) -> int:
    for document in documents:
        ledger.add([document, *(row for row in rows if row.document == document.id)])
    ledger.add((), join_stories(ledger, documents))
    return count_origins(rows, origins_of(ledger, documents, rows))


def test_a_wire_story_lightly_edited_is_one_origin(ledger: Ledger) -> None:
    own = paper("wire", WIRE)
    copy = paper("gazette", WIRE.replace("said the", "told reporters that the") + "\nSubscribe now")
    rows = [tie(own, "agreed on Monday"), tie(copy, "agreed on Monday")]
    assert origins_counted(ledger, [own, copy], rows) == 1
    assert [one.by for one in ledger.decisions() if one.kind == "relay"][:1] == [COPY_RULE]


def test_boilerplate_makes_no_copy(ledger: Ledger) -> None:
    foot = "\nRead more: subscribe to our newsletter and follow us for all of the latest news here."
    one = paper("a", f"Rain fell on Oslo.{foot}")
    other = paper("b", f"Wheat is dear in Turku this spring.{foot}")
    ledger.add([one, other])
    assert not join_stories(ledger, [one, other])


def test_two_papers_passing_on_one_agency_are_one_origin(ledger: Ledger) -> None:
    one = paper("a", "Reuters reported that Norway trusts Finland to guard its northern border.")
    other = paper("b", "Norway trusts Finland with guarding the border, according to Reuters.")
    rows = [tie(one, "Norway trusts Finland to"), tie(other, "Norway trusts Finland with")]
    assert origins_counted(ledger, [one, other], rows) == 1
    (made,) = [d for d in ledger.decisions() if d.kind == "relay"]
    assert made.by == RELAY_RULE
    assert "both from Reuters" in made.reason


def test_two_papers_on_their_own_are_two_origins(ledger: Ledger) -> None:
    one = paper("a", "Oslo relies on Finnish rangers without hesitation, our correspondent finds.")
    other = paper("b", "Generals in Norway speak warmly of how Helsinki keeps its word.")
    rows = [tie(one, "Oslo relies"), tie(other, "Generals in Norway")]
    assert origins_counted(ledger, [one, other], rows) == 2


def test_one_statement_in_three_papers_is_one_origin(ledger: Ledger) -> None:
    said = "Norway will always keep faith with its Finnish neighbours"
    papers = [
        paper("a", f"{said}, the premier told a rally on Sunday evening."),
        paper("b", f"In a speech she vowed: {said}. Crowds cheered loudly."),
        paper("c", f'"{said}," ran the line that everybody remembers.', "2024-05-08"),
    ]
    rows = [tie(one, said, "NOR") for one in papers]
    assert origins_counted(ledger, papers, rows) == 1


def test_one_statement_a_month_later_counts_again(ledger: Ledger) -> None:
    said = "Norway will always keep faith with its Finnish neighbours"
    papers = [
        paper("a", f"{said}, she told a rally in the rain, then went home by a late train."),
        paper(
            "b", f"Prices rose again in June. Asked of the border she said: {said}.", "2024-06-20"
        ),
    ]
    rows = [tie(one, said, "NOR") for one in papers]
    assert origins_counted(ledger, papers, rows) == 2


def test_an_earlier_paper_read_late_becomes_the_origin(ledger: Ledger) -> None:
    late = paper("late", WIRE, "2024-05-08")
    later = paper("later", f"By our staff. {WIRE}", "2024-05-09")
    first = replace(paper("first", f"{WIRE} More follows.", "2024-05-06"), id="")
    ledger.add([late, later])
    ledger.add((), join_stories(ledger, [late, later]))
    ledger.add([first])
    ledger.add((), join_stories(ledger, [first]))
    origin = origins_of(ledger, [first, late, later], [])
    assert set(origin.values()) == {first.id}
