"""Labelled sentences: reading their files, and what a label and a coded event have in common."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from fairweather.coding.grammar.sentence import Reading
from fairweather.errors import FairweatherError
from fairweather.records import When, between, on

FILES = ("plv_dev", "plover_gsr", "penta_dev", "protest_dev")
SPANS = "source_target_dev"
"""The files that the event model is trained on (docs/event-model.md)."""
USUAL_FOLDER = Path(__file__).parents[2] / "shared" / "data" / "coding"
"""Where the training files are looked for when they do not stand beside the file given."""

Row = dict[str, Any]


def rows_of(path: Path) -> Iterator[Row]:
    """The rows of a file of JSON lines. Raises SystemExit naming the line at fault."""
    for number, line in enumerate(path.read_text("utf-8-sig").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            row["text"].strip()
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise SystemExit(
                f"{path}: line {number}: no JSON object with a text: {error}"
            ) from None
        yield row


def key_of(text: str) -> str:
    """Letters and digits of a text, by which the same text is known in another file."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def training_folder(*places: Path | None) -> Path | None:
    """The first of the places that holds all the training files; None where none does."""
    for place in (*places, USUAL_FOLDER):
        if place and all((place / f"{file}.jsonl").is_file() for file in (*FILES, SPANS)):
            return place
    return None


def trained_on(folder: Path, texts: Iterable[str]) -> set[str]:
    """The keys of those texts that stand in the training files of a folder."""
    known = {key_of(row["text"]) for file in (*FILES, SPANS)
             for row in rows_of(folder / f"{file}.jsonl")}  # fmt: skip
    return known & {key_of(text) for text in texts}


def published_of(row: Row) -> When:
    """When a row's text was published, where it says so: `published`, or `date` as one day."""
    day = row.get("published") or (row.get("date") if isinstance(row.get("date"), str) else None)
    try:
        return on(day) if day else between(None, None)
    except FairweatherError as error:
        raise SystemExit(f"sentence {row.get('id', '')!r}: {error}") from None


def class_of(row: Row) -> str:
    """The class of a label, CONCEDE and RETREAT as YIELD; empty where there is no event."""
    codes = row.get("roots_plover2021") or row.get("event_codes") or ()
    if not codes or str(codes[0]) == "0":
        return ""
    return "YIELD" if codes[0] in ("CONCEDE", "RETREAT") else str(codes[0])


def states_in(reading: Reading, span: str | None) -> frozenset[str]:
    """States that a label's span names."""
    if not span:
        return frozenset()
    return frozenset(
        actor
        for sentence in reading.sentences
        for mention in sentence.mentions
        for actor in mention.chain
        if mention.alias in span and actor.isupper() and len(actor) == 3
    )
