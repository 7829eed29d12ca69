"""What partners did for a state at war, rung by rung, and the wars most like a pair's case."""

import datetime as dt

import pytest

from fairweather.history.nearest import PastCase, nearest_cases
from fairweather.history.pair import pair_history
from fairweather.history.reference import forces_given_war, reference_class
from fairweather.history.support import UNCOVERED, support_history
from fairweather.vocabulary import vocabulary

DAY = dt.date(2025, 6, 1)


def case(year: int, pact: str, **more: object) -> PastCase:
    told: dict[str, object] = {
        "states": ("AAA",),
        "foes": ("BBB",),
        "partners": 4,
        "joined": 1,
        "who": (),
        "bilateral": 4,
        "major": 0,
    }
    return PastCase(year=year, pact=pact, **(told | more))  # type: ignore[arg-type]


@pytest.mark.parametrize("held", [["defense"], ["consultation"], ["non_siding"], []])
def test_the_shares_sum_to_one_and_none_is_zero(held: list[str]) -> None:
    shares = dict(support_history(held).shares)
    assert sum(shares.values()) == pytest.approx(1)
    assert all(0 < share < 1 for share in shares.values())


def test_forces_are_told_by_disputes_as_everywhere_else() -> None:
    told = support_history(["consultation"], ("AAA", "BBB")).rung("forces")
    reference = reference_class(["consultation"])
    assert told.value == forces_given_war(reference).value


def test_arms_come_from_deliveries_and_say_what_peace_looks_like() -> None:
    told = support_history(["nonaggression", "consultation"])
    assert "major arms" in told.rung("arms").meaning
    assert told.in_peace is not None
    assert told.in_peace.mean < (told.rung("arms").value or 0)


def test_every_rung_is_covered_or_said_not_to_be() -> None:
    covered = {name for name, _ in support_history(["defense"]).rungs}
    of_shares = {"none", "troops", "major_arms"}
    assert (
        set(vocabulary("rungs"))
        == (covered & set(vocabulary("rungs"))) | set(UNCOVERED) | of_shares
    )


def test_few_cases_are_marked() -> None:
    assert "few cases" in support_history(["defense"]).rung("statements").meaning


def test_the_nearest_war_has_the_same_pact_and_lies_near_in_time() -> None:
    cases = [case(1950, "consultation"), case(1990, "defense"), case(1991, "consultation")]
    first, second, third = nearest_cases(
        "CCC", "DDD", "consultation", 2020, bilateral=True, cases=cases
    )
    assert (first.case.year, second.case.year, third.case.year) == (1991, 1950, 1990)
    assert dict(third.parts)["pact"] == 2


def test_a_war_of_the_same_state_is_nearer_and_later_wars_are_not_seen() -> None:
    cases = [case(1980, "defense"), case(1980, "defense", states=("DDD",)), case(2001, "defense")]
    found = nearest_cases("CCC", "DDD", "defense", 2000, cases=cases)
    assert found[0].case.states == ("DDD",)
    assert all(one.case.year < 2000 for one in found)


def test_both_directions_share_the_class_but_not_the_nearest_wars() -> None:
    told = pair_history([], "USA", "EGY", DAY, obligations=("consultation",))
    assert told.support["USA"].shares == told.support["EGY"].shares
    assert told.likeness["USA"] != told.likeness["EGY"]
    assert all(figure.arguments[:2] == ("USA", "EGY") for _, figure in told.support["USA"].rungs)


def test_the_last_year_of_each_source_is_told() -> None:
    told = dict(pair_history([], "USA", "EGY", DAY).told_until)
    assert 2014 in told.values()
    assert 2018 in told.values()
