"""Bulk coding answers every line in its order, and never lets one bad line stop the rest."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fairweather.cli import fairweather
from fairweather.coding.bulk import BadLine, code_lines
from fairweather.vocabulary import vocabulary

CHARGE = "Peru accused Chile of smuggling copper."


def line(**fields: Any) -> str:
    return json.dumps(fields)


def coded(*lines: str, threshold: float | None = None) -> list[dict[str, Any]]:
    return [json.loads(answer) for answer in code_lines(lines, threshold=threshold)]


def run(*words: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(fairweather, ["code", *words], input=stdin, standalone_mode=False)


def test_an_event_has_both_sides_by_id_and_by_their_words() -> None:
    (answer,) = coded(line(id="a", text="The Peruvian government accused Chile of smuggling."))
    (event,) = answer["events"]
    assert (event["source"], event["class"], event["target"]) == (["PER"], "ACCUSE", ["CHL"])
    assert event["source_text"] == "The Peruvian government"
    assert event["target_text"] == "Chile"
    assert event["status"] == "factual"
    assert 0.5 <= event["probability"] <= 1
    assert event["date"].keys() == {"from", "to", "precision", "basis"}


def test_a_weekday_is_reckoned_from_the_date_given() -> None:
    text = "On Monday, Peru accused Chile of smuggling."
    (answer,) = coded(line(id=1, text=text, date="2025-03-05"))
    assert answer["events"][0]["date"]["from"] == "2025-03-03"


def test_events_of_every_status_are_returned() -> None:
    texts = (
        CHARGE,
        "Peru did not sign the treaty with Chile.",
        "If Chile attacked Peru, Bolivia would lose.",
    )
    answers = coded(*(line(id=n, text=t) for n, t in enumerate(texts)), threshold=0)
    assert [answer["events"][0]["status"] for answer in answers] == [
        "factual",
        "denied",
        "hypothetical",
    ]


def test_threshold_nought_gives_an_event_for_every_sentence_with_two_actors() -> None:
    text = (
        f"{CHARGE} Peru and Chile share a desert. It rarely rains there. Chile is older than Peru."
    )
    assert len(coded(line(id=1, text=text))[0]["events"]) == 1
    events = coded(line(id=1, text=text), threshold=0)[0]["events"]
    assert len(events) == 3
    assert events[0]["probability"] > max(event["probability"] for event in events[1:])


def test_a_higher_threshold_keeps_the_surer_events() -> None:
    line_in = line(id=1, text=CHARGE)
    probability = coded(line_in)[0]["events"][0]["probability"]
    assert not coded(line_in, threshold=min(1.0, probability + 0.001))[0]["events"]


def test_the_class_between_two_spans_comes_with_probabilities() -> None:
    text = "Peru accused Chile of smuggling and thanked Bolivia for its help."
    (answer,) = coded(line(id=1, text=text, source="Peru", target="Chile"))
    classes = answer["classes"]
    assert set(classes) == set(vocabulary("event_classes"))
    assert sum(classes.values()) == pytest.approx(1, abs=0.01)
    assert next(iter(classes)) == "ACCUSE"
    assert list(classes.values()) == sorted(classes.values(), reverse=True)


def test_intent_is_classed_as_the_codebook_has_it() -> None:
    (answer,) = coded(line(id=1, text="Peru will sign a treaty with Chile."), threshold=0)
    (event,) = answer["events"]
    assert (event["status"], event["class"]) == ("planned", "AGREE")


@pytest.mark.parametrize(
    ("bad", "said", "known_as"),
    [
        ("not json", "not JSON", None),
        ("[1]", "a JSON object", None),
        (line(text=CHARGE), '"id"', None),
        (line(id="x"), '"text" is missing', "x"),
        (line(id="x", text=" "), '"text" is missing', "x"),
        (line(id="x", text=["a"]), '"text" must be text', "x"),
        (line(id="x", text=CHARGE, date="2025-3-5"), "not a date", "x"),
        (line(id="x", text=CHARGE, source="Peru"), "together", "x"),
        ('{"id": NaN, "text": "x"}', "a number that JSON has not", None),
        (r'{"id": "\ud800", "text": "x"}', "not UTF-8", None),
    ],
)
def test_a_bad_line_is_answered_with_its_error_and_the_rest_is_coded(
    bad: str, said: str, known_as: str | None
) -> None:
    told: list[BadLine] = []
    lines = [line(id=1, text=CHARGE), "", bad, line(id=2, text=CHARGE)]
    answers = [json.loads(answer) for answer in code_lines(lines, on_bad=told.append)]
    assert [answer["id"] for answer in answers] == [1, known_as, 2]
    assert said in answers[1]["error"]
    assert [(one.number, one.reason) for one in told] == [(3, answers[1]["error"])]
    assert answers[0]["events"] == answers[2]["events"] != []


def test_answers_come_while_lines_still_arrive() -> None:
    arrived = []

    def lines() -> Any:
        for number in range(3):
            arrived.append(number)
            yield line(id=number, text=CHARGE)

    answers = code_lines(lines())
    assert json.loads(next(answers))["id"] == 0
    assert arrived == [0]


def test_the_verb_reads_a_file_or_stdin_and_writes_where_asked(tmp_path: Path) -> None:
    file, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    file.write_text("\n".join(line(id=n, text=CHARGE) for n in range(3)))
    from_file = run(str(file))
    assert from_file.return_value == 0 or from_file.return_value is None
    assert from_file.stderr == ""
    assert [json.loads(row)["id"] for row in from_file.stdout.splitlines()] == [0, 1, 2]
    written = run("-", "-o", str(target), stdin=file.read_text())
    assert written.stdout == ""
    assert target.read_text() == from_file.stdout


def test_a_failed_line_is_named_on_stderr_and_the_verb_ends_in_two() -> None:
    stdin = f"{line(id=1, text=CHARGE)}\n".encode() + b'{"id": 2, "text": "\xff"}\n{}\n'
    done = run("-", stdin=stdin)
    assert done.return_value == 2
    assert "stdin, line 2: not UTF-8" in done.stderr
    assert "stdin, line 3: " in done.stderr
    assert "2 lines failed" in done.stderr
    assert len(done.stdout.splitlines()) == 3


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    done = run(str(tmp_path / "missing.jsonl"))
    assert "cannot be read" in str(done.exception)
