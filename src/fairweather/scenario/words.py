"""Says what a play found, never more exactly than it is known.

Shares counted in history are told in whole per cent with their counts. What comes from
assumed utilities is told in steps of five per cent, or as a contrast between two runs.
Every sentence carries the figures that it rests on.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from fairweather.records import Explained, Ingredient
from fairweather.scenario.answers import Layered, Play, RunAnswer
from fairweather.scenario.blend import ARMS, FORCES
from fairweather.scenario.constants import game_inputs
from fairweather.scenario.figures import HALVING
from fairweather.scenario.naming import plain_name
from fairweather.vocabulary import vocabulary

STEP = 5
"""Per cent: the grain in which assumed utilities are told."""

HARDLY = 0.05
"""A ratio this close to 1 is no change worth telling."""

TELLING_SHARE = 0.1
"""Offers that account for less of a side's exits are not worth a sentence."""

KNOWN_WITHIN = 0.4
"""A price that is not known more narrowly than this is said not to be known."""

FRACTIONS = (
    (1 / 10, "a tenth"),
    (1 / 5, "a fifth"),
    (1 / 4, "a quarter"),
    (1 / 3, "a third"),
    (1 / 2, "half"),
    (2 / 3, "two thirds"),
    (3 / 4, "three quarters"),
    (9 / 10, "nine tenths"),
)

MOST_NAMED = 6
CONSTANTS = "constants."

NOT_EARNED = "from assumed utilities, not yet earned on past cases"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with the figures it rests on."""

    text: str
    figures: tuple[Explained, ...]


def play_sentences(play: Play) -> tuple[Sentence, ...]:
    """What a play found, run by run; each run's history comes first."""
    return tuple(sentence for answer in play.runs for sentence in run_sentences(play, answer))


def run_sentences(play: Play, answer: RunAnswer) -> Iterator[Sentence]:
    """What one run found: history, interests, contrasts, prices, exits."""
    yield history_sentence(answer)
    yield interests_sentence(play, answer)
    if answer.contrasts:
        yield contrast_sentence(beyond(answer, "statements"), _run_name(play, answer))
    for wedge in answer.wedges:
        yield wedge_sentence(wedge)
    yield exits_sentence(play, answer)


def strands_sentence(answer: RunAnswer) -> Sentence:
    """The strands weighed equally, as either side sees the other, in tenths."""
    seen = [
        f"{figure.arguments[2]} sees {figure.arguments[3]} at {_scale_range(figure)}"
        for figure in answer.ties
    ]
    text = (
        f"The seven strands, weighed equally, from -1 (against) to 1 (for): {_listed(seen, 'and')}."
    )
    return Sentence(text, answer.ties)


def _scale_range(figure: Explained) -> str:
    # Adding nothing turns -0.0 into 0.0.
    low, high = (round(end or 0.0, 1) + 0.0 for end in (figure.low, figure.high))
    return f"about {low:.1f}" if low == high else f"{low:.1f} to {high:.1f}"


def unknown_inputs(play: Play) -> tuple[str, ...]:
    """The paths of the inputs that no record and no work speaks for, constants left out."""
    return tuple(
        part.path
        for part in game_inputs(play.scenario)
        if not part.path.startswith(CONSTANTS)
        and (part.quantity.assumed or not part.quantity.source)
    )


def unknown_sentence(play: Play) -> Sentence:
    """What a play does not know: the inputs that rest on nothing, and how many constants do."""
    inputs, unknown = game_inputs(play.scenario), unknown_inputs(play)
    constants = [part for part in inputs if part.path.startswith(CONSTANTS)]
    assumed = sum(part.quantity.assumed for part in constants)
    names = [plain_name(path) for path in unknown[:MOST_NAMED]]
    names += [f"{len(unknown) - MOST_NAMED} more"] * (len(unknown) > MOST_NAMED)
    text = (
        f"What this does not know: {len(unknown)} of {len(inputs) - len(constants)} inputs rest on "
    )
    text += f"no evidence ({_listed(names, 'and')})" if names else "no evidence"
    return Sentence(f"{text}; of {len(constants)} structural constants {assumed} are assumed.", ())


def history_sentence(answer: RunAnswer) -> Sentence:
    """L0: "forces about 0-6 %; 7 of 203 ...", then arms, with what their counts leave out."""
    histories = {layered.name: layered.history for layered in answer.shares}
    rates = {FORCES: answer.reference.rate, ARMS: answer.armed}
    counted = [
        f"{share} {whole_percent(histories[share])}; {rate.counted}: {rate.what} "
        f"({rate.first}-{rate.last}, {rate.clusters} {_plural(rate.unit)})"
        for share, rate in rates.items()
        if rate is not None and histories[share].value is not None
    ]
    if not counted:
        text = (
            "What usually happens: no cases; the data tell only of states whose partner is at war."
        )
    else:
        text = f"What usually happens: {'. Short of forces, '.join(counted)}."
        if len(counted) > 1:
            text += " Only major arms are counted, and no single rung has cases of its own."
        else:
            text += " No cases tell of arms."
    return Sentence(text, tuple(histories.values()))


def _plural(unit: str) -> str:
    """Units of a count: "wars", "states at war"."""
    first, _, rest = unit.partition(" ")
    return f"{first}s {rest}".strip()


def interests_sentence(play: Play, answer: RunAnswer) -> Sentence:
    """L1 in coarse steps: how likely it is that support goes beyond diplomacy."""
    level = _at_least(answer, "intelligence").interests
    arms = _at_least(answer, "limited_arms").interests
    supporter, partner = answer.supporter, answer.partner
    text = (
        f"What interests imply: {supporter} goes beyond diplomacy for {partner} with "
        f"{coarse_percent(level)}, as far as arms or forces with {coarse_percent(arms)} "
        f"({NOT_EARNED})."
    )
    return Sentence(text, (level, arms))


def beyond(answer: RunAnswer, rung: str) -> Explained:
    """The contrast of the share that goes beyond a rung, that is, at least to the next one."""
    rungs = [layered.name for layered in answer.ladder]
    return answer.contrasts[rungs.index(rung)]


def contrast_sentence(contrast: Explained, other: str) -> Sentence:
    """ "The share that goes beyond statements falls by a third", or that it is unclear."""
    rungs = list(vocabulary("rungs"))
    below = _label(rungs[rungs.index(contrast.arguments[2]) - 1])
    change = change_words(contrast)
    return Sentence(
        f'Beside the run "{other}", the share that goes beyond {below} {change} ({NOT_EARNED}).',
        (contrast,),
    )


def change_words(contrast: Explained) -> str:
    """A ratio in words: "falls by a third", "about doubles", "may fall or rise"."""
    ratio, low, high = contrast.value, contrast.low, contrast.high
    if ratio is None or low is None or high is None:
        return "is unknown"
    if abs(ratio - 1) < HARDLY and high - low < 4 * HARDLY:
        return "hardly changes"
    if low < 1 - HARDLY and high > 1 + HARDLY:
        return f"may fall or rise: between {low:.1f} and {high:.1f} times as large"
    if ratio < 1:
        return f"falls by {_spread_of_fractions(1 - high, 1 - low)}"
    if ratio < 1 + 1 - HARDLY:
        return f"rises by {_spread_of_fractions(low - 1, high - 1)}"
    return f"grows to {low:.1f}-{high:.1f} times its size"


def wedge_sentence(wedge: Explained) -> Sentence:
    """The price of an offer in tenths of a full tie; that none suffices, or that none is known."""
    name, cap = wedge.arguments[2], wedge.meaning.split(" makes ")[1].split(" or less")[0]
    share = float(_ingredient(wedge, "share of draws beyond 1").value or 0.0)
    goal = f"{_label(cap)} or less likelier than not"
    if wedge.value is None:
        text = f"no value up to that of a full tie makes {goal}."
    elif wedge.value == 0 and share == 0:
        text = f"no offer is needed, for {goal.replace(' likelier', ' is likelier')} already;"
        text += f" {_halving(wedge)}."
    elif wedge.high is None or wedge.high - (wedge.low or 0.0) > KNOWN_WITHIN:
        low = "nothing" if not round(10 * (wedge.low or 0.0)) else _tenths(wedge.low)
        high = "more than a full tie" if wedge.high is None else _tenths(wedge.high)
        text = f"not known. Depending on what is assumed, anything from {low} to {high} would "
        text += f"make {goal}."
    else:
        text = f"worth {_range_of_tenths(wedge.low or 0.0, wedge.high)} of a full tie, it makes "
        text += f"{goal}."
    told = name.replace("_", " ")
    return Sentence(f"Wedge price, {told}: {text} ({NOT_EARNED.capitalize()}.)", (wedge,))


def _halving(wedge: Explained) -> str:
    """What it takes to halve the rest: "to halve the rest takes about 3 tenths of a full tie"."""
    price = _ingredient(wedge, HALVING).value
    if price is None:
        return "no value up to that of a full tie would halve the rest"
    tenths = round(10 * float(price))
    worth = f"about {tenths} tenth{'s' if tenths != 1 else ''}" if tenths else "under a tenth"
    return f"to halve the rest takes {worth} of a full tie"


def exits_sentence(play: Play, answer: RunAnswer) -> Sentence:
    """How likely each side is to leave within the horizon."""
    parts = [f"{figure.arguments[2]} with {coarse_percent(figure)}" for figure in answer.exits]
    months = play.scenario.horizon_months
    told = list(_timing(answer))
    text = f"The partnership is ended within {months} months by {_listed(parts, 'and')} "
    text += "(a hazard of assumed slope over a counted base rate)."
    return Sentence(
        " ".join([text, *(words for words, _ in told)]),
        (*answer.exits, *(figure for _, figure in told)),
    )


def _timing(answer: RunAnswer) -> Iterator[tuple[str, Explained]]:
    """When a tenth, a quarter, half of the runs have ended, and what offers have to do with it."""
    shares = {"0.1": "A tenth", "0.25": "A quarter", "0.5": "Half"}
    for figure in answer.timing:
        if figure.method == "exit-time" and figure.value is not None:
            share = shares[figure.arguments[2]]
            yield f"{share} of the monthly runs have ended by month {figure.value:.0f}.", figure
        elif figure.method == "exit-share" and (figure.value or 0.0) >= TELLING_SHARE:
            offer = figure.arguments[2].partition(".")[2].replace("_", " ")
            share = _fraction(figure.value or 0.0)
            side = figure.meaning.partition("'s exits")[0].rpartition(" ")[2]
            yield f"About {share} of {side}'s exits would not come without {offer}.", figure


def whole_percent(figure: Explained) -> str:
    """The band of a counted share in whole per cent: "about 1-6 %"."""
    low, high = _band(figure)
    first, last = math.floor(100 * low), math.ceil(100 * high)
    return f"about {first} %" if first == last else f"about {first}-{last} %"


def coarse_percent(figure: Explained) -> str:
    """The band of an assumed share, widened to steps of five: "roughly 10-35 %"."""
    low, high = _band(figure)
    first = STEP * math.floor(100 * low / STEP)
    last = STEP * math.ceil(100 * high / STEP)
    if first == 0:
        return f"under {max(last, STEP)} %"
    return f"over {first} %" if last == 100 else f"roughly {first}-{last} %"


def _spread_of_fractions(low: float, high: float) -> str:
    """Two changes as fractions: "a third", "a fifth to a half", "a tenth or less"."""
    first, last = _fraction(max(low, 0.0)), _fraction(high)
    if last == "":
        return "a little"
    if first == "":
        return f"{last} or less"
    return first if first == last else f"{first} to {last}"


def _fraction(part: float) -> str:
    """The nearest common fraction; empty when the part is close to nothing."""
    if part < HARDLY:
        return ""
    return (
        min(FRACTIONS, key=lambda known: abs(known[0] - part))[1] if part < 0.95 else "nearly all"
    )


def _tenths(worth: float | None) -> str:
    tenths = round(10 * (worth or 0.0))
    return (
        "a full tie"
        if tenths == 10
        else f"{tenths} tenth{'s' if tenths != 1 else ''} of a full tie"
    )


def _range_of_tenths(low: float, high: float) -> str:
    first, last = round(10 * low), round(10 * high)
    if last == 0:
        return "under a tenth"
    return f"about {last} tenths" if first == last else f"about {first} to {last} tenths"


def _band(figure: Explained) -> tuple[float, float]:
    if figure.value is None:
        return 0.0, 1.0
    low = figure.value if figure.low is None else figure.low
    return low, figure.value if figure.high is None else figure.high


def _at_least(answer: RunAnswer, rung: str) -> Layered:
    return next(layered for layered in answer.at_least if layered.name == rung)


def _ingredient(figure: Explained, name: str) -> Ingredient:
    return next(part for part in figure.ingredients if part.name == name)


def _label(rung: str) -> str:
    return vocabulary("rungs")[rung].label.lower()


def _run_name(play: Play, answer: RunAnswer) -> str:
    return play.run(answer.compared_with).run.name


def _listed(parts: list[str], joined_by: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {joined_by} {parts[-1]}"
