"""`read --extractor`: a batch with a model goes on, whatever the model does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fairweather import Desk
from fairweather.records import Event

from .conftest import KEY, Reply, completion, rows

FIRST = "Published 2025-03-05\n\nPeru accused Chile of shelling a village on the border."
SECOND = "Published 2025-03-06\n\nKenya thanked Uganda for the grain that it had sent."


def event(quote: str, act: str, source: str, target: str, event_class: str) -> dict[str, Any]:
    return {
        "quote": quote,
        "sentence": 0,
        "act": act,
        "source": source,
        "class": event_class,
        "target": target,
        "status": "factual",
        "date": "",
        "place": "",
    }


THANKED = event("Kenya thanked Uganda", "thanked", "Kenya", "Uganda", "SUPPORT")
INVENTED = event("Kenya bombed Uganda", "bombed", "Kenya", "Uganda", "ASSAULT")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "1.txt").write_text(FIRST)
    (tmp_path / "2.txt").write_text(SECOND)
    return tmp_path


def run(service, folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:  # type: ignore[no-untyped-def]
    return subprocess.run(
        [sys.executable, "-m", "fairweather", "read", "1.txt", "2.txt", "--db", "my.db", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "FAIRWEATHER_LLM_URL": service.url,
            "FAIRWEATHER_LLM_MODEL": "m",
            "FAIRWEATHER_LLM_KEY": KEY,
            **env,
        },
    )


def test_one_useless_answer_costs_its_window_and_the_batch_goes_on(service, folder: Path) -> None:  # type: ignore[no-untyped-def]
    service.answers(completion("no."), rows(event=[THANKED, INVENTED]))
    done = run(service, folder, "--extractor", "llm")
    assert done.returncode == 0, done.stderr
    assert "2 new" in done.stdout
    assert "2 candidate rows refused: 1 bad JSON, 1 invented quote" in done.stdout
    assert f"llm/m/1 at {service.host}: 2 calls" in done.stdout
    assert "cost not known" in done.stdout
    assert done.stderr.startswith(f"{service.host} will receive the text")
    with Desk(folder / "my.db") as desk:
        (stored,) = desk.ledger.statements(Event)
        assert (stored.quotes[0].text, stored.coder) == ("Kenya thanked Uganda", "llm/m/1")
        assert not desk.verify()
    kept = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    assert KEY.encode() not in kept
    assert KEY not in done.stdout + done.stderr


def test_a_document_without_an_answer_is_not_stored_and_can_be_read_again(
    service, folder: Path
) -> None:  # type: ignore[no-untyped-def]
    service.answers(Reply(status=302, headers={"Location": "http://elsewhere.example/"}))
    failed = run(service, folder, "--extractor", "both", "--json")
    assert failed.returncode == 2
    report = json.loads(failed.stdout)
    assert [len(report[outcome]) for outcome in ("new", "failed")] == [0, 2]
    assert "redirects are refused" in report["failed"][0]["reason"]
    assert "not asked again" in report["failed"][1]["reason"]
    service.answers(rows(event=[]))
    again = run(
        service, folder, "--extractor", "both", "--llm-price-in", "1", "--llm-price-out", "2"
    )
    assert again.returncode == 0, again.stderr
    assert "cost 0.0024" in again.stdout
    with Desk(folder / "my.db") as desk:
        coders = [record.coder for record in desk.ledger.statements(Event)]
        assert coders
        assert not any(coder.startswith("llm") for coder in coders)
    assert KEY not in failed.stdout + failed.stderr + again.stdout + again.stderr


def test_the_rules_read_without_any_service(service, folder: Path) -> None:  # type: ignore[no-untyped-def]
    done = run(service, folder)
    assert done.returncode == 0, done.stderr
    assert not service.asked
    assert "calls" not in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--extractor", "lm"], 'did you mean "llm"'),
        (["--model", "m"], "belong to --extractor llm"),
        (["--extractor", "llm", "--llm-url", "http://x.example"], "unencrypted"),
        (["--extractor", "llm", "--llm-price-in", "-3"], "no price"),
    ],
)
def test_a_misused_option_is_told_before_a_ledger_is_made(
    service, folder: Path, words: list[str], said: str
) -> None:  # type: ignore[no-untyped-def]
    done = run(service, folder, *words)
    assert done.returncode == 1
    assert said in done.stderr
    assert not (folder / "my.db").exists()
    assert KEY not in done.stderr
