"""Which statements speak of one agreement or one mechanism: proposals with their reasons.

Two agreements of one pair are kept apart by their proper names, by the years in which they
were signed, by their kind, matter and term; what is left together is joined where a name,
a signature or the course of its life (promised, then signed within three years) says so.
The outcome does not depend on the order of the statements: pairs are taken from the
strongest evidence to the weakest, and by id where the evidence is equal.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fairweather.coding.agreements.names import may_be_one
from fairweather.ledger.decisions import Decision
from fairweather.records import UNDATED, Agreement, Mechanism, When
from fairweather.vocabulary.gazetteer import load_gazetteer
from fairweather.vocabulary.lexicon import word_groups

RULE = "rule merge/1"

PROMISE_HOLDS = 3.0
"""Years within which a promised agreement and one signed are taken for the same."""

SAME_NAME, SAME_SIGNATURE, SAME_LIFE, ONLY_ONE = 4, 3, 2, 1
"""Ranks of evidence, the strongest first: no measured weights."""

AHEAD = frozenset({"proposed", "announced", "promised", "negotiation", "delayed", "initialled"})
BINDING = frozenset(
    {
        "ratified",
        "in_force",
        "invoked",
        "extended",
        "amended",
        "suspended",
        "violated",
        "denounced",
        "withdrawn",
        "terminated",
        "expired",
        "replaced",
    }
)

Statement = Agreement | Mechanism


def propose_merges(
    statements: Sequence[Statement], published: Mapping[str, When] | None = None
) -> tuple[Decision, ...]:
    """Merge decisions between statements, sorted by id.

    `published` maps document ids to when they appeared; with it an agreement without a date
    is placed in time by the article that tells of it.
    """
    dates = published or {}
    ordered = sorted({one.id: one for one in statements}.values(), key=lambda one: one.id)
    agreements = [_read(one, dates) for one in ordered if isinstance(one, Agreement)]
    mechanisms = [one for one in ordered if isinstance(one, Mechanism)]
    found = [*_joined_agreements(agreements), *_joined_mechanisms(mechanisms)]
    return tuple(sorted(found, key=lambda decision: decision.id))


# -- what tells agreements apart ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Traits:
    """What of an agreement statement bears on whether it is the same as another."""

    statement: Agreement
    parties: frozenset[str]
    proper: frozenset[str]
    """Words of its proper name; empty without one."""
    matter: frozenset[str]
    signed: When
    told: When
    """When the article that tells of it appeared."""
    stages: frozenset[str] = field(default_factory=frozenset)

    @property
    def ahead(self) -> bool:
        """Whether it was only on its way when told of."""
        return bool(self.stages & AHEAD) and not self.stages & {"signed", *BINDING}


def _read(one: Agreement, published: Mapping[str, When]) -> _Traits:
    words = _words(one.name)
    proper = words if _is_proper(one) else frozenset()
    groups = word_groups("agreements")
    nouns = groups["general_nouns"] | groups["specific_nouns"]
    labels = frozenset().union(*(_label_words(party) for party in one.parties))
    matter = frozenset(word for word in words - nouns - labels if not word.isdecimal())
    signed = [s.date for s in one.stages if s.stage == "signed" and s.date.known]
    return _Traits(
        one,
        frozenset(one.parties),
        proper,
        matter,
        signed[0] if signed else UNDATED,
        published.get(one.document, UNDATED),
        frozenset(stage.stage for stage in one.stages),
    )


def _words(name: str) -> frozenset[str]:
    plain = name.lower().replace("–", " ").replace("-", " ").replace("defence", "defense")
    small = ("of", "on", "the", "and", "for", "between", "with", "in")
    return frozenset(word.strip("(),.'") for word in plain.split() if word not in small)


def _is_proper(one: Agreement) -> bool:
    """A proper name bears its kind in capitals, or holds a name before it ("START treaty")."""
    groups = word_groups("agreements")
    nouns = groups["general_nouns"] | groups["specific_nouns"]
    return any(
        word[:1].isupper() and word.lower().strip("(),") in nouns for word in one.name.split()
    )


@functools.cache
def _label_words(actor: str) -> frozenset[str]:
    """The words of an actor's usual name, which head a name made up for an agreement."""
    return _words(str(getattr(load_gazetteer().actors.get(actor), "name", actor)))


def _conflict(a: _Traits, b: _Traits) -> bool:
    """Whether two statements cannot speak of one agreement."""
    if not may_be_one(a.statement.kind, b.statement.kind):
        return True
    if a.proper and b.proper and not (a.proper <= b.proper or b.proper <= a.proper):
        return True
    if a.signed.known and b.signed.known and not a.signed.may_equal(b.signed):
        return True
    terms = {t.statement.term_years for t in (a, b)} - {None}
    if len(terms) > 1 or not _parties_agree(a, b) or not _matter_agrees(a, b):
        return True
    return _out_of_time(a, b) or _out_of_time(b, a) or _superseded(a, b) or _superseded(b, a)


def _parties_agree(a: _Traits, b: _Traits) -> bool:
    """The same parties; fewer only where the name is the same or one party alone is known."""
    if a.parties == b.parties:
        return True
    small, large = sorted((a.parties, b.parties), key=len)
    return small <= large and (len(small) < 2 or bool(a.proper and b.proper))


def _matter_agrees(a: _Traits, b: _Traits) -> bool:
    general = word_groups("agreements")["general_topics"]
    first, second = a.matter - general, b.matter - general
    if first & second or not (first or second):
        return True
    if first and second:
        return bool(a.proper and b.proper)
    return _same_day(a, b) or bool(a.proper or b.proper)


def _same_day(a: _Traits, b: _Traits) -> bool:
    return (
        a.signed.known
        and a.signed.precision == "day"
        and ((a.signed.since, a.signed.until) == (b.signed.since, b.signed.until))
    )


def _out_of_time(a: _Traits, b: _Traits) -> bool:
    """Whether what befell `a` does not fit the signature of `b`."""
    if not b.signed.known or a.signed.known:
        return False
    for stage in a.statement.stages:
        if stage.stage in BINDING and stage.date.surely_before(b.signed):
            return True
        if stage.stage in AHEAD and stage.date.known and not _follows(stage.date, b.signed):
            return True
    if a.ahead and a.told.known:
        return not _follows(a.told, b.signed)
    return a.told.known and not a.ahead and a.told.surely_before(b.signed)


def _follows(before: When, signed: When) -> bool:
    """Whether a signature may follow what came before it, soon enough."""
    if signed.surely_before(before):
        return False
    earliest, latest = before.earliest or before.latest, signed.latest
    if earliest is None or latest is None:
        return True
    return (latest - earliest).days / 365.25 <= PROMISE_HOLDS + 1


def _superseded(a: _Traits, b: _Traits) -> bool:
    """Whether `a` is said to replace an agreement of the year in which `b` was signed."""
    years = {word for word in _words(a.statement.supersedes) if word.isdecimal()}
    return bool(b.signed.since and b.signed.since[:4] in years and not a.signed.known)


# -- what joins them --------------------------------------------------------------------------


def _evidence(a: _Traits, b: _Traits) -> tuple[int, str]:
    """How strongly two statements that do not conflict speak of one agreement, and why."""
    if a.proper and b.proper:
        return SAME_NAME, f"the same name, {max(a.statement.name, b.statement.name, key=len)}"
    pair = "the same parties" if a.parties == b.parties else "parties of which one is known"
    if a.signed.known and b.signed.known:
        closer = min(a.signed, b.signed, key=lambda when: len(when.basis or when.text()))
        return SAME_SIGNATURE, f"{pair}, signed {closer.text()} in both"
    shared = a.matter & b.matter
    if a.parties != b.parties:
        return 0, ""
    if a.ahead != b.ahead and (a.signed.known or b.signed.known):
        words = f" and {', '.join(sorted(shared))} in both" if shared else ""
        return SAME_LIFE, f"{pair}, on its way in one and signed in the other{words}"
    if shared:
        return SAME_LIFE, f"{pair} and {', '.join(sorted(shared))} in both"
    if a.ahead and b.ahead:
        return SAME_LIFE, f"{pair}, on its way in both"
    return ONLY_ONE, f"{pair}, and none of their other agreements fits better"


def _joined_agreements(traits: Sequence[_Traits]) -> Iterator[Decision]:
    clusters = _Clusters(traits)
    pairs = [
        (evidence[0], a, b, evidence[1])
        for a, b in itertools.combinations(traits, 2)
        if not _conflict(a, b) and (evidence := _evidence(a, b))[0]
    ]
    for rank in (SAME_NAME, SAME_SIGNATURE):
        for found, a, b, reason in pairs:
            if found == rank and clusters.join(a, b):
                yield _decision(a.statement, b.statement, reason)
    for rank in (SAME_LIFE, ONLY_ONE):
        for _, a, b, reason in _unrivalled(clusters, [p for p in pairs if p[0] == rank]):
            if clusters.join(a, b):
                yield _decision(a.statement, b.statement, reason)


class _Clusters:
    """Groups of statements in which no two conflict."""

    def __init__(self, traits: Sequence[_Traits]) -> None:
        self.of = {one.statement.id: [one] for one in traits}

    def join(self, a: _Traits, b: _Traits) -> bool:
        """Joins the groups of two statements; False where any two in them conflict."""
        first, second = self.of[a.statement.id], self.of[b.statement.id]
        if first is second:
            return True
        if any(_conflict(x, y) for x in first for y in second):
            return False
        first.extend(second)
        for one in second:
            self.of[one.statement.id] = first
        return True

    def fits(self, a: _Traits, b: _Traits) -> bool:
        """Whether the groups of two statements may be joined."""
        return not any(
            _conflict(x, y) for x in self.of[a.statement.id] for y in self.of[b.statement.id]
        )


def _unrivalled(
    clusters: _Clusters, pairs: Sequence[tuple[int, _Traits, _Traits, str]]
) -> list[tuple[int, _Traits, _Traits, str]]:
    """Pairs where the vaguer statement fits one group only, or one best."""
    open_to: dict[str, dict[int, tuple[tuple[int, bool, str], _Traits]]] = {}
    for _, a, b, _ in pairs:
        for vague, other in ((a, b), (b, a)):
            if _is_vague(vague) and clusters.fits(vague, other):
                group = id(clusters.of[other.statement.id])
                liking = (
                    len(vague.matter & other.matter),
                    vague.statement.kind == other.statement.kind,
                    _latest_before(clusters, vague, other),
                )
                known = open_to.setdefault(vague.statement.id, {})
                if group not in known or known[group][0] < liking:
                    known[group] = liking, other
    best: dict[str, int] = {}
    for vague_id, groups in open_to.items():
        ranked = sorted(groups.items(), key=lambda item: item[1][0], reverse=True)
        if len(ranked) == 1 or ranked[0][1][0] > ranked[1][1][0]:
            best[vague_id] = ranked[0][0]
    return [
        pair
        for pair in pairs
        if any(
            best.get(vague.statement.id) == id(clusters.of[other.statement.id])
            for vague, other in ((pair[1], pair[2]), (pair[2], pair[1]))
        )
    ]


def _is_vague(one: _Traits) -> bool:
    return not one.signed.known and not one.proper


def _latest_before(clusters: _Clusters, vague: _Traits, other: _Traits) -> str:
    """When the other's group was signed: of several that fit, "the treaty" is the latest."""
    if not vague.told.known:
        return ""
    dates = [one.signed.since or "" for one in clusters.of[other.statement.id]]
    return max(dates, default="")


def _decision(one: Statement, other: Statement, reason: str) -> Decision:
    first, second = sorted((one.id, other.id))
    return Decision(kind="merge", subject=second, object=first, reason=reason, by=RULE)


# -- mechanisms ---------------------------------------------------------------------------------

NAMED_KINDS = frozenset({"bloc", "corridor", "legal_process"})
"""Kinds known by their name; the others by who takes part."""


def _joined_mechanisms(mechanisms: Sequence[Mechanism]) -> Iterator[Decision]:
    for one, other in itertools.combinations(mechanisms, 2):
        reason = _same_mechanism(one, other) if one.kind == other.kind else ""
        if reason:
            yield _decision(one, other, reason)


def _same_mechanism(one: Mechanism, other: Mechanism) -> str:
    members, others = ({m.actor for m in each.members} for each in (one, other))
    shared = members <= others or others <= members
    if one.kind in NAMED_KINDS:
        shared = shared or len(members & others) >= min(2, len(members), len(others))
    if _words(one.name) == _words(other.name) and shared:
        return f"the same kind and name, {one.name}"
    if one.kind in NAMED_KINDS:
        return ""
    if len(members) >= 2 and members == others:
        return "the same kind and the same members"
    return ""
