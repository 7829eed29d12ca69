"""Criteria that a machine can check: a typed sentence over records, read and written.

    event: AID from RUS to IRN by 2026-12-31
    event: ASSAULT|COERCE between ISR and IRN
    agreement stage signed between IRN and RUS named "partnership" by 2024-10-24
    clause defense present between IRN and RUS
    support at least major_arms from RUS to IRN
    support level from RUS to IRN                    (how far: for the answers of a ladder)
    office of USA held by donald-trump

`no` before any of them turns it round; several, parted by `;`, are judged one by one, and where
some come true and others do not the answer is "partly". Dates of its own (`since`, `by`)
narrow the time of the question.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from fairweather.errors import MisuseError, RecordError
from fairweather.records import first_day, last_day
from fairweather.vocabulary import vocabulary
from fairweather.vocabulary.loader import suggest


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One typed sentence; `kind` says which fields count.

    `what` is event classes, a stage, an obligation, a rung or a person; `state` the state of
    a clause; `a` and `b` are the sides, `a` the doer where it is `directed`. `negated` asks
    that it does not come true. `since` and `by` are ISO days or "".
    """

    kind: str
    what: tuple[str, ...]
    a: str
    b: str = ""
    directed: bool = False
    state: str = ""
    named: str = ""
    negated: bool = False
    since: str = ""
    by: str = ""

    @property
    def sides(self) -> tuple[str, ...]:
        """The actors it is about."""
        return tuple(side for side in (self.a, self.b) if side)

    def text(self) -> str:
        """The criterion as it is written."""
        told = _WRITTEN[self.kind].format(
            what="|".join(self.what), a=self.a, b=self.b, state=self.state
        )
        if self.kind == "event" and self.directed:
            told = f"event: {'|'.join(self.what)} from {self.a} to {self.b}"
        ends = [f'named "{self.named}"' if self.named else "",
                f"since {self.since}" if self.since else "",
                f"by {self.by}" if self.by else ""]  # fmt: skip
        return " ".join(part for part in ("no" if self.negated else "", told, *ends) if part)


_WRITTEN: Mapping[str, str] = {
    "event": "event: {what} between {a} and {b}",
    "stage": "agreement stage {what} between {a} and {b}",
    "clause": "clause {what} {state} between {a} and {b}",
    "support": "support at least {what} from {a} to {b}",
    "level": "support level from {a} to {b}",
    "office": "office of {a} held by {what}",
}

_TAIL = r'(?: named "(?P<named>[^"]+)")?(?: since (?P<since>\d[\d-]*))?(?: by (?P<by>\d[\d-]*))?'
_FORMS: Mapping[str, re.Pattern[str]] = {
    kind: re.compile(rf"(?P<no>no )?{form}{_TAIL}")
    for kind, form in {
        "event": r"event: (?P<what>[A-Z|]+)"
        r" (?:from (?P<giver>\S+) to (?P<taker>\S+)|between (?P<a>\S+) and (?P<b>\S+))",
        "stage": r"agreement stage (?P<what>\w+) between (?P<a>\S+) and (?P<b>\S+)",
        "clause": r"clause (?P<what>\w+) (?P<state>\w+) between (?P<a>\S+) and (?P<b>\S+)",
        "support": r"support at (?P<bound>least|most) (?P<what>\w+)"
        r" from (?P<giver>\S+) to (?P<taker>\S+)",
        "level": r"support level from (?P<giver>\S+) to (?P<taker>\S+)",
        "office": r"office of (?P<a>\S+) held by (?P<what>\S+)",
    }.items()
}
_WORDS = {
    "event": "event_classes",
    "stage": "stages",
    "clause": "obligations",
    "support": "rungs",
}
_OPENINGS = ("event:", "agreement stage", "clause ", "support ", "office of")


@functools.lru_cache(maxsize=4096)
def parse_criteria(text: str) -> tuple[Criterion, ...]:
    """The typed parts of a criterion; () for words that only a person can judge by.

    Raises MisuseError for a sentence that begins like a typed one and is none.
    """
    parts = [part.strip() for part in text.split(";") if part.strip()]
    typed = [part.removeprefix("no ").startswith(_OPENINGS) for part in parts]
    if not any(typed):
        return ()
    if not all(typed):
        raise MisuseError(
            f"criterion {text!r}: typed parts and plain words do not mix; plain words alone"
            " leave the judgement to a person"
        )
    return tuple(_parse(part) for part in parts)


def _parse(text: str) -> Criterion:
    for kind, form in _FORMS.items():
        found = form.fullmatch(text)
        if found:
            return _criterion(kind, found.groupdict(), text)
    raise MisuseError(
        f"criterion {text!r}: not understood; write it like one of these:"
        " event: AID from RUS to IRN by 2026-12-31 / agreement stage signed between IRN and RUS /"
        " clause defense present between IRN and RUS / support at least troops from RUS to IRN /"
        " office of USA held by donald-trump"
    )


def _criterion(kind: str, found: dict[str, str | None], text: str) -> Criterion:
    what = tuple((found.get("what") or "").split("|")) if found.get("what") else ()
    if kind in _WORDS:
        for word in what:
            vocabulary(_WORDS[kind]).check(word, where=f"criterion {text!r}")
    if kind == "clause":
        vocabulary("clause_states").check(found["state"] or "", where=f"criterion {text!r}")
    negated = bool(found["no"])
    if found.get("bound") == "most":
        what, negated = (_next_rung(what[0], text),), not negated
    return Criterion(
        kind=kind,
        what=what,
        a=found.get("giver") or found.get("a") or "",
        b=found.get("taker") or found.get("b") or "",
        directed=bool(found.get("giver")),
        state=found.get("state") or "",
        named=found["named"] or "",
        negated=negated,
        since=_day(found["since"], text, first=True),
        by=_day(found["by"], text, first=False),
    )


def _next_rung(rung: str, text: str) -> str:
    rungs = list(vocabulary("rungs"))
    place = rungs.index(rung) + 1
    if place == len(rungs):
        raise MisuseError(f"criterion {text!r}: nothing is higher than {rung}: it is always true")
    return rungs[place]


def _day(prefix: str | None, text: str, *, first: bool) -> str:
    if not prefix:
        return ""
    try:
        return (first_day if first else last_day)(prefix).isoformat()
    except RecordError as error:
        raise MisuseError(f"criterion {text!r}: {error}") from error


def check_actors(criteria: tuple[Criterion, ...], known: Mapping[str, object]) -> None:
    """Raise MisuseError for an actor that nobody knows, with the nearest that somebody does."""
    for criterion in criteria:
        named = (*criterion.sides, *(criterion.what if criterion.kind == "office" else ()))
        for actor in named:
            if actor not in known:
                near = suggest(actor, known)
                hint = f'; did you mean "{near}"?' if near else ""
                raise MisuseError(f"criterion {criterion.text()!r}: no actor {actor!r}{hint}")
