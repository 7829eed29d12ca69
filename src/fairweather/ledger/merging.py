"""Merging: statements that decisions join, made into one agreement, mechanism or claim.

A view keeps the id of its earliest statement and lists the others in `merged`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from fairweather.ledger.decisions import Decision
from fairweather.records import Agreement, Claim, Clause, Mechanism, Member, Record, Stage, When
from fairweather.vocabulary import vocabulary

R = TypeVar("R", bound=Record)


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
        return with_disputes(statements, made, {claim.id for claim in statements})
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
    """Stages of one life in order: same verb at dates that may be one day fall together.

    A step that each party takes for itself keeps the day of whoever was said to take it then:
    "A ratified it this year" gives A no day on which somebody ratified.
    """
    kept: list[Stage] = []
    # The best dated first, so that a vague mention joins the exact one it can mean.
    for stage in sorted(stages, key=lambda stage: _width(stage.date)):
        for place, other in enumerate(kept):
            if _may_be_one(other, stage):
                kept[place] = replace(
                    other,
                    by=tuple(dict.fromkeys((*other.by, *stage.by))),
                    quotes=tuple(dict.fromkeys((*other.quotes, *stage.quotes))),
                )
                break
        else:
            kept.append(stage)
    return _in_order_of_life(kept)


def _may_be_one(dated: Stage, stage: Stage) -> bool:
    """Whether a stage may be the better dated one, told again."""
    if dated.stage != stage.stage or not dated.date.may_equal(stage.date):
        return False
    steps = vocabulary("stages")
    if stage.stage not in steps or not steps[stage.stage].extra["alone"]:
        return True
    on_one_day = (dated.date.since, dated.date.until) == (stage.date.since, stage.date.until)
    return on_one_day or set(stage.by) <= set(dated.by)


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
    alike: dict[tuple[object, ...], list[Clause]] = defaultdict(list)
    for clause in clauses:
        alike[clause.obligation, clause.state, clause.by, clause.against].append(clause)
    return tuple(
        replace(same[0], quotes=tuple(dict.fromkeys(q for one in same for q in one.quotes)))
        if len(same) > 1
        else same[0]
        for same in alike.values()
    )


def _merge_members(members: Sequence[Member]) -> tuple[Member, ...]:
    """Each actor once, with the fullest of what is said of its part."""
    fullest: dict[str, Member] = {}
    for member in members:
        other = fullest.get(member.actor)
        if other is None or len(member.role + member.since) > len(other.role + other.since):
            fullest[member.actor] = member
    return tuple(fullest.values())


def with_disputes(claims: Sequence[R], decisions: Iterable[Decision], known: set[str]) -> list[R]:
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
