"""Criteria met by the record: the one place where anything is said to have come true or not.

Only what lies surely inside the time asked about makes it come true, and only what lies surely
behind it, or a state that excludes it, makes it fail by itself. That nothing was read decides
nothing without a person: silence is proposed with the number of documents that were silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fairweather.records import Agreement, Clause, Event, Quote, Stage, Support, When, last_day, on
from fairweather.scoring.constants import number
from fairweather.scoring.criteria import Criterion
from fairweather.scoring.known import Known
from fairweather.scoring.offices import taking_of_office
from fairweather.vocabulary import vocabulary

FLIPPED = {"occurred": "did_not_occur", "did_not_occur": "occurred"}
SIGNED = frozenset({"signed", "ratified", "in_force"})
SHOWN = 3
"""How many silent documents, and how many quotes, a finding cites."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about: after `since`, by the ISO day `until` (None: without end).

    `words` are those of the forecast: an agreement told in the same words is the one meant.
    """

    since: When
    until: str | None
    words: tuple[Quote, ...] = ()

    def inside(self, date: When) -> bool:
        """Whether a date surely lies in the time."""
        ended = self.until is None or (date.latest and date.latest.isoformat() <= self.until)
        return bool(self.since.surely_before(date) and ended)

    def behind(self, date: When) -> bool:
        """Whether a date surely lies after the time's end."""
        return bool(self.until and date.earliest and date.earliest.isoformat() > self.until)

    def may_hold(self, event: Event, known: Known) -> bool:
        """Whether an act told of since the opening may have been in the time."""
        told = known.out_by_quotes(event.quotes) > self.opening
        return told and not self.behind(event.date) and not event.date.surely_before(self.since)

    def over(self, known: Known) -> bool:
        """Whether the time had ended by the day of what is known."""
        return self.until is not None and known.day > self.until

    @property
    def opening(self) -> str:
        """The ISO day from which it is asked; "" where unknown."""
        return self.since.latest.isoformat() if self.since.latest else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """What the record makes of a criterion.

    `outcome` is a word of the vocabulary, `open` where nothing decides; `answer` the step of
    a ladder. `records` and `quotes` decided it, `on` is the ISO day from which that was public.
    `certain`: it follows from typed records alone, and needs no person.
    """

    outcome: str
    finding: str
    answer: str = ""
    records: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    on: str = ""
    certain: bool = False

    @property
    def decided(self) -> bool:
        """Whether there is an outcome to propose."""
        return self.outcome != "open"


def meet(criteria: Sequence[Criterion], known: Known, asked: Asked) -> Met:
    """All parts of a criterion against what is known; `partly` where they differ."""
    parts = [meet_one(criterion, known, asked) for criterion in criteria]
    if len(parts) == 1:
        return parts[0]
    outcomes = {part.outcome for part in parts}
    finding = "; ".join(part.finding for part in parts)
    if "open" in outcomes:
        return Met(outcome="open", finding=finding)
    return Met(
        outcome=outcomes.pop() if len(outcomes) == 1 else "partly",
        finding=finding,
        records=tuple(dict.fromkeys(record for part in parts for record in part.records)),
        quotes=tuple(dict.fromkeys(quote for part in parts for quote in part.quotes)),
        on=max(part.on for part in parts),
        certain=all(part.certain for part in parts),
    )


def meet_one(criterion: Criterion, known: Known, asked: Asked) -> Met:
    """One typed sentence against what is known; its own dates narrow the time."""
    ends = [end for end in (criterion.by, asked.until) if end]
    later = bool(criterion.since) and asked.opening < criterion.since
    narrowed = replace(
        asked,
        since=on(criterion.since) if later else asked.since,
        until=min(ends) if ends else None,
    )
    met = _KINDS[criterion.kind](criterion, known, narrowed)
    return replace(met, outcome=FLIPPED.get(met.outcome, met.outcome)) if criterion.negated else met


# -- acts ------------------------------------------------------------------------------------


def _meet_event(criterion: Criterion, known: Known, asked: Asked) -> Met:
    acts = [event for event in known.acts(criterion.sides) if _is_act(event, criterion)]
    told = [event for event in acts if event.status == "factual" and asked.inside(event.date)]
    what = f"{' or '.join(criterion.what)} between {criterion.a} and {criterion.b}"
    if criterion.directed:
        what = f"{' or '.join(criterion.what)} from {criterion.a} to {criterion.b}"
    if told:
        first = sorted(told, key=lambda event: (event.date.until or "", event.id))
        return _happened(f"{what} on {first[0].date.text()}", first, known)
    said = [event for event in acts if event.status == "reported" and asked.inside(event.date)]
    if said:
        return replace(_happened(f"{what}, as reported", said, known), certain=False)
    vague = [event for event in acts if event.status == "factual" and asked.may_hold(event, known)]
    if vague:
        quotes = tuple(quote for event in vague for quote in event.quotes[:1])
        return Met(
            outcome="open",
            finding=f"{what} is told of, with no date that says whether in time:"
            f" {vague[0].date.text()}",
            records=tuple(event.id for event in vague[:SHOWN]),
            quotes=quotes[:SHOWN],
        )
    return _silence(criterion, known, asked, what)


def _is_act(event: Event, criterion: Criterion) -> bool:
    if event.event_class not in criterion.what:
        return False
    along = criterion.a in event.source and criterion.b in event.target
    back = criterion.b in event.source and criterion.a in event.target
    return along or (back and not criterion.directed)


def _happened(finding: str, rows: Sequence[Event | Support], known: Known) -> Met:
    """An act that records tell; certain where enough independent origins do."""
    quotes = tuple(quote for row in rows for quote in row.quotes[:1])
    needed = int(number("resolving", "independent"))
    return Met(
        outcome="occurred",
        finding=finding,
        records=tuple(row.id for row in rows[:SHOWN]),
        quotes=quotes[:SHOWN],
        on=known.out_by_quotes(quotes),
        certain=known.independent(quotes) >= needed,
    )


def _silence(criterion: Criterion, known: Known, asked: Asked, what: str) -> Met:
    """Nothing tells of it: a proposal once the time is over and something was read."""
    if not asked.over(known):
        return Met(outcome="open", finding=f"nothing read so far tells of {what}")
    silent = known.speaking_of(criterion.sides, asked.opening)
    late = [one for one in silent if known.out_by(one.id) > (asked.until or "")]
    if not late:
        return Met(
            outcome="open",
            finding=f"nothing was read of {' and '.join(criterion.sides)} that was published"
            f" after {asked.until}",
        )
    many = f"none of the {len(silent)} documents" if len(silent) > 1 else "the one document"
    sides = " and ".join(criterion.sides)
    return Met(
        outcome="did_not_occur",
        finding=f"{many} on {sides} read since ({len(late)} from after {asked.until})"
        f" tell{'s' if len(silent) > 1 else 's nothing'} of {what}",
        records=tuple(document.id for document in late[-SHOWN:]),
        on=known.out_by(late[0].id),
    )


# -- agreements ------------------------------------------------------------------------------


def _pacts(criterion: Criterion, known: Known, asked: Asked) -> list[Agreement]:
    """The agreements that may be meant: told in the same words, else all between the sides."""
    name = criterion.named.casefold()
    between = [one for one in known.pacts(criterion.sides) if name in one.name.casefold()]
    same_words = [
        one
        for one in between
        if any(
            quote.document == own.document and quote.start < own.end and own.start < quote.end
            for quote in one.quotes
            for own in asked.words
        )
    ]
    return same_words or between


def _meet_stage(criterion: Criterion, known: Known, asked: Asked) -> Met:
    """Whether one of the agreements reaches a stage in time."""
    verb = vocabulary("stages")[criterion.what[0]].label.lower()
    reached = sorted(
        ((pact, stage) for pact in _pacts(criterion, known, asked) for stage in pact.stages
         if stage.stage == criterion.what[0] and asked.since.surely_before(stage.date)),
        key=lambda found: (found[1].date.since or "", found[0].id),
    )  # fmt: skip
    for pact, stage in reached:
        if asked.inside(stage.date):
            finding = f"{pact.name}: {verb} on {stage.date.text()}"
            return _staged("occurred", finding, pact, stage, known)
    if not reached:
        return _silence(criterion, known, asked, f"an agreement {verb}")
    pact, stage = reached[0]
    if all(asked.behind(later.date) for _, later in reached):
        finding = f"{pact.name}: not {verb} by {asked.until}; {verb} on {stage.date.text()}"
        return _staged("did_not_occur", finding, pact, stage, known)
    finding = f"{pact.name}: {verb} {stage.date.text()}, in time or not"
    return Met(outcome="open", finding=finding, records=(pact.id,))


def _staged(outcome: str, finding: str, pact: Agreement, stage: Stage, known: Known) -> Met:
    quotes = stage.quotes or pact.quotes
    return Met(
        outcome=outcome,
        finding=finding,
        records=(pact.id,),
        quotes=quotes[:SHOWN],
        on=known.out_by_quotes(quotes),
        certain=True,
    )


def _meet_clause(criterion: Criterion, known: Known, asked: Asked) -> Met:
    """A clause of an agreement signed in the time, as told since; one signed before is no news."""
    told = [
        (pact, clause, quotes)
        for pact in _pacts(criterion, known, asked)
        for clause in pact.clauses
        if clause.obligation == criterion.what[0] and _is_new(pact, asked)
        and (quotes := _told_since(clause.quotes or pact.quotes, known, asked))
    ]  # fmt: skip
    what = f"{criterion.what[0]} clause, {criterion.state}"
    if not told:
        return _silence(criterion, known, asked, f"a {what}")
    states = {clause.state for _, clause, _ in told}
    records = tuple(dict.fromkeys(pact.id for pact, _, _ in told))
    if criterion.state not in states and not asked.over(known):
        # Another agreement may still be made.
        return Met(outcome="open", finding=_states(told), records=records)
    quotes = tuple(quote for _, _, some in told for quote in some)
    if criterion.state not in states:
        # What one agreement lacks another might hold: a person says that there is none.
        late = max(known.out_by_quotes(quotes), asked.until or "")
        return Met(outcome="did_not_occur", finding=_states(told), records=records,
                   quotes=quotes[:SHOWN], on=late)  # fmt: skip
    return Met(
        outcome="occurred" if len(states) == 1 else "partly",
        finding=_states(told),
        records=records,
        quotes=quotes[:SHOWN],
        on=known.out_by_quotes(quotes),
        certain=len(states) == 1 and all(_signed_inside(pact, asked) for pact, _, _ in told),
    )


def _told_since(quotes: Sequence[Quote], known: Known, asked: Asked) -> tuple[Quote, ...]:
    """The quotes from texts made public after the question opened: a forecast proves nothing."""
    return tuple(quote for quote in quotes if known.out_by(quote.document) > asked.opening)


def _states(told: Sequence[tuple[Agreement, Clause, tuple[Quote, ...]]]) -> str:
    said = dict.fromkeys(
        f"{pact.name}: {clause.obligation} clause {clause.state}" for pact, clause, _ in told
    )
    return "; ".join(said)


def _is_new(pact: Agreement, asked: Asked) -> bool:
    """Whether an agreement was not yet made when the time began, as far as is told."""
    made = [stage.date for stage in pact.stages if stage.stage in SIGNED and stage.date.known]
    return not made or all(asked.since.surely_before(date) for date in made)


def _signed_inside(pact: Agreement, asked: Asked) -> bool:
    return any(stage.stage in SIGNED and asked.inside(stage.date) for stage in pact.stages)


# -- support ---------------------------------------------------------------------------------


def _given(criterion: Criterion, known: Known, asked: Asked) -> list[Support]:
    """Support surely given in the time: dated in it, else told of by a text from it."""
    return [
        row
        for row in known.support
        if (row.giver, row.receiver) == (criterion.a, criterion.b)
        and row.state == "given"
        and asked.inside(row.date if row.date.known else known.published(row.document))
    ]


def _rank(rung: str) -> int:
    return int(vocabulary("rungs")[rung].extra["rank"])


def _meet_support(criterion: Criterion, known: Known, asked: Asked) -> Met:
    floor = _rank(criterion.what[0])
    what = f"support from {criterion.a} to {criterion.b}, at least {criterion.what[0]}"
    given = _given(criterion, known, asked)
    enough = [row for row in given if _rank(row.level) >= floor]
    if enough:
        best = max(enough, key=lambda row: _rank(row.level))
        met = _happened(f"{what}: {best.level} given", [best, *_others(enough, best)], known)
        return replace(met, certain=met.certain and best.date.known)
    met = _silence(criterion, known, asked, what)
    below = sorted({row.level for row in given}, key=_rank)
    if not met.decided or not below:
        return met
    quotes = tuple(quote for row in given for quote in row.quotes[:1])[:SHOWN]
    records = tuple(dict.fromkeys([*(row.id for row in given[:SHOWN]), *met.records]))
    said = f"{met.finding}; given was {', '.join(below)}"
    return replace(met, finding=said, quotes=quotes, records=records)


def _others(rows: Sequence[Support], best: Support) -> Iterator[Support]:
    yield from (row for row in rows if row.id != best.id)


def _meet_level(criterion: Criterion, known: Known, asked: Asked) -> Met:
    """How far one side went for the other: the highest rung told as given."""
    what = f"support from {criterion.a} to {criterion.b}"
    if not asked.over(known):
        return Met(outcome="open", finding="the time is not over: a higher rung may follow")
    given = _given(criterion, known, asked)
    if not given:
        met = _silence(criterion, known, asked, what)
        return replace(met, outcome="occurred", answer="none") if met.decided else met
    best = max(given, key=lambda row: (_rank(row.level), row.id))
    met = _happened(f"{what}: {best.level} at most", [best, *_others(given, best)], known)
    return replace(met, answer=best.level, certain=False, on=max(met.on, asked.until or ""))


# -- offices ---------------------------------------------------------------------------------


def _meet_office(criterion: Criterion, known: Known, asked: Asked) -> Met:
    """Whether a person takes an office in the time, by the table of office-holders."""
    taken = taking_of_office(criterion.a, known.day)
    (person,) = criterion.what
    for who, role, since in taken:
        if who == person and asked.inside(on(since)):
            return Met(
                outcome="occurred",
                finding=f"{who}: {role} of {criterion.a} since {since} (table of office-holders)",
                on=last_day(since).isoformat(),
                certain=True,
            )
    inside = [(who, role, since) for who, role, since in taken if asked.inside(on(since))]
    if inside and asked.over(known):
        who, role, since = inside[-1]
        told = f"{who} became {role} of {criterion.a} on {since} (table of office-holders)"
        return Met(outcome="did_not_occur", finding=told, on=asked.until or since, certain=True)
    return Met(outcome="open", finding=f"no office of {criterion.a} taken by {person} is listed")


_KINDS: Mapping[str, Callable[[Criterion, Known, Asked], Met]] = {
    "event": _meet_event,
    "stage": _meet_stage,
    "clause": _meet_clause,
    "support": _meet_support,
    "level": _meet_level,
    "office": _meet_office,
}
