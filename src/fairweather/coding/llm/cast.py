"""Who is meant: an actor named in words, looked for among those of the document.

First the mentions that the reading has found, then the tables, then the words themselves: a
name that stands in the text and in no table becomes a provisional actor. Nobody is taken in
whom the document does not name.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from fairweather.coding.grammar.attached_dates import tokens_of
from fairweather.coding.grammar.naming import speaks
from fairweather.coding.grammar.parse import normalise
from fairweather.coding.grammar.reader import listed_actor
from fairweather.coding.grammar.sentence import Mention, Reading, Sentence
from fairweather.coding.llm.grounding import Ungrounded
from fairweather.records import Actor, Name, Record, slug
from fairweather.vocabulary.gazetteer import Organisation, load_gazetteer

LONGEST_NAME = 8
"""Words in a name that no table has."""
SMALL = frozenset({"of", "the", "for", "and", "on", "in", "de", "al", "bin", "ibn", "el", "van"})
"""Words that a name may have in small letters."""

Chain = tuple[str, ...]


@dataclass(slots=True)
class Cast:
    """The actors of a document by the words that name them.

    `newcomers` are those that the tables or the text have and the reading has not found.
    """

    reading: Reading
    newcomers: dict[str, Actor] = field(default_factory=dict)
    _mentioned: dict[str, Counter[Chain]] = field(default_factory=lambda: defaultdict(Counter))
    _present: dict[str, Chain] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for sentence in self.reading.sentences:
            for mention in sentence.mentions:
                words = sentence.token(mention.start).doc[mention.start : mention.end].text
                for text in {_folded(words), _folded(mention.alias)}:
                    self._mentioned[text][mention.chain] += 1
                for actor in mention.chain:
                    self._present.setdefault(actor, mention.chain)

    def chain(self, words: str) -> Chain:
        """The actor that words name, then the state or body it acts for.

        Raises Ungrounded for one whom the document does not name.
        """
        folded = _folded(words)
        if folded in self._mentioned:
            return self._mentioned[folded].most_common(1)[0][0]
        listed = self._listed(folded)
        places = list(self._places(folded))
        present = next((actor for actor in listed if actor in self._present), None)
        if present:
            return self._chain_of(present)
        if listed and places:
            return self._taken_in(listed[0])
        return self._by_place(places) or self._provisional(places)

    def principal(self, words: str) -> str:
        """Whom the words stand for in the end: the state, or the actor itself."""
        return self.chain(words)[-1]

    def new_in(self, record: Record) -> Iterator[Actor]:
        """The newcomers that a record names."""
        named = set(_texts(record.identifying()))
        yield from (actor for key, actor in self.newcomers.items() if key in named)

    def _listed(self, folded: str) -> list[str]:
        """The actors of the tables that bear a name, those first that were there on the date."""
        published = self.reading.document.published
        day = published.until or published.since or ""
        gazetteer = load_gazetteer()
        bearers = _table().get(folded, ())
        return sorted(bearers, key=lambda actor: bool(day) and not gazetteer.existed_on(actor, day))

    def _chain_of(self, actor: str) -> Chain:
        chain = self._present[actor]
        return chain[chain.index(actor) :]

    def _taken_in(self, actor: str) -> Chain:
        """An actor of the tables that the reading overlooked, with the bodies it acts for."""
        from fairweather.coding.grammar.naming import Namer

        gazetteer = load_gazetteer()
        listed = gazetteer.actors[actor]
        chain = (actor, *listed.of) if isinstance(listed, Organisation) else (actor,)
        namer = Namer(self.reading.document)
        for one in chain:
            if one in gazetteer.actors and one not in self._present:
                self.newcomers[one] = listed_actor(namer.gazetteer, one)
        return chain

    def _places(self, folded: str) -> Iterator[tuple[Sentence, int, int]]:
        """Where the words stand in the document, as sentences with start and end."""
        if not folded:
            return
        pattern = re.compile(rf"(?<!\w){re.escape(folded)}(?!\w)".replace(r"\ ", r"\s+"))
        for sentence in self.reading.sentences:
            for match in pattern.finditer(sentence.text):
                yield sentence, sentence.start + match.start(), sentence.start + match.end()

    def _by_place(self, places: list[tuple[Sentence, int, int]]) -> Chain:
        """The one actor whose mention the words are, or whose office or forces they name."""
        found: Counter[Chain] = Counter()
        for sentence, start, end in places:
            mention = _spoken_for(sentence, start, end)
            if mention:
                found[mention.chain] += 1
        return next(iter(found)) if len(found) == 1 else ()

    def _provisional(self, places: list[tuple[Sentence, int, int]]) -> Chain:
        """An actor that the text names and no table has."""
        for sentence, start, end in places:
            name = sentence.document.text[start:end]
            actor = slug(name)
            if not _is_name(name):
                continue
            if actor not in self._present and actor not in load_gazetteer().actors:
                self.newcomers[actor] = Actor(
                    id=actor, names=(Name(name),), kind="organisation", confidence=0.5
                )
                return (actor,)
        if not places:
            raise Ungrounded("unknown actor", "an actor whom the document does not name")
        raise Ungrounded("unknown actor", "an actor in words that are no name")


def is_named(chain: Chain, sentences: Iterable[Sentence]) -> bool:
    """Whether sentences name an actor, or whom it acts for, as one who acts."""
    words = chain[0].replace("-", " ")
    return any(
        (set(chain) & set(mention.chain) and not mention.weak)
        for sentence in sentences
        for mention in sentence.mentions
    ) or any(words in sentence.text.casefold().replace("-", " ") for sentence in sentences)


def _spoken_for(sentence: Sentence, start: int, end: int) -> Mention | None:
    """The mention on which the words hang: their head, or whose organ their head is."""
    tokens = tokens_of(sentence, start, end)
    if not tokens:
        return None
    head = sentence.token(tokens[0]).doc[tokens[0] : tokens[-1] + 1].root
    inside = [m for m in sentence.mentions if m.start <= tokens[-1] and tokens[0] < m.end]
    own = next((m for m in inside if m.start <= head.i < m.end), None)
    if own:
        return own
    return inside[0] if len(inside) == 1 and speaks(head) else None


def _texts(content: object) -> Iterator[str]:
    """Every text in plain content."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for value in content.values():
            yield from _texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value)


def _is_name(text: str) -> bool:
    words = text.replace("-", " ").split()
    if not 0 < len(words) <= LONGEST_NAME or not words[-1][:1].isupper():
        return False
    return words[0][:1].isupper() and all(w[:1].isupper() or w in SMALL for w in words)


def _folded(words: str) -> str:
    """Words to compare: no article, possessive or marks at the ends.

    Capitals stay: "us" is not the US, nor "who" the WHO.
    """
    text = " ".join(normalise(words).split()).strip(" '\".,;:()")
    return re.sub(r"^(?:[Tt]he) |'s?$", "", text).strip()


@functools.cache
def _table() -> Mapping[str, tuple[str, ...]]:
    """Every name of the tables but lone surnames -> the actors that bear it, likeliest first."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for surface, actor, kind in load_gazetteer().terms():
        if kind != "surname":
            found[_folded(surface)][actor] = None
    return {name: tuple(actors) for name, actors in found.items()}
