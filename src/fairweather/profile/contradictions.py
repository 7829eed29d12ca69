"""Contradictions: statements on one subject that cannot both hold, and which one does.

A subject is a giver, receiver and rung of support; a pair, strand and viewpoint of a tie;
an agreement and one of its obligations. Each subject gives at most one contradiction, with
all its statements on both sides. It is settled by date where every statement of one side
surely lies before every one of the other: then what was said last holds. A statement lies
at the date its text gives, else on the day its document was published. Two opinions of one
tie contradict each other only when they are of the same period, and stay open; in different
periods they are a change of mind.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from fairweather.records import Agreement, Clause, Record, Support, Tie, When
from fairweather.vocabulary import vocabulary

BY_DATE = "by date"
OPEN = "open"
AGAINST = frozenset({"against", "absent"})
SAME_PERIOD_DAYS = 183
"""Opinions whose dates lie no more than half a year apart are of one period."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sides of one subject, by the ids of their statements.

    `kind` is support, tie or clause; `subject` what both sides speak of; `earlier` the side
    whose statements begin first, `later` the other. `settled` is "by date" or "open";
    `holds` the state that holds where it is settled, else empty; `origins` how many
    independent origins stand on either side, where that was counted.
    """

    kind: str
    subject: tuple[str, ...]
    earlier: tuple[str, ...]
    later: tuple[str, ...]
    settled: str
    holds: str
    origins: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement for one side: the record it stands in, the word it uses, its time."""

    record: str
    word: str
    first: dt.date | None
    last: dt.date | None


Subject = tuple[str, ...]


def contradictions(
    support: Sequence[Support],
    ties: Sequence[Tie],
    agreements: Sequence[Agreement],
    published: Mapping[str, When],
) -> tuple[Contradiction, ...]:
    """The contradictions among statements, support first, then ties, then clauses.

    `published` gives the day of publication by document id.
    """
    return (
        *_settleable("support", _by_support(support, published), "support_states"),
        *_opinions(_by_tie(ties, published)),
        *_settleable("clause", _by_clause(agreements, published), "clause_states"),
    )


# -- gathering -----------------------------------------------------------------------------


def _by_support(
    rows: Iterable[Support], published: Mapping[str, When]
) -> Mapping[Subject, list[Statement]]:
    found: dict[Subject, list[Statement]] = defaultdict(list)
    for row in rows:
        subject = (row.giver, row.receiver, row.level)
        found[subject].append(_statement(row, row.state, row.date, published))
    return found


def _by_tie(
    rows: Iterable[Tie], published: Mapping[str, When]
) -> Mapping[Subject, list[Statement]]:
    found: dict[Subject, list[Statement]] = defaultdict(list)
    for row in rows:
        a, b = sorted((row.a, row.b))
        subject = (a, b, row.strand, row.viewpoint)
        found[subject].append(_statement(row, row.polarity, row.date, published))
    return found


def _by_clause(
    agreements: Iterable[Agreement], published: Mapping[str, When]
) -> Mapping[Subject, list[Statement]]:
    found: dict[Subject, list[Statement]] = defaultdict(list)
    for agreement in agreements:
        for clause in agreement.clauses:
            subject = (agreement.id, clause.obligation, *sorted(clause.by))
            when = published.get(_document(agreement, clause), When())
            found[subject].append(Statement(agreement.id, clause.state, when.earliest, when.latest))
    return found


def _document(agreement: Agreement, clause: Clause) -> str:
    return clause.quotes[0].document if clause.quotes else agreement.document


def _statement(row: Record, word: str, date: When, published: Mapping[str, When]) -> Statement:
    """The statement at its own date where the text gives one, else when published."""
    dated = date.basis != "publication" and (date.earliest or date.latest)
    when = date if dated else published.get(row.document, date)
    return Statement(row.id, word, when.earliest, when.latest)


# -- weighing ------------------------------------------------------------------------------


@cache
def _opposed(words: str) -> Mapping[str, frozenset[str]]:
    """Word -> the words of its vocabulary that contradict it."""
    return {key: frozenset(term.extra["opposes"]) for key, term in vocabulary(words).items()}


def _settleable(
    kind: str, subjects: Mapping[Subject, list[Statement]], words: str
) -> Iterator[Contradiction]:
    for subject, statements in subjects.items():
        sides = _sides(statements, words)
        if sides:
            yield _contradiction(kind, subject, *sides)


def _sides(
    statements: Sequence[Statement], words: str
) -> tuple[list[Statement], list[Statement]] | None:
    """The statements that another one opposes, in two camps; None where nobody differs."""
    opposed = _opposed(words)
    told = {statement.word for statement in statements}
    disputed = [s for s in statements if opposed[s.word] & told]
    against = [s for s in disputed if s.word in _speaking_against(words)]
    favouring = [s for s in disputed if s.word not in _speaking_against(words)]
    return (favouring, against) if favouring and against else None


@cache
def _speaking_against(words: str) -> frozenset[str]:
    """The words of a vocabulary that speak against: by their stance, or stated absence."""
    terms = vocabulary(words)
    return frozenset(key for key, term in terms.items() if term.extra.get("stance", key) in AGAINST)


def _contradiction(
    kind: str, subject: Subject, one: list[Statement], other: list[Statement]
) -> Contradiction:
    first, second = sorted((one, other), key=_begins)
    settled = _surely_before(first, second)
    return Contradiction(
        kind,
        subject,
        tuple(dict.fromkeys(s.record for s in first)),
        tuple(dict.fromkeys(s.record for s in second)),
        BY_DATE if settled else OPEN,
        max(second, key=_moment).word if settled else "",
    )


def _begins(side: Sequence[Statement]) -> tuple[dt.date, tuple[str, ...]]:
    earliest = min(s.first or s.last or dt.date.max for s in side)
    return earliest, tuple(s.record for s in side)


def _moment(statement: Statement) -> dt.date:
    return statement.last or statement.first or dt.date.min


def _surely_before(first: Sequence[Statement], second: Sequence[Statement]) -> bool:
    """Whether the last possible day of the one side lies before the other's first."""
    ends = [s.last for s in first]
    begins = [s.first for s in second]
    known_ends = [day for day in ends if day is not None]
    known_begins = [day for day in begins if day is not None]
    if len(known_ends) < len(ends) or len(known_begins) < len(begins):
        return False
    return max(known_ends) < min(known_begins)


# -- opinions ------------------------------------------------------------------------------


def _opinions(subjects: Mapping[Subject, list[Statement]]) -> Iterator[Contradiction]:
    """Ties seen both ways in one period: two opinions, neither of which is settled."""
    for subject, statements in subjects.items():
        held = [s for s in statements if _opposite_at_the_time(s, statements)]
        binding = [s for s in held if s.word == "+"]
        dividing = [s for s in held if s.word == "-"]
        if binding and dividing:
            first, second = sorted((binding, dividing), key=_begins)
            yield Contradiction(
                "tie",
                subject,
                tuple(dict.fromkeys(s.record for s in first)),
                tuple(dict.fromkeys(s.record for s in second)),
                OPEN,
                "",
            )


def _opposite_at_the_time(one: Statement, statements: Iterable[Statement]) -> bool:
    opposed = _opposed("polarities")[one.word]
    return any(other.word in opposed and _same_period(one, other) for other in statements)


def _same_period(one: Statement, other: Statement) -> bool:
    """Whether two statements may lie within half a year of each other; not if undated."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    gap = max(one.first, other.first) - min(one.last, other.last)
    return gap.days <= SAME_PERIOD_DAYS
