"""Mechanisms at the desk: play the model in a file, or draft one from what the ledger holds."""

from __future__ import annotations

from pathlib import Path

from fairweather.desk.files import text_of
from fairweather.errors import ScenarioError
from fairweather.ledger import Ledger
from fairweather.records import Explained, Mechanism, Recipe
from fairweather.scenario.mechanisms import MechanismAnswer, draft_mechanism, parse_mechanism


def play_mechanism(ledger: Ledger, path: Path | str, *, seed: int = 0) -> MechanismAnswer:
    """The answer of a mechanism file; its text is kept, so that `why` can play it again.

    Raises SourceError for a file that cannot be read, ScenarioError for a mistake in it.
    """
    text = text_of(path)
    answer = parse_mechanism(text, str(path)).play(seed=seed)
    ledger.keep_scenario(answer.heading.text_id, text)
    return answer


def drafted_mechanism(ledger: Ledger, mechanism_id: str, as_of: str) -> str:
    """A file for a mechanism on record: its members and links with their sources.

    What the record does not say is left as "assumed" for a person to fill in. Raises
    UnknownKey for an id that is none, ScenarioError for a kind without a model.
    """
    record = ledger.record(mechanism_id)
    if not isinstance(record, Mechanism):
        raise ScenarioError(f"{mechanism_id} is a {record.type}, not a mechanism")
    return draft_mechanism(record, as_of)


def played_figure(ledger: Ledger, recipe: Recipe) -> Explained:
    """A figure of a mechanism that was played: its text is kept, so play it again."""
    name, _, seed = recipe.arguments[0].partition(".")
    answer = parse_mechanism(ledger.scenario(name), name).play(seed=int(seed or 0))
    return answer.figure(recipe.arguments[-1])
