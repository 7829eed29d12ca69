"""Answers show themselves in a notebook: as pages without script, escaped, in ranges."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import fairweather
from fairweather import Desk
from fairweather.desk.rows import Rows
from fairweather.desk.showing import html_of
from fairweather.errors import MisuseError, UnknownKey
from fairweather.records import Document, Event, on

CORRIDOR = Path(__file__).parents[2] / "examples/mechanisms/corridor/north-south.toml"


def shown(answer: object) -> str:
    html = answer._repr_html_()  # type: ignore[attr-defined]
    assert html, answer
    return str(html)


@pytest.fixture(scope="module")
def answers(examples_ledger: Path) -> dict[str, Any]:
    """An answer of each kind on the shipped pair."""
    with fairweather.open(examples_ledger) as desk:
        pact = desk.find("agreements", actor=["RUS", "IRN"])[0]
        profile = desk.profile("Russia", "Iran")
        trust = profile.strand("trust", "IRN").value
        scenario = desk.draft("RUS", "IRN")
        found: dict[str, Any] = {
            "desk": desk,
            "events": desk.find("events", actor="Russia", since="2024", limit=5),
            "agreement": pact,
            "why of a row": desk.why(pact.id),
            "profile": profile,
            "figure": trust,
            "why of a figure": desk.why(trust.id),
            "history": desk.history("RUS", "IRN"),
            "next moves": desk.next_moves("RUS", "IRN"),
            "scenario": scenario,
            "play": desk.play(scenario),
            "brief": desk.brief("RUS", "IRN"),
            "scorecard": desk.questions("anna").scorecard(),
            "mechanism": desk.mechanism.play(CORRIDOR),
        }
        for answer in found.values():
            shown(answer)  # some are read when they are looked at
        return {name: shown(answer) for name, answer in found.items()}


def test_every_answer_has_a_page_of_its_own(answers: dict[str, str]) -> None:
    assert all(html.startswith('<div class="fairweather"') for html in answers.values())
    assert all(html.count("<div") == html.count("</div>") for html in answers.values())


def test_a_page_runs_nothing_and_asks_for_nothing(answers: dict[str, str]) -> None:
    for name, html in answers.items():
        assert not re.search(r"<(script|iframe|link|img|object)\b", html), name
        assert not re.search(r"\b(?:src|on[a-z]+)=|url\((?!#)", html), name


def test_a_page_takes_its_colours_from_the_notebook(answers: dict[str, str]) -> None:
    for name, html in answers.items():
        words = re.sub(r"<figure.*?</figure>", "", html, flags=re.DOTALL)
        assert not re.search(r"(?:color|background):", words), name


def test_no_share_is_told_more_exactly_than_it_is_known(answers: dict[str, str]) -> None:
    for name in ("history", "play", "brief", "profile"):
        words = re.sub(r"<(figure|code).*?</\1>", "", answers[name], flags=re.DOTALL)
        assert not re.search(r"\d\.\d+\s*%", words), name
    assert re.search(r"about \d+-\d+ %", answers["history"])


def test_sides_are_named_and_figures_keep_their_ids(answers: dict[str, str]) -> None:
    assert "How far will Russia support Iran" in answers["play"]
    assert "fig:ladder/" in answers["play"]
    assert "Russia" in answers["events"]


def test_charts_of_several_answers_share_no_id(answers: dict[str, str]) -> None:
    page = answers["profile"] + answers["play"]
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) > 2
    assert set(re.findall(r"url\(#([^)]+)\)", page)) <= set(ids)


def test_what_a_document_says_is_text_and_no_more() -> None:
    text = "<script>alert(1)</script> \u202eRussia sold <b>missiles</b>."
    document = Document(text=text, published=on("2024-01-01"), title="<img src=x onerror=1>")
    event = Event(
        source=("RUS",), target=("IRN",), event_class="AID",
        status="factual", quotes=(document.quote(0, len(text)),),
    )  # fmt: skip
    for answer in (Rows([event]), event, Rows([document]), document):
        html = shown(answer)
        assert "<script" not in html
        assert "<img" not in html
        assert "\u202e" not in html


def test_a_long_list_says_how_much_it_leaves_out(examples_desk: Desk) -> None:
    claims = examples_desk.find("claims")
    assert len(claims) > 60
    assert f"And {len(claims) - 60} more" in shown(claims)


def test_what_is_no_answer_has_no_page() -> None:
    assert html_of("words") is None


def test_find_takes_the_words_of_the_command_line(examples_desk: Desk) -> None:
    early = examples_desk.find("event", actor=("Russia", "IRN"), as_of="2024")
    assert early
    assert isinstance(early, Rows)
    assert len(examples_desk.find("event", actor=("Russia", "IRN"))) > len(early)
    with pytest.raises(UnknownKey, match="did you mean"):
        examples_desk.find("evants")


def test_rows_become_a_data_frame_with_the_columns_of_an_export(examples_desk: Desk) -> None:
    pandas = pytest.importorskip("pandas")
    rows = examples_desk.find("events", actor="RUS")
    frame = rows.to_pandas()
    assert list(frame["id"]) == [row.id for row in rows]
    assert {"class", "source", "source_names", "date_from", "date_to"} <= set(frame.columns)
    assert pandas.api.types.is_datetime64_any_dtype(frame["date_day"])
    for row, since, day in zip(rows, frame["date_from"], frame["date_day"], strict=True):
        exact = row.date.since == row.date.until and len(row.date.since or "") == 10
        assert (not pandas.isna(day)) == exact
        assert pandas.isna(since) or since == row.date.since  # prefix dates stay as they are
    named = dict(zip(frame["source"].map(tuple), frame["source_names"].map(tuple), strict=True))
    assert named[("RUS",)] == ("Russia",)


def test_rows_become_an_arrow_table_with_the_same_columns(examples_desk: Desk) -> None:
    pytest.importorskip("pyarrow")
    rows = examples_desk.find("predictions")
    table = rows.to_arrow()
    assert table.num_rows == len(rows)
    assert table.column_names == list(rows.to_pandas().columns)
    assert str(table.schema.field("horizon_day").type) == "date32[day]"


def test_a_table_holds_rows_of_one_kind(examples_desk: Desk) -> None:
    mixed = Rows([*examples_desk.find("events"), *examples_desk.find("ties")])
    with pytest.raises(MisuseError, match="one kind"):
        mixed.to_pandas()


@pytest.mark.parametrize(("library", "call"), [("pandas", "to_pandas"), ("pyarrow", "to_arrow")])
def test_without_the_library_the_extra_is_named(
    library: str, call: str, examples_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MisuseError, match=r"\[notebook\]"):
        getattr(examples_desk.find("ties"), call)()


def test_nothing_heavy_is_loaded_before_it_is_used() -> None:
    asked = (
        "import sys, fairweather; fairweather.Desk; fairweather.open;"
        "print([m for m in ('numpy', 'jinja2', 'pandas', 'pyarrow', 'spacy', 'altair')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_line_of_help_loads_no_desk() -> None:
    asked = "import sys, fairweather.cli; print('fairweather.desk' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
