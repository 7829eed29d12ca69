"""The command line's manners: stdout is the answer, errors say what to do, exits mean something."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

ITEM = """<rss version="2.0"><channel><title>Own wire</title><language>en</language>
<item><title>Peru and Chile sign a fisheries pact</title>
<pubDate>Tue, 04 Mar 2025 09:00:00 +0000</pubDate><link>https://example.org/1</link>
<description>Peru and Chile signed a fisheries agreement in Lima on 3 March 2025. Chile said on
Tuesday that it would not send warships to the north.</description></item></channel></rss>"""


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "fairweather", *arguments], cwd=cwd, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "wire.xml").write_text(ITEM)
    done = run("read", "wire.xml", "--db", "my.db", "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["new"]) == 1
    return folder


def test_help_is_quick() -> None:
    """By processor time, so that a busy machine does not count as a slow program."""
    command = [sys.executable, "-m", "fairweather", "--help"]
    took = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(took) < 0.5


def test_history_answers_without_a_ledger_and_makes_none(tmp_path: Path) -> None:
    done = run("history", "NZL", "FJI", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no ledger" in done.stderr
    assert "silence does not prove" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_reading_the_same_feed_twice_changes_nothing(folder: Path) -> None:
    before = run("export", "--all", "--db", "my.db", cwd=folder).stdout
    again = run("read", "wire.xml", "--db", "my.db", cwd=folder)
    assert again.returncode == 0
    assert "0 new, 1 already there" in again.stdout
    assert run("export", "--all", "--db", "my.db", cwd=folder).stdout == before


def test_the_ledger_may_be_named_before_or_after_the_verb(folder: Path) -> None:
    after = run("find", "agreements", "--db", "my.db", cwd=folder)
    before = run("--db", "my.db", "find", "agreements", cwd=folder)
    assert after.returncode == 0, after.stderr
    assert before.stdout == after.stdout


def test_json_is_one_object_and_nothing_else(folder: Path) -> None:
    for words in (["find", "events"], ["verify"], ["agreement"]):
        done = run(*words, "--db", "my.db", "--json", cwd=folder)
        assert isinstance(json.loads(done.stdout), dict)


def test_a_sound_ledger_verifies(folder: Path) -> None:
    done = run("verify", "--db", "my.db", cwd=folder)
    assert (done.returncode, done.stdout.split(":")[0]) == (0, "sound")


def test_why_leads_from_a_row_to_the_words(folder: Path) -> None:
    rows = json.loads(run("find", "agreements", "--db", "my.db", "--json", cwd=folder).stdout)
    done = run("why", rows["rows"][0]["id"], "--db", "my.db", cwd=folder)
    assert "signed a fisheries agreement" in done.stdout
    assert "Own wire" in done.stdout


def test_an_answer_goes_to_the_file_asked_for(folder: Path) -> None:
    done = run("find", "agreements", "--db", "my.db", "--csv", "-o", "rows.csv", cwd=folder)
    assert done.stdout == ""
    assert "parties_names" in (folder / "rows.csv").read_text().splitlines()[0]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["fnd"], 1, 'did you mean "find"'),
        (["find", "evnts"], 1, 'did you mean "events"'),
        (["find", "events", "--actor", "Chlie"], 1, "Chile"),
        (["find", "events", "--since", "yesterday"], 2, "not a date"),
        (["find", "amounts", "--actor", "FRA"], 3, "no amount"),
        (["why", "event:ffff"], 1, "no record"),
        (["why", "fig:strnd/PER/CHL/trust/PER@latest"], 1, "strand"),
        (["profile", "PER", "FRA"], 3, "nothing in my.db speaks of both"),
        (["read", "missing.xml"], 2, "missing.xml"),
        (["import", "missing.jsonl"], 2, "missing.jsonl"),
        (["export", "--all", "--public"], 1, "choose one"),
        (["brief", "PER", "CHL", "-o", "x.docx"], 1, ".docx"),
        (["scenario", "check", "missing.toml"], 2, "missing.toml"),
        (["find", "events", "-o", "no/such/folder/x"], 1, "cannot be written"),
    ],
)
def test_an_error_says_what_was_wrong(folder: Path, words: list[str], code: int, said: str) -> None:
    done = run(*words, "--db", "my.db", cwd=folder)
    assert done.returncode == code, done.stderr
    assert said in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_asking_without_a_ledger_says_how_to_make_one(tmp_path: Path) -> None:
    done = run("find", "events", cwd=tmp_path)
    assert done.returncode == 1
    assert "fairweather read" in done.stderr
    assert not list(tmp_path.iterdir())
