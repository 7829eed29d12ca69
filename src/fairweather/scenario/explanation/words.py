"""An explanation in sentences, no more exact than it is."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

from fairweather.records import Explained
from fairweather.scenario.explanation.counterfactual import ANSWER, FARTHEST, Counterfactual, Move
from fairweather.scenario.explanation.explain import Explanation
from fairweather.scenario.naming import plain_name
from fairweather.scenario.words import NOT_EARNED, STEP, Sentence
from fairweather.vocabulary import vocabulary

MOST_NAMED = 5
TOLD_CHIPS = ("diplomatic", "limited_arms", "troops")


def explanation_sentences(explanation: Explanation) -> Iterator[Sentence]:
    """Switches, inputs that matter or do not, tipping points, nearest changes, chips."""
    yield _difference(explanation)
    yield _effects(explanation) if explanation.structural is not None else _NO_EFFECTS
    if explanation.idle:
        yield _idle(explanation)
    yield _tipping(explanation)
    yield nearest_changes(explanation)
    yield _chips(explanation)


def _difference(explanation: Explanation) -> Sentence:
    rung = _label(explanation.rung)
    if explanation.run == explanation.beside or not explanation.switches:
        text = (
            f"{rung} or more: about {_step(explanation.after)} %; nothing is switched on beside it"
        )
        return Sentence(f"{text} ({NOT_EARNED}).", explanation.switches)
    before, after = _step(explanation.before), _step(explanation.after)
    moved = shared_out([one.value or 0.0 for one in explanation.switches], after - before)
    parts = [
        f"{_name(one)} {_points(by)}" for one, by in zip(explanation.switches, moved, strict=True)
    ]
    ends = (
        f'stays at about {after} % ("{explanation.beside}" and "{explanation.run}")'
        if before == after
        else f'goes from about {before} % ("{explanation.beside}") to about {after} % '
        f'("{explanation.run}")'
    )
    return Sentence(
        f"{rung} or more {ends}: {'; '.join(parts)} ({NOT_EARNED}).", explanation.switches
    )


def shared_out(changes: list[float], total: int) -> list[int]:
    """Changes in steps of points that add up to the difference told, by largest remainders."""
    exact = [100 * change / STEP for change in changes]
    steps = [math.floor(one) for one in exact]
    missing = total // STEP - sum(steps)
    order = sorted(range(len(exact)), key=lambda at: steps[at] - exact[at])
    for at in itertools.islice(itertools.cycle(order), max(0, missing)):
        steps[at] += 1
    for at in itertools.islice(itertools.cycle(reversed(order)), max(0, -missing)):
        steps[at] -= 1
    return [STEP * one for one in steps]


def _effects(explanation: Explanation) -> Sentence:
    named = [f"{_name(one)} {one.value:.2f}" for one in explanation.effects[:MOST_NAMED]]
    structural = explanation.structural or 0.0
    share = _step(structural)
    text = f"What it hangs on: {', '.join(named) or 'no single input'}."
    if structural > 0.5:
        text += f" Structural constants outweigh the evidence: about {share} % of all effects."
    else:
        text += f" Structural constants are about {share} % of all effects."
    return Sentence(text, explanation.effects[:MOST_NAMED])


def _idle(explanation: Explanation) -> Sentence:
    count, shown = len(explanation.idle), list(explanation.idle[:MOST_NAMED])
    rest = f" and {count - len(shown)} more" if count > len(shown) else ""
    named = ", ".join(map(plain_name, shown))
    return Sentence(f"These inputs do not matter here: {named}{rest}.", ())


def _tipping(explanation: Explanation) -> Sentence:
    if not explanation.tipping:
        return Sentence("No single input, within its range, tips the answer over one half.", ())
    told = explanation.tipping[:MOST_NAMED]
    places = [f"{_name(one)} at {_tenth(one.value or 0.0)}" for one in told]
    text = f"Alone would tip it over one half, the nearest first: {', '.join(places)}."
    return Sentence(text, told)


def nearest_changes(explanation: Explanation) -> Sentence:
    """The nearest changes, those to one word together: "if X were ..., or else Y and Z ..."."""
    if not explanation.nearest:
        return Sentence(
            f"No one or two inputs, moved by up to {FARTHEST:.0f} times their own bands, change "
            "the word for the answer or for the end of the partnership.",
            (),
        )
    grouped = itertools.groupby(explanation.nearest, key=lambda one: (one.asked, one.after))
    parts = [_leads_to(explanation.rung, list(ways)) for _, ways in grouped]
    text = f"Nearest to another answer: {'; '.join(parts)} ({NOT_EARNED})."
    return Sentence(text, explanation.otherwise)


def _leads_to(rung: str, ways: list[Counterfactual]) -> str:
    first = ways[0]
    moved = ", or else ".join(" and ".join(map(_asks, way.moves)) for way in ways)
    asked = f"{_label(rung).lower()} or more" if first.asked == ANSWER else "the partnership's end"
    return (
        f"if {moved}, {asked} would be called {_quoted(first.after)}, not {_quoted(first.before)}"
    )


def _asks(move: Move) -> str:
    """What a move asks for, rounded away from where the input lies, so that it still suffices."""
    rising = move.value > move.now
    tenths = math.ceil(10 * move.value) if rising else math.floor(10 * move.value)
    side = "at least" if rising else "at most"
    return (
        f"{plain_name(move.path)} were {side} {_tenth(tenths / 10)} (now about {_tenth(move.now)})"
    )


def _tenth(value: float) -> str:
    # Adding nothing turns -0.0 into 0.0.
    return f"{round(value, 1) + 0.0:.1f}"


def _quoted(word: str) -> str:
    return f'"{vocabulary("estimative")[word].label.lower()}"'


def _chips(explanation: Explanation) -> Sentence:
    told = [one for one in explanation.chips if one.arguments[3] in TOLD_CHIPS]
    worths = [f"{_label(one.arguments[3]).lower()} and above {_worth(one)}" for one in told]
    text = f"As a bargaining chip, giving up is worth: {', '.join(worths)} of a full tie"
    return Sentence(f"{text} ({NOT_EARNED}).", tuple(told))


def _worth(chip: Explained) -> str:
    low, high = (round(10 * (end or 0.0)) for end in (chip.low, chip.high))
    if high == 0:
        return "under a tenth"
    if low == 0:
        return "up to a tenth" if high == 1 else f"up to {high} tenths"
    return f"about {high} tenths" if low == high else f"about {low} to {high} tenths"


def _points(points: int) -> str:
    if not points:
        return "hardly matters"
    return f"{'adds' if points > 0 else 'takes'} about {abs(points)} points"


def _step(share: float) -> int:
    return STEP * round(100 * share / STEP)


def _name(figure: Explained) -> str:
    name = figure.arguments[3]
    if figure.method != "shapley":
        return plain_name(name)
    kind, _, switch = name.partition(".")
    return plain_name(switch) if kind == "set" else switch


def _label(rung: str) -> str:
    return vocabulary("rungs")[rung].label


_NO_EFFECTS = Sentence(
    "How much each input matters is not worked out here: that needs the extra fairweather[sens].",
    (),
)
