"""How a report was made: what its chances are counted from, and what is assumed."""

from __future__ import annotations

from collections.abc import Iterator

from fairweather.brief.evidence import Evidence
from fairweather.brief.lines import Line
from fairweather.brief.sections.ladder import shown_runs
from fairweather.brief.sections.strands import known_views
from fairweather.brief.wording import counted, listing, sentence
from fairweather.records import AUTHOR, Explained
from fairweather.scenario import Play


def method_lines(evidence: Evidence, play: Play | None) -> Iterator[Line]:
    """A sentence on the strands and one on the chances, each resting on such figures."""
    sides = (*evidence.pair, AUTHOR)
    strands = [view.value for side in sides for view in known_views(evidence, side)]
    if strands:
        text = (
            "a strand’s value weighs the independent origins for the tie against those against"
            " it, with a 10–90 % band; no side’s view is averaged with another’s"
        )
        yield Line(sentence(text), figures=tuple(strands[:1]))
    if play is not None:
        answer = shown_runs(play)[-1]
        forces = next(one for one in answer.shares if one.name == "forces")
        yield from _counted(forces.history)
        yield _assumed(forces.interests)


def _counted(rate: Explained) -> Iterator[Line]:
    """Which data past cases come from, and the years that they cover."""
    if rate.value is None:
        return
    sources = dict.fromkeys(one.source for one in rate.ingredients if one.source)
    years = next((str(one.value) for one in rate.ingredients if one.name == "years"), "")
    told = f", for the years {years.replace('-', '–')}" if years else ""
    text = f"past cases: {listing(sources)}{told}"
    yield Line(sentence(text), figures=(rate,))


def _assumed(interests: Explained) -> Line:
    """How much of the play rests on evidence, and how much is assumed."""
    inputs = [part for part in interests.ingredients if "." in part.name]
    known = sum(bool(part.records) for part in inputs)
    rest = counted(known, "rests", "rest") if known else "none rests"
    text = (
        f"of the {len(inputs)} inputs of the game that stands for interests, {rest} on records;"
        " the others are assumed or stated with their source"
    )
    return Line(sentence(text), figures=(interests,))
