"""A review on the terminal: one row after the other, a key for each verdict."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from fairweather.cli.tables import COLUMNS, safe
from fairweather.errors import FairweatherError, MisuseError

if TYPE_CHECKING:
    from fairweather.desk.looks import Look, Wanted
    from fairweather.desk.review import Review, Step

KEYS = "a accept, r reject, c correct, s skip, q quit"
TOLD_APART = frozenset({"quote", "id", "confidence"})
"""Columns of a row that stand elsewhere in a look."""

Ask = Callable[[str], str]
Say = Callable[[str], object]


def ask_on_terminal(question: str) -> str:
    """What a person types; empty for nothing."""
    return str(click.prompt(question, default="", show_default=False)).strip()


def go_through(review: Review, wanted: Wanted, ask: Ask, say: Say) -> int:
    """Show each row that needs a look and take the verdict; returns how many were judged."""
    judged = 0
    for look in review.next(wanted):
        say(f"\n{tell_look(look)}\n")
        verdict = _verdict(review, look, ask, say)
        if verdict == "q":
            break
        judged += verdict != "s"
    return judged


def _verdict(review: Review, look: Look, ask: Ask, say: Say) -> str:
    """The key of the verdict that was given and stored."""
    identity = look.record.id
    while True:
        key = ask(f"[{KEYS}]")[:1].lower()
        try:
            if key == "a":
                review.accept(identity)
            elif key == "r":
                review.reject(identity, _reason(ask))
            elif key == "c":
                _correct(review, identity, ask)
            elif key not in ("s", "q"):
                continue
        except FairweatherError as error:
            say(f"not done: {error}")
            continue
        return key


def _correct(review: Review, identity: str, ask: Ask) -> None:
    from fairweather.desk.correction import parse_changes

    try:
        words = shlex.split(ask("FIELD=VALUE ..."))
    except ValueError as error:
        raise MisuseError(f"{error}; put a value with spaces in quotes") from error
    changes = parse_changes(words)
    review.correct(identity, changes, _reason(ask))


def _reason(ask: Ask) -> str:
    reason = ask("why?")
    if not reason:
        raise MisuseError("a reason is stored with it; say it in a few words")
    return reason


def tell_look(look: Look) -> str:
    """A row with its doubts, its sentence and what stands around it."""
    record, found = look.record, look.passage
    cells = [(name, str(cell(record))) for name, cell in COLUMNS[type(record)]]
    told = ", ".join(f"{name} {text}" for name, text in cells if text and name not in TOLD_APART)
    lines = [f"{record.id}  ({record.confidence:.2f}, by {record.coder or 'the vocabulary'})", told]
    lines += [f"? {reason}" for reason in look.reasons]
    if found:
        lines += [f"    {found.before}"] if found.before else []
        lines.append(f"  > {found.marked()}")
        lines += [f"    {found.after}"] if found.after else []
        lines.append(f"    ({found.document.title}, {found.document.published.text()})")
    return safe("\n".join(lines))


def tell_step(step: Step) -> str:
    """A decision on one line."""
    made = step.decision
    what = f"{made.kind} {made.subject}{f' -> {made.object}' if made.object else ''}"
    reason = f": {made.reason}" if made.reason else ""
    back = "" if step.stands else "  [taken back]"
    return safe(f"{made.recorded}  {made.id}  {made.by}  {what}{reason}{back}")
