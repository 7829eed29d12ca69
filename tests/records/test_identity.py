"""The same content has the same id; a figure's id says how to compute it again."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairweather.errors import QuoteError, RecordError, UnknownKey, VocabularyError
from fairweather.records import (
    Document,
    Event,
    Explained,
    Ingredient,
    Quote,
    Support,
    parse_figure_id,
    shorten,
    slug,
)

TEXT = "Riyadh and Islamabad signed a defence pact."


def event(**changes: object) -> Event:
    document = Document(text=TEXT)
    fields: dict[str, object] = {
        "quotes": (document.quote(0, len(TEXT)),),
        "source": ("SAU",),
        "target": ("PAK",),
        "event_class": "SUPPORT",
        "status": "factual",
    }
    return Event(**(fields | changes))  # type: ignore[arg-type]


def test_a_record_read_twice_has_one_id() -> None:
    assert event().id == event().id


def test_confidence_and_coder_are_judgements_and_no_part_of_identity() -> None:
    assert event(confidence=0.4, coder="other/2", recorded="2026-01-01T00:00:00Z").id == event().id


def test_another_status_is_another_record() -> None:
    assert event(status="planned").id != event().id


def test_a_document_is_the_same_wherever_its_copy_lay() -> None:
    from fairweather.records import Origin

    here = Document(text=TEXT, origin=Origin("file:///a.txt", 0, len(TEXT)))
    there = Document(text=TEXT, origin=Origin("file:///b.txt", 5, 5 + len(TEXT)))
    assert here.id == there.id


def test_a_word_outside_the_vocabulary_is_refused_with_a_suggestion() -> None:
    with pytest.raises(VocabularyError, match="troops"):
        Support(giver="USA", receiver="KOR", level="troop", state="given")


def test_confidence_is_a_probability() -> None:
    with pytest.raises(RecordError, match=r"0\.\.1"):
        event(confidence=1.2)


def test_a_quote_that_is_not_verbatim_is_refused() -> None:
    with pytest.raises(QuoteError, match="not verbatim"):
        Quote("document:x", 0, 6, "Riyadj").verify(TEXT)


@given(st.text(max_size=700), st.integers(10, 400))
def test_a_shortened_quote_never_exceeds_its_limit(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Hayat Tahrir al-Sham", "hayat-tahrir-al-sham"),
        ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
        ("  ", "unnamed"),
    ],
)
def test_a_slug_is_the_name_in_ascii(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_names_in_other_scripts_stay_apart() -> None:
    assert slug("Хомейни") != slug("Хаменеи")


def figure(value: float | None = 0.5, records: tuple[str, ...] = ("tie:1",)) -> Explained:
    return Explained(
        method="strand",
        version="1",
        arguments=("SAU", "PAK", "trust", "SAU"),
        meaning="trust as Riyadh sees it",
        value=value,
        unit="strand value, -1 to 1",
        as_of="2025-09-30",
        ingredients=(Ingredient("for", 1, records),),
    )


def test_a_figures_id_is_its_recipe() -> None:
    recipe = parse_figure_id(figure().id)
    assert recipe.method == "strand"
    assert recipe.arguments == ("SAU", "PAK", "trust", "SAU")
    assert recipe.as_of == "2025-09-30"


def test_other_evidence_under_a_figure_changes_its_seal_but_not_its_recipe() -> None:
    one, other = figure(), figure(records=("tie:1", "tie:2"))
    assert one.recipe == other.recipe
    assert one.id != other.id


def test_what_is_no_figure_id_is_refused() -> None:
    with pytest.raises(UnknownKey, match="fig:strand"):
        parse_figure_id("fig:strand")


def test_an_input_without_evidence_says_so() -> None:
    assert Ingredient("trust").standing() == "no evidence"
    assert Ingredient("trust", assumed="no source").standing() == "assumed: no source"


def test_records_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        event().status = "planned"  # type: ignore[misc]
