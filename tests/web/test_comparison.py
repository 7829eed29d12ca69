"""Pairs beside each other, and who stands with whom."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from tests.web.conftest import Ask

from fairweather.desk import Desk
from fairweather.desk.blocs import Bond, blocs, neighbours


def test_pairs_beside_each_other_rest_on_records_and_figures(ask: Ask) -> None:
    told = ask("/compare.json?pairs=SAU-PAK,PAK-SAU").json()
    (section,) = told["sections"]
    rows = section["table"]["rows"]
    assert [row["cells"][0] for row in rows] == [
        "Saudi Arabia and Pakistan",
        "Pakistan and Saudi Arabia",
    ]
    assert all(row["figures"] for row in rows)
    assert "mutual defence" in rows[0]["cells"][1]


def test_a_comparison_is_a_page_and_a_table_with_links_to_its_pairs(ask: Ask) -> None:
    page = ask("/compare?pairs=SAU-PAK&pairs=PAK-SAU")
    assert page.status_code == 200
    assert 'href="/pair/SAU/PAK"' in page.text
    lines = ask("/compare.csv?pairs=SAU-PAK").text.splitlines()
    assert lines[0].startswith("Pair,How firm")
    assert lines[1].startswith("Saudi Arabia and Pakistan")


def test_what_is_no_pair_and_too_many_pairs_are_refused_in_words(ask: Ask) -> None:
    assert "is no pair" in ask("/compare?pairs=SAU").text
    many = ",".join(f"SAU-PA{number}" for number in range(13))
    assert "at most 12" in ask(f"/compare?pairs={many}").text
    assert ask("/compare").status_code == 200


def test_a_pair_that_no_text_names_does_not_hide_the_others(ask: Ask) -> None:
    page = ask("/compare?pairs=SAU-PAK,PER-KEN").text
    assert "Nothing read speaks of both: Peru and Kenya." in page
    assert 'href="/pair/SAU/PAK"' in page
    assert "Nothing read speaks of both" in ask("/compare?pairs=PER-KEN").text
    assert ask("/compare?pairs=SAU-Pakistann").status_code == 400


def test_the_matrix_holds_every_pair_once_on_either_side(ask: Ask) -> None:
    pairs = ask("/pairs.json").json()["pairs"]
    (own,) = (one for one in pairs if set(one["pair"]) == {"SAU", "PAK"})
    assert own["records"] >= own["for"] > own["against"]
    page = ask("/pairs").text
    assert page.count('href="/pair/SAU/PAK"') == 1
    assert page.count('href="/pair/PAK/SAU"') == 2, "a cell of the matrix and a line of the list"


def test_the_matrix_shows_as_many_actors_as_are_asked_for(ask: Ask) -> None:
    told = ask("/pairs.json?actors=3").json()
    assert len(told["actors"]) == 3
    assert {"SAU", "PAK"} <= set(told["actors"])
    assert ask("/pairs?actors=1").status_code == 422


def test_what_was_not_published_by_a_day_is_not_in_the_matrix(ask: Ask, ledger: Path) -> None:
    with Desk(ledger) as desk:
        days = sorted(one.published.until or "" for one in desk.ledger.documents())
        whole = sum(one.records for one in blocs(desk.ledger, 60).bonds.values())
        half = desk.within(as_of=days[len(days) // 2]).ledger
        known = sum(one.records for one in blocs(half, 60).bonds.values())
    assert 0 < known < whole
    assert ask("/pairs.json?as-of=1900").json()["pairs"] == []


@pytest.mark.parametrize("seed", range(4))
def test_allies_lie_side_by_side_whatever_the_order_they_come_in(seed: int) -> None:
    chance = np.random.default_rng(seed)
    sides = [[f"{bloc}{number}" for number in range(5)] for bloc in "ABC"]
    bonds = {}
    for bloc in sides:
        for at, one in enumerate(bloc):
            for other in bloc[at + 1 :]:
                bonds[one, other] = Bond(records=4, towards=4)
    for one, other in zip(sides[0], sides[1], strict=True):
        bonds[one, other] = Bond(records=3, against=3)
    actors = [actor for bloc in sides for actor in bloc]
    found = neighbours([str(one) for one in chance.permutation(actors)], bonds)
    assert sorted(found) == sorted(actors)
    turns = sum(one[0] != other[0] for one, other in pairwise(found))
    assert turns == 2, found


def test_a_bond_leans_as_a_strand_is_judged() -> None:
    assert Bond().lean == 0
    assert Bond(records=3, towards=2, against=1).lean == pytest.approx(0.2)
