"""A reference pair beside the pair: the same figures of two others, nothing else of theirs."""

from __future__ import annotations

from fairweather.brief.evidence import Evidence
from fairweather.brief.lines import Line, Row, Section, Table
from fairweather.brief.sections.agreements import most_binding, titled
from fairweather.brief.wording import banded, label, listing, name, phrase, sentence
from fairweather.history.pacts import pledges_in_force
from fairweather.profile import StrandView
from fairweather.vocabulary import vocabulary


def reference_section(evidence: Evidence, like: Evidence) -> Section:
    """Strand values of both pairs side by side, and what binds the reference pair."""
    sides = (*evidence.pair, *like.pair)
    lines = _bonds(like)
    return Section(
        key="reference",
        title=f"Beside {name(like.pair[0])} and {name(like.pair[1])}",
        lines=tuple(lines),
        table=Table(
            caption="Strand values of both pairs on one scale, −1 to 1, with 10–90 % bands.",
            headers=("Strand", *(f"{label(a)} on {label(b)}" for a, b in _views(sides))),
            rows=tuple(
                row for strand in vocabulary("strands") if (row := _row(strand, evidence, like))
            ),
        ),
        find=f"fairweather profile {like.pair[0]} {like.pair[1]}",
    )


def _views(sides: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    a, b, c, d = sides
    return (a, b), (b, a), (c, d), (d, c)


def _row(strand: str, evidence: Evidence, like: Evidence) -> Row | None:
    views: list[StrandView] = [
        one.profile.strand(strand, side) for one in (evidence, like) for side in one.pair
    ]
    if not any(view.value.value is not None for view in views):
        return None
    cells = tuple(banded(view.value) for view in views)
    figures = tuple(view.value for view in views)
    return Row((vocabulary("strands")[strand].label, *cells), figures=figures)


def _bonds(like: Evidence) -> list[Line]:
    """What is in force between the reference pair, by what was read."""
    pledges = pledges_in_force(like.profile.agreements, *like.pair, like.day)
    a, b = (name(side) for side in like.pair)
    if pledges:
        duties = listing(phrase("obligations", pledge.obligation) for pledge in pledges)
        records = tuple(dict.fromkeys(id for pledge in pledges for id in pledge.agreements))
        return [Line(sentence(f"Between {a} and {b}, clauses in force cover {duties}"), records)]
    agreements = most_binding(like)[:2]
    if agreements:
        names = listing(titled(one.name) for one in agreements)
        text = f"Between {a} and {b} stand {names}; no clause in force is stated"
        return [Line(sentence(text), tuple(one.id for one in agreements))]
    text = f"No agreement between {a} and {b} is named in what was read"
    return [Line(sentence(text), figures=(like.reading,))]
