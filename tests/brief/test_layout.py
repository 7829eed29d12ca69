"""Room on paper: measured widths, and lines shared out so that one side holds them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fairweather.brief.layout import ONE_SIDE, QUOTE_ROOMS, fitted, room_for_quotes, sides
from fairweather.brief.lines import Line, Section
from fairweather.brief.measure import line_count, width
from fairweather.brief.sources import Source, SourceGroup

OPENING = Line("Two documents read.", ("document:1",))


def section(key: str, count: int, words: int = 30) -> Section:
    lines = tuple(Line("word " * words, (f"tie:{at}",)) for at in range(count))
    return Section(key=key, title=key, lines=lines, find="fairweather find ties")


def test_widths_are_those_of_the_printed_type() -> None:
    assert width("Aim.", 10) == 10 * (0.667 + 0.222 + 0.833 + 0.278)
    assert width("同盟", 10) == 20


def test_a_text_runs_over_as_many_lines_as_its_words_need() -> None:
    assert line_count("one two", 10, 100) == 1
    assert line_count("one two", 10, 20) == 2
    assert line_count("one", 10, 20, ("two",), 10) == 2


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 120)), min_size=1, max_size=8))
def test_whatever_there_is_to_say_one_side_holds_it(counts: list[tuple[int, int]]) -> None:
    keys = ("agreements", "exits", "support", "changes", "forecasts", "elsewhere", "ladder", "x")
    sections = [section(key, *size) for key, size in zip(keys, counts, strict=False) if key != "x"]
    kept = fitted(sections, [OPENING])
    assert sides(kept, [OPENING]) <= ONE_SIDE
    for before, after in zip(sections, kept, strict=True):
        assert after.lines == before.lines[: len(after.lines)]
        assert after.left_out == len(before.lines) - len(after.lines)


def test_nothing_is_left_out_where_there_is_room() -> None:
    kept = fitted([section("agreements", 6), section("elsewhere", 6)], [OPENING])
    assert [one.left_out for one in kept] == [0, 0]


def test_the_weightier_section_keeps_more() -> None:
    kept = fitted([section("elsewhere", 90), section("agreements", 90)], [OPENING])
    few, many = (len(one.lines) for one in kept)
    assert many > few > 0


def cited(count: int) -> tuple[SourceGroup, ...]:
    quote = "Both capitals signed the agreement after long talks, and neither said what it holds. "
    sources = tuple(Source(at, (f"tie:{at}",), (quote * 3).strip()) for at in range(1, count + 1))
    return (SourceGroup("document:1", "A pact", "", "Courier", "2025", "", "", sources),)


def test_quotes_are_cut_to_what_the_second_side_has_room_for() -> None:
    few, many = room_for_quotes((), cited(10)), room_for_quotes((), cited(150))
    assert few == QUOTE_ROOMS[0]
    assert QUOTE_ROOMS[-1] <= many < few
    assert room_for_quotes((), cited(60), 1.5) < room_for_quotes((), cited(60))
