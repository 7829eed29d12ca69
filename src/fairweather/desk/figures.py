"""Figures by recipe: what computes each number again, so that `why` can check it.

A figure's id names its method and arguments. Computing it again from the ledger gives the
same seal at the id's end, unless the ledger has learnt something that bears on it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from fairweather.desk.mechanisms import played_figure
from fairweather.desk.next_moves import METHOD as NEXT
from fairweather.desk.next_moves import move_figure
from fairweather.desk.scorecards import scorecard
from fairweather.errors import UnknownKey
from fairweather.history.pair import pair_history
from fairweather.ledger import Ledger, Window, window_of_text
from fairweather.profile import profile_dyad
from fairweather.records import LATEST, Explained, Recipe
from fairweather.scenario import parse_scenario, play_scenario
from fairweather.scenario.explanation import METHODS as EXPLAINED
from fairweather.scenario.explanation import explained_figure
from fairweather.scenario.mechanisms import METHOD as MECHANISM
from fairweather.vocabulary.loader import suggest

Method = Callable[[Ledger, Recipe], Explained]

SCENARIO_PREFIX = "run-"
"""How the id of a played scenario begins."""


def recompute(ledger: Ledger, recipe: Recipe) -> Explained:
    """The figure of a recipe, computed now. Raises UnknownKey when no method makes it."""
    if recipe.arguments and recipe.arguments[0].startswith(SCENARIO_PREFIX):
        return _played(ledger, recipe)
    method = METHODS.get(recipe.method)
    if method is None:
        near = suggest(recipe.method, METHODS)
        hint = f"; did you mean {near}?" if near else f"; there are {', '.join(METHODS)}"
        raise UnknownKey(f"no figure is made by {recipe.method!r}{hint}")
    return method(ledger, recipe)


def window_of(recipe: Recipe) -> Window:
    """What the figure may see."""
    return window_of_text(recipe.as_of)


def _strand(ledger: Ledger, recipe: Recipe) -> Explained:
    if len(recipe.arguments) != 4:
        raise UnknownKey(f"{recipe.text()}: a strand is named by pair, strand and viewpoint")
    a, b, strand, viewpoint = recipe.arguments
    profile = profile_dyad(ledger, a, b, window_of(recipe))
    try:
        return profile.strand(strand, viewpoint).value
    except KeyError as error:
        raise UnknownKey(f"{recipe.text()}: no such strand or viewpoint") from error


def _played(ledger: Ledger, recipe: Recipe) -> Explained:
    """A figure of a scenario that was played: its text is kept, so play it again."""
    name, _, seed = recipe.arguments[0].partition(".")
    scenario = parse_scenario(ledger.scenario(name), name)
    if recipe.method in EXPLAINED:
        return explained_figure(scenario, recipe.text(), seed=int(seed or 0))
    return play_scenario(scenario, seed=int(seed or 0)).figure(recipe.text())


def _documents(ledger: Ledger, recipe: Recipe) -> Explained:
    a, b = _pair(recipe)
    return profile_dyad(ledger, a, b, window_of(recipe)).coverage


def _history(ledger: Ledger, recipe: Recipe) -> Explained:
    a, b = _pair(recipe)
    profile = profile_dyad(ledger, a, b, window_of(recipe))
    day = profile.last_published
    rung = recipe.arguments[2] if len(recipe.arguments) > 2 else "forces"
    told = pair_history(profile.agreements, a, b, day, as_of=profile.seen).support[a]
    try:
        return told.rung(rung)
    except KeyError as error:
        known = ", ".join(name for name, _ in told.rungs)
        raise UnknownKey(f"{recipe.text()}: history counts {known}") from error


def _pair(recipe: Recipe) -> tuple[str, str]:
    if len(recipe.arguments) < 2:
        raise UnknownKey(f"{recipe.text()}: a pair of actors is missing")
    return recipe.arguments[0], recipe.arguments[1]


def _next(ledger: Ledger, recipe: Recipe) -> Explained:
    tables = Path(f"{ledger.path}.tables")
    return move_figure(ledger.within(window_of(recipe)), tables, recipe.arguments)


def _score(ledger: Ledger, recipe: Recipe) -> Explained:
    if len(recipe.arguments) != 3:
        raise UnknownKey(f"{recipe.text()}: a score is named by dimension, group and measure")
    dimension, name, measure = recipe.arguments
    try:
        card = scorecard(ledger, "" if recipe.as_of == LATEST else recipe.as_of)
        return card.group(dimension, name).figure(measure, recipe.as_of)
    except KeyError as error:
        raise UnknownKey(f"{recipe.text()}: no such group or measure") from error


METHODS: Mapping[str, Method] = {
    "score": _score,
    "strand": _strand,
    "documents": _documents,
    "history": _history,
    MECHANISM: played_figure,
    NEXT: _next,
}
"""The methods whose figures come straight from the ledger; all others are a scenario's."""
