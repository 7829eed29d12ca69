"""Which obligations bind a pair of actors on a day, as far as their agreements tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fairweather.records import Agreement, Stage
from fairweather.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Pledge:
    """One obligation between two actors, with the agreements that carry it.

    `bilateral`: some agreement of the two alone carries it.
    """

    obligation: str
    agreements: tuple[str, ...]
    bilateral: bool


def pledges_in_force(
    agreements: Iterable[Agreement], a: str, b: str, day: dt.date
) -> tuple[Pledge, ...]:
    """The obligations in force between a and b on a day, in the order of the vocabulary.

    An agreement counts from signature until a stage that ends it; a clause counts when a
    text says that it is present. What is disputed, or only absent, binds nobody here.
    """
    carried: dict[str, list[Agreement]] = {}
    for agreement in agreements:
        if {a, b} <= set(agreement.parties) and in_force(agreement, day):
            for obligation in _present(agreement):
                carried.setdefault(obligation, []).append(agreement)
    return tuple(
        Pledge(
            obligation,
            tuple(dict.fromkeys(agreement.id for agreement in carried[obligation])),
            any(set(agreement.parties) == {a, b} for agreement in carried[obligation]),
        )
        for obligation in vocabulary("obligations")
        if obligation in carried
    )


def in_force(agreement: Agreement, day: dt.date) -> bool:
    """Whether the agreement binds on that day.

    The last stage reached by then decides: one that `ends` frees the parties; one from
    signature on binds them, for `term_years` where a term is known. An agreement of which
    no stage is known at all is taken to bind: texts speak so of standing treaties.
    """
    if not agreement.stages:
        return True
    binding = [stage for stage in agreement.stages if _reached(stage, day) and _binds(stage)]
    ending = [stage for stage in agreement.stages if _reached(stage, day) and _ends(stage)]
    if not binding:
        return False
    last = _latest(binding)
    if ending and _order(_latest(ending)) >= _order(last):
        return False
    return not _run_out(last, agreement.term_years, day)


def _present(agreement: Agreement) -> list[str]:
    """Obligations stated as present, unless another text on the agreement states them absent."""
    absent = {clause.obligation for clause in agreement.clauses if clause.state == "absent"}
    return [
        clause.obligation
        for clause in agreement.clauses
        if clause.state == "present" and clause.obligation not in absent
    ]


def _reached(stage: Stage, day: dt.date) -> bool:
    return stage.date.earliest is None or stage.date.earliest <= day


def _ends(stage: Stage) -> bool:
    # A suspended agreement may come back, but meanwhile it binds nobody.
    return stage.stage == "suspended" or bool(vocabulary("stages")[stage.stage].extra["ends"])


def _binds(stage: Stage) -> bool:
    stages = vocabulary("stages")
    signed = stages["signed"].extra["order"]
    return not _ends(stage) and bool(stages[stage.stage].extra["order"] >= signed)


def _order(stage: Stage) -> tuple[dt.date, int]:
    """By date, then by the usual place in an agreement's life; an undated end comes last."""
    usual = int(vocabulary("stages")[stage.stage].extra["order"])
    undated = dt.date.max if _ends(stage) else dt.date.min
    return stage.date.latest or undated, usual


def _latest(stages: Sequence[Stage]) -> Stage:
    return max(stages, key=_order)


def _run_out(since: Stage, term_years: float | None, day: dt.date) -> bool:
    if term_years is None or since.date.latest is None:
        return False
    return (day - since.date.latest).days > 365.25 * term_years
