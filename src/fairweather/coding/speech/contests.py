"""Contests: which denial disputes which claim.

A denial disputes an accusation or an assertion when another speaker makes it, when both are
about the same accused, and when both speak of the same thing: they share words that carry
content, or the denial turns down whatever was alleged ("denies any involvement") in the
same document. Doubtful pairs are left alone; a person can join them in review.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from fairweather.ledger.decisions import Decision
from fairweather.records import Claim
from fairweather.records.types import AUTHOR, UNNAMED
from fairweather.vocabulary.gazetteer import Organisation, Person, load_gazetteer
from fairweather.vocabulary.lexicon import word_groups

RULE = "rule contest/1"
DISPUTABLE = {"accuse": 1, "assert": 2}
"""Stances that can be disputed, and how many words of content a denial must share."""

_WORD = re.compile(r"[^\W\d_]{4,}")
_ENDING = re.compile(r"(?:ations?|ments?|ings?|ions?|ed|es|ers?|s|e)$")


def propose_contests(claims: Sequence[Claim]) -> tuple[Decision, ...]:
    """A decision for each claim that a denial disputes, in a fixed order.

    The order of the claims does not matter, and a pair is never joined twice.
    """
    denials = [claim for claim in claims if claim.stance == "deny"]
    disputed = [claim for claim in claims if claim.stance in DISPUTABLE]
    found = {
        (claim.id, denial.id): Decision(
            kind="contest", subject=claim.id, object=denial.id, reason=reason, by=RULE
        )
        for denial in denials
        for claim in disputed
        if (reason := _dispute(claim, denial))
    }
    return tuple(found[pair] for pair in sorted(found))


def _dispute(claim: Claim, denial: Claim) -> str:
    """Why the denial disputes the claim; empty where it does not."""
    if _same_side(claim.speaker, denial.speaker):
        return ""
    accused = _accused(claim, denial)
    if not accused:
        return ""
    words = _content(denial)
    shared = sorted(words[stem] for stem in _content(claim).keys() & words.keys())
    if len(shared) >= DISPUTABLE[claim.stance]:
        return (
            f"{denial.speaker} denies what {claim.speaker} says of {accused}: {', '.join(shared)}"
        )
    if claim.stance == "accuse" and claim.document == denial.document and _is_sweeping(denial):
        return f"{denial.speaker} denies what {claim.speaker} accuses {accused} of in the same text"
    return ""


def _accused(claim: Claim, denial: Claim) -> str:
    """Whom both are about: the denier itself, else the first whom both name."""
    own = [actor for actor in claim.about if actor in _sides(denial.speaker)]
    if own:
        return own[0]
    both = [actor for actor in claim.about if actor in denial.about]
    return both[0] if both else ""


def _same_side(one: str, other: str) -> bool:
    if UNNAMED in (one, other):
        return False
    return AUTHOR in (one, other) or bool(_sides(one) & _sides(other))


@functools.lru_cache(maxsize=4096)
def _sides(actor: str) -> frozenset[str]:
    """The actor with the states and bodies that it has ever acted for."""
    listed = load_gazetteer().actors.get(actor)
    if isinstance(listed, Person):
        return frozenset({actor, *(role.of for role in listed.roles)})
    if isinstance(listed, Organisation):
        return frozenset({actor, *listed.of})
    return frozenset({actor})


def _is_sweeping(denial: Claim) -> bool:
    """Whether a denial turns down whatever was alleged, naming nothing of its own."""
    words = denial.content.lower().split()
    generic = word_groups("claims")["generic_denials"]
    return any(word.strip(".,;:\"'”“") in generic for word in words[:4])


@functools.lru_cache(maxsize=4096)
def _content(claim: Claim) -> dict[str, str]:
    """Stems of the words that carry content -> the word; no names, nothing that all claims have."""
    generic = word_groups("claims")["generic_denials"] | word_groups("contests")["empty"]
    words = (found.group() for found in _WORD.finditer(claim.content))
    return {_stem(word): word for word in words if word.islower() and word not in generic}


def _stem(word: str) -> str:
    short = _ENDING.sub("", word)
    return short if len(short) >= 4 else word
