"""The shipped scenarios: sound, sourced, and played as they stand."""

from pathlib import Path

import pytest

from fairweather.scenario import (
    check_scenario,
    parse_scenario,
    play_scenario,
    play_sentences,
)

SCENARIOS = sorted((Path(__file__).parents[2] / "examples" / "scenarios").glob("*.toml"))


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_shipped_scenario_states_and_sources_every_input(path: Path) -> None:
    scenario = parse_scenario(path.read_text(encoding="utf-8"), path.name)
    assert check_scenario(scenario) == ()


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_shipped_scenario_plays_and_speaks(path: Path) -> None:
    play = play_scenario(parse_scenario(path.read_text(encoding="utf-8")), draws=200)
    assert play_sentences(play)


def test_the_three_pairs_of_the_example_corpora_have_a_scenario() -> None:
    assert {path.stem for path in SCENARIOS} >= {
        "russia-iran",
        "saudi-arabia-pakistan",
        "united-states-south-korea",
    }
