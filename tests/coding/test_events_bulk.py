"""Coding of many short texts: what a line may hold, and that a bad one harms no other."""

import json
from collections.abc import Iterator

from fairweather.coding.bulk import BadLine, code_lines


def answers(*lines: str, threshold: float | None = None) -> list[dict[str, object]]:
    return [json.loads(line) for line in code_lines(lines, threshold=threshold)]


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault() -> None:
    found = answers(
        '\ufeff{"id": 1, "text": "Peru thanked Chile."}\r\n',
        '{"id": 2, "text": "Peru thanked\u2028Chile.\\r\\nChile sued Togo."}\r\n',
    )
    assert [answer["id"] for answer in found] == [1, 2]
    assert not any("error" in answer for answer in found)


def test_lines_are_answered_as_they_come() -> None:
    taken = []

    def lines() -> Iterator[str]:
        for number in range(3):
            taken.append(number)
            yield json.dumps({"id": number, "text": "Peru thanked Chile."})

    coded = code_lines(lines())
    next(coded)
    assert taken == [0]


def test_a_bad_line_is_named_by_its_number_and_the_next_is_coded() -> None:
    bad: list[BadLine] = []
    lines = ["{", "", '{"id": 2, "text": "Peru thanked Chile."}']
    found = [json.loads(line) for line in code_lines(lines, on_bad=bad.append)]
    assert [one.number for one in bad] == [1]
    assert "error" in found[0]
    assert found[1]["events"]


def test_at_nought_the_best_event_of_every_sentence_that_names_two_is_given() -> None:
    text = "The bridge links Laos with Cambodia. Peru thanked Chile and praised Togo."
    (answer,) = answers(json.dumps({"id": 1, "text": text}), threshold=0)
    assert len(answer["events"]) == 2  # type: ignore[arg-type]


def test_spans_that_the_text_does_not_hold_give_shares_that_say_little() -> None:
    line = {"id": 1, "text": "Peru thanked Chile.", "source": "Fiji", "target": "Malta"}
    (answer,) = answers(json.dumps(line))
    assert max(answer["classes"].values()) < 0.2  # type: ignore[attr-defined]
