"""Predictions and promises, met by what the record says later.

Only what can be read off typed records is judged: a promised stage of an agreement
against the stage that came, an expectation on one rung of support against what was given
or withheld. Everything else stays open, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fairweather.records import Agreement, Prediction, Record, Stage, Support, When
from fairweather.vocabulary import vocabulary

EXPECTED = {"likely": True, "promised": True, "unlikely": False, "ruled_out": False}
"""States of support that foretell, and whether they foretell that it will be given."""


STAGE_CRITERION = re.compile(
    r"agreement stage (?P<stage>\w+) between (?P<a>\S+) and (?P<b>\S+?)(?: by \S+)?"
)
"""The criterion of a prediction that an agreement will reach a stage."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Something foretold, and what became of it.

    `record` is the row that foretells; `outcome` a word of the vocabulary; `finding` says
    in a sentence what decided it, by the rows in `decided_by`.
    """

    record: Record
    said: str
    outcome: str
    finding: str
    decided_by: tuple[str, ...] = ()


def met_by_record(
    predictions: Sequence[Prediction],
    agreements: Sequence[Agreement],
    support: Sequence[Support],
    published: Mapping[str, When],
) -> tuple[Forecast, ...]:
    """Every prediction, promise and expectation with its outcome, decided ones first."""
    found = [
        *(one for agreement in agreements for one in promised_stages(agreement)),
        *expected_support(support, published),
        *(
            foretold_stage(row, agreements, published)
            or Forecast(row, row.statement, "open", "nothing read so far decides it")
            for row in predictions
            if row.outcome != "not_scorable"
        ),
    ]
    return tuple(sorted(found, key=lambda one: one.outcome == "open"))


def promised_stages(agreement: Agreement) -> Iterator[Forecast]:
    """Promises to sign that carry a date, against the signing that came or did not."""
    signed = [stage for stage in agreement.stages if stage.stage == "signed"]
    for promise in agreement.stages:
        if promise.stage not in ("promised", "announced", "proposed") or not promise.date.known:
            continue
        later = [stage for stage in signed if not stage.date.surely_before(promise.date)]
        if later:
            yield _met(agreement, promise, later[0])


def foretold_stage(
    prediction: Prediction, agreements: Sequence[Agreement], published: Mapping[str, When]
) -> Forecast | None:
    """A prediction that an agreement reaches a stage, against the stage that came later.

    That nothing of the kind was read decides nothing: only a stage reached inside the
    horizon, or surely after it, does.
    """
    found = STAGE_CRITERION.fullmatch(prediction.criterion)
    if not found:
        return None
    known = published.get(prediction.document, When())
    for agreement in _spoken_of(prediction, agreements, {found["a"], found["b"]}):
        reached = [
            stage.date
            for stage in agreement.stages
            if stage.stage == found["stage"] and known.surely_before(stage.date)
        ]
        if reached:
            return _stage_met(prediction, agreement, reached[0], found["stage"])
    return None


def _spoken_of(
    prediction: Prediction, agreements: Sequence[Agreement], parties: set[str]
) -> list[Agreement]:
    """The agreements that a prediction may mean: of the same words, else of the same parties."""
    between = [one for one in agreements if parties <= set(one.parties)]
    same_words = [
        one
        for one in between
        if any(
            quote.document == own.document and quote.start < own.end and own.start < quote.end
            for quote in one.quotes
            for own in prediction.quotes
        )
    ]
    return same_words or between


def _stage_met(
    prediction: Prediction, agreement: Agreement, reached: When, stage: str
) -> Forecast | None:
    horizon = prediction.horizon
    verb = vocabulary("stages")[stage].label.lower()
    if horizon.known and horizon.surely_before(reached):
        finding = f"not {verb} by {horizon.until or horizon.since}; {verb} on {reached.text()}"
        outcome = "did_not_occur"
    elif horizon.latest is None or (reached.latest and reached.latest <= horizon.latest):
        finding, outcome = f"{verb} on {reached.text()}", "occurred"
    else:
        return None
    return Forecast(prediction, prediction.statement, outcome, finding, (agreement.id,))


def _met(agreement: Agreement, promise: Stage, signing: Stage) -> Forecast:
    kept = signing.date.may_equal(promise.date)
    if kept:
        finding = f"signed on {signing.date.text()}, as promised"
    else:
        finding = f"not signed by {promise.date.text()}; signed on {signing.date.text()}"
    return Forecast(
        agreement,
        f"{vocabulary('stages')[promise.stage].label.lower()} for {promise.date.text()}:"
        f" signing of {agreement.name}",
        "occurred" if kept else "did_not_occur",
        finding,
        (agreement.id,),
    )


def expected_support(
    support: Sequence[Support], published: Mapping[str, When]
) -> Iterator[Forecast]:
    """Expectations on a rung, against later rows that settle the same rung."""
    states = vocabulary("support_states")
    for row in support:
        if row.state not in EXPECTED:
            continue
        when = published.get(row.document, When())
        later = [
            other
            for other in support
            if (other.giver, other.receiver, other.level) == (row.giver, row.receiver, row.level)
            and states[other.state].extra["certain"]
            and when.surely_before(published.get(other.document, When()))
        ]
        if later:
            yield _settled(row, later)


def _settled(row: Support, later: Sequence[Support]) -> Forecast:
    given = {vocabulary("support_states")[other.state].extra["stance"] == "for" for other in later}
    rung = vocabulary("rungs")[row.level].label.lower()
    said = f"{row.giver} to {row.receiver}, {rung}: {row.state.replace('_', ' ')}"
    ids = tuple(other.id for other in later)
    if len(given) > 1:
        return Forecast(row, said, "partly", "later sources disagree", ids)
    came = given.pop()
    outcome = "occurred" if came == EXPECTED[row.state] else "did_not_occur"
    return Forecast(row, said, outcome, "later given" if came else "later withheld", ids)
