"""Small ledgers to ask: two articles on one treaty, told in the project's own words."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fairweather.ledger import Ledger
from fairweather.records import Agreement, Clause, Document, Record, Stage, on

EARLY = "Norway said it would sign a pact with Finland in May. It will hold no defence clause."
LATE = "Norway and Finland signed the Border Pact on 4 June 2021. The pact lacks a defence clause."


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "test.db", clock=lambda: "2026-01-01T00:00:00Z") as opened:
        yield opened


@pytest.fixture
def articles() -> tuple[Document, Document]:
    return (
        Document(text=EARLY, title="A pact is promised", published=on("2021-03-02")),
        Document(text=LATE, title="A pact is signed", published=on("2021-06-05")),
    )


@pytest.fixture
def pacts(articles: tuple[Document, Document]) -> tuple[Agreement, Agreement]:
    early, late = articles
    promised, signed = early.quote(0, 53), late.quote(0, 57)
    return (
        Agreement(
            quotes=(promised,),
            name="a pact with Finland",
            parties=("NOR", "FIN"),
            stages=(Stage("promised", ("NOR",), on("2021-05"), (promised,)),),
            confidence=0.8,
        ),
        Agreement(
            quotes=(signed,),
            name="Border Pact",
            parties=("NOR", "FIN"),
            stages=(Stage("signed", ("NOR", "FIN"), on("2021-06-04"), (signed,)),),
            clauses=(Clause("defense", "absent", quotes=(late.quote(58, len(LATE)),)),),
            confidence=0.9,
        ),
    )


@pytest.fixture
def filled(
    ledger: Ledger, articles: tuple[Document, Document], pacts: tuple[Agreement, Agreement]
) -> Ledger:
    for article, pact in zip(articles, pacts, strict=True):
        ledger.add([article, pact])
    return ledger


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[[str], Ledger]:
    return lambda name: Ledger(tmp_path / name)


Records = list[Record]
