"""Whether two statements may speak of one agreement, and what says that they do.

Two agreements of one pair are kept apart by their proper names, by the years in which they
were signed, by their kind, matter and term; what is left is one where a name, a signature or
the course of its life (promised, then signed within three years) says so.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

from fairweather.coding.agreements.names import may_be_one
from fairweather.records import UNDATED, Agreement, When
from fairweather.vocabulary.gazetteer import load_gazetteer
from fairweather.vocabulary.lexicon import word_groups

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

# -- what tells agreements apart ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Traits:
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

    replaces: frozenset[str] = frozenset()
    """The years of the agreement that it is said to replace."""
    day: str = ""
    """The day from which the statement is known, as the ledger has it."""

    @property
    def id(self) -> str:
        """The statement's id."""
        return self.statement.id

    @property
    def turn(self) -> tuple[str, str]:
        """Its place in the order in which statements became known."""
        return self.day, self.statement.id

    @property
    def vague(self) -> bool:
        """Whether it gives neither a signature nor a proper name to know it by."""
        return not self.signed.known and not self.proper

    @property
    def ahead(self) -> bool:
        """Whether it was only on its way when told of."""
        return bool(self.stages & AHEAD) and not self.stages & {"signed", *BINDING}


def traits_of(one: Agreement, published: Mapping[str, When], day: str = "") -> Traits:
    """What bears on it; `published` maps documents to when they appeared."""
    words = words_of(one.name)
    proper = words if _is_proper(one) else frozenset()
    groups = word_groups("agreements")
    nouns = groups["general_nouns"] | groups["specific_nouns"]
    labels = frozenset().union(*(_label_words(party) for party in one.parties))
    matter = frozenset(word for word in words - nouns - labels if not word.isdecimal())
    signed = [s.date for s in one.stages if s.stage == "signed" and s.date.known]
    return Traits(
        one,
        frozenset(one.parties),
        proper,
        matter,
        signed[0] if signed else UNDATED,
        published.get(one.document, UNDATED),
        frozenset(stage.stage for stage in one.stages),
        frozenset(word for word in words_of(one.supersedes) if word.isdecimal()),
        day,
    )


def words_of(name: str) -> frozenset[str]:
    """The words of a name that tell it from others, in small letters."""
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
    return words_of(str(getattr(load_gazetteer().actors.get(actor), "name", actor)))


def conflict(a: Traits, b: Traits) -> bool:
    """Whether two statements cannot speak of one agreement."""
    if not _parties_agree(a, b) or not may_be_one(a.statement.kind, b.statement.kind):
        return True
    if a.proper and b.proper and not (a.proper <= b.proper or b.proper <= a.proper):
        return True
    if a.signed.known and b.signed.known and not a.signed.may_equal(b.signed):
        return True
    terms = {t.statement.term_years for t in (a, b)} - {None}
    if len(terms) > 1 or not _matter_agrees(a, b):
        return True
    return _out_of_time(a, b) or _out_of_time(b, a) or _superseded(a, b) or _superseded(b, a)


def _parties_agree(a: Traits, b: Traits) -> bool:
    """The same parties; fewer only where the name is the same or one party alone is known."""
    if a.parties == b.parties:
        return True
    small, large = sorted((a.parties, b.parties), key=len)
    return small <= large and (len(small) < 2 or bool(a.proper and b.proper))


def _matter_agrees(a: Traits, b: Traits) -> bool:
    general = word_groups("agreements")["general_topics"]
    first, second = a.matter - general, b.matter - general
    if first & second or not (first or second):
        return True
    if first and second:
        return bool(a.proper and b.proper)
    return _same_day(a, b) or bool(a.proper or b.proper)


def _same_day(a: Traits, b: Traits) -> bool:
    return (
        a.signed.known
        and a.signed.precision == "day"
        and ((a.signed.since, a.signed.until) == (b.signed.since, b.signed.until))
    )


def _out_of_time(a: Traits, b: Traits) -> bool:
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


def _superseded(a: Traits, b: Traits) -> bool:
    """Whether `a` is said to replace an agreement of the year in which `b` was signed."""
    return bool(b.signed.since and b.signed.since[:4] in a.replaces and not a.signed.known)


# -- what joins them --------------------------------------------------------------------------


def evidence(a: Traits, b: Traits) -> tuple[int, str]:
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
