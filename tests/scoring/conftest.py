"""A small ledger of two invented texts about two real states, and a scorebook over it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fairweather.desk.questions import Scorebook
from fairweather.ledger import Ledger
from fairweather.records import (
    Agreement,
    Clause,
    Document,
    Event,
    Quote,
    Record,
    Stage,
    Support,
    on,
)
from fairweather.records.questions import Forecast, Question

FORETELLING = Document(
    text="Peru and Chile will probably sign the Arica Pact by June. It will hold no duty to"
    " defend. Boats may follow if Argentina attacks Peru.",
    title="What the neighbours want",
    author="A. Paz",
    publisher="The Pacific",
    published=on("2030-03-01"),
    genre="analysis",
    url="https://example.org/a",
)
TELLING = Document(
    text="Peru and Chile signed the Arica Pact in Lima on 9 July 2030. It does not oblige either"
    " to defend the other. Chile sent Peru three patrol boats in August.",
    title="Pact signed",
    publisher="The Coast",
    published=on("2031-01-15"),
    url="https://example.org/b",
)
ECHO = Document(
    text="Three boats of the Chilean navy reached Callao in August 2030 and were handed over.",
    title="Boats in Callao",
    publisher="The Port",
    published=on("2031-01-20"),
    url="https://example.org/c",
)


def quoted(document: Document, words: str) -> tuple[Quote, ...]:
    at = document.text.index(words)
    return (document.quote(at, at + len(words)),)


PACT = Agreement(
    quotes=quoted(TELLING, "Peru and Chile signed the Arica Pact"),
    name="Arica Pact",
    parties=("PER", "CHL"),
    stages=(
        Stage("signed", (), on("2030-07-09"), quoted(TELLING, "signed the Arica Pact in Lima")),
    ),
    clauses=(
        Clause("defense", "absent", quotes=quoted(TELLING, "does not oblige either to defend")),
    ),
)
BOATS = Event(
    quotes=quoted(TELLING, "Chile sent Peru three patrol boats"),
    source=("CHL",),
    target=("PER",),
    event_class="AID",
    status="factual",
    date=on("2030-08"),
)
BOATS_AGAIN = Event(
    quotes=quoted(ECHO, "Three boats of the Chilean navy reached Callao"),
    source=("CHL",),
    target=("PER",),
    event_class="AID",
    status="factual",
    date=on("2030-08"),
)
ARMS = Support(
    quotes=quoted(TELLING, "Chile sent Peru three patrol boats"),
    giver="CHL",
    receiver="PER",
    level="limited_arms",
    state="given",
    date=on("2030-08"),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "pacific.db") as opened:
        opened.add([FORETELLING, TELLING, PACT, BOATS, ARMS])
        yield opened


@pytest.fixture
def ledger_of(tmp_path: Path) -> Iterator[Callable[..., Ledger]]:
    made: list[Ledger] = []

    def make(*records: Record) -> Ledger:
        made.append(Ledger(tmp_path / f"of-{len(made)}.db"))
        made[-1].add(records)
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def book(ledger: Ledger) -> Scorebook:
    """On a day on which everything above has long been public."""
    return Scorebook(ledger, "anna", on="2031-06-01")


@pytest.fixture
def early(ledger: Ledger) -> Scorebook:
    """The same ledger in the hands of somebody on the day of the first text."""
    return Scorebook(ledger, "anna", on="2030-03-01")


def ask(criterion: str, closes: str = "2030-12-31", **other: object) -> Question:
    given: dict[str, object] = {"statement": "So it will be", "opens": "2030-03-01",
                                "asked_by": "person/anna", **other}  # fmt: skip
    return Question(criterion=criterion, closes=closes, **given)  # type: ignore[arg-type]


def say(question: Question, chance: float, by: str = "anna", made: str = "2030-03-02") -> Forecast:
    return Forecast(question=question.id, by=by, made=made, low=chance, high=chance)
