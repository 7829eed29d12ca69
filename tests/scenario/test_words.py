"""What is said about a play: ranges, counts, contrasts, and no false precision."""

import dataclasses
import re
from pathlib import Path

import pytest

from fairweather.records import Explained
from fairweather.scenario import Play, parse_scenario, play_scenario, play_sentences, run_sentences
from fairweather.scenario.words import (
    change_words,
    coarse_percent,
    history_sentence,
    strands_sentence,
    unknown_inputs,
    unknown_sentence,
    wedge_sentence,
    whole_percent,
)

TEXT = (Path(__file__).parent / "aland-borduria.toml").read_text()


@pytest.fixture(scope="module")
def play() -> Play:
    return play_scenario(parse_scenario(TEXT), draws=300)


def band(low: float, high: float, value: float | None = None) -> Explained:
    return Explained(
        method="contrast",
        version="1",
        arguments=("run-1", "war", "diplomatic", "peace"),
        meaning="",
        value=(low + high) / 2 if value is None else value,
        unit="ratio",
        low=low,
        high=high,
    )


def test_troops_are_told_with_their_counts(play: Play) -> None:
    text = history_sentence(play.run("war")).text
    assert re.search(r"forces about \d-\d+ %; 7 of 203: states allied without a defence", text)
    assert re.search(r"arms about \d+-\d+ %; 166 of 1518: states with a pact", text)
    assert "Only major arms are counted" in text


def test_peace_has_no_cases(play: Play) -> None:
    assert "no cases" in history_sentence(play.run("peace")).text


def test_assumed_utilities_are_told_in_steps_of_five(play: Play) -> None:
    for sentence in play_sentences(play):
        if "assumed utilities" in sentence.text:
            for number in re.findall(r"(\d+)(?:-\d+)? %", sentence.text):
                assert int(number) % 5 == 0


def test_history_comes_first_in_every_run(play: Play) -> None:
    for run in play.runs:
        assert next(run_sentences(play, run)).text.startswith("What usually happens")


def test_every_sentence_rests_on_figures_of_the_play(play: Play) -> None:
    figures = list(play.figures)
    for sentence in play_sentences(play):
        assert sentence.figures
        assert all(figure in figures for figure in sentence.figures)


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (band(0.012, 0.058), "about 1-6 %"),
        (band(0.001, 0.002), "about 0-1 %"),
    ],
)
def test_counted_shares_are_told_in_whole_per_cent(figure: Explained, words: str) -> None:
    assert whole_percent(figure) == words


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (band(0.0, 0.01), "under 5 %"),
        (band(0.13, 0.31), "roughly 10-35 %"),
        (band(0.91, 0.99), "over 90 %"),
    ],
)
def test_assumed_shares_are_widened_to_steps(figure: Explained, words: str) -> None:
    assert coarse_percent(figure) == words


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (band(0.62, 0.70), "falls by a third"),
        (band(0.3, 0.7), "falls by a third to two thirds"),
        (band(1.3, 1.36), "rises by a third"),
        (band(0.98, 1.03), "hardly changes"),
        (band(0.5, 1.8), "may fall or rise"),
        (band(2.0, 3.0), "grows to 2.0-3.0 times"),
        (band(0.0, 0.02), "falls by nearly all"),
    ],
)
def test_contrasts_are_told_as_fractions(figure: Explained, words: str) -> None:
    assert change_words(figure).startswith(words)


def test_a_price_that_may_be_anything_is_said_not_to_be_known(play: Play) -> None:
    wedge = play.run("war").wedges[0]
    wide = dataclasses.replace(wedge, value=0.3, low=0.0, high=0.9)
    assert "not known" in wedge_sentence(wide).text
    narrow = dataclasses.replace(wedge, value=0.3, low=0.2, high=0.4)
    assert "about 2 to 4 tenths" in wedge_sentence(narrow).text


def test_a_price_that_no_offer_reaches_is_said_in_words(play: Play) -> None:
    wedge = play.run("war").wedges[0]
    unreachable = dataclasses.replace(wedge, value=None, low=None, high=None)
    assert "no value up to that of a full tie" in wedge_sentence(unreachable).text


def test_the_strands_are_told_from_either_side(play: Play) -> None:
    first = play.runs[0]
    assert [figure.arguments[2:] for figure in first.ties] == [("AAA", "BBB"), ("BBB", "AAA")]
    assert "AAA sees BBB at" in strands_sentence(first).text
    named = {part.name for part in first.ties[0].ingredients}
    assert len(named) == 7
    assert play.figure(first.ties[0].id) == first.ties[0]


def test_what_a_play_does_not_know_is_counted_and_named(play: Play) -> None:
    unknown = unknown_inputs(play)
    assert "burden.AAA" in unknown
    assert "ties.AAA-BBB.trust" not in unknown
    assert f"{len(unknown)} of " in unknown_sentence(play).text
