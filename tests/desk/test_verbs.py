"""The desk and the command line speak in the same words."""

from __future__ import annotations

from pathlib import Path

import pytest

import fairweather
from fairweather import Desk
from fairweather.cli.verbs import fairweather as command_line
from fairweather.errors import UnknownKey

OTHERWISE = {
    "agreement": "agreements",
    "question": "questions",
    "import": "import_",
    "scenario": "play",
}
"""Verbs whose word differs in Python, where one is taken or an answer holds several."""

EDGES = {"demo", "serve", "code"}
"""`fairweather.demo()` makes a desk; the others are edges of their own."""


def test_every_verb_of_the_command_line_is_one_of_the_desk() -> None:
    verbs = set(command_line.commands) - EDGES
    missing = {verb for verb in verbs if not hasattr(Desk, OTHERWISE.get(verb, verb))}
    assert not missing
    assert callable(fairweather.demo)


def test_words_that_follow_forecast_and_mechanism_follow_them_here(examples_desk: Desk) -> None:
    assert examples_desk.forecast.next("RUS", "IRN") == examples_desk.next_moves("RUS", "IRN")
    assert examples_desk.forecast.tone("RUS", "IRN") == ()
    with pytest.raises(UnknownKey):
        examples_desk.mechanism.draft("mechanism:none")


def test_a_copy_is_a_ledger_and_a_text_can_be_forgotten(
    examples_desk: Desk, tmp_path: Path
) -> None:
    copy = examples_desk.backup(tmp_path / "copy.db")
    with fairweather.open(copy) as desk:
        document = desk.find("documents")[0].id
        desk.forget(document, "asked to", by="anna")
        assert not desk.ledger.has(document)
        assert not desk.verify()
