"""Plays, explanations and differences as text for a terminal and as plain objects."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from fairweather.cli.tables import plain_table
from fairweather.cli.telling import value_text
from fairweather.records import fingerprint
from fairweather.scenario import run_sentences
from fairweather.scenario.words import (
    coarse_percent,
    strands_sentence,
    unknown_inputs,
    unknown_sentence,
    whole_percent,
)
from fairweather.vocabulary import vocabulary

if TYPE_CHECKING:
    from fairweather.scenario import Difference, Play, RunAnswer
    from fairweather.scenario.answers import Layered
    from fairweather.scenario.explanation import Explanation


def tell_play(play: Play, beside: Play | None = None) -> str:
    """A played scenario: what history, interests and both together say of each rung.

    A reference pair's play is told after it, in sentences alone.
    """
    record = play.record
    parts = [
        play.scenario.question,
        f"{play.id}, seed {record.seed}, {record.draws} draws, {record.engine}",
        strands_sentence(play.runs[0]).text,
    ]
    for answer in play.runs:
        rows = [
            (
                name,
                "no cases" if layered.history.value is None else whole_percent(layered.history),
                coarse_percent(layered.interests),
                _blend_text(layered),
                layered.blend.id,
            )
            for name, layered in _named(answer)
        ]
        parts += [
            "",
            f"Run: {answer.run.name}",
            plain_table(("rung", "history", "interests", "blend", "figure"), rows),
            *(f"  {sentence.text}" for sentence in run_sentences(play, answer)),
        ]
    parts += ["", unknown_sentence(play).text]
    if beside is not None:
        parts += ["", f"Beside it: {beside.scenario.question}"]
        for answer in beside.runs:
            parts += [f"Run: {answer.run.name}"]
            parts += [f"  {sentence.text}" for sentence in run_sentences(beside, answer)]
    return "\n".join(parts)


def _named(answer: RunAnswer) -> Iterator[tuple[str, Layered]]:
    """The shares, then the rungs, each by its name on the page."""
    for layered in answer.shares:
        yield f"{layered.name[:1].upper()}{layered.name[1:]}, in all", layered
    for layered in answer.ladder:
        yield vocabulary("rungs")[layered.name].label, layered


def _blend_text(layered: Layered) -> str:
    counted = layered.history.value is not None
    return whole_percent(layered.blend) if counted else coarse_percent(layered.blend)


def play_json(play: Play, beside: Play | None = None) -> dict[str, Any]:
    """A played scenario as one plain object; its record hashes all that came out."""
    values = [[figure.id, figure.value] for figure in play.figures]
    told = {
        "question": play.scenario.question,
        "record": dataclasses.asdict(play.record) | {"figures": fingerprint(values)},
        "runs": [
            {
                "name": answer.run.name,
                "war_chance": answer.war_chance,
                "compared_with": answer.compared_with,
                **{
                    part: {
                        layered.name: {
                            "history": layered.history.to_json(),
                            "interests": layered.interests.to_json(),
                            "blend": layered.blend.to_json(),
                        }
                        for layered in getattr(answer, part)
                    }
                    for part in ("ladder", "shares", "at_least")
                },
                **{
                    part: [figure.to_json() for figure in getattr(answer, part)]
                    for part in ("ties", "exits", "timing", "contrasts", "wedges", "others")
                },
                "path": _path(answer),
                "sentences": [sentence.text for sentence in run_sentences(play, answer)],
            }
            for answer in play.runs
        ],
        "unknown": {"inputs": list(unknown_inputs(play)), "sentence": unknown_sentence(play).text},
    }
    return told | ({"beside": play_json(beside)} if beside else {})


def _path(answer: RunAnswer) -> list[dict[str, Any]]:
    """P(a side has ended it by the end of each month), with its band over draws."""
    rows = []
    for at, side in enumerate(answer.path.sides):
        left = answer.path.left[:, at]
        low, high = np.quantile(left, [0.1, 0.9], axis=0)
        rows += [
            {"side": side, "month": month + 1, "left": value, "low": least, "high": most}
            for month, (value, least, most) in enumerate(
                zip(left.mean(axis=0).tolist(), low.tolist(), high.tolist(), strict=True)
            )
        ]
    return rows


def tell_explanation(explanation: Explanation) -> str:
    """An explanation: its sentences, then every figure with its id."""
    from fairweather.scenario.explanation import explanation_sentences

    rows = [(figure.meaning, value_text(figure), figure.id) for figure in explanation.figures]
    sentences = [sentence.text for sentence in explanation_sentences(explanation)]
    return "\n".join((*sentences, "", plain_table(("what", "value", "figure"), rows)))


def explanation_json(explanation: Explanation) -> dict[str, Any]:
    """An explanation as one plain object."""
    from fairweather.scenario.explanation import explanation_sentences

    parts = ("switches", "effects", "tipping", "otherwise", "chips")
    return {
        "run": explanation.run,
        "beside": explanation.beside,
        "rung": explanation.rung,
        "before": explanation.before,
        "after": explanation.after,
        "structural": explanation.structural,
        "idle": list(explanation.idle),
        **{part: [one.to_json() for one in getattr(explanation, part)] for part in parts},
        "sentences": [one.text for one in explanation_sentences(explanation)],
    }


def tell_difference(found: Difference) -> str:
    """Two runs side by side."""
    names = (found.before.run.name, found.after.run.name)
    changed = [(one.path, one.before, one.after) for one in found.changes]
    rungs = [
        (
            vocabulary("rungs")[before.name].label,
            coarse_percent(before.interests),
            coarse_percent(after.interests),
            _blend_text(before),
            _blend_text(after),
        )
        for before, after in found.rungs
    ]
    layers = [f"{layer}: {name}" for layer in ("interests", "blend") for name in names]
    return "\n".join(
        (
            "What was changed",
            plain_table(("input", *names), changed) if changed else "  nothing",
            "",
            "At least this rung",
            plain_table(("rung", *layers), rungs),
        )
    )


def difference_json(found: Difference) -> dict[str, Any]:
    """Two runs side by side as one plain object."""
    return {
        "before": found.before.run.name,
        "after": found.after.run.name,
        "changes": [dataclasses.asdict(change) for change in found.changes],
        "at_least": {
            before.name: {
                layer: [getattr(one, layer).to_json() for one in (before, after)]
                for layer in ("history", "interests", "blend")
            }
            for before, after in found.rungs
        },
    }
