"""Two statements on one subject that cannot both hold."""

from __future__ import annotations

from fairweather.profile.contradictions import contradictions
from fairweather.records import UNDATED, Agreement, Clause, Quote, Support, Tie, When, between, on

PUBLISHED = {
    "spring": on("2023-03-01"),
    "summer": on("2023-07-01"),
    "later": on("2025-01-10"),
    "vague": between("2023-01-01", "2025-12-31"),
}


def quote(document: str) -> Quote:
    return Quote(document, 0, 4, "text")


def helped(document: str, state: str, date: When = UNDATED, level: str = "major_arms") -> Support:
    return Support(
        giver="FRA",
        receiver="GRC",
        level=level,
        state=state,
        date=date,
        quotes=(quote(document),),
    )


def bound(document: str, polarity: str, viewpoint: str = "GRC") -> Tie:
    return Tie(
        a="GRC",
        b="FRA",
        viewpoint=viewpoint,
        strand="trust",
        polarity=polarity,
        quotes=(quote(document),),
    )


def test_arms_withheld_and_later_given_are_settled_by_date():
    withheld, given = helped("spring", "withheld"), helped("later", "given")
    (found,) = contradictions([given, withheld], [], [], PUBLISHED)
    assert found.subject == ("FRA", "GRC", "major_arms")
    assert (found.earlier, found.later) == ((withheld.id,), (given.id,))
    assert (found.settled, found.holds) == ("by date", "given")


def test_one_contradiction_gathers_all_its_statements():
    rows = [helped(d, s) for d in ("spring", "summer") for s in ("withheld",)]
    rows += [helped("later", "given"), helped("later", "reported")]
    (found,) = contradictions(rows, [], [], PUBLISHED)
    assert len(found.earlier) == len(found.later) == 2


def test_overlapping_dates_leave_it_open():
    rows = [helped("vague", "withheld"), helped("summer", "given")]
    (found,) = contradictions(rows, [], [], PUBLISHED)
    assert (found.settled, found.holds) == ("open", "")


def test_a_date_in_the_text_counts_before_the_day_of_publication():
    looking_back = helped("later", "withheld", on("2020", "in 2020"))
    (found,) = contradictions([looking_back, helped("summer", "given")], [], [], PUBLISHED)
    assert (found.settled, found.holds) == ("by date", "given")


def test_a_date_that_is_only_the_publication_adds_nothing():
    by_then = helped("later", "given", between(None, "2025-01-10", "publication"))
    (found,) = contradictions([helped("spring", "withheld"), by_then], [], [], PUBLISHED)
    assert found.settled == "by date"


def test_another_rung_is_another_subject():
    rows = [helped("spring", "withheld"), helped("later", "given", level="economic")]
    assert not contradictions(rows, [], [], PUBLISHED)


def test_what_is_merely_possible_does_not_contradict_what_was_withheld():
    rows = [helped("spring", "withheld"), helped("later", "possible")]
    assert not contradictions(rows, [], [], PUBLISHED)


def test_a_duty_denied_and_a_gift_withheld_are_told_once_when_both_are_disputed():
    rows = [
        helped("spring", "not_obliged"),
        helped("spring", "withheld"),
        helped("later", "obliged"),
        helped("later", "given"),
    ]
    (found,) = contradictions(rows, [], [], PUBLISHED)
    assert len(found.earlier) == len(found.later) == 2


def test_two_opinions_of_one_period_stay_open():
    (found,) = contradictions([], [bound("spring", "+"), bound("summer", "-")], [], PUBLISHED)
    assert found.kind == "tie"
    assert found.subject == ("FRA", "GRC", "trust", "GRC")
    assert (found.settled, found.holds) == ("open", "")


def test_opinions_years_apart_are_a_change_of_mind():
    assert not contradictions([], [bound("spring", "+"), bound("later", "-")], [], PUBLISHED)


def test_each_side_may_see_the_tie_in_its_own_way():
    rows = [bound("spring", "+"), bound("spring", "-", viewpoint="FRA")]
    assert not contradictions([], rows, [], PUBLISHED)


def test_a_clause_said_to_be_there_and_said_to_be_missing():
    agreement = Agreement(
        name="treaty of friendship",
        parties=("FRA", "GRC"),
        clauses=(
            Clause("defense", "present", quotes=(quote("spring"),)),
            Clause("defense", "absent", quotes=(quote("spring"),)),
        ),
        quotes=(quote("spring"),),
    )
    (found,) = contradictions([], [], [agreement], PUBLISHED)
    assert (found.kind, found.settled) == ("clause", "open")
    assert found.subject[:2] == (agreement.id, "defense")
