"""Rows, single records and chains of evidence as sheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fairweather.brief.wording import (
    are_actors,
    banded,
    counted,
    dated,
    label,
    name,
    odds,
    phrase,
    shown,
    with_names,
)
from fairweather.desk.showing.sheet import Grid, Part, Sheet, Told, sentences
from fairweather.desk.why import Cited, FigureChain, RecordChain
from fairweather.records import (
    AUTHOR,
    Actor,
    Agreement,
    Document,
    Event,
    Explained,
    Mechanism,
    Record,
    Support,
    Tie,
    When,
    shorten,
    to_row,
)
from fairweather.records.columns import COLUMNS
from fairweather.vocabulary import vocabulary

MOST_ROWS = 60
"""Rows of a list shown on a page; `to_pandas` has all."""

NAMED = frozenset(
    ("source", "target", "parties", "giver", "receiver", "pair", "viewpoint", "speaker", "by")
) | {"about", "members", "actor", "against", "a", "b"}
"""Columns that hold ids of actors, one or several apart by blanks."""

PLAIN = frozenset({"stage", "obligation", "state", "actor", "role", "date", "text"})
"""Keys within a part of a record that go without saying."""

QUIET = frozenset({"type", "id", "quotes", "confidence", "coder", "recorded", "text", "asides"}) | {
    "sha256",
    "origin",
}
"""Fields of a record that a chain shows in a place of their own, or not at all."""


def rows_sheet(rows: Sequence[Record]) -> Sheet:
    """Records of one kind as a table."""
    if not rows:
        return Sheet("No rows")
    columns = COLUMNS[type(rows[0])]
    cells = tuple(
        tuple(_cell(key, str(cell(row))) for key, cell in columns) for row in rows[:MOST_ROWS]
    )
    left = len(rows) - len(cells)
    more = sentences([f"And {left} more; to_pandas() has all of them."] if left else ())
    names = tuple(key for key, _ in columns)
    grid = Grid(names, cells, ids=names.index("id"))
    title = counted(len(rows), rows[0].type).capitalize()
    return Sheet(title, parts=(Part(grid=grid, told=more),))


def _cell(column: str, text: str) -> str:
    if column in NAMED:
        return ", ".join(label(actor) for actor in text.split())
    return text


def record_sheet(record: Record) -> Sheet:
    """One record: what it says, and the words that it says it by."""
    quotes = [Told(f"“{shorten(' '.join(quote.text.split()))}”") for quote in record.quotes]
    return Sheet(_title(record), parts=(_fields(record), Part(told=tuple(quotes))))


def chain_sheet(chain: RecordChain) -> Sheet:
    """A record with its quotes in their documents, and the decisions about it."""
    record = chain.record
    by = f"Confidence {record.confidence:.1f}, by {record.coder or 'the vocabulary'}"
    decided = [f"{d.kind} {d.object}: {d.reason} ({d.by})" for d in chain.decisions]
    return Sheet(
        _title(record),
        f"{by}; {record.id}",
        (
            _fields(record),
            Part("In the words of the documents", tuple(map(_quoted, chain.cited))),
            Part("To know of it", sentences(chain.notes)) if chain.notes else Part(),
            Part(f"{counted(len(decided), 'decision').capitalize()} about it", sentences(decided),
                 folded=True)
            if decided
            else Part(),
        ),
    )  # fmt: skip


def figure_sheet(chain: FigureChain) -> Sheet:
    """A number computed again, what it is made of, and the records beneath it."""
    figure = chain.figure
    unsealed = chain.unchanged is False
    changed = ["The ledger has learnt more since this number was asked for."] if unsealed else []
    return Sheet(
        named(figure.meaning, figure.arguments),
        f"{value(figure)}; {figure.method}/{figure.version}, as of {figure.as_of}; {figure.id}",
        (
            Part(told=sentences([*changed, *([figure.formula] if figure.formula else [])])),
            made_of(figure),
            *(
                Part(_title(one.record), tuple(map(_quoted, one.cited)), folded=True)
                for one in chain.chains
            ),
        ),
    )


def explained_sheet(figure: Explained) -> Sheet:
    """A number with its band and its id."""
    return Sheet(
        value(figure), f"{figure.meaning} ({figure.unit}); {figure.id}", (made_of(figure),)
    )


def named(text: str, words: Iterable[str]) -> str:
    """The text with the ids of actors among some words written as names."""
    return with_names(text, are_actors(words))


def made_of(figure: Explained) -> Part:
    """What a number is made of."""
    rows = tuple((part.name, _plain(part.value), part.standing()) for part in figure.ingredients)
    return Part("Made of", grid=Grid(("input", "value", "rests on"), rows))


def value(figure: Explained) -> str:
    """A number as a range, no more exact than it is."""
    if figure.value is None:
        return "not known"
    if figure.unit.startswith("strand"):
        return banded(figure)
    if figure.unit == "probability":
        return odds(figure)
    if figure.low is None or figure.high is None:
        return shown(figure.value)
    return f"{shown(figure.value)} ({shown(figure.low)} to {shown(figure.high)})"


def _plain(value: float | str | None) -> str:
    return "" if value is None else shown(value)


def _title(record: Record) -> str:
    """A record in a line."""
    return f"{record.type.capitalize()}: {_gist(record)}"


def _gist(record: Record) -> str:
    match record:
        case Document() | Agreement() | Mechanism() | Actor():
            return getattr(record, "title", "") or getattr(record, "name", "") or record.id
        case Tie():
            strand = vocabulary("strands")[record.strand].label.lower()
            return f"{strand}, as {name(record.viewpoint)} {_sees(record)} it: {record.gist}"
        case Support():
            level, state = phrase("rungs", record.level), record.state.replace("_", " ")
            return f"{label(record.giver)} to {label(record.receiver)}, {level}, {state}"
        case Event():
            who, whom = ", ".join(map(label, record.source)), ", ".join(map(label, record.target))
            when = dated(record.date)
            return " ".join(filter(None, (who, record.event_class, f"{whom};", when)))
        case _:
            told = getattr(record, "statement", "") or getattr(record, "content", "")
            return shorten(" ".join(told.split())) or record.id


def _sees(tie: Tie) -> str:
    return "see" if tie.viewpoint == AUTHOR else "sees"


def _fields(record: Record) -> Part:
    rows = tuple(
        (key, _text(key, field))
        for key, field in to_row(record).items()
        if key not in QUIET and field not in ("", None, [], ())
    )
    return Part(grid=Grid(("field", "what it says"), rows))


def _text(key: str, field: object) -> str:
    """A field in words; a part of a list by what it says, the key before what is not plain."""
    if isinstance(field, dict):
        if field.keys() >= {"from", "to", "precision"}:
            when = When(field["from"], field["to"], field["precision"], field.get("basis", ""))
            return dated(when) if when.known else ""
        told = ((part, _text(part, one)) for part, one in field.items() if part != "quotes")
        return " ".join(one if part in PLAIN else f"{part} {one}" for part, one in told if one)
    if isinstance(field, list):
        between = "; " if field and isinstance(field[0], dict) else ", "
        return between.join(_text(key, one) for one in field)
    return label(str(field)) if key in NAMED and field else shorten(str(field), 200)


def _quoted(cited: Cited) -> Told:
    document = cited.document
    named = (document.title, document.author, document.publisher, dated(document.published))
    source = ", ".join(dict.fromkeys(part for part in named if part))
    return Told(f"“{shorten(' '.join(cited.text.split()))}”", marks=source)
