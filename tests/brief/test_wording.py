"""Words and numbers as an editor writes them."""

from __future__ import annotations

import pytest

from fairweather.brief.wording import (
    banded,
    chance,
    counted,
    dated,
    label,
    listing,
    name,
    phrase,
    possessive,
    prose_dates,
    sentence,
    when_so,
)
from fairweather.records import Explained, When, between, on
from fairweather.vocabulary import vocabulary


def test_names_take_their_article_inside_a_sentence() -> None:
    assert [name(actor) for actor in ("RUS", "USA", "PHL", "author")] == [
        "Russia", "the United States", "the Philippines", "observers",
    ]  # fmt: skip
    assert possessive(name("USA")) == "the United States’"
    assert label("author") == "Observers"


def test_an_actor_in_no_table_is_shown_by_its_id_in_words() -> None:
    assert label("front-of-the-salt-hills") == "Front of the Salt Hills"


def test_dates_are_written_out_and_never_more_exact_than_known() -> None:
    assert when_so(on("2025-01-17")) == "on 17 January 2025"
    assert when_so(on("2025-01")) == "in January 2025"
    assert when_so(between("2025-05-03", "2025-05-09")) == "between 3 and 9 May 2025"
    assert when_so(between("2024-11", "2025-02")) == "between November 2024 and February 2025"
    assert when_so(between(None, "2025")) == "by 2025"
    assert when_so(When()) == ""
    assert dated(between(None, "2024-10")) == "by October 2024"
    assert prose_dates("signed on 2025-01-17, not by 2024-10") == (
        "signed on 17 January 2025, not by October 2024"
    )


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(0.001, 0.038, "about 0–4 %"), (0.31, 0.47, "about 30–50 %"), (0.0, 1.0, "about 0–100 %")],
)
def test_a_chance_is_told_no_more_exactly_than_its_band(low: float, high: float, said: str) -> None:
    assert chance(low, high).replace("\u00a0", " ") == said


def test_an_unknown_chance_is_not_known() -> None:
    assert chance(None, None) == "not known"


def test_a_value_comes_with_its_band_and_a_real_minus() -> None:
    figure = Explained(
        method="strand", version="1", arguments=(), meaning="", value=-0.25, unit="",
        low=-0.84, high=0.36,
    )  # fmt: skip
    assert banded(figure) == "−0.2 (−0.8 to 0.4)"


def test_counts_and_lists_read_as_prose() -> None:
    assert (counted(1, "source"), counted(3, "source"), counted(40, "source")) == (
        "one source", "three sources", "40 sources",
    )  # fmt: skip
    assert listing(["a", "b", "c"]) == "a, b and c"
    assert sentence("it holds “what it says.”") == "It holds “what it says.”"


@pytest.mark.parametrize(
    "words",
    ["rungs", "support_states", "stages", "obligations", "strands", "outcomes", "event_classes",
     "statuses"],
)  # fmt: skip
def test_every_word_of_a_vocabulary_has_its_phrase(words: str) -> None:
    from fairweather.brief.wording import _phrases

    assert set(_phrases()[words]) == set(vocabulary(words))
    assert all(phrase(words, key) is not None for key in vocabulary(words))
