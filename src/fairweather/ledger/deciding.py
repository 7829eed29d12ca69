"""Reading the decisions of a ledger: all of them, or those that bear on some rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from fairweather.ledger.decisions import Decision
from fairweather.ledger.file import LedgerFile
from fairweather.ledger.matches import is_actor
from fairweather.ledger.window import EVERYTHING, Window

DECISION_FIELDS = ("kind", "subject", "object", "reason", "by", "recorded")
_DECISIONS = f"SELECT {', '.join(DECISION_FIELDS)} FROM decision"
_IN_ORDER = "ORDER BY recorded, id"

FOLLOWED = ("merge", "split", "correct", "supersede", "undo")
"""Decisions that lead from one row to others which bear on it."""


class Deciding:
    """The decisions of a ledger file within a window."""

    def __init__(self, file: LedgerFile, window: Window = EVERYTHING) -> None:
        self.file = file
        self.window = window

    def decisions(self, window: Window = EVERYTHING) -> tuple[Decision, ...]:
        """Every decision in the window, oldest first.

        One that names a row published later is not in it: that a text was superseded or
        joined with another may not be learnt before the other was out.
        """
        where, values = _decided_within(self.window.narrowed(window))
        return _decisions(self.file.run(f"{_DECISIONS} WHERE {where} {_IN_ORDER}", values))

    def decisions_about(
        self, ids: Iterable[str], window: Window = EVERYTHING
    ) -> tuple[Decision, ...]:
        """The decisions that bear on some rows, and on those that they lead to.

        For these rows they say the same as all decisions would (see `verdicts`), at the
        cost of a look at these rows only.
        """
        where, values = _decided_within(self.window.narrowed(window))
        sql = (
            f"{_DECISIONS.replace('SELECT', 'SELECT id,')} WHERE {{}}"
            f" IN (SELECT value FROM json_each(?)) AND kind <> 'match' AND {where}"
        )
        found: dict[str, tuple[str, ...]] = {}
        seen: set[str] = set()
        frontier = set(ids)
        while frontier:
            seen |= frontier
            asked = (json.dumps(list(frontier)), *values)
            rows = [row for side in ("subject", "object")
                    for row in self.file.run(sql.format(side), asked)]  # fmt: skip
            found |= {row[0]: row[1:] for row in rows}
            led = {one for row in rows if row[1] in FOLLOWED for one in (row[2], row[3])}
            frontier = ({row[0] for row in rows} | led) - seen - {""}
        ordered = sorted(found.items(), key=lambda item: (item[1][-1], item[0]))
        return _decisions([row for _, row in ordered])

    def decisions_on_actors(self, window: Window = EVERYTHING) -> tuple[Decision, ...]:
        """Which actors are one or to be told apart, and what took such decisions back."""
        where, values = _decided_within(self.window.narrowed(window))
        rows = self.file.run(
            f"SELECT id, {', '.join(DECISION_FIELDS)} FROM decision INDEXED BY decision_on_actors"
            " WHERE kind IN ('merge', 'split') AND instr(subject, ':') = 0 AND " + where,
            values,
        )
        undone = self.decisions_about([row[0] for row in rows], window) if rows else ()
        made = {one.id: one for one in (*_decisions([row[1:] for row in rows]), *undone)}
        return tuple(sorted(made.values(), key=lambda one: (one.recorded or "", one.id)))

    def decisions_on_documents(self, window: Window = EVERYTHING) -> tuple[Decision, ...]:
        """Which documents gave way to others, and what took such decisions back."""
        where, values = _decided_within(self.window.narrowed(window))
        rows = self.file.run(
            "SELECT subject FROM decision WHERE subject >= 'document:' AND subject < 'document;'"
            f" AND kind = 'supersede' AND {where}",
            values,
        )
        return self.decisions_about([subject for (subject,) in rows], window)

    def inexact_matches(self, identity: str) -> tuple[Decision, ...]:
        """Where a name was taken for an actor's by likeness: in a document, or for an actor."""
        side = "subject" if is_actor(identity) else "object"
        where, values = _decided_within(self.window)
        return _decisions(
            self.file.run(
                f"{_DECISIONS} WHERE {side} = ? AND kind = 'match' AND {where} {_IN_ORDER}",
                (identity, *values),
            )
        )


def _decided_within(window: Window) -> tuple[str, list[str]]:
    """The decisions of a window, as an SQL condition and its values."""
    where, values = Window(recorded_by=window.recorded_by).where()
    if window.as_of:
        for side in ("subject", "object"):
            for table in ("document", "statement"):
                where += (
                    f" AND NOT EXISTS (SELECT 1 FROM {table} AS later"
                    f" WHERE later.id = decision.{side} AND later.known_by > ?)"
                )
                values.append(window.as_of)
    return where, values


def _decisions(rows: Iterable[Sequence[str]]) -> tuple[Decision, ...]:
    return tuple(Decision(**dict(zip(DECISION_FIELDS, row, strict=True))) for row in rows)
