"""Bad input is named with its place, the rest of the batch is done, nothing is half stored."""

import json
import subprocess
import sys
from pathlib import Path

import apsw
import pytest

GOOD = "Peru and Chile signed a fisheries agreement in Lima on 3 March 2025.\n"


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "fairweather", *arguments], cwd=cwd, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bad")
    (folder / "good.txt").write_text(GOOD)
    (folder / "empty.txt").write_text("")
    (folder / "blank.txt").write_text(" \n\n ")
    (folder / "binary.txt").write_bytes(b"\x00\x01\x02PK\x03\x04" * 400)
    (folder / "cut.xml").write_text("<rss><channel><title>x</title><item><title>y</ti")
    (folder / "bomb.xml").write_text(
        '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss>&b;</rss>'
    )
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(51_000_000)
    return folder


BAD = ("missing.txt", "empty.txt", "blank.txt", "binary.txt", "cut.xml", "bomb.xml", "huge.txt")


def test_each_bad_input_is_named_and_the_good_one_is_stored(folder: Path) -> None:
    done = run("read", *BAD, "good.txt", "--db", "x.db", "--json", cwd=folder)
    report = json.loads(done.stdout)
    assert done.returncode == 2
    assert len(report["new"]) == 1
    named = " ".join(f"{one['uri']}: {one['reason']}" for one in report["failed"])
    for name in BAD:
        assert name in named
    assert all(one["reason"] for one in report["failed"])
    assert json.loads(run("verify", "--db", "x.db", "--json", cwd=folder).stdout)["sound"]


@pytest.mark.parametrize("name", BAD)
def test_alone_it_ends_in_two_without_a_traceback(folder: Path, name: str) -> None:
    done = run("read", name, "--db", "alone.db", cwd=folder)
    assert done.returncode == 2
    assert name in done.stdout
    assert "Traceback" not in done.stderr


def test_a_folder_with_nothing_to_read_says_so(folder: Path) -> None:
    (folder / "nothing").mkdir(exist_ok=True)
    done = run("read", "nothing", "--db", "alone.db", cwd=folder)
    assert done.returncode in (2, 3)


def test_a_text_in_an_old_encoding_is_read_as_what_it_is(folder: Path) -> None:
    (folder / "old.txt").write_bytes(
        "São Tomé and Chile signed a fisheries agreement in Lima on 3 March 2025, “said” Peru. "
        "The ministry in Lima said on Tuesday that the fleet would return in the spring.".encode(
            "cp1252"
        )
    )
    done = run("read", "old.txt", "--db", "old.db", "--json", cwd=folder)
    assert done.returncode == 0, done.stdout
    found = run("find", "documents", "--db", "old.db", "--json", cwd=folder)
    assert "São Tomé" in json.loads(found.stdout)["rows"][0]["text"]


def test_a_ledger_of_a_later_version_is_refused_with_the_way_out(folder: Path) -> None:
    run("read", "good.txt", "--db", "later.db", cwd=folder)
    connection = apsw.Connection(str(folder / "later.db"))
    list(connection.execute("PRAGMA user_version = 77"))
    connection.close()
    done = run("find", "events", "--db", "later.db", cwd=folder)
    assert done.returncode == 2
    assert "upgrade fairweather" in done.stderr


def test_a_file_that_is_no_ledger_is_refused(folder: Path) -> None:
    done = run("find", "events", "--db", "binary.txt", cwd=folder)
    assert done.returncode == 2
    assert "binary.txt" in done.stderr


def test_a_hostile_title_cannot_reach_the_terminal(folder: Path) -> None:
    (folder / "evil.xml").write_text(
        "<rss version='2.0'><channel><title>w</title><language>en</language><item>"
        "<title>Peru \u202e signs</title><pubDate>Tue, 04 Mar 2025 09:00:00 +0000</pubDate>"
        f"<description>{GOOD} <![CDATA[<script>alert(1)</script>]]></description></item>"
        "</channel></rss>",
        encoding="utf-8",
    )
    assert run("read", "evil.xml", "--db", "evil.db", cwd=folder).returncode == 0
    done = run("find", "documents", "--db", "evil.db", cwd=folder)
    assert "\u202e" not in done.stdout
    assert "\\u202e" in done.stdout
    assert (
        "<script>" not in run("find", "documents", "--db", "evil.db", "--json", cwd=folder).stdout
    )
