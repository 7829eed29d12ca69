"""Blocs and triangles: who is in, and what the signs of the ties say."""

import json
from pathlib import Path

import numpy as np
import pytest

from fairweather.scenario.mechanisms import parse_mechanism
from fairweather.scenario.mechanisms.signed_graph import frustration, triads

BLOC = """
mechanism = "bloc"
name = "Baltic club"
as_of = {day}
[members.EST]
since = "1994"
[members.LVA]
since = "1994"
until = "2001-05"
[members.LTU]
since = "2004-05-01"
"""


def members(day: str) -> float:
    figures = parse_mechanism(BLOC.format(day=day)).play().figures
    return figures[0].value or 0.0


def test_membership_follows_its_dates() -> None:
    assert [members(day) for day in ("1993-01-01", "2000-01-01", "2003-01-01", "2005-01-01")] == [
        0,
        2,
        1,
        2,
    ]


def test_signed_graphs_agree_with_those_counted_by_hand(closed_forms: Path) -> None:
    games = json.loads((closed_forms / "balance.json").read_text())
    for game in games["textbook"] + games["random"]:
        signed = np.array([game["S"]], dtype=float)
        assert frustration(signed)[0][0] == game["frustration_index"]
        if "balanced_triads" in game:
            balanced, unbalanced = triads(signed)
            assert (balanced[0], unbalanced[0]) == (
                game["balanced_triads"],
                game["unbalanced_triads"],
            )


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ((0.5, 0.5, 0.5), "ménage à trois"),
        ((0.5, 0.5, -0.5), "romantic triangle"),
        ((0.5, -0.5, -0.5), "stable marriage"),
        ((-0.5, -0.5, -0.5), "unit veto"),
    ],
)
def test_three_actors_make_one_of_four_triangles(values: tuple[float, ...], told: str) -> None:
    pairs = (("ARG", "BRA"), ("BRA", "CHL"), ("ARG", "CHL"))
    ties = "".join(
        f'[[ties]]\nbetween = ["{a}", "{b}"]\nvalue = {value}\n'
        for (a, b), value in zip(pairs, values, strict=True)
    )
    text = 'mechanism = "triangle"\nname = "South"\nas_of = 2025-01-01\n'
    text += "[members.ARG]\n[members.BRA]\n[members.CHL]\n" + ties
    answer = parse_mechanism(text).play()
    assert any(told in sentence.text for sentence in answer.sentences)
    assert any("weight 0" in caution for caution in answer.cautions)
