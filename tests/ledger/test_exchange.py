"""Export, import into an empty ledger and export again give equal bytes."""

import json
from collections.abc import Callable

import pytest

from fairweather.errors import RecordError
from fairweather.ledger import Decision, Ledger, export_rows, faults, import_lines
from fairweather.records import PUBLIC_QUOTE, Agreement, Document, Event, Stage, on, to_line


def lines(ledger: Ledger, **options: bool) -> list[str]:
    return [to_line(row) for row in export_rows(ledger, **options)]  # type: ignore[arg-type]


@pytest.fixture
def rich(filled: Ledger, pacts: tuple[Agreement, Agreement]) -> Ledger:
    merge = Decision(kind="merge", subject=pacts[1].id, object=pacts[0].id, by="rule merge/1")
    document = Document(text="Maybe Norway will visit Finland.")
    doubtful = Event(
        quotes=(document.quote(0, 32),),
        source=("NOR",),
        target=("FIN",),
        event_class="CONSULT",
        status="planned",
        confidence=0.1,
    )
    filled.add([document, doubtful], [merge])
    filled.keep_scenario("run-1", 'question = "?"\n')
    return filled


def test_everything_comes_back_byte_for_byte(rich: Ledger, fresh: Callable[[str], Ledger]) -> None:
    before = lines(rich, everything=True)
    with fresh("copy.db") as copy:
        import_lines(copy, before, "export.jsonl")
        assert lines(copy, everything=True) == before
        assert not list(faults(copy))


def test_an_agreement_told_once_comes_back_as_it_was_told(
    ledger: Ledger, fresh: Callable[[str], Ledger]
) -> None:
    document = Document(text="Togo signed twice, in 2021 and in 2011.")
    quote = document.quote(0, 39)
    told = Agreement(
        quotes=(quote,),
        name="Pact",
        parties=("TGO", "BEN"),
        stages=(Stage("signed", date=on("2021")), Stage("signed", date=on("2011"))),
    )
    ledger.add([document, told])
    before = lines(ledger, everything=True)
    with fresh("copy.db") as copy:
        import_lines(copy, before, "export.jsonl")
        assert lines(copy, everything=True) == before
        assert not list(faults(copy))


def test_importing_twice_changes_nothing(rich: Ledger) -> None:
    before = lines(rich, everything=True)
    assert import_lines(rich, before, "export.jsonl").new == 0
    assert lines(rich, everything=True) == before


def test_a_plain_export_holds_views_and_hides_what_is_doubtful(rich: Ledger) -> None:
    rows = [json.loads(line) for line in lines(rich)]
    assert [row["type"] for row in rows] == ["document"] * 3 + ["agreement"]
    assert len(rows[-1]["merged"]) == 1
    assert next(iter(rows[0])) == "type"


def test_a_full_export_marks_what_does_not_stand(rich: Ledger) -> None:
    rows = [json.loads(line) for line in lines(rich, everything=True)]
    hidden = [row for row in rows if row.get("current") is False]
    assert [row["type"] for row in hidden] == ["event"]
    assert "threshold" in hidden[0]["because"]
    assert {row["type"] for row in rows} >= {"statement", "decision", "scenario"}


def test_a_public_export_holds_no_full_text_and_only_short_quotes(ledger: Ledger) -> None:
    text = "Norway met Finland " + "and spoke at length " * 25 + "today."
    document = Document(text=text)
    row = Event(
        quotes=(document.quote(0, len(text)),),
        source=("NOR",),
        target=("FIN",),
        event_class="CONSULT",
        status="factual",
    )
    ledger.add([document, row])
    stored, event = (json.loads(line) for line in lines(ledger, public=True))
    assert stored["text"] is None
    quote = event["quotes"][0]
    assert len(quote["text"]) <= PUBLIC_QUOTE
    assert text[quote["start"] : quote["end"]] == quote["text"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 1: not JSON"),
        ("[]", "JSON object"),
        ('{"type": "evnt"}', 'did you mean "event"'),
        ('{"type": "tie", "a": 1}', "line 1"),
        ('{"type": "decision"}', "not a decision"),
        ('{"type": "scenario"}', "incomplete row"),
        ('{"type": "document", "id": "x", "text": null}', "public export"),
    ],
)
def test_a_bad_line_is_named(ledger: Ledger, line: str, said: str) -> None:
    with pytest.raises(RecordError, match=said):
        import_lines(ledger, [line], "rows.jsonl")
    assert ledger.counts()["document"] == 0
