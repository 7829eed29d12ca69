"""Verbs that guard the ledger: backup, forget."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fairweather.cli.manners import desk, emit, emit_json, json_option, talk, with_ledger
from fairweather.cli.tables import safe
from fairweather.errors import MisuseError

if TYPE_CHECKING:
    from fairweather.desk.forgetting import Loss
    from fairweather.ledger import Removed

SHOWN = 40
"""Ids of a kind listed for people; --json has all."""


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False))
@with_ledger
@click.option("--replace", is_flag=True, help="Write over FILE if it is there.")
@json_option
def backup(file: str | None, replace: bool, as_json: bool) -> None:
    """Copy the ledger to FILE as it stands at this moment, and check the copy.

    Others may write meanwhile. Without FILE the copy lies beside the ledger, with this
    instant in its name. It is a ledger itself: --db FILE reads it. Event tables are not in it.
    """
    from fairweather.ledger import now

    with desk() as open_desk:
        ledger = open_desk.ledger
        stamp = now().replace(":", "")
        target = Path(file) if file else ledger.path.with_name(f"{ledger.path.name}.{stamp}")
        made = ledger.back_up(target, replace=replace)
        size = made.stat().st_size
    if as_json:
        emit_json({"file": str(made), "bytes": size, "sound": True}, None)
    else:
        emit(f"{made}: {size:,} bytes, checked", None)


@click.command()
@click.argument("document", required=False)
@with_ledger
@click.option("--reason", default="", help="Why, in your words; kept with the tombstone.")
@click.option("--by", metavar="NAME", help="Who decides; else your login name.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--lift", is_flag=True, help="Allow a forgotten text to be read in again.")
@click.option("--finish", is_flag=True, help="Overwrite what an earlier call could not.")
@json_option
def forget(
    document: str | None,
    reason: str,
    by: str | None,
    yes: bool,
    lift: bool,
    finish: bool,
    as_json: bool,
) -> None:
    """Remove a text and all that was read from it, for good.

    The text, its quotes, its rows and their words leave the file, its log and its index; a
    tombstone stays (id, hash, when, why), so that the same text is not read in again
    unnoticed. First it says which figures and agreements lose support, and asks. Backups
    and exports made before still hold the text.
    """
    if finish:
        _finish()
        return
    if not document:
        raise MisuseError("which document? `fairweather find documents` lists them")
    if lift:
        _lift(document)
        return
    _forget(document, reason, by, yes=yes, as_json=as_json)


def _forget(document: str, reason: str, by: str | None, *, yes: bool, as_json: bool) -> None:
    from fairweather.desk.forgetting import forget as forget_for_good
    from fairweather.desk.forgetting import loss
    from fairweather.desk.review import login_name

    with desk() as open_desk:
        found = loss(open_desk.ledger, document)
        if not yes:
            _ask(found)
        who = login_name() if by is None else by
        removed = forget_for_good(open_desk.ledger, found.document.id, reason, who)
    if as_json:
        emit_json({**found.to_json(), **_removed_json(removed)}, None)
    else:
        emit(_told(found) + f"\nforgotten; the tombstone is {removed.tombstone.id}", None)


def _ask(found: Loss) -> None:
    """Ask on a terminal. Raises MisuseError where nobody can answer, Abort on a no."""
    talk(_told(found))
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise MisuseError("nothing was removed; say --yes to remove it for good")
    click.confirm("Remove it for good?", abort=True, err=True)


def _told(found: Loss) -> str:
    rows = ", ".join(f"{count} {kind}" for kind, count in found.rows.items()) or "no rows"
    lines = [f"{found.document.id}: {found.document.title or 'without a title'}", f"  rows: {rows}"]
    for title, ids in (
        ("told of by nothing else", [f"{name} [{one}]" for one, name in found.lost]),
        ("left with less support", [f"{name} [{one}]" for one, name in found.weakened]),
        ("figures that rest on it", list(found.figures)),
    ):
        if ids:
            lines.append(f"  {title}:")
            lines += [f"    {one}" for one in ids[:SHOWN]]
            lines += [f"    and {len(ids) - SHOWN} more"] if len(ids) > SHOWN else []
    return safe("\n".join(lines))


def _removed_json(removed: Removed) -> dict[str, object]:
    return {
        "tombstone": removed.tombstone.row(),
        "statements": list(removed.statements),
        "actors": list(removed.actors),
        "scenarios": list(removed.scenarios),
        "decisions": removed.decisions,
    }


def _finish() -> None:
    from fairweather.ledger.forgetting import overwrite

    with desk() as open_desk:
        overwrite(open_desk.ledger.file)
    emit("nothing that was removed is left in the file", None)


def _lift(document: str) -> None:
    with desk() as open_desk:
        if not open_desk.ledger.tombstones.lift(document):
            raise MisuseError(f"no document {document!r} was forgotten")
    emit(f"{document} may be read in again", None)


VERBS = (backup, forget)
"""The verbs of this module."""
