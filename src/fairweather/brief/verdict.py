"""How firm a pair is, in one sentence: what binds it on paper, how each side's evidence leans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fairweather.brief.evidence import Evidence
from fairweather.brief.sections.agreements import weightiest
from fairweather.brief.sections.exits import tied
from fairweather.brief.sections.judgement import FEW, MOSTLY
from fairweather.brief.sections.strands import known_views
from fairweather.brief.wording import (
    counted,
    label,
    name,
    number,
    possessive,
    sentence,
    signed,
)
from fairweather.history.pacts import in_force, pledges_in_force
from fairweather.records import Explained
from fairweather.vocabulary import vocabulary

TOWARDS, SPLIT, AGAINST, UNKNOWN = "towards", "split", "against", "unknown"
"""How the evidence of one side leans as a whole."""

LEANING = {
    TOWARDS: "leans towards the tie",
    SPLIT: "is split",
    AGAINST: "leans against it",
}

TOLD_AS_FACT = ("factual", "reported")
"""Statuses of events that are told to have happened."""


@dataclass(frozen=True, slots=True)
class Lean:
    """How one side's evidence leans: over how many of the strands, from which to which value."""

    side: str
    way: str
    known: int
    low: float = 0.0
    high: float = 0.0
    figures: tuple[Explained, ...] = ()

    @property
    def words(self) -> str:
        """ "Russia’s view is split (3 of 7 strands known, −0.3 to 0.3)"."""
        view = f"{possessive(name(self.side))} view"
        if not self.known:
            return f"{view} is not known"
        known = f"{number(self.known)} of {number(len(vocabulary('strands')))} strands known"
        if self.way == UNKNOWN:
            return f"too little is read of {view} to tell ({known})"
        spread = signed(self.low)
        if signed(self.low) != signed(self.high):
            spread = f"{spread} to {signed(self.high)}"
        return f"{view} {LEANING[self.way]} ({known}, {spread})"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What binds the two on paper in a few words, and how either side leans.

    `thin` says that nothing read ties the two, so that whatever stands below it is history's
    rates for states of their kind and assumptions, and nothing about the two themselves.
    """

    paper: str
    leans: tuple[Lean, Lean]
    thin: bool
    conflicts: int = 0

    @property
    def text(self) -> str:
        """The whole in a few sentences."""
        one, other = self.leans
        if self.thin and self.conflicts:
            acts = counted(self.conflicts, "act of conflict", "acts of conflict")
            are = "is" if self.conflicts == 1 else "are"
            return sentence(f"nothing read ties the two; {acts} between them {are} told")
        if self.thin:
            return sentence("not known: nothing read ties the two or tells how either sees it")
        if one.known == other.known == 0:
            return sentence(f"{self.paper}; how either side sees it is not known")
        return sentence(f"{self.paper}. {sentence(one.words)} {sentence(other.words)}")


def verdict(evidence: Evidence) -> Verdict:
    """How firm a pair is by what was read of it."""
    first, second = (_lean(side, evidence) for side in evidence.pair)
    views = any(view.records for view in evidence.profile.views)
    thin = not views and not tied(evidence)
    return Verdict(_paper(evidence), (first, second), thin, _conflicts(evidence))


def _conflicts(evidence: Evidence) -> int:
    """Acts of conflict of one against the other that are told as facts or reports."""
    classes = vocabulary("event_classes")
    rows = (act.best for act in evidence.profile.acts)
    return sum(
        row.status in TOLD_AS_FACT
        and str(classes[row.event_class].extra["quad"]).endswith("conflict")
        and _between(row.source, row.target, evidence.pair)
        for row in rows
    )


def _between(source: Sequence[str], target: Sequence[str], pair: tuple[str, str]) -> bool:
    a, b = pair
    return (a in source and b in target) or (b in source and a in target)


def _paper(evidence: Evidence) -> str:
    """What binds the two by the agreements that stand."""
    pledges = pledges_in_force(evidence.profile.agreements, *evidence.pair, evidence.day)
    duties = {pledge.obligation for pledge in pledges}
    if "defense" in duties:
        return "bound on paper to mutual defence"
    if duties:
        none = "not one to fight" if len(duties) == 1 else "none of them to fight"
        rest = "" if "offense" in duties else f", {none}"
        return f"bound on paper by {counted(len(duties), 'duty', 'duties')}{rest}"
    standing = [one for one in weightiest(evidence) if in_force(one, evidence.day)]
    if standing:
        stand = "stands" if len(standing) == 1 else "stand"
        return f"{counted(len(standing), 'agreement')} {stand}, with no clause told"
    return "no agreement in force is told"


def _lean(side: str, evidence: Evidence) -> Lean:
    """Towards or against where two thirds of the known strands are; unknown for a few."""
    figures = tuple(view.value for view in known_views(evidence, side))
    values = [figure.value or 0.0 for figure in figures]
    if len(values) < FEW:
        spread = (min(values, default=0.0), max(values, default=0.0))
        return Lean(side, UNKNOWN, len(values), *spread, figures)
    way = SPLIT
    if sum(value > 0 for value in values) / len(values) >= MOSTLY:
        way = TOWARDS
    if sum(value < 0 for value in values) / len(values) >= MOSTLY:
        way = AGAINST
    return Lean(side, way, len(values), min(values), max(values), figures)


def paired(evidence: Evidence) -> str:
    """ "Russia and Iran"."""
    a, b = evidence.pair
    return f"{label(a)} and {label(b)}"
