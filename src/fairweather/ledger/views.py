"""Views: statements joined by standing decisions into what a reader sees.

A view is computed, never stored. It keeps the id of its earliest statement and lists the
others in `merged`; taking a decision back takes the view apart again. Only decisions
between statements inside the window join anything: that two early articles speak of one
treaty may not be learnt from a later one.
"""

from __future__ import annotations

import functools
import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from importlib import resources
from typing import Generic, TypeVar

from fairweather.ledger.decisions import Decision, standing
from fairweather.ledger.matches import matched_actors, matches
from fairweather.ledger.parts import actors_in
from fairweather.ledger.reading import About, Reading
from fairweather.ledger.verdicts import verdicts
from fairweather.ledger.window import EVERYTHING, Window
from fairweather.records import (
    Actor,
    Agreement,
    Claim,
    Clause,
    Document,
    Mechanism,
    Member,
    Record,
    Stage,
    When,
    to_row,
)
from fairweather.vocabulary import vocabulary

R = TypeVar("R", bound=Record)


@functools.cache
def shown_from() -> dict[str, float]:
    """The confidence from which each type of record is shown (`shown.toml`)."""
    text = resources.files(__package__).joinpath("shown.toml").read_text(encoding="utf-8")
    return {kind: float(value) for kind, value in tomllib.loads(text).items()}


def current(
    ledger: Reading,
    kind: type[R],
    window: Window = EVERYTHING,
    *,
    actors: Sequence[str] = (),
    text: str = "",
    documents: Collection[str] | None = None,
    min_confidence: float | None = None,
) -> tuple[R, ...]:
    """The rows of a kind that stand: merged, not replaced, not rejected, sure enough.

    `actors`: only rows about all of them; `text`: only from documents that hold the words;
    `documents`: only from these. `min_confidence` replaces the shown threshold, which a row
    that a person has accepted need not reach.
    """
    asked = _Asked(ledger, kind, window, tuple(actors), text, documents, min_confidence)
    return tuple(asked.merged() if kind in MERGED else asked.rows(asked.standing()))


def count_and_first(
    ledger: Reading,
    kind: type[R],
    window: Window,
    limit: int,
    *,
    actors: Sequence[str] = (),
    min_confidence: float | None = None,
) -> tuple[int, tuple[R, ...]]:
    """How many rows `current` gives, and the first of them; the others are not read."""
    asked = _Asked(ledger, kind, window, tuple(actors), "", None, min_confidence)
    if kind in MERGED or kind is Actor:
        every = current(ledger, kind, window, actors=actors, min_confidence=min_confidence)
        return len(every), every[:limit]
    ids = asked.standing()
    return len(ids), tuple(asked.rows(ids[:limit]))


MERGED: frozenset[type[Record]] = frozenset({Agreement, Mechanism})
"""Kinds of which several statements may be one thing."""


class _Asked(Generic[R]):
    """One question to a ledger for the rows of a kind."""

    def __init__(
        self,
        ledger: Reading,
        kind: type[R],
        window: Window,
        actors: tuple[str, ...],
        text: str,
        documents: Collection[str] | None,
        min_confidence: float | None,
    ) -> None:
        self.ledger, self.kind, self.window = ledger, kind, window
        self.floor = shown_from()[kind.type] if min_confidence is None else min_confidence
        self.matches = matches(standing(ledger.decisions_on_actors(window)))
        self.wanted = tuple(self.matches.actor(actor) for actor in actors)
        self.about = About(
            actors=tuple(self.matches.coded_as(actor) for actor in self.wanted),
            text=text,
            documents=documents,
        )
        self.outline = ledger.outline(kind, window, about=self.about)
        self.decided = verdicts(self._decisions())

    def _decisions(self) -> tuple[Decision, ...]:
        if self.about.anything:
            return self.ledger.decisions(self.window)
        bearing = {one.id for one in self.outline} | {one.document for one in self.outline}
        return self.ledger.decisions_about(bearing - {""}, self.window)

    def standing(self) -> list[str]:
        """The ids of the rows that stand and are sure enough, in order."""
        decided, floor = self.decided, self.floor
        return [
            one.id
            for one in self.outline
            if decided.stands(one) and (one.confidence >= floor or one.id in decided.accepted)
        ]

    def rows(self, ids: Sequence[str]) -> Iterator[R]:
        """The rows of these ids, their actors as decided, their disputes filled in."""
        whole = self.about.anything and len(ids) == len(self.outline)
        found = self.ledger.statements(self.kind, self.window, ids=None if whole else ids)
        rows = [self.matches.applied(row) for row in found]
        if self.kind is Actor:
            rows = list(matched_actors(rows, self.matches))  # type: ignore[arg-type]
        if self.kind is Claim:
            known = {one.id for one in self.outline if self.decided.stands(one)}
            rows = _with_disputes(rows, self.decided.links, known)
        return (one for one in rows if not self.matches or _about(one, self.wanted))

    def merged(self) -> Iterator[R]:
        """The views of agreements or mechanisms, with all statements that belong to each."""
        joined = {one for link in self.decided.links for one in (link.subject, link.object)}
        ids = {one.id for one in self.outline} | joined
        every = None if self.about.anything else ids
        found = self.ledger.statements(self.kind, self.window, ids=every)
        kept = [self.matches.applied(row) for row in found if self.decided.stands(row)]
        for view in join(kept, self.decided.links):
            sure = view.confidence >= self.floor or view.id in self.decided.accepted
            if sure and _about(view, self.wanted):
                yield view


def view_holding(ledger: Reading, statement: R) -> R:
    """The view of an agreement or mechanism that a statement opens or has gone into, at any
    confidence; the statement itself where it stands in none."""
    bearing = [statement.id, *filter(None, [statement.document])]
    decided = verdicts(ledger.decisions_about(bearing))
    found = matches(standing(ledger.decisions_on_actors()))
    ids = {one for link in decided.links for one in (link.subject, link.object)}
    rows = ledger.statements(type(statement), ids={statement.id, *ids})
    kept = [found.applied(row) for row in rows if decided.stands(row)]
    for view in join(kept, decided.links):
        if statement.id in (view.id, *getattr(view, "merged", ())):
            return view
    return found.applied(statement)


def _about(record: Record, actors: Sequence[str]) -> bool:
    return set(actors) <= set(actors_in(to_row(record)))


def current_documents(
    ledger: Reading, window: Window = EVERYTHING, *, ids: Collection[str] | None = None
) -> Iterator[Document]:
    """The documents that stand: not those that a later text of their address replaced."""
    gone = gone_documents(ledger, window)
    return (one for one in ledger.documents(window, ids=ids) if one.id not in gone)


def gone_documents(ledger: Reading, window: Window = EVERYTHING) -> frozenset[str]:
    """The ids of the documents that another has replaced."""
    decided = verdicts(ledger.decisions_on_documents(window))
    return frozenset(one for one in decided.gone if one.startswith("document:"))


def join(statements: Sequence[R], decisions: Iterable[Decision]) -> list[R]:
    """Statements as views: agreements and mechanisms merged, claims with their disputes."""
    made = tuple(decisions)
    if not statements:
        return []
    if isinstance(statements[0], Agreement | Mechanism):
        return [
            _merge(group) if len(group) > 1 else group[0] for group in clusters(statements, made)
        ]
    if isinstance(statements[0], Claim):
        return _with_disputes(statements, made, {claim.id for claim in statements})
    return list(statements)


def clusters(statements: Sequence[R], decisions: Iterable[Decision]) -> list[list[R]]:
    """Groups of statements joined by merge decisions, each in the order given.

    A split keeps its two apart whatever else would join them; what a person merged is
    joined before what a rule did.
    """
    group = {statement.id: {statement.id} for statement in statements}
    made = [d for d in decisions if {d.subject, d.object} <= group.keys()]
    apart = [(d.subject, d.object) for d in made if d.kind == "split"]
    merges = [d for d in made if d.kind == "merge"]
    for decision in sorted(merges, key=lambda d: not d.by_person):
        both = group[decision.subject] | group[decision.object]
        if not any(one in both and other in both for one, other in apart):
            for member in both:
                group[member] = both
    found: dict[int, list[R]] = {}
    for statement in statements:
        found.setdefault(id(group[statement.id]), []).append(statement)
    return list(found.values())


def _merge(group: Sequence[R]) -> R:
    """One view of a group of agreements or of mechanisms."""
    first = group[0]
    changes: dict[str, object] = {
        "merged": tuple(other.id for other in group[1:]),
        "quotes": tuple(dict.fromkeys(quote for one in group for quote in one.quotes)),
        "confidence": max(one.confidence for one in group),
        "name": best_name([one.name for one in group]),  # type: ignore[attr-defined]
        "stages": merge_stages([stage for one in group for stage in one.stages]),  # type: ignore[attr-defined]
    }
    if isinstance(first, Agreement):
        agreements = [one for one in group if isinstance(one, Agreement)]
        changes |= {
            "kind": _best_kind([one.kind for one in agreements]),
            "parties": tuple(dict.fromkeys(p for one in agreements for p in one.parties)),
            "clauses": merge_clauses([c for one in agreements for c in one.clauses]),
            "term_years": next((a.term_years for a in agreements if a.term_years), None),
            "supersedes": next((a.supersedes for a in agreements if a.supersedes), ""),
        }
    elif isinstance(first, Mechanism):
        mechanisms = [one for one in group if isinstance(one, Mechanism)]
        changes |= {
            "members": _merge_members([m for one in mechanisms for m in one.members]),
            "links": tuple(dict.fromkeys(link for one in mechanisms for link in one.links)),
            "status": next((m.status for m in reversed(mechanisms) if m.status), ""),
        }
    return replace(first, **changes)  # type: ignore[arg-type]


def best_name(names: Sequence[str]) -> str:
    """The fullest of the names: most capitalised words, then most used, then first."""
    counts = Counter(names)
    return max(counts, key=lambda name: (sum(w[:1].isupper() for w in name.split()), counts[name]))


def _best_kind(kinds: Sequence[str]) -> str:
    """The kind most often named; any says more than "agreement"."""
    counts = Counter(kinds)
    return max(counts, key=lambda kind: (kind != "agreement", counts[kind]))


def merge_stages(stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """Stages of one life in order: same verb at dates that may be one day fall together."""
    kept: list[Stage] = []
    # The best dated first, so that a vague mention joins the exact one it can mean.
    for stage in sorted(stages, key=lambda stage: _width(stage.date)):
        for place, other in enumerate(kept):
            if other.stage == stage.stage and other.date.may_equal(stage.date):
                kept[place] = replace(
                    other,
                    by=tuple(dict.fromkeys((*other.by, *stage.by))),
                    quotes=tuple(dict.fromkeys((*other.quotes, *stage.quotes))),
                )
                break
        else:
            kept.append(stage)
    return _in_order_of_life(kept)


def _in_order_of_life(stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """Dated stages by date; an undated one before the first that usually follows it."""
    rank = {key: place for place, key in enumerate(vocabulary("stages"))}
    ordered = sorted((s for s in stages if s.date.known), key=lambda s: s.date.since or "")
    undated = [stage for stage in stages if not stage.date.known]
    for stage in sorted(undated, key=lambda s: rank.get(s.stage, len(rank))):
        later = (
            place
            for place, other in enumerate(ordered)
            if rank.get(other.stage, 0) > rank.get(stage.stage, len(rank))
        )
        ordered.insert(next(later, len(ordered)), stage)
    return tuple(ordered)


def _width(date: When) -> int:
    if date.earliest and date.latest:
        return (date.latest - date.earliest).days
    return 10**6 if date.known else 10**7


def merge_clauses(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """Clauses that say the same of the same parties fall together with all their quotes."""
    kept: dict[tuple[object, ...], Clause] = {}
    for clause in clauses:
        key = (clause.obligation, clause.state, clause.by, clause.against)
        other = kept.get(key)
        kept[key] = (
            replace(other, quotes=tuple(dict.fromkeys((*other.quotes, *clause.quotes))))
            if other
            else clause
        )
    return tuple(kept.values())


def _merge_members(members: Sequence[Member]) -> tuple[Member, ...]:
    """Each actor once, with the fullest of what is said of its part."""
    fullest: dict[str, Member] = {}
    for member in members:
        other = fullest.get(member.actor)
        if other is None or len(member.role + member.since) > len(other.role + other.since):
            fullest[member.actor] = member
    return tuple(fullest.values())


def _with_disputes(claims: Sequence[R], decisions: Iterable[Decision], known: set[str]) -> list[R]:
    """Claims with `disputes` and `contested_by` filled from contests between known claims."""
    disputes: dict[str, list[str]] = defaultdict(list)
    contested: dict[str, list[str]] = defaultdict(list)
    for decision in decisions:
        if decision.kind == "contest" and {decision.subject, decision.object} <= known:
            contested[decision.subject].append(decision.object)
            disputes[decision.object].append(decision.subject)
    return [
        replace(
            claim,
            contested_by=tuple(contested[claim.id]),  # type: ignore[call-arg]
            disputes=tuple(disputes[claim.id]),
        )
        for claim in claims
    ]
