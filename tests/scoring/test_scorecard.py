"""Who is scored, against what, and that nothing of it was learnt from later."""

import datetime as dt
from dataclasses import replace

import pytest

from fairweather.desk.figures import recompute
from fairweather.desk.questions import Scorebook
from fairweather.desk.scorecards import scorecard
from fairweather.ledger import Ledger
from fairweather.records import parse_figure_id
from fairweather.records.questions import Forecast, Question, Resolution
from fairweather.scoring import Scorecard, score
from fairweather.scoring.pooling import BY_RECORD, EQUAL, pooled, pools, track_record, weight

from .conftest import BOATS, BOATS_AGAIN, ECHO, ask, say

SIGNED = "agreement stage signed between CHL and PER"


def came(question: Question, outcome: str, on: str = "", **other: str) -> Resolution:
    return Resolution(
        question=question.id,
        outcome=outcome,
        on=on or question.closes,
        by="person/a",
        reason="seen",
        **other,
    )


def day(number: int) -> str:
    return (dt.date(2030, 1, 1) + dt.timedelta(days=number)).isoformat()


def many(count: int) -> list[Question]:
    """Questions that open and close one after the other, thirty days each."""
    return [
        ask("in words", statement=f"Number {n}", opens=day(10 * n), closes=day(10 * n + 30))
        for n in range(count)
    ]


def carded(
    questions: list[Question], outcomes: list[str], chance: float = 0.7, by: str = "anna"
) -> Scorecard:
    said = [say(one, chance, by, made=one.opens) for one in questions]
    standing = {q.id: came(q, o) for q, o in zip(questions, outcomes, strict=True)}
    return score(questions, said, standing, "2040-01-01")


def test_only_closed_and_resolved_questions_count_and_void_is_not_wrong() -> None:
    questions = many(4)
    said = [say(one, 0.7, made=one.opens) for one in questions]
    standing = {
        questions[0].id: came(questions[0], "occurred"),
        questions[1].id: came(questions[1], "void"),
        questions[3].id: came(questions[3], "occurred", on=questions[3].opens),
    }
    card = score(questions, said, standing, questions[2].closes[:8] + "28")
    assert [row.question.id for row in card.rows] == [questions[0].id]
    assert (card.void, card.unresolved, card.closing) == (1, 1, 1)


def test_a_mean_of_few_questions_is_not_told() -> None:
    few = carded(many(9), ["occurred"] * 9).whole
    assert few.too_few
    assert (few.brier, few.log, few.bins, few.skill_base) == (None, None, (), None)
    enough = carded(many(10), ["occurred"] * 10).whole
    assert enough.brier is not None
    assert enough.brier.value == pytest.approx(0.09)


def test_the_base_rate_is_that_of_questions_settled_before() -> None:
    card = carded(many(12), ["occurred"] * 12)
    # Each closes thirty days after it opens, so that three more are open before it settles.
    assert [round(row.base, 3) for row in card.rows[:6]] == [0.5, 0.5, 0.5, 0.5, 0.75, 0.833]


def test_a_forecast_weighs_the_time_for_which_it_stood() -> None:
    (question,) = many(1)
    said = [say(question, 0.2, made=day(0)), say(question, 0.9, made=day(30))]
    card = score([question], said, {question.id: came(question, "occurred")}, "2040-01-01")
    assert [round(row.weight, 3) for row in card.rows] == [0.968, 0.032]


def test_what_was_said_after_the_outcome_was_public_is_hindsight() -> None:
    (question,) = many(1)
    said = [say(question, 0.2, made=day(0)), say(question, 1.0, made=day(20))]
    standing = {question.id: came(question, "occurred", on=day(10))}
    (row,) = score([question], said, standing, "2040-01-01").rows
    assert row.forecast.low == 0.2


def test_groups_by_every_dimension_hold_all_rows() -> None:
    card = carded(many(12), ["occurred", "did_not_occur"] * 6)
    for dimension in ("author", "outlet", "topic", "horizon", "method"):
        assert sum(len(group.rows) for group in card.by(dimension)) == 12
    assert card.by("horizon")[0].name == "up to a month"


def test_an_interval_is_told_as_a_range_of_scores() -> None:
    questions = many(10)
    said = [
        Forecast(question=one.id, by="anna", made=one.opens, low=0.2, high=0.6) for one in questions
    ]
    card = score(
        questions, said, {one.id: came(one, "occurred") for one in questions}, "2040-01-01"
    )
    brier = card.whole.brier
    assert brier is not None
    assert (brier.best, brier.value, brier.worst) == pytest.approx((0.16, 0.36, 0.64))


def test_ladders_are_ranked() -> None:
    ladders = [replace(one, answers=("none", "words", "arms"), id="") for one in many(10)]
    said = [
        Forecast(question=one.id, by="anna", made=one.opens, shares=(0.2, 0.5, 0.3))
        for one in ladders
    ]
    standing = {one.id: came(one, "occurred", answer="none") for one in ladders}
    whole = score(ladders, said, standing, "2040-01-01").whole
    assert whole.rps is not None
    assert whole.rps.value == pytest.approx(0.365)
    assert whole.brier is None


# -- no leak ---------------------------------------------------------------------------------


def test_a_document_from_the_future_changes_no_score(early: Scorebook, ledger: Ledger) -> None:
    asked = early.add(
        ask("event: AID from CHL to PER", opens="2030-09-01", closes="2030-12-31"),
    )
    early.forecast(asked.id, say(asked, 0.3, made="2030-09-02"))
    ledger.questions.add([came(asked, "did_not_occur", on="2031-01-15")])
    before = scorecard(ledger, "2031-01-31").rows
    ledger.add([ECHO, BOATS_AGAIN])
    assert scorecard(ledger, "2031-01-31").rows == before
    # The boats of August were not known in September, when the forecast was made.
    assert before[0].status is None


def test_the_last_status_is_read_from_what_was_public(early: Scorebook, ledger: Ledger) -> None:
    asked = early.add(ask("event: AID from CHL to PER", opens="2031-01-15", closes="2031-07-15"))
    early.forecast(asked.id, say(asked, 0.3, made="2031-01-16"))
    ledger.questions.add([came(asked, "did_not_occur")])
    (row,) = scorecard(ledger, "2032-01-31").rows
    assert row.status == 1.0
    assert BOATS.date.since == "2030-08"


def test_a_score_answers_why(early: Scorebook, ledger: Ledger) -> None:
    asked = early.add(ask(SIGNED), say(ask(SIGNED), 0.4))
    ledger.questions.add([came(asked, "occurred", on="2031-01-15")])
    figure = scorecard(ledger, "2031-06-01").by("author")[0].figure("brier", "2031-06-01")
    again = recompute(ledger, parse_figure_id(figure.id))
    assert again.id == figure.id
    assert again.ingredients[0].value == pytest.approx(0.36)


# -- pools -----------------------------------------------------------------------------------


def test_a_pool_is_the_mean_of_log_odds() -> None:
    assert pooled([0.5, 0.5]) == pytest.approx(0.5)
    assert pooled([0.2, 0.8]) == pytest.approx(0.5)
    assert pooled([0.9, 0.5]) == pytest.approx(0.75)
    assert pooled([0.7, 0.7], power=2.0) > 0.7
    assert 0 < pooled([0.0, 0.0]) < 0.01


def test_who_was_right_before_weighs_more_and_only_from_then_on() -> None:
    questions = many(20)
    said = [
        say(one, chance, by, made=one.opens)
        for one in questions
        for by, chance in (("good", 0.9), ("bad", 0.2))
    ]
    standing = {one.id: came(one, "occurred") for one in questions}
    track = track_record(said, standing)
    last = day(10_000)
    assert weight("good", last, track) > weight("bad", last, track)
    assert weight("good", day(0), track) == weight("bad", day(0), track)
    both = {one.by: one.middle for one in pools(said[-2:], track)}
    assert both[BY_RECORD] > both[EQUAL] == pytest.approx(pooled([0.9, 0.2]))


def test_one_voice_is_no_pool_and_a_change_of_mind_moves_it() -> None:
    (question,) = many(1)
    said = [
        say(question, 0.2, "anna", day(0)),
        say(question, 0.6, "bert", day(1)),
        say(question, 0.6, "anna", day(2)),
    ]
    track = track_record([], {})
    assert pools(said[:1], track) == ()
    equal = [one for one in pools(said, track) if one.by == EQUAL]
    assert [one.made for one in equal] == [day(1), day(2)]
    assert equal[-1].middle == pytest.approx(0.6)


def test_pools_are_scored_beside_their_members_and_not_counted_twice() -> None:
    questions = many(12)
    said = [
        say(one, chance, by, made=one.opens)
        for one in questions
        for by, chance in (("anna", 0.9), ("bert", 0.4))
    ]
    track = track_record([], {})
    mixed = [pool for one in questions for pool in pools(
        [f for f in said if f.question == one.id], track)]  # fmt: skip
    standing = {one.id: came(one, "occurred") for one in questions}
    card = score(questions, [*said, *mixed], standing, "2040-01-01")
    assert {group.name for group in card.by("author")} == {"anna", "bert", EQUAL, BY_RECORD}
    assert len(card.whole.rows) == len(card.by("topic")[0].rows) == 24
