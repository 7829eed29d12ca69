"""The verb question on the command line: from asking to the score, and what it refuses."""

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairweather.cli.verbs import fairweather
from fairweather.errors import MisuseError, NothingFound, RecordError, UnknownKey
from fairweather.ledger import Ledger
from fairweather.records import Agreement, Chance, Document, Prediction, Stage, on

from ..site import Site

EARLY = Document(
    text="Peru and Chile will probably sign the Arica Pact by June 2020.",
    title="Soon",
    author="A. Paz",
    published=on("2020-03-01"),
    url="https://example.org/early",
)
LATE = Document(
    text="Peru and Chile signed the Arica Pact on 9 July 2020.",
    title="Signed",
    publisher="The Coast",
    published=on("2020-07-10"),
    url="https://example.org/late",
)
CRITERION = "agreement stage signed between CHL and PER"
FORETOLD = Prediction(
    quotes=(EARLY.quote(0, 61),),
    by="author",
    statement=EARLY.text[:61],
    wording="probably",
    probability=Chance(0.55, 0.8),
    about=("PER", "CHL"),
    horizon=on("2020-06"),
    criterion=CRITERION,
)
PACT = Agreement(
    quotes=(LATE.quote(0, 51),),
    name="Arica Pact",
    parties=("PER", "CHL"),
    stages=(Stage("signed", (), on("2020-07-09"), (LATE.quote(15, 51),)),),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    with Ledger(tmp_path / "fairweather.db") as ledger:
        ledger.add([EARLY, LATE, FORETOLD, PACT])
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(fairweather, ["question", *words])


def told(*words: str) -> dict:  # type: ignore[type-arg]
    done = run(*words, "--json")
    assert done.exit_code == 0, (done.output, done.exception)
    found: dict = json.loads(done.stdout)  # type: ignore[type-arg]
    return found


def test_from_a_prediction_to_its_score(folder: Path) -> None:
    (asked,) = told("add", "--predictions")["asked"]
    assert told("add", "--predictions") == {"asked": [], "known": 1, "refused": []}
    (proposal,) = told("resolve")["proposals"]
    assert (proposal["outcome"], proposal["needs_person"]) == ("did_not_occur", False)
    assert proposal["quotes"][0]["text"] == "signed the Arica Pact on 9 July 2020"
    assert told("list", "--standing", "due")["questions"][0]["id"] == asked
    assert len(told("resolve", "--certain")["resolutions"]) == 1
    shown = told("show", asked)
    assert shown["resolution"]["by"] == "rule/resolution/1"
    assert shown["scores"][0]["best"] == pytest.approx(0.3025)
    card = told("score")
    assert card["all"]["too_few"]
    assert card["all"]["brier"] is None
    assert "1: too few" in run("score").stdout
    for words in (["list"], ["show", asked], ["resolve", asked]):
        assert "Arica Pact" in run(*words).stdout


def test_by_hand_with_forecasts_that_change(folder: Path) -> None:
    asked = told("add", "Chile sends boats", "--closes", "2999", "--criterion",
                 "event: AID from CHL to PER", "-p", "0.2-0.4", "--by", "anna")  # fmt: skip
    identity = asked["question"]["id"]
    assert asked["question"]["about"] == ["CHL", "PER"]
    assert told("forecast", identity, "0.5", "--by", "bert")["low"] == 0.5
    (listed,) = told("list")["questions"]
    assert {one["by"] for one in listed["said_last"]} == {
        "anna", "bert", "pool: equal", "pool: by record",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "kind", "why"),
    [
        (["add"], MisuseError, "give one of"),
        (["add", "x", "--criterion", "y"], MisuseError, "--closes"),
        (["add", "x", "--closes", "2001", "--criterion", "y"], RecordError, "before it opens"),
        (["add", "x", "--closes", "2999"], MisuseError, "no criterion"),
        (["add", "x", "--closes", "2999", "--criterion", "y", "-p", "1.5"], RecordError, "0..1"),
        (["add", "x", "--closes", "2999", "--criterion", "y", "-p", "often"], MisuseError, "0.3"),
        (["add", "x", "--closes", "soon", "--criterion", "y"], MisuseError, "not a date"),
        (["add", "--from", "prediction:no"], UnknownKey, "no record"),
        (["forecast", "question:no", "0.5"], UnknownKey, "is no question"),
        (["resolve", "--outcome", "void"], MisuseError, "which question"),
        (["resolve", "--outcome", "void", "--certain"], MisuseError, "one of"),
        (["list"], NothingFound, "no question"),
        (["score"], NothingFound, "no question"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(
    folder: Path, words: list[str], kind: type[Exception], why: str
) -> None:
    done = run(*words)
    assert isinstance(done.exception, kind)
    assert why in str(done.exception)


def test_a_rescore_needs_to_be_asked_for_with_its_reason(folder: Path) -> None:
    (asked,) = told("add", "--predictions")["asked"]
    told("resolve", asked, "--confirm", "--by", "anna")
    again = ["resolve", asked, "--outcome", "void", "--because", "a draft only", "--by", "bert"]
    assert "was resolved did_not_occur" in str(run(*again).exception)
    told(*again, "--again")
    shown = run("show", asked).stdout
    assert "void" in shown
    assert "before that did not occur" in shown


@pytest.mark.parametrize("file", ["out.csv", "out.json"])
def test_out_and_into_another_ledger(folder: Path, file: str) -> None:
    (asked,) = told("add", "--predictions")["asked"]
    told("resolve", "--certain")
    assert run("export", "-o", file).exit_code == 0
    taken = told("import", file, "--db", "other.db")
    assert (taken["asked"], taken["forecasts"], taken["resolutions"]) == (1, 1, 1)
    (listed,) = told("list", "--db", "other.db")["questions"]
    assert (listed["id"], listed["standing"]) == (asked, "resolved")
    assert told("import", file, "--db", "other.db")["known"] == 1


def test_news_tell_which_questions_they_moved(
    site: Site, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fairweather.coding.watching.Fetcher", site.fetcher)
    told("add", "Peru and Chile sign", "--closes", "2999", "--criterion", CRITERION)
    item = (
        "<item><guid>1</guid><title>A pact</title><pubDate>Tue, 04 Mar 2025 09:00:00 GMT</pubDate>"
        "<description>Peru and Chile signed the Pisco Pact in Lima.</description></item>"
    )
    body = f"<rss><channel><title>Wire</title>{item}</channel></rss>"
    site.answers["/feed"] = (200, {}, body.encode())
    words = ["watch", site.url("/feed"), "--once", "--rss", "news.xml", "--json"]
    done = CliRunner().invoke(fairweather, words)
    (moved,) = json.loads(done.stdout)["questions"]
    assert moved["statement"] == "Peru and Chile sign"
    assert any("Pisco Pact" in one["said"] for one in moved["moved_by"])
    feed = "".join(ElementTree.fromstring((folder / "news.xml").read_bytes()).itertext())
    assert "Question: Peru and Chile sign" in feed


def test_text_from_documents_does_nothing_to_the_terminal(folder: Path) -> None:
    hostile = replace(FORETOLD, id="", statement="\x1b[2J\u202e =cmd()")
    with Ledger(folder / "fairweather.db") as ledger:
        ledger.add([hostile])
    told("add", "--predictions")
    for words in (["list"], ["resolve"]):
        printed = run(*words).stdout
        assert "\x1b" not in printed
        assert "\u202e" not in printed


def test_calibration_is_drawn_where_there_is_enough_of_it(folder: Path) -> None:
    lines = ["statement,opens,closes,criterion,by,made,low,outcome,resolved_on"]
    for n in range(24):
        chance = (n % 6) / 6 + 0.05
        came = "occurred" if n % 6 > n // 6 else "did_not_occur"
        lines.append(f"Number {n},2020-01-01,2020-02-01,in words,anna,2020-01-02,{chance:.2f},"
                     f"{came},2020-02-02")  # fmt: skip
    (folder / "many.csv").write_text("\n".join(lines), encoding="utf-8")
    told("import", "many.csv")
    card = told("score", "--chart", "plot.svg")
    assert not card["all"]["too_few"]
    assert card["author"][0]["name"] == "anna"
    drawn = (folder / "plot.svg").read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert "Calibration, 24 questions" in drawn
    figure = card["all"]["figures"]["brier"]
    why = CliRunner().invoke(fairweather, ["why", figure])
    assert "score" in why.stdout
    assert "anna" in why.stdout


def test_a_scenario_run_becomes_a_ladder_on_its_conditions(folder: Path) -> None:
    from fairweather.desk.demo import examples_folder

    file = str(examples_folder() / "scenarios" / "russia-iran.toml")
    asked = told("add", "--scenario", file, "--run", "war", "--closes", "2999")
    question, (said,) = asked["question"], asked["forecasts"]
    assert question["criterion"] == "support level from RUS to IRN"
    assert question["condition"].startswith("if war comes, and offers.ukraine_for_iran.made = 0")
    assert question["answers"][0] == "none"
    assert sum(said["shares"]) == pytest.approx(1.0)
    assert (said["by"], said["method"]) == ("fairweather", "scenario")
    assert question["source"].startswith("fig:")
