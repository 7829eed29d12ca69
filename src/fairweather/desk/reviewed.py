"""A document's records as review has left them: what stands, what not, and who decided what.

A row that was corrected is told by the row that stands in its place, with what was changed;
a row that was set aside stays where it is, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fairweather.desk.correction_form import Change, changes_between
from fairweather.desk.names import spelt_by
from fairweather.desk.review import REPLACING, Step
from fairweather.ledger import (
    About,
    Decision,
    Ledger,
    Verdicts,
    about,
    holding,
    lineage,
    matches,
    quotes_in,
    shown_from,
    standing,
    verdicts,
)
from fairweather.records import RECORD_TYPES, Document, Record


@dataclass(frozen=True, slots=True)
class Happened:
    """One decision about a record: whether it stands, and what it changed.

    Of an `undo`, `undone` is the kind of decision it is about in the end; it `restores` that
    one where it took back what took it back.
    """

    step: Step
    changes: tuple[Change, ...] = ()
    undone: str = ""
    restores: bool = False

    @property
    def decision(self) -> Decision:
        """What was decided."""
        return self.step.decision

    @property
    def stands(self) -> bool:
        """Whether it has not been taken back."""
        return self.step.stands

    def to_json(self) -> dict[str, Any]:
        """The step as one plain object."""
        changed = {one.field: [one.before, one.after] for one in self.changes}
        return self.step.to_json() | ({"changed": changed} if changed else {})


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A record of a document, whether it stands, and what happened to it.

    `gone` says why it stands in no view, empty where it does. An `unsure` one is not shown
    elsewhere, since its coder was less sure than `shown.toml` asks for.
    """

    record: Record
    gone: str
    unsure: bool
    accepted: bool
    history: tuple[Happened, ...]


def reviewed(ledger: Ledger, document: str) -> tuple[Reviewed, ...]:
    """The records of a document in the order in which it says them."""
    rows = {row.id: row for row in _coded_from(ledger, document)}
    made = ledger.decisions_about(rows)
    decided, names = verdicts(made), {one for d in made for one in (d.subject, d.object)}
    found = matches(standing(ledger.decisions_on_actors()))
    return tuple(
        _reviewed(ledger, found.applied(row), decided, made if row.id in names else ())
        for row in rows.values()
        if not _told_elsewhere(row, rows, decided)
    )


def as_reviewed(ledger: Ledger, identity: str, made: Iterable[Decision] | None = None) -> Reviewed:
    """One record as review has left it; `made` are the decisions about it, where known."""
    row = ledger.record(identity)
    every = ledger.decisions_about([row.id]) if made is None else tuple(made)
    return _reviewed(ledger, row, verdicts(every), every)


def history_of(ledger: Ledger, identity: str, made: Iterable[Decision]) -> tuple[Happened, ...]:
    """What was decided about a row and those it was corrected from or to, oldest first."""
    every = tuple(made)
    return happened(ledger, about(lineage(identity, every), every), every)


def happened(
    ledger: Ledger, chosen: Iterable[Decision], made: Iterable[Decision] | None = None
) -> tuple[Happened, ...]:
    """Some decisions with what became of each; `made` are all that bear on them."""
    told = tuple(chosen)
    every = told if made is None else tuple(made)
    held, known = holding(every), {one.id: one for one in every}
    return tuple(
        Happened(
            Step(one, one.id in held),
            tuple(_changes(ledger, one)),
            *_taken_back(one, known),
        )
        for one in told
    )


def _taken_back(decision: Decision, known: Mapping[str, Decision]) -> tuple[str, bool]:
    """The kind of decision that an `undo` is about in the end, and whether it restores it."""
    if decision.kind != "undo":
        return "", False
    restores = True
    while decision.kind == "undo" and decision.subject in known:
        decision, restores = known[decision.subject], not restores
    return decision.kind, restores


def _coded_from(ledger: Ledger, document: str) -> Iterator[Record]:
    found: list[tuple[int, str, Record]] = []
    for kind in RECORD_TYPES.values():
        if kind is not Document:
            for row in ledger.statements(kind, about=About(documents=(document,))):
                starts = [one.start for one in quotes_in(row) if one.document == document]
                found += [(min(starts), row.id, row)] if starts else []
    yield from (row for _, _, row in sorted(found, key=lambda one: one[:2]))


def _told_elsewhere(row: Record, rows: dict[str, Record], decided: Verdicts) -> bool:
    """Whether another row of the document tells of this one: its heir, or what it was made of."""
    if row.id in decided.heirs:
        return decided.heir(row.id) in rows
    return decided.gone.get(row.id, "").startswith("undo")


def _reviewed(ledger: Ledger, row: Record, decided: Verdicts, made: Iterable[Decision]) -> Reviewed:
    accepted = row.id in decided.accepted
    return Reviewed(
        record=row,
        gone=decided.gone.get(row.id, ""),
        unsure=row.confidence < shown_from().get(row.type, 0.0) and not accepted,
        accepted=accepted,
        history=history_of(ledger, row.id, made),
    )


def _changes(ledger: Ledger, decision: Decision) -> Iterator[Change]:
    if decision.kind in REPLACING and ledger.has(decision.object) and ledger.has(decision.subject):
        old, new = ledger.record(decision.subject), ledger.record(decision.object)
        if old.type == new.type:
            yield from changes_between(old, new, spelt_by(ledger))
