"""What was not published by a day never shapes an answer as of that day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from fairweather import Desk
from fairweather.coding.joining import join_statements
from fairweather.coding.stories import join_stories
from fairweather.errors import NothingFound
from fairweather.ledger import Ledger, Window, current
from fairweather.records import RECORD_TYPES, Actor, Document, Record, to_line, to_row

WRITTEN = "2026-06-01T00:00:00Z"
STATED = [kind for kind in RECORD_TYPES.values() if kind is not Document]


@dataclass
class Text:
    """A document with the rows read from it, and the day from which it is known."""

    document: Document
    rows: list[Record] = field(default_factory=list)

    @property
    def day(self) -> str:
        published = self.document.published.latest
        return published.isoformat() if published else WRITTEN[:10]


def texts_in(path: Path) -> list[Text]:
    """What was read into a ledger, text by text; every text may name every actor."""
    with Ledger(path) as ledger:
        texts = {document.id: Text(document) for document in ledger.documents()}
        for kind in STATED:
            for row in ledger.statements(kind):
                for text in texts.values() if kind is Actor else [texts[row.document]]:
                    text.rows.append(row)
        return list(texts.values())


def read(path: Path, texts: Sequence[Text], at_once: int = 1000) -> Desk:
    """A desk over a new ledger into which these texts were read, some at a time."""
    desk = Desk(path)
    desk.ledger.close()
    desk.ledger = Ledger(path, clock=lambda: WRITTEN)
    for start in range(0, len(texts), at_once):
        part = texts[start : start + at_once]
        for text in part:
            desk.ledger.add([text.document, *text.rows])
        desk.ledger.add((), join_statements(desk.ledger))
        desk.ledger.add((), join_stories(desk.ledger, [text.document for text in part]))
    return desk


def rows_as_of(desk: Desk, day: str) -> dict[str, set[str]]:
    """All that stands as of a day, by type."""
    seen = Window(as_of=day)
    return {
        kind.type: {
            to_line(to_row(row)) for row in current(desk.ledger, kind, seen, min_confidence=0)
        }
        for kind in STATED
    }


def page_as_of(desk: Desk, pair: tuple[str, str], day: str) -> str:
    """The brief with every figure and quote, and the stories beneath its timeline."""
    try:
        return desk.brief(*pair, as_of=day).html
    except NothingFound:
        return ""


def later_texts_change_nothing(
    texts: Sequence[Text], pairs: Iterable[tuple[str, str]], days: Iterable[str], folder: Path
) -> int:
    """How many pages were compared: from all texts, in two orders, and from those out by then."""
    backwards = sorted(texts, key=lambda text: text.day, reverse=True)
    pages = 0
    with read(folder / "all.db", texts) as whole, read(folder / "back.db", backwards, 9) as turned:
        for day in days:
            early = [text for text in texts if text.day <= day]
            with read(folder / f"{day}.db", early) as alone:
                expected = rows_as_of(alone, day)
                assert rows_as_of(whole, day) == expected, day
                assert rows_as_of(turned, day) == expected, day
                for pair in pairs:
                    page = page_as_of(alone, pair, day)
                    assert page_as_of(turned, pair, day) == page, (pair, day)
                    pages += bool(page)
    return pages


@pytest.mark.slow
def test_later_texts_change_no_earlier_answer_on_the_shipped_pairs(
    examples_ledger: Path, tmp_path: Path
) -> None:
    # Two mentions of a treaty by bare names are out by the first day; what they mean, later.
    days = ["2024-09-30", "2025-06-30"]
    pairs = [("RUS", "IRN"), ("USA", "KOR")]
    assert later_texts_change_nothing(texts_in(examples_ledger), pairs, days, tmp_path) == 4


def test_later_texts_change_no_earlier_answer_on_real_articles(
    articles_ledger: Path, tmp_path: Path
) -> None:
    texts = texts_in(articles_ledger)
    days = sorted({text.day for text in texts})[:-1]
    assert later_texts_change_nothing(texts, [("RUS", "IRN")], days, tmp_path) > 0


def test_the_members_that_a_bloc_is_known_to_have_are_known_as_actors_at_once() -> None:
    from fairweather.coding.intake import code, default_extractors
    from fairweather.ledger.parts import actors_named
    from fairweather.records import on
    from fairweather.vocabulary.gazetteer import load_gazetteer

    text = "Membership of the BRICS group passed on Monday to Iran and Egypt."
    document = Document(text=text, published=on("2024-01-01"), language="en")
    rows, _, _ = code(document, default_extractors())
    known = {row.id for row in rows if isinstance(row, Actor)}
    named = {actor for row in rows for actor in actors_named(row)}
    assert "IND" in named
    assert named & load_gazetteer().actors.keys() <= known
