"""How far: the most that either gave, and the odds that it would fight."""

from __future__ import annotations

from collections.abc import Iterator

from fairweather.brief.evidence import Evidence
from fairweather.brief.lines import Line
from fairweather.brief.sections.ladder import (
    farthest,
    range_of,
)
from fairweather.brief.wording import (
    likelihood,
    name,
    sentence,
)
from fairweather.history.reference import history_of_pair
from fairweather.records import Explained
from fairweather.scenario import Play
from fairweather.scenario.words import whole_percent


def went(evidence: Evidence) -> Iterator[Line]:
    """The farthest support on record each way."""
    a, b = evidence.pair
    ways = [farthest(a, b, evidence), farthest(b, a, evidence)]
    if any(records for _, records in ways):
        for told, records in ways:
            yield Line(sentence(told), records, () if records else (evidence.reading,))
        return
    text = f"no source read tells of support that {name(a)} and {name(b)} have given each other"
    yield Line(sentence(text), figures=(evidence.reading,))


def would(evidence: Evidence, play: Play | None) -> Iterator[Line]:
    """How likely own forces are in a war of the other, by the count of past cases."""
    rate = _history(evidence, play)
    what, _, cases = rate.meaning.rpartition(": ")
    giver, receiver = _ways(evidence, play)
    text = (
        f"were {receiver} at war, {giver} would be {likelihood(rate)} to join with its own"
        f" forces ({range_of(whole_percent(rate))}: {cases} {what.replace(' that ', ' ', 1)})"
    )
    yield Line(sentence(text), figures=(rate,))


def _ways(evidence: Evidence, play: Play | None) -> tuple[str, str]:
    """Who would help whom: as played, else the first of the pair the second."""
    giver, receiver = evidence.pair
    if play is not None:
        giver, receiver = play.scenario.supporter, play.scenario.partner
    return name(giver), name(receiver)


def _history(evidence: Evidence, play: Play | None) -> Explained:
    """History's rate: the play's own where it has one, else by the pair's agreements."""
    if play is not None:
        for answer in play.runs:
            for layered in answer.shares:
                if layered.name == "forces" and layered.history.value is not None:
                    return layered.history
    return history_of_pair(
        evidence.profile.agreements, *evidence.pair, evidence.day, as_of=evidence.profile.seen
    )[1]
