"""What a word makes of the help it governs: withheld under "refuse", likely under "will".

The groups `under_*` of the lexicon say which words do what; here the states are reckoned.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

EFFECTS = (
    "lifted", "withheld", "limited", "promised", "obliged", "likely", "unlikely", "possible",
    "ruled_out", "reported", "said", "asked", "held",
)  # fmt: skip
DOUBLY_NEGATED = {"likely": "unlikely", "promised": "ruled_out", "obliged": "not_obliged",
                  "possible": "unlikely", "given": "withheld", "reported": "withheld"}  # fmt: skip

TELLING = ("said", "reported", "promised")
SETTLING = (*TELLING, "likely", "unlikely")
"""Under these "would" is as sure as "will": what is told, and what is weighed, is meant."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The state found, how sure (0..1), who speaks, the condition, and the words used.

    `state` is empty where the text says nothing about support being given. `speakers` are
    the subjects of verbs of saying passed on the way; `places` the deciding tokens.
    """

    state: str = "given"
    sure: float = 1.0
    speakers: tuple[Token, ...] = ()
    condition: Token | None = None
    places: tuple[int, ...] = field(default=())

    def to(self, state: str, *places: int, sure: float = 1.0) -> Standing:
        """The standing with another state."""
        return replace(self, state=state, sure=self.sure * sure, places=(*self.places, *places))


NOTHING = Standing(state="", sure=0.0)


@functools.cache
def _effects() -> dict[str, str]:
    """Word -> effect; a word in two groups has the earlier one's."""
    groups = word_groups("support")
    return {word: name for name in reversed(EFFECTS) for word in groups[f"under_{name}"]}


def effect_of(token: Token) -> str:
    """What a word makes of the giving it governs; empty when it is in no list."""
    effects = _effects()
    lemma = token.lemma_.lower()
    for child in token.children:
        if child.dep_ == "dobj" and f"{lemma} {child.lemma_.lower()}" in effects:
            return effects[f"{lemma} {child.lemma_.lower()}"]  # "dragged its feet on sending"
    return effects.get(lemma) or effects.get(token.lower_, "")


def _is_ban(lifted: Token) -> bool:
    """Whether what a verb ends is a ban: "lifted its ban on the sale"."""
    bans = word_groups("support")["bans"]
    named = (c for c in lifted.children if c.dep_ in ("dobj", "nsubjpass", "nsubj"))
    return any(child.lemma_.lower() in bans for child in named)


AGAINST = frozenset({"withheld", "unlikely", "ruled_out"})


def apply(effect: str, standing: Standing, word: Token) -> Standing:
    """The standing under a word of that effect."""
    state = standing.state
    if effect == "asked":
        return NOTHING
    if effect == "limited":
        return standing.to(state, word.i, sure=0.6)
    if effect in ("held", "said", ""):
        return standing
    if effect == "reported":
        return standing.to("reported", word.i) if state == "given" else standing
    if effect in ("lifted", "withheld") and _is_ban(word):
        return standing.to("possible", word.i, sure=0.8)
    if effect == "lifted":
        withheld = word.lemma_.lower() in word_groups("support")["under_withheld"]
        return apply("withheld", standing, word) if withheld else NOTHING
    return _against(effect, standing, word) if state in AGAINST else _for(effect, standing, word)


def _against(effect: str, standing: Standing, word: Token) -> Standing:
    """Under a second word, where the help was already kept back."""
    if word.lemma_ == "offer":
        return standing  # "offered neither troops nor aircraft"
    if effect in ("likely", "promised"):
        return standing.to("unlikely" if effect == "likely" else "ruled_out", word.i)
    return standing.to(standing.state, word.i, sure=0.7) if effect == "withheld" else NOTHING


def _for(effect: str, standing: Standing, word: Token) -> Standing:
    """Under a word, where nothing spoke against the help."""
    state = standing.state
    if effect == "withheld" and state in ("likely", "possible"):
        return standing.to("unlikely", word.i)
    if effect == "promised" and state in ("possible", "obliged"):
        return standing
    if effect == "possible" and state == "likely":
        return standing.to("possible", word.i)
    return standing.to(effect, word.i)


def denied(word: Token, standing: Standing) -> Standing:
    """The standing where a word denies it; none where nothing is left to say."""
    state = DOUBLY_NEGATED.get(standing.state, "")
    return standing.to(state, word.i) if state else NOTHING


def under_modal(modal: Token, standing: Standing) -> Standing:
    """The standing under "will", "would", "may", "must" or "should"."""
    word = modal.lower_
    if word in ("will", "'ll", "wo") or (word == "shall" and not _speaks_of_paper(modal)):
        after = {"given": "likely", "withheld": "unlikely"}.get(standing.state)
        return standing.to(after, modal.i) if after else standing
    if word == "would":
        # Told in the past, "would" is a "will"; its condition makes it a plain forecast.
        told = modal.head.dep_ == "ccomp" and effect_of(modal.head.head) in SETTLING
        sure = 1.0 if told else 0.9 if standing.condition is not None else 0.8
        if standing.state == "withheld" and told:
            return standing.to("unlikely", modal.i)
        return standing.to("likely", modal.i, sure=sure) if standing.state == "given" else standing
    if word in ("may", "might", "could", "can", "ca"):
        return apply("possible", standing, modal)
    if word in ("must", "shall") and standing.state == "given":
        return standing.to("obliged", modal.i, sure=1.0 if _speaks_of_paper(modal) else 0.6)
    if word in ("should", "ought"):
        return NOTHING
    return standing


def _speaks_of_paper(modal: Token) -> bool:
    """Whether a sentence tells what a treaty says: there "must" is a duty and no advice."""
    papers = word_groups("support")["treaties"]
    return any(token.lemma_.lower() in papers for token in modal.sent)


def has_particle(verb: Token, particle: str) -> bool:
    """Whether a verb has that particle: "rule out"."""
    return any(child.lower_ == particle for child in verb.children)
