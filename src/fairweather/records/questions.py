"""Questions about what will be, forecasts of them, and how they were resolved.

A question is locked: its id is its wording, its criterion and its dates, so that none of them
can change under a forecast. Who changes his mind makes a new forecast, with its time. A
resolution that is put in another's place names it and says why.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from fairweather.errors import RecordError
from fairweather.records.identity import fingerprint
from fairweather.records.quote import Quote
from fairweather.vocabulary import vocabulary

if TYPE_CHECKING:
    from cattrs import Converter

Actors = tuple[str, ...]
SETTLED = ("occurred", "did_not_occur", "partly", "void")
"""The outcomes that a resolution may have: words of the vocabulary of outcomes."""

_MADE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?")
SHARES_ERR = 1e-6
"""How far the shares of a ladder may sum from 1: rounding, no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, and by what it will be settled.

    `opens` and `closes` are ISO days, both included. `criterion` and `condition` are typed
    sentences (docs/scoring.md) or words for a person to judge by; where the condition never
    comes true the question is void. `answers` are the steps of a ladder, lowest first; none
    for a question of yes or no. `source` is the record or figure it was taken from, `quotes`
    its words. `replaces` names a question that had not opened yet. Raises RecordError.
    """

    type: ClassVar[str] = "question"

    statement: str
    opens: str
    closes: str
    criterion: str = ""
    condition: str = ""
    answers: tuple[str, ...] = ()
    topic: str = ""
    about: Actors = ()
    asked_by: str = ""
    source: str = ""
    quotes: tuple[Quote, ...] = ()
    replaces: str = ""
    recorded: str | None = None
    id: str = ""

    def __post_init__(self) -> None:
        if not self.statement.strip():
            raise RecordError("a question without a statement; say what will be so or not")
        for name in ("opens", "closes"):
            _day(getattr(self, name), f"question.{name}")
        if self.closes < self.opens:
            raise RecordError(
                f"question: it closes on {self.closes}, before it opens on {self.opens};"
                " a question is about what is still to come"
            )
        if len(set(self.answers)) != len(self.answers) or len(self.answers) == 1:
            raise RecordError("question.answers: a ladder has at least two different steps")
        told = [self.statement, self.criterion, self.condition, self.opens, self.closes]
        _identify(self, [*told, list(self.answers)])

    @property
    def is_ladder(self) -> bool:
        """Whether it asks how far, not whether."""
        return bool(self.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What somebody gave a question at a time: an interval of probability, or shares.

    `made` is the day or UTC instant at which it was public; `low` equals `high` for a point.
    `shares` are the probabilities of a ladder's answers in their order, and then `low` and
    `high` are None. `method` says how it came about (words, judgement, scenario, pool).
    Raises RecordError for a probability outside 0..1.
    """

    type: ClassVar[str] = "forecast"

    question: str
    by: str
    made: str
    low: float | None = None
    high: float | None = None
    shares: tuple[float, ...] = ()
    outlet: str = ""
    method: str = "judgement"
    note: str = ""
    source: str = ""
    quotes: tuple[Quote, ...] = ()
    recorded: str | None = None
    id: str = ""

    def __post_init__(self) -> None:
        if not self.by.strip():
            raise RecordError(f"a forecast of {self.question} by nobody; say whose it is")
        if not _MADE.fullmatch(self.made):
            raise RecordError(
                f"forecast.made: {self.made!r} is neither a day (2024-09-19) nor a UTC instant"
            )
        _day(self.made[:10], "forecast.made")
        _check_chances(self)
        told = [self.question, self.by, self.made, self.low, self.high, list(self.shares)]
        _identify(self, [*told, self.method, self.source])

    @property
    def day(self) -> str:
        """The day on which it was made."""
        return self.made[:10]

    @property
    def middle(self) -> float:
        """The point in the middle of the interval. Raises RecordError for a ladder's shares."""
        if self.low is None or self.high is None:
            raise RecordError(f"{self.id}: shares of a ladder have no middle")
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """How a question came out, since when that is known, by whose word, and on what evidence.

    `outcome` is one of `SETTLED`; for a ladder that was settled (outcome `occurred`)
    `answer` is the step reached. `on` is the day from which the outcome was public: nothing
    earlier may use it. `by` is "person/NAME" or the rule with its version.
    """

    type: ClassVar[str] = "resolution"

    question: str
    outcome: str
    on: str
    by: str
    reason: str
    answer: str = ""
    records: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    replaces: str = ""
    recorded: str | None = None
    id: str = ""

    def __post_init__(self) -> None:
        if self.outcome not in SETTLED:
            raise RecordError(
                f"resolution.outcome: {self.outcome!r}; a question comes out as"
                f" {', '.join(SETTLED)}"
            )
        _day(self.on, "resolution.on")
        if not self.by or not self.reason.strip():
            raise RecordError(f"a resolution of {self.question} needs who gave it and a reason")
        _identify(self, [self.question, self.outcome, self.answer, self.on, self.by,
                         self.reason, list(self.records), self.replaces])  # fmt: skip

    @property
    def value(self) -> float | None:
        """What scoring counts: 1, 0 or 0.5; None for void."""
        return _value(self.outcome)


@functools.cache
def _value(outcome: str) -> float | None:
    extra = vocabulary("outcomes")[outcome].extra
    return float(extra["value"]) if extra["scored"] else None


Kept = Question | Forecast | Resolution
K = TypeVar("K", Question, Forecast, Resolution)
QUESTION_KINDS: dict[str, type[Question] | type[Forecast] | type[Resolution]] = {
    kind.type: kind for kind in (Question, Forecast, Resolution)
}


def kept_row(kept: Kept) -> dict[str, Any]:
    """A question, forecast or resolution as a plain JSON-ready row, `type` and `id` first."""
    plain: dict[str, Any] = _converter().unstructure(kept)
    return {"type": kept.type, "id": plain.pop("id"), **plain}


def kept_of_row(row: dict[str, Any], kind: type[K], where: str = "row") -> K:
    """What a row holds. Raises RecordError naming `where` and the field at fault."""
    body = {key: value for key, value in row.items() if key != "type"}
    try:
        kept: K = _converter().structure(body, kind)
    except RecordError as error:
        raise RecordError(f"{where}: {error}") from error
    except Exception as error:
        from cattrs import transform_error

        raise RecordError(
            f"{where}: {'; '.join(transform_error(error, path=kind.type))}"
        ) from error
    given = row.get("id")
    told = dataclasses.replace(kept, id="").id
    if given and given != told:
        raise RecordError(f"{where}: {given} was changed: its content hashes to {told}")
    return kept


def any_kept_of_row(row: dict[str, Any], where: str = "row") -> Kept:
    """The question, forecast or resolution of a row, by its `type`. Raises RecordError."""
    kind = QUESTION_KINDS.get(row.get("type", ""))
    if kind is Question:
        return kept_of_row(row, Question, where)
    if kind is Forecast:
        return kept_of_row(row, Forecast, where)
    if kind is Resolution:
        return kept_of_row(row, Resolution, where)
    raise RecordError(f"{where}: {row.get('type')!r} is no question, forecast or resolution")


def _check_chances(forecast: Forecast) -> None:
    ends = [forecast.low, forecast.high] if not forecast.shares else list(forecast.shares)
    for chance in ends:
        if chance is None:
            raise RecordError("a forecast has an interval of probability, or shares of a ladder")
        if not 0.0 <= chance <= 1.0:
            raise RecordError(
                f"a probability of {chance:g} is not within 0..1; write 0.35 for 35 per cent"
            )
    if forecast.shares:
        if forecast.low is not None or forecast.high is not None:
            raise RecordError("a forecast of a ladder has shares and no interval")
        if abs(sum(forecast.shares) - 1.0) > SHARES_ERR:
            raise RecordError(f"the shares of a ladder sum to {sum(forecast.shares):g}, not to 1")
    elif forecast.low is not None and forecast.high is not None and forecast.low > forecast.high:
        raise RecordError(f"an interval from {forecast.low:g} down to {forecast.high:g}")


def _day(text: str, where: str) -> dt.date:
    try:
        if len(text) != 10:
            raise ValueError("not a full day")
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise RecordError(f"{where}: {text!r} is no day; write it as 2024-10-22") from error


def _identify(kept: Kept, told: list[Any]) -> None:
    if not kept.id:
        object.__setattr__(kept, "id", f"{kept.type}:{fingerprint(told)}")


@functools.cache
def _converter() -> Converter:
    from cattrs import Converter

    converter = Converter(forbid_extra_keys=True, unstruct_collection_overrides={tuple: list})
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(float, _number)
    return converter


def _text(value: Any, _: type) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _number(value: Any, _: type) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number")
    return float(value)
