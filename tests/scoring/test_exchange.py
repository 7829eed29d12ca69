"""Questions go out and come back; a row that was changed on the way is refused."""

import contextlib
import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairweather.desk.questions import Scorebook
from fairweather.errors import FairweatherError, MisuseError, RecordError
from fairweather.ledger import Ledger
from fairweather.records.questions import Forecast, Question, Resolution
from fairweather.scoring import Bundle, from_csv, from_metaculus, to_csv, to_metaculus

from .conftest import ask, say

YES_NO = ask("in words", statement="Will it, or =HYPERLINK() it?", condition="if ever",
             about=("PER", "CHL"), topic="pacts")  # fmt: skip
LADDER = ask("how far", statement="How far?", answers=("none", "words", "arms"))
BUNDLE = Bundle(
    (YES_NO, LADDER),
    (
        say(YES_NO, 0.35),
        Forecast(
            question=YES_NO.id, by="=bert", made="2030-05-01T10:00:00Z", low=0.2, high=0.4,
            outlet="The Coast", method="words", note="perhaps",
        ),
        Forecast(question=LADDER.id, by="anna", made="2030-03-02", shares=(0.5, 0.3, 0.2)),
    ),
    (
        Resolution(
            question=LADDER.id, outcome="occurred", answer="words", on="2031-01-02",
            by="person/anna", reason="as the ministry said",
        ),
    ),
)  # fmt: skip


def test_csv_comes_back_as_it_went() -> None:
    assert from_csv(to_csv(BUNDLE), "f.csv", "person/anna") == BUNDLE


def test_no_cell_of_a_csv_is_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(to_csv(BUNDLE))))
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_metaculus_like_json_comes_back_as_it_went() -> None:
    back = from_metaculus(to_metaculus(BUNDLE), "f.json", "person/anna")
    assert [one.id for one in back.questions] == [YES_NO.id, LADDER.id]
    assert [(one.by, one.made, one.low, one.high, one.shares) for one in back.forecasts] == [
        (one.by, one.made, one.low, one.high, one.shares) for one in BUNDLE.forecasts
    ]
    assert [(one.answer, one.on, one.reason) for one in back.resolutions] == [
        ("words", "2031-01-02", "as the ministry said")
    ]


def test_a_post_of_the_site_itself_is_read_with_the_crowd() -> None:
    post = {
        "id": 101,
        "title": "Will Peru and Chile sign?",
        "question": {
            "type": "binary",
            "resolution_criteria": "A signature.",
            "open_time": "2030-03-01T10:00:00Z",
            "scheduled_close_time": "2030-12-31T23:00:00Z",
            "actual_resolve_time": "2030-07-10T00:00:00Z",
            "resolution": "yes",
            "my_forecasts": {
                "history": [{"start_time": 1_899_000_000.0, "forecast_values": [0.6, 0.4]}]
            },
            "aggregations": {
                "recency_weighted": {
                    "history": [
                        {
                            "start_time": 1_899_100_000.0,
                            "centers": [0.55],
                            "interval_lower_bounds": [0.3],
                            "interval_upper_bounds": [0.8],
                        }
                    ]
                }
            },
        },
    }
    bundle = from_metaculus(json.dumps([post]), "posts.json", "person/anna")
    assert [(one.by, one.low, one.high) for one in bundle.forecasts] == [
        ("person/anna", 0.4, 0.4),
        ("crowd: recency_weighted", 0.55, 0.55),
    ]
    assert (bundle.resolutions[0].outcome, bundle.resolutions[0].on) == ("occurred", "2030-07-10")


def test_a_changed_criterion_is_refused_with_its_line() -> None:
    changed = to_csv(BUNDLE).replace("how far", "how much")
    with pytest.raises(RecordError, match=r"line 4.*does not change"):
        from_csv(changed, "f.csv", "person/anna")


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [("low", "1.4", "not within 0"), ("low", "often", "is no number"), ("made", "May", "made"),
     ("outcome", "won", "comes out as")],
)  # fmt: skip
def test_a_bad_cell_is_refused_with_its_line(column: str, cell: str, why: str) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(BUNDLE))))
    rows[0][column] = cell
    if column == "outcome":
        rows[0]["reason"] = "r"
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    with pytest.raises(RecordError, match=why) as refused:
        from_csv(buffer.getvalue(), "f.csv", "person/anna")
    assert "f.csv, line 2" in str(refused.value)


def test_contradictory_outcomes_in_one_file_are_refused() -> None:
    two = Bundle((YES_NO,), BUNDLE.forecasts[:2], ())
    rows = list(csv.DictReader(io.StringIO(to_csv(two))))
    for row, outcome in zip(rows, ("occurred", "did_not_occur"), strict=True):
        row |= {"outcome": outcome, "resolved_on": "2031-01-02", "reason": "r"}
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    with pytest.raises(RecordError, match="a question has one outcome"):
        from_csv(buffer.getvalue(), "f.csv", "person/anna")


def test_taking_in_twice_changes_nothing_and_a_contradiction_stores_nothing(
    tmp_path: Path,
) -> None:
    with Ledger(tmp_path / "in.db") as ledger:
        book = Scorebook(ledger, "anna", on="2032-01-01")
        assert len(book.take_in(BUNDLE).questions) == 2
        stored = ledger.questions.every()
        assert book.take_in(BUNDLE).questions == ()
        assert ledger.questions.every() == stored
        other = Resolution(question=LADDER.id, outcome="void", on="2031-01-02", by="b", reason="r")
        late = say(YES_NO, 0.9, "carl")
        with pytest.raises(MisuseError, match="was resolved occurred"):
            book.take_in(Bundle(BUNDLE.questions, (late,), (other,)))
        assert ledger.questions.every() == stored


texts = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1).filter(str.strip)


@settings(deadline=None, max_examples=40)
@given(texts, texts, st.floats(0, 1), st.floats(0, 1))
def test_any_words_and_any_probabilities_come_back(
    statement: str, by: str, one: float, other: float
) -> None:
    asked = Question(statement=statement, opens="2030-01-01", closes="2030-02-01",
                     criterion="in words", asked_by="person/a")  # fmt: skip
    said = Forecast(question=asked.id, by=by, made="2030-01-01", low=min(one, other),
                    high=max(one, other))  # fmt: skip
    bundle = Bundle((asked,), (said,), ())
    assert from_csv(to_csv(bundle), "f", "person/a") == bundle


@settings(deadline=None, max_examples=60)
@given(st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["results", "question", "type", "title", "open_time", "forecasts"]),
        inner, max_size=4),
    max_leaves=8,
))  # fmt: skip
def test_no_json_whatever_crashes_the_reader(value: object) -> None:
    with contextlib.suppress(FairweatherError):
        from_metaculus(json.dumps(value), "f.json", "person/a")
