"""The verb for what comes next: forecast next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from fairweather.cli.historical import forecast
from fairweather.cli.manners import (
    desk,
    emit,
    emit_json,
    json_option,
    output_option,
    window_options,
    with_ledger,
)

if TYPE_CHECKING:
    from fairweather.desk.next_moves import SourceForecast
    from fairweather.history.next_moves.likeliest import Move


@forecast.command("next")
@click.argument("a")
@click.argument("b")
@with_ledger
@click.option("--days", type=int, default=30, show_default=True, help="Days ahead, 1 to 90.")
@click.option("--limit", type=int, default=10, show_default=True, help="Moves a source.")
@window_options
@json_option
@output_option
def next_moves(a: str, b: str, days: int, limit: int, as_json: bool, output: str | None) -> None:
    """List the likeliest moves between A and B, with odds against the usual and reasons."""
    with desk() as open_desk:
        found = open_desk.next_moves(a, b, days=days)
        pair = open_desk.actor(a), open_desk.actor(b)
    if as_json:
        emit_json(
            {"a": pair[0], "b": pair[1], "days": days, "sources": moves_json(found, pair, limit)},
            output,
        )
    else:
        emit(tell_moves(found, pair, days, limit), output)


def tell_moves(
    found: tuple[SourceForecast, ...], pair: tuple[str, str], days: int, limit: int
) -> str:
    """Each source's answer as a block: a line a move, its reasons under it."""
    from fairweather.cli.tables import safe

    lines = [f"{pair[0]} and {pair[1]}: at least one such move within {days} days", ""]
    for one in found:
        lines += [*_source_lines(one, pair, limit), ""]
    lines.append(
        "Chances from counts of past moves alone: see docs/next-moves.md for how they held."
    )
    return safe("\n".join(lines))


def _source_lines(one: SourceForecast, pair: tuple[str, str], limit: int) -> Iterator[str]:
    answer = one.answer
    yield (
        f"{one.source}, {one.first} to {one.last}: dealings on {answer.busy_days}"
        f" of {answer.days} days"
    )
    if one.left_out:
        rest = ", ".join(f"{count} {reason}" for reason, count in one.left_out.items())
        yield f"  left out: {rest}"
    if answer.abstains:
        yield f"  no forecast: {answer.abstains}"
    for move in answer.moves[:limit]:
        yield from _move_lines(one, move, pair)
    if len(answer.moves) > limit:
        yield f"  {len(answer.moves) - limit} less likely"


def _move_lines(one: SourceForecast, move: Move, pair: tuple[str, str]) -> Iterator[str]:
    who = f"{pair[move.actor]} -> {pair[1 - move.actor]}"
    yield (
        f"  {move.chance:4.0%}  {who}  {one.classes[move.kind]:<9}"
        f"  odds x {move.odds_against_usual:.2f} of the usual {move.usual:.0%}"
        f"  {one.figure(move).id}"
    )
    for reason in move.reasons:
        yield f"          {reason}"


def moves_json(
    found: tuple[SourceForecast, ...], pair: tuple[str, str], limit: int
) -> list[dict[str, Any]]:
    """Each source's answer as plain objects, with the latest rows that each move rests on."""
    return [
        {
            "source": one.source,
            "first": one.first.isoformat(),
            "last": one.last.isoformat(),
            "days_on_record": one.answer.days,
            "days_with_dealings": one.answer.busy_days,
            "abstains": one.answer.abstains or None,
            "left_out": one.left_out,
            "moves": [_move_json(one, move, pair) for move in one.answer.moves[:limit]],
        }
        for one in found
    ]


def _move_json(one: SourceForecast, move: Move, pair: tuple[str, str]) -> dict[str, Any]:
    return {
        "source": pair[move.actor],
        "target": pair[1 - move.actor],
        "class": one.classes[move.kind],
        "probability": move.chance,
        "usual": move.usual,
        "odds_against_usual": move.odds_against_usual,
        "cases": move.cases,
        "figure": one.figure(move).id,
        "reasons": list(move.reasons),
        "rows": list(one.rows.get((move.actor, move.kind), ())),
    }


VERBS = (forecast,)
