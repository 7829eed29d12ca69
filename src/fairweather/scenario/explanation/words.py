"""An explanation in sentences, no more exact than it is."""

from __future__ import annotations

from collections.abc import Iterator

from fairweather.records import Explained
from fairweather.scenario.explanation.explain import Explanation
from fairweather.scenario.words import NOT_EARNED, STEP, Sentence
from fairweather.vocabulary import vocabulary

MOST_NAMED = 5
TOLD_CHIPS = ("diplomatic", "limited_arms", "troops")


def explanation_sentences(explanation: Explanation) -> Iterator[Sentence]:
    """The switches, the inputs that matter and those that do not, the tipping points, the chips."""
    yield _difference(explanation)
    yield _effects(explanation) if explanation.structural is not None else _NO_EFFECTS
    if explanation.idle:
        yield _idle(explanation)
    yield _tipping(explanation)
    yield _chips(explanation)


def _difference(explanation: Explanation) -> Sentence:
    rung = _label(explanation.rung)
    if explanation.run == explanation.beside or not explanation.switches:
        text = (
            f"{rung} or more: about {_step(explanation.after)} %; nothing is switched on beside it."
        )
        return Sentence(f"{text} ({NOT_EARNED})", explanation.switches)
    parts = [f"{_name(one)} {_points(one.value or 0.0)}" for one in explanation.switches]
    text = (
        f'{rung} or more goes from about {_step(explanation.before)} % ("{explanation.beside}") to '
        f'about {_step(explanation.after)} % ("{explanation.run}"): {"; ".join(parts)}'
    )
    return Sentence(f"{text} ({NOT_EARNED}).", explanation.switches)


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
    return Sentence(f"These inputs do not matter here: {', '.join(shown)}{rest}.", ())


def _tipping(explanation: Explanation) -> Sentence:
    if not explanation.tipping:
        return Sentence("No single input, within its range, tips the answer over one half.", ())
    nearest = explanation.tipping[0]
    others = [f"{_name(one)} at {one.value:.2f}" for one in explanation.tipping[1:MOST_NAMED]]
    text = f"Nearest to tipping: {nearest.meaning.replace(' this:', f' {nearest.value:.2f}:', 1)}."
    if others:
        text += f" Further away: {', '.join(others)}."
    return Sentence(text, explanation.tipping[:MOST_NAMED])


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


def _points(change: float) -> str:
    points = round(abs(100 * change))
    if points < STEP / 2:
        return "hardly matters"
    return (
        f"{'adds' if change > 0 else 'takes'} about {max(STEP, STEP * round(points / STEP))} points"
    )


def _step(share: float) -> int:
    return STEP * round(100 * share / STEP)


def _name(figure: Explained) -> str:
    name = figure.arguments[3]
    return name.partition(".")[2] if figure.method == "shapley" else name


def _label(rung: str) -> str:
    return vocabulary("rungs")[rung].label


_NO_EFFECTS = Sentence(
    "How much each input matters is not worked out here: that needs the extra fairweather[sens].",
    (),
)
