"""Which agreement a mention means: "the new treaty", "the 2001 accord", "it".

A mention fits an agreement told of before unless its name, year, age, matter, kind or
parties speak against it; of several that fit, the likeliest is taken, then the latest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fairweather.coding.agreements.mentions import AgreementMention
from fairweather.coding.agreements.names import may_be_one
from fairweather.coding.agreements.stages import Step
from fairweather.coding.grammar.sentence import Reading
from fairweather.records import UNDATED, Clause, Quote, When
from fairweather.vocabulary.lexicon import word_groups

REACH = 3
"""Sentences back within which "it contains no defence clause" finds its agreement."""


@dataclass(slots=True)
class Told:
    """An agreement as the document has told it so far."""

    mentions: list[AgreementMention] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    parties: list[str] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    itself: bool = False
    """Whether the document is the agreement, so that every duty in it may be its clause."""
    listed: int = -9
    """The number of the last sentence that gave it a clause."""
    supersedes: Told | None = None
    term_years: float | None = None

    @property
    def name(self) -> str:
        """Its fullest proper name, or nothing."""
        return max((m.name for m in self.mentions), key=len, default="")

    @property
    def age(self) -> str:
        """New or old, as the first mention that says so has it."""
        return next((m.age for m in self.mentions if m.age), "")

    @property
    def topics(self) -> frozenset[str]:
        """The words that tell its matter."""
        return frozenset(t for m in self.mentions for t in m.topics)

    @property
    def made(self) -> When:
        """When it was signed, as far as told."""
        dates = [step.date for step in self.steps if step.stage == "signed" and step.date.known]
        dates += [m.date for m in self.mentions if m.date.known]
        return dates[0] if dates else UNDATED

    @property
    def last(self) -> int:
        """The number of the sentence that spoke of it last."""
        return self.mentions[-1].sentence.number

    def kind_fits(self, mention: AgreementMention) -> bool:
        """Whether the mention's noun may be said of it."""
        return any(may_be_one(mention.kind, m.kind) for m in self.mentions if m.kind)


def resolve(
    reading: Reading,
    mention: AgreementMention,
    taken: tuple[Step, ...],
    told: list[Told],
    here: dict[int, Told],
) -> Told | None:
    """The agreement that a mention means; a new one where none told of so far fits."""
    if mention.same_as is not None and mention.same_as in here:
        return here[mention.same_as]
    if mention.refers_only:
        return _referred(mention, told, here) if taken else None
    fitting = [one for one in told if _fits(reading, one, mention, taken)]
    if fitting:
        return max(fitting, key=lambda one: (_likeness(one, mention, taken), one.last))
    if mention.doubtful and not _brings_in(mention, taken):
        return None
    one = Told()
    told.append(one)
    return one


def _referred(mention: AgreementMention, told: list[Told], here: dict[int, Told]) -> Told | None:
    """What "it" or "the text" means: the agreement last spoken of, the old one less likely."""
    later = {id(one) for head, one in here.items() if head > mention.head}
    near = [one for one in told if id(one) not in later]
    if mention.token.lower_ == "it":
        near = [one for one in near if one.last >= mention.sentence.number - REACH]
    else:
        near = [one for one in near if one.age != "old"]
    return max(near, key=lambda one: one.last, default=None)


def _brings_in(mention: AgreementMention, taken: tuple[Step, ...]) -> bool:
    """Whether a noun that may mean other things means an agreement here."""
    if mention.kind in ("deal", "understanding", "protocol", "convention"):
        return bool(taken or mention.parties or mention.date.known or mention.topics)
    shown = {"signed", "initialled", "in_force"}
    if mention.topics & word_groups("agreements")["general_topics"]:
        shown |= {"extended", "expired", "suspended", "ratified"}  # "the strategic partnership"
    return any(step.stage in shown for step in taken)


def _fits(reading: Reading, one: Told, mention: AgreementMention, taken: tuple[Step, ...]) -> bool:
    if mention.name and one.name:
        return _same_name(one.name, mention.name)
    if mention.weak and not mention.definite and not _brings_in(mention, taken):
        # "They agreed on a three-year programme", said of the programme just signed.
        same = mention.kind in {m.kind for m in one.mentions}
        return same and one.last >= mention.sentence.number - 2
    if not mention.definite or not one.kind_fits(mention):
        return False
    if (
        mention.doubtful
        and not mention.is_general
        and mention.kind not in {m.kind for m in one.mentions}
    ):
        return False
    if mention.age and one.age and mention.age != one.age:
        return False
    if mention.age == "old" and mention.date.known and not one.made.known:
        return False
    if mention.age == "new" and one.age != "new" and _is_bound(one) and _are_ahead(taken):
        return False
    return (
        _dates_fit(one, mention, taken)
        and _parties_fit(reading, one, mention, taken)
        and _matter_fits(one, mention)
    )


def _same_name(name: str, other: str) -> bool:
    """Whether the words of one name are all in the other, actors and order aside."""
    small, large = sorted((_name_words(name), _name_words(other)), key=len)
    return bool(small) and small <= large


def _name_words(name: str) -> set[str]:
    words = name.lower().replace("–", " ").replace("-", " ").replace("defence", "defense").split()
    return {word for word in words if len(word) > 2 and word not in ("the", "and", "for")}


def _dates_fit(one: Told, mention: AgreementMention, taken: tuple[Step, ...]) -> bool:
    made = _made(mention, taken)
    if made.known and one.made.known:
        return one.made.may_equal(made)
    if made.known and (one.age == "new" or _is_ahead(one)):
        return mention.age == "new"
    return not (
        one.made.known
        and mention.age == "new"
        and one.age != "new"
        and one.made.surely_before(mention.sentence.document.published)
        and _years_old(one, mention) > 2
    )


def _years_old(one: Told, mention: AgreementMention) -> float:
    published, made = mention.sentence.document.published.earliest, one.made.latest
    return (published - made).days / 365.25 if published and made else 0.0


def _is_ahead(one: Told) -> bool:
    """Whether the agreement is only on its way."""
    return _are_ahead(one.steps) and not _is_bound(one)


def _are_ahead(taken: Sequence[Step]) -> bool:
    return any(
        s.stage in ("promised", "announced", "negotiation", "proposed", "delayed") for s in taken
    )


def _is_bound(one: Told) -> bool:
    return any(step.stage in ("signed", "ratified", "in_force") for step in one.steps)


def _made(mention: AgreementMention, taken: tuple[Step, ...]) -> When:
    signed = [s.date for s in taken if s.stage == "signed" and s.date.known]
    return mention.date if mention.date.known else (signed[0] if signed else UNDATED)


def _parties_fit(
    reading: Reading, one: Told, mention: AgreementMention, taken: tuple[Step, ...]
) -> bool:
    known = set(one.parties)
    meant = set(mention.parties) | {p for step in taken if step.binds for p in step.by}
    if not known or not meant or meant <= known or known <= meant:
        return True
    return known | meant <= set(reading.focus)


def _matter_fits(one: Told, mention: AgreementMention) -> bool:
    """A trade agreement is not the border treaty; "the treaty" may be either."""
    general = word_groups("agreements")["general_topics"]
    told, meant = one.topics - general, mention.topics - general
    if not meant:
        return True
    if meant & told:
        return True
    return not one.topics and not one.name and mention.kind in {m.kind for m in one.mentions}


def _likeness(one: Told, mention: AgreementMention, taken: tuple[Step, ...]) -> int:
    score = 0
    if mention.name and one.name:
        score += 8
    made = _made(mention, taken)
    if made.known and one.made.known:
        score += 4
    if mention.age and mention.age == one.age:
        score += 2
    if mention.age == "old" and one.age != "new" and one.made.known:
        score += 1
    if mention.parties and set(mention.parties) == set(one.parties):
        score += 2
    if mention.kind in {m.kind for m in one.mentions}:
        score += 1
    return score + (1 if mention.topics & one.topics else 0)
