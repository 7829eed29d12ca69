"""The columns that a list shows of each kind of record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fairweather.records import (
    Actor,
    Agreement,
    Amount,
    Claim,
    Document,
    Event,
    Mechanism,
    Prediction,
    Record,
    Support,
    Tie,
    shorten,
)

Columns = tuple[tuple[str, Callable[..., object]], ...]

QUOTE_WIDTH = 70


def _joined(actors: Sequence[str]) -> str:
    return " ".join(actors)


def _quote(record: Record) -> str:
    text = record.quotes[0].text if record.quotes else ""
    return shorten(" ".join(text.split()), QUOTE_WIDTH)


_SHARED: Columns = (
    ("confidence", lambda r: f"{r.confidence:.2f}"),
    ("quote", _quote),
    ("id", lambda r: r.id),
)

COLUMNS: dict[type[Record], Columns] = {
    Document: (
        ("published", lambda r: r.published.text()),
        ("genre", lambda r: r.genre),
        ("language", lambda r: r.language),
        ("publisher", lambda r: r.publisher),
        ("title", lambda r: shorten(r.title, QUOTE_WIDTH)),
        ("id", lambda r: r.id),
    ),
    Actor: (
        ("name", lambda r: r.name),
        ("kind", lambda r: r.kind),
        ("id", lambda r: r.id),
    ),
    Event: (
        ("date", lambda r: r.date.text()),
        ("source", lambda r: _joined(r.source)),
        ("class", lambda r: r.event_class),
        ("target", lambda r: _joined(r.target)),
        ("status", lambda r: r.status),
        *_SHARED,
    ),
    Agreement: (
        ("name", lambda r: shorten(r.name, QUOTE_WIDTH)),
        ("parties", lambda r: _joined(r.parties)),
        (
            "stages",
            lambda r: ", ".join(f"{s.stage} {s.date.since or ''}".strip() for s in r.stages),
        ),
        ("clauses", lambda r: ", ".join(f"{c.obligation} {c.state}" for c in r.clauses)),
        ("id", lambda r: r.id),
    ),
    Claim: (
        ("speaker", lambda r: r.speaker),
        ("stance", lambda r: r.stance),
        ("content", lambda r: shorten(" ".join(r.content.split()), QUOTE_WIDTH)),
        ("about", lambda r: _joined(r.about)),
        ("contested", lambda r: "yes" if r.contested_by else ""),
        ("id", lambda r: r.id),
    ),
    Prediction: (
        ("by", lambda r: r.by),
        ("wording", lambda r: r.wording),
        (
            "probability",
            lambda r: f"{r.probability.low:.2f}-{r.probability.high:.2f}" if r.probability else "",
        ),
        ("statement", lambda r: shorten(" ".join(r.statement.split()), QUOTE_WIDTH)),
        ("horizon", lambda r: r.horizon.text() if r.horizon.known else ""),
        ("outcome", lambda r: r.outcome),
        ("id", lambda r: r.id),
    ),
    Amount: (
        ("bound", lambda r: r.bound),
        ("value", lambda r: f"{r.value:,.10g}"),
        ("unit", lambda r: r.unit),
        ("measures", lambda r: shorten(r.measures, 40)),
        ("about", lambda r: _joined(r.about)),
        *_SHARED[1:],
    ),
    Tie: (
        ("pair", lambda r: f"{r.a} {r.b}"),
        ("viewpoint", lambda r: r.viewpoint),
        ("strand", lambda r: r.strand),
        ("polarity", lambda r: r.polarity),
        ("gist", lambda r: r.gist),
        *_SHARED,
    ),
    Mechanism: (
        ("kind", lambda r: r.kind),
        ("name", lambda r: shorten(r.name, 50)),
        ("members", lambda r: _joined([member.actor for member in r.members])),
        ("status", lambda r: r.status),
        ("id", lambda r: r.id),
    ),
    Support: (
        ("giver", lambda r: r.giver),
        ("receiver", lambda r: r.receiver),
        ("level", lambda r: r.level),
        ("state", lambda r: r.state),
        ("date", lambda r: r.date.text() if r.date.known else ""),
        *_SHARED,
    ),
}
"""The columns shown of each kind of record."""
