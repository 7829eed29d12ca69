"""Routes of goods, energy or troops: through whom, to whom, open or not, whose rival.

A route is told by its noun ("corridor", "pipeline", "railway") with the actors it joins,
and by ports that are set against each other. Its state is open unless the words about it
say that it is closed, reduced or only planned.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fairweather.coding.grammar.phrases import agent_of
from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.coding.mechanisms.arrangements import (
    BY_SUBJECT,
    NAMED,
    Finding,
    acting,
    capital_name,
    clause_quote,
    in_phrase,
    is_place,
    label,
    pair_name,
    runners,
    status_at,
)
from fairweather.records import Link
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token


def routes(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """The routes that a sentence tells of."""
    groups = word_groups("mechanisms")
    rival = _rival_of(sentence)
    for token in sentence.span:
        if token.lemma_.lower() in groups["routes"] and token.pos_ in ("NOUN", "PROPN"):
            if token.dep_ == "compound" and token.head.lemma_.lower() in groups["routes"]:
                continue
            finding = _route(reading, sentence, token, rival if _is_compared(token) else "")
            if finding:
                yield finding
        elif rival and token.lemma_.lower() in groups["route_ends"] and _is_compared(token):
            yield _end(sentence, token, rival)


def _route(reading: Reading, sentence: Sentence, noun: Token, rival: str) -> Finding | None:
    status = status_at(sentence, noun)
    state = state_of_route(sentence, noun)
    if status in ("hypothetical", "denied") and state != "closed":
        return None
    if status == "planned":
        state = "planned"
    name = capital_name(sentence, noun)
    members, links = _taking_part(reading, sentence, noun, state)
    if not links and not rival and len(members) < 2:
        return None
    called = name or pair_name((actor for actor, _ in members[:3]), noun.lemma_.lower())
    return Finding(
        "corridor",
        name.lower() or "+".join(sorted(a for a, _ in members)),
        called,
        members,
        clause_quote(sentence, noun),
        NAMED if name or links else BY_SUBJECT,
        links=links,
        rival_of=rival,
        status=state,
    )


def _taking_part(
    reading: Reading, sentence: Sentence, noun: Token, state: str
) -> tuple[tuple[tuple[str, str], ...], tuple[Link, ...]]:
    """Who promotes or uses the route, through whom it runs, where it leads."""
    promoters = list(acting(m for m in in_phrase(sentence, noun) if m.kind != "provisional"))
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ == "VBN":
            agent = agent_of(child)
            inside = {t.i for t in agent.subtree} if agent is not None else set()
            promoters += [m.principal for m in sentence.mentions if m.end - 1 in inside]
    promoters += acting(runners(reading, sentence, noun)) + _users(sentence, noun)
    partners = _participants(sentence)
    through, ends, starts = _carried(sentence, noun)
    ends += [actor for actor in _joined_by(sentence, noun) if actor not in through]
    members = [
        (actor, "promoter")
        for actor in dict.fromkeys(promoters)
        if actor not in (*through, *ends, *partners)
    ]
    members += [(actor, "participant") for actor in partners]
    members += [(actor, "transit") for actor in through]
    members += [
        (a, "end") for a in (*starts, *ends) if a not in through and (a, "end") not in members
    ]
    quote = clause_quote(sentence, noun)
    apart = {*ends, *through, *partners}
    origins = starts or [actor for actor in dict.fromkeys(promoters) if actor not in apart][:1]
    links = tuple(
        Link(home, dest, state, quotes=(quote,))
        for dest in ends
        for home in origins
        if home != dest
    )
    return tuple(members), links


def _participants(sentence: Sentence) -> list[str]:
    """Actors set beside the word: "its key participant, India"."""
    words = word_groups("agreements")["participants"]
    heads = [t for t in sentence.span if t.lemma_.lower() in words]
    return [
        m.principal
        for m in sentence.mentions
        for head in heads
        if 0 < m.start - head.i <= 2 and sentence.token(m.start - 1).is_punct
    ]


def _users(sentence: Sentence, noun: Token) -> tuple[str, ...]:
    """The agents of "was used by A as a corridor", "is to be built by A and B"."""
    building = word_groups("mechanisms")["route_built"]
    for verb in list(noun.ancestors)[:5]:
        if verb.lemma_ not in building:
            continue
        agent = agent_of(verb)
        if agent is not None:
            inside = {t.i for t in agent.subtree}
            return acting(m for m in sentence.mentions if m.end - 1 in inside)
    return ()


def _joined_by(sentence: Sentence, noun: Token) -> tuple[str, ...]:
    """Whom a route joins: "the route links A and B"."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_ not in ("join", "link", "connect", "tie"):
        return ()
    inside = {t.i for child in verb.children if child.dep_ == "dobj" for t in child.subtree}
    found = acting(m for m in sentence.mentions if m.end - 1 in inside)
    return found if len(found) > 1 else ()


def _carried(sentence: Sentence, noun: Token) -> tuple[list[str], list[str], list[str]]:
    """Actors that the route runs through, leads to and comes from."""
    cargo = word_groups("mechanisms")["cargo"] | word_groups("mechanisms")["routes"]
    through, ends, starts = [], [], []
    for mention in sentence.mentions:
        last = sentence.token(mention.end - 1)
        if last.dep_ == "nsubjpass" and last.head.lemma_ == "use" and noun.i > last.i:
            through.append(mention.principal)
            continue
        if mention.kind == "provisional":
            continue  # a town that no table has
        if not is_place(sentence, mention) or (mention.kind == "capital" and mention.weak):
            continue
        preposition = last.head
        town = preposition.nbor(-1) if preposition.i > 0 else preposition
        if preposition.lower_ == "in" and town.dep_ == "pobj" and town.pos_ == "PROPN":
            preposition = town.head  # "from Aktau in Kazakhstan"
        carrier = preposition.head
        above = [carrier, *list(carrier.ancestors)[:2]]
        near = any(word.i == noun.i or word.lemma_.lower() in cargo for word in above)
        if not near:
            continue
        if preposition.lower_ in ("through", "across", "via"):
            through.append(mention.principal)
        elif preposition.lower_ in ("to", "into") and last.i > noun.i:
            ends.append(mention.principal)
        elif preposition.lower_ == "from" and last.i > noun.i:
            starts.append(mention.principal)
    return through, ends, starts


def state_of_route(sentence: Sentence, noun: Token) -> str:
    """Closed, reduced, planned or open, by the verb and the words beside the route."""
    groups = word_groups("mechanisms")
    verb = noun.head
    while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
        verb = verb.head
    near = {
        verb.lemma_.lower(),
        *(c.lemma_.lower() for c in noun.children),
        *(c.lower_ for c in noun.children),
    }
    own = noun.dep_ in ("nsubj", "nsubjpass", "dobj")
    loses = noun.dep_ == "nsubj" and verb.lemma_ == "lose"
    if own and near & groups["route_closed"] and not loses:
        return "closed"
    if own and near & groups["route_reduced"]:
        return "reduced"
    if (own and verb.lemma_ in groups["route_planned"]) or "missing" in near:
        return "planned"
    return "open"


def later_state(sentence: Sentence, route: Finding) -> str:
    """What a later sentence says of the use of a route's transit land: reduced, closed."""
    groups = word_groups("mechanisms")
    through = {actor for actor, role in route.members if role == "transit"}
    if not through & {m.principal for m in sentence.mentions}:
        return ""
    for clause in sentence.clauses:
        head = sentence.token(clause.head)
        words = {t.lemma_.lower() for t in head.subtree}
        if not words & {"use", "ability", "access", "transit", "passage", "smuggle"}:
            continue
        if head.lemma_ in groups["route_reduced"]:
            return "reduced"
        if head.lemma_ in groups["route_closed"] and head.dep_ == "ROOT":
            return "closed"
    return ""


# -- rivals -------------------------------------------------------------------------------------


def _rival_of(sentence: Sentence) -> str:
    """Of what the sentence calls something a competitor or an alternative."""
    for token in sentence.span:
        if token.lemma_.lower() not in word_groups("mechanisms")["rivals"]:
            continue
        if token.dep_ not in ("attr", "appos", "oprd", "pobj"):
            continue
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in ("to", "of", "for"):
                for inner in child.children:
                    if inner.dep_ == "pobj" and inner.pos_ == "PROPN":
                        words = [t for t in inner.subtree if t.pos_ in ("PROPN", "PUNCT", "SYM")]
                        return "".join(t.text_with_ws for t in words).strip(" ,.;")
    return ""


def _is_compared(noun: Token) -> bool:
    """Whether the noun is the subject of the comparison."""
    verb = noun.head
    return noun.dep_ == "nsubj" and any(
        c.lemma_.lower() in word_groups("mechanisms")["rivals"] for c in verb.children
    )


def _end(sentence: Sentence, noun: Token, rival: str) -> Finding:
    """A port set against another, under its own name."""
    named = next(
        (
            inner
            for child in noun.children
            if child.dep_ == "prep" and child.lower_ == "of"
            for inner in child.children
            if inner.pos_ == "PROPN"
        ),
        None,
    )
    called = named.text if named is not None else capital_name(sentence, noun) or noun.text
    owners = acting(m for m in sentence.mentions if m.end - 1 in {t.i for t in noun.subtree})
    owners = tuple(actor for actor in owners if called.lower() != label(actor).lower())[:1]
    return Finding(
        "corridor",
        called.lower(),
        called,
        tuple((actor, "owner") for actor in owners),
        clause_quote(sentence, noun),
        NAMED,
        rival_of=rival,
        status="open",
    )
