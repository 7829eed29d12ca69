"""Predictions, promises and expectations of one pair, met by what the record says later.

Here no person confirms anything, so that only what is certain by typed records is told as
decided. Everything else stays open, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fairweather.profile import Profile
from fairweather.records import LATEST, Agreement, Prediction, Record, Stage, Support
from fairweather.scoring.criteria import parse_criteria
from fairweather.scoring.known import Known
from fairweather.scoring.meeting import Asked, meet
from fairweather.vocabulary import vocabulary

EXPECTED = {"likely": True, "promised": True, "unlikely": False, "ruled_out": False}
"""States of support that foretell, and whether they foretell that it will be given."""

UNDECIDED = "nothing read so far decides it"


@dataclass(frozen=True, slots=True)
class Foretold:
    """Something foretold, and what became of it.

    `record` is the row that foretells; `outcome` a word of the vocabulary; `finding` says
    in a sentence what decided it, by the rows in `decided_by`.
    """

    record: Record
    said: str
    outcome: str
    finding: str
    decided_by: tuple[str, ...] = ()


def foretold(profile: Profile) -> tuple[Foretold, ...]:
    """Every prediction, promise and expectation of a pair with its outcome, decided ones first."""
    day = profile.last_published.isoformat() if profile.as_of == LATEST else profile.as_of
    by_events = any(row.criterion for row in profile.predictions)
    known = Known(
        day=day,
        events=profile.events if by_events else (),
        agreements=profile.agreements,
        support=profile.support,
        documents=profile.documents,
    )
    return met_by_record(profile.predictions, known)


def met_by_record(predictions: Sequence[Prediction], known: Known) -> tuple[Foretold, ...]:
    """The predictions, and what agreements and support in `known` promise or expect."""
    found = [
        *(one for agreement in known.agreements for one in promised_stages(agreement)),
        *expected_support(known),
        *(
            predicted(row, known) or Foretold(row, row.statement, "open", UNDECIDED)
            for row in predictions
            if row.outcome != "not_scorable"
        ),
    ]
    return tuple(sorted(found, key=lambda one: one.outcome == "open"))


def predicted(prediction: Prediction, known: Known) -> Foretold | None:
    """A prediction with a typed criterion and no condition, where the record is certain."""
    criteria = parse_criteria(prediction.criterion)
    if not criteria or prediction.condition:
        return None
    latest = prediction.horizon.latest
    asked = Asked(
        known.published(prediction.document),
        latest.isoformat() if latest else None,
        prediction.quotes,
    )
    met = meet(criteria, known, asked)
    if not (met.decided and met.certain):
        return None
    return Foretold(prediction, prediction.statement, met.outcome, met.finding, met.records)


def promised_stages(agreement: Agreement) -> Iterator[Foretold]:
    """Promises to sign that carry a date, against the signing that came or did not."""
    signed = [stage for stage in agreement.stages if stage.stage == "signed"]
    for promise in agreement.stages:
        if promise.stage not in ("promised", "announced", "proposed") or not promise.date.known:
            continue
        later = [stage for stage in signed if not stage.date.surely_before(promise.date)]
        if later:
            yield _kept(agreement, promise, later[0])


def _kept(agreement: Agreement, promise: Stage, signing: Stage) -> Foretold:
    kept = signing.date.may_equal(promise.date)
    if kept:
        finding = f"signed on {signing.date.text()}, as promised"
    else:
        finding = f"not signed by {promise.date.text()}; signed on {signing.date.text()}"
    return Foretold(
        agreement,
        f"{vocabulary('stages')[promise.stage].label.lower()} for {promise.date.text()}:"
        f" signing of {agreement.name}",
        "occurred" if kept else "did_not_occur",
        finding,
        (agreement.id,),
    )


def expected_support(known: Known) -> Iterator[Foretold]:
    """Expectations on a rung, against later rows that settle the same rung."""
    states = vocabulary("support_states")
    for row in known.support:
        if row.state not in EXPECTED:
            continue
        when = known.published(row.document)
        later = [
            other
            for other in known.support
            if (other.giver, other.receiver, other.level) == (row.giver, row.receiver, row.level)
            and states[other.state].extra["certain"]
            and when.surely_before(known.published(other.document))
        ]
        if later:
            yield _settled(row, later)


def _settled(row: Support, later: Sequence[Support]) -> Foretold:
    given = {vocabulary("support_states")[other.state].extra["stance"] == "for" for other in later}
    rung = vocabulary("rungs")[row.level].label.lower()
    said = f"{row.giver} to {row.receiver}, {rung}: {row.state.replace('_', ' ')}"
    ids = tuple(other.id for other in later)
    if len(given) > 1:
        return Foretold(row, said, "partly", "later sources disagree", ids)
    came = given.pop()
    outcome = "occurred" if came == EXPECTED[row.state] else "did_not_occur"
    return Foretold(row, said, outcome, "later given" if came else "later withheld", ids)
