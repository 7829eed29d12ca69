"""A strand is judged by independent origins, from one side, and says when it knows nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairweather.profile import balance, balance_band, count_origins, origins, strand_view
from fairweather.records import Document, Tie, When, on

TEXT = "India trusts France. Later India distrusts France."


def document(number: int, day: str = "2020-01-01") -> Document:
    return Document(text=f"{TEXT} Report number {number}, told anew in its own way {'x' * number}.")


def tie(source: Document, polarity: str, viewpoint: str = "IND", strand: str = "trust") -> Tie:
    return Tie(
        quotes=(source.quote(0, 20),),
        a="IND",
        b="FRA",
        viewpoint=viewpoint,
        strand=strand,
        polarity=polarity,
    )


def view(ties: list[Tie], published: dict[str, When] | None = None):  # type: ignore[no-untyped-def]
    return strand_view(("IND", "FRA"), "trust", "IND", ties, {}, published or {})


def test_without_evidence_a_strand_has_no_value() -> None:
    assert view([]).value.value is None


def test_another_sides_view_is_not_this_sides() -> None:
    assert view([tie(document(1), "+", viewpoint="FRA")]).value.value is None


def test_one_origin_for_is_a_weak_yes_and_many_are_a_strong_one() -> None:
    one = view([tie(document(1), "+")]).value
    many = view([tie(document(n), "+") for n in range(8)]).value
    assert one.value == pytest.approx(1 / 3)
    assert many.value == pytest.approx(8 / 10)
    assert (many.high or 0) - (many.low or 0) < (one.high or 0) - (one.low or 0)


def test_two_rows_of_one_origin_count_once() -> None:
    source = document(1)
    rows = [tie(source, "+"), Tie(
        quotes=(source.quote(21, 50),), a="IND", b="FRA", viewpoint="IND", strand="trust",
        polarity="+",
    )]  # fmt: skip
    assert view(rows).value.value == pytest.approx(1 / 3)


def test_a_figure_names_the_rows_for_and_against() -> None:
    for_, against = tie(document(1), "+"), tie(document(2), "-")
    figure = view([for_, against]).value
    assert figure.value == 0
    assert [part.records for part in figure.ingredients] == [(for_.id,), (against.id,)]


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_value_lies_in_its_band_and_within_one(for_: int, against: int) -> None:
    low, high = balance_band(for_, against)
    assert -1 <= low <= balance(for_, against) <= high <= 1


@given(st.integers(0, 40), st.integers(0, 40))
def test_one_more_origin_for_never_lowers_a_value(for_: int, against: int) -> None:
    assert balance(for_ + 1, against) > balance(for_, against)


def test_a_warming_strand_is_rising() -> None:
    early = [document(n) for n in range(3)]
    late = [document(n) for n in range(3, 6)]
    published = {d.id: on(f"2020-01-0{n + 1}") for n, d in enumerate(early)}
    published |= {d.id: on(f"2024-01-0{n + 1}") for n, d in enumerate(late)}
    rows = [tie(d, "-") for d in early] + [tie(d, "+") for d in late]
    assert view(rows, published).trend == "rising"
    assert view(rows[:3], published).trend == ""


def test_a_wire_story_in_two_papers_is_one_origin() -> None:
    story = "The two ministers met in Delhi on Monday and agreed to build six submarines together."
    one = Document(text=story, url="https://example.org/a")
    other = Document(text=f"By our staff. {story}", url="https://example.org/b")
    third = Document(text="A quite different text about the price of wheat in the southern ports.")
    origin = origins([one, other, third])
    assert origin[other.id] == origin[one.id]
    assert origin[third.id] == third.id
    rows = [Tie(quotes=(d.quote(0, 10),), a="IND", b="FRA", viewpoint="IND", strand="trust",
                polarity="+") for d in (one, other)]  # fmt: skip
    assert count_origins(rows, origin) == 1
