"""What a text says of an act of support: given, promised, withheld, or only imagined?

The reckoning starts at the act ("supply", "delivery") and climbs the parse. At each step
the verb's own mood is read (will, may, not), then what its governor makes of it: under
"refuse" it was withheld, under "unlikely" it is not expected, under "ask" it is no support
at all. Where the way up is lost nothing is said.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fairweather.coding.grammar.clauses import is_negated
from fairweather.coding.support.effects import (
    NOTHING,
    TELLING,
    Standing,
    apply,
    denied,
    effect_of,
    has_particle,
    under_modal,
)
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

SURVIVES_DENIAL = frozenset({"likely", "possible", "obliged", "withheld", "held"})
"""Effects that still say something when their own word is denied ("is not likely to")."""

INTENT = frozenset({"plan", "intend", "intention"})
"""Denied intent rules out; a denied promise says nothing."""

LEADS_ON = frozenset({"xcomp", "ccomp", "pcomp", "csubj", "csubjpass", "acl", "dobj", "attr",
                      "oprd", "appos", "acomp"})  # fmt: skip
LONGEST_CLIMB = 8
GOES_ON = frozenset({"continue", "persist", "remain"})
KEPT = frozenset({"frozen", "suspended", "delayed", "blocked", "cancelled", "canceled", "withheld",
                  "undelivered", "overdue", "stalled", "postponed"})  # fmt: skip
"""Participles that say of a thing that it has not come."""


def standing_of(act: Token) -> Standing:
    """The standing of an act of support, from its token up to the sentence's verb."""
    standing = _climbed(act)
    if standing.condition is not None and standing.state == "given":
        return standing.to("possible", sure=0.8)
    return standing


def _climbed(act: Token) -> Standing:
    standing = Standing()
    node, came_from = act, None
    for _ in range(LONGEST_CLIMB):
        standing = _moody(node, standing, came_from)
        if not standing.state or node.head.i == node.i:
            return standing
        above, standing = _step(node, standing, act)
        if not standing.state or above is None:
            return standing
        node, came_from = above, node
    return standing


def _step(node: Token, standing: Standing, act: Token) -> tuple[Token | None, Standing]:
    """The next word up, and the standing under it; None where the climb ends."""
    relation, head = node.dep_, node.head
    if relation == "conj":
        return _beside(node, act), standing
    if relation == "relcl" or (relation == "acl" and node.tag_ in ("VBN", "VBG")):
        return None, _rumoured(head, standing)
    if relation == "advcl":
        return None, _under_adverbial(node, standing)
    if relation in ("nsubj", "nsubjpass"):
        goes_on = head.lemma_ in GOES_ON and standing.state == "given" and not is_negated(head)
        # "deliveries will continue": there are some
        return (None, standing) if goes_on else (head, _as_subject(head, relation, standing))
    if relation == "pobj" or (relation == "pcomp" and head.dep_ == "prep"):
        return _under_preposition(node, head, standing)
    if relation == "ccomp" and node.i < head.i and effect_of(head) not in TELLING:
        return None, standing  # two main clauses side by side, which the parser joins so
    if relation in LEADS_ON:
        return head, _governed(head, node, standing)
    return None, standing


def _beside(node: Token, act: Token) -> Token | None:
    """Where the climb goes from a word that is joined to another."""
    head = node.head
    if node.pos_ == "VERB" and _finite(node) and node.i != act.i:
        return _past_joined(head)
    if node.pos_ == "VERB" and not _finite(node):
        return head  # "will arm and train": one mood for both
    if node.pos_ in ("NOUN", "PROPN") and head.pos_ in ("NOUN", "PROPN", "NUM", "PRON"):
        return head  # "offered fuel and cover": what befell one befell both
    return _past_joined(head)


def _rumoured(noun: Token, standing: Standing) -> Standing:
    """Reported where the noun stands in what reports, rumours or accusations are about."""
    for word in (noun, *noun.ancestors):
        tellers = [word, *(c for c in word.children if c.dep_ == "nsubj")]
        told = next((t for t in tellers if effect_of(t) == "reported"), None)
        if told is not None and standing.state == "given":
            return standing.to("reported", told.i)
        if word.pos_ in ("VERB", "AUX"):
            return standing
    return standing


def _past_joined(head: Token) -> Token | None:
    """Past a verb of equal rank: only what governs both still counts."""
    return head if head.dep_ in ("ccomp", "xcomp", "pcomp") else None


def _finite(verb: Token) -> bool:
    return verb.tag_ in ("VBD", "VBP", "VBZ") or any(
        child.dep_ in ("aux", "auxpass") and child.lower_ != "to" for child in verb.children
    )


def _moody(node: Token, standing: Standing, came_from: Token | None) -> Standing:
    """The standing under the word's own modal, adverbs, negation and condition."""
    if node.pos_ not in ("VERB", "AUX"):
        return _noun_mood(node, standing)
    if standing.condition is None:
        standing = replace(standing, condition=_condition_on(node))
    for child in node.children:
        if child.dep_ == "aux" and child.tag_ == "MD":
            standing = under_modal(child, standing)
        elif child.dep_ == "advmod" and effect_of(child) in (
            "likely",
            "unlikely",
            "possible",
            "reported",
        ):
            standing = apply(effect_of(child), standing, child)
    teller = _closing_teller(node)
    if teller is not None:
        speakers = tuple(child for child in teller.children if child.dep_ == "nsubj")
        told = apply("reported", standing, teller)
        standing = replace(told, speakers=(*told.speakers, *speakers))
    if _is_denied(node, came_from):
        standing = denied(node, standing)
    return standing


def _closing_teller(verb: Token) -> Token | None:
    """The verb of "..., the minister said", which the parser joins as if it were a deed."""
    for child in verb.children:
        if child.dep_ not in ("conj", "parataxis", "advcl") or effect_of(child) not in (
            "said",
            "reported",
        ):
            continue
        subject = next((c for c in child.children if c.dep_ == "nsubj"), None)
        first = subject.left_edge if subject is not None else child
        if first.i > verb.i and child.doc[first.i - 1].text in (",", '"', "''"):
            return child
    return None


def _condition_on(verb: Token) -> Token | None:
    """The "if" clause on a verb, or on the purpose clause beside it."""
    near = [child for child in verb.children if child.dep_ in ("advcl", "xcomp")]
    further = [inner for child in near for inner in child.children if inner.dep_ == "advcl"]
    return next((clause for clause in (*near, *further) if _opens_condition(clause)), None)


def _noun_mood(node: Token, standing: Standing) -> Standing:
    for child in node.children:
        if child.dep_ == "det" and child.lower_ in ("no", "neither"):
            standing = denied(child, standing)
        elif child.dep_ in ("amod", "advmod") and effect_of(child) in (
            "possible",
            "likely",
            "unlikely",
            "reported",
            "limited",
        ):
            standing = apply(effect_of(child), standing, child)
        elif child.dep_ == "amod" and child.lower_ in ("promised", "planned", "proposed"):
            standing = standing.to("promised", child.i)
        elif child.dep_ == "amod" and child.lower_ in KEPT and standing.state == "given":
            standing = standing.to("withheld", child.i)
    return standing


def _has_nobody(verb: Token) -> bool:
    """Whether a verb's subject is nobody or none of them."""
    subjects = (child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass"))
    return any(subject.lower_ in ("none", "nothing", "nobody") for subject in subjects)


def _is_denied(verb: Token, came_from: Token | None) -> bool:
    """Whether the verb is denied by more than the "no" of the noun that was climbed from."""
    if not (is_negated(verb) or _has_nobody(verb)):
        return False
    if verb.pos_ == "AUX" and came_from is not None and came_from.dep_ == "nsubj":
        said = [child for child in verb.children if child.dep_ == "acomp"]
        if said and not any(effect_of(word) for word in said):
            return False  # "these deliveries are not large" denies no delivery
    if any(
        word.lower_ in ("only", "just", "merely") and word.nbor(-1).lower_ in ("not", "n't")
        for word in verb.lefts
        if word.i > 0
    ):
        return False
    if came_from is not None and any(c.lower_ in ("no", "neither") for c in came_from.children):
        return any(child.dep_ == "neg" for child in verb.children)
    return True


def _governed(head: Token, node: Token, standing: Standing) -> Standing:
    """What a governing verb, noun or adjective makes of the act under it."""
    if head.pos_ == "AUX":
        judged = [c for c in head.children if c.dep_ in ("acomp", "attr") and c.i != node.i]
        if judged:
            return apply(effect_of(judged[0]), standing, judged[0])
        due = node.dep_ == "xcomp" and node.tag_ == "VB"  # "is to lend"
        return apply("promised", standing, head) if due else standing
    if _is_turned_down(head):
        return standing.to("withheld", head.head.i)
    if _is_beyond_belief(head):
        return apply("unlikely", standing, head)
    effect = effect_of(head)
    if effect in ("said", "promised") and head.pos_ == "VERB":
        speakers = tuple(c for c in head.children if c.dep_ == "nsubj")
        standing = replace(standing, speakers=(*standing.speakers, *speakers))
    if effect == "said":
        return NOTHING if is_negated(head) else apply("reported", standing, head)
    if effect == "ruled_out" and head.lemma_ == "rule" and not has_particle(head, "out"):
        return NOTHING
    if effect and _is_denied(head, node):
        return _under_denied(effect, standing, head)
    if not effect:
        return _unlisted(head, node, standing)
    return apply(effect, standing, head)


def _is_beyond_belief(verb: Token) -> bool:
    """ "Hard to imagine", "few believe": it is not expected."""
    groups = word_groups("support")
    if verb.lemma_.lower() not in groups["believing"]:
        return False
    if verb.head.lower_ in groups["hard"]:
        return True
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    return subject is not None and subject.lower_ in ("few", "nobody", "none", "hardly")


def _is_turned_down(noun: Token) -> bool:
    """Whether a proposal was: "a motion to send troops was rejected"."""
    groups, verb = word_groups("support"), noun.head
    return (
        noun.lemma_.lower() in groups["proposals"]
        and noun.dep_ in ("dobj", "nsubjpass")
        and verb.lemma_.lower() in groups["rejecting"]
        and not is_negated(verb)
    )


def _under_denied(effect: str, standing: Standing, head: Token) -> Standing:
    """Under a denied governor; `_moody` then denies what this leaves."""
    if effect in SURVIVES_DENIAL or head.lemma_.lower() in INTENT:
        return apply(effect, standing, head)
    return NOTHING


def _unlisted(head: Token, node: Token, standing: Standing) -> Standing:
    """Under a word of no list: an infinitive is no fact, an object may be one."""
    if node.tag_ == "VB" and node.dep_ in ("xcomp", "acl"):
        return NOTHING
    return replace(standing, sure=standing.sure * 0.8)


def _as_subject(head: Token, relation: str, standing: Standing) -> Standing:
    """The act as a subject: "aid was suspended", "deliveries continue"."""
    effect = effect_of(head)
    odds = _odds_of(head)
    if odds:
        return apply(odds, standing, head)
    if relation == "nsubjpass":
        if not effect and standing.state == "promised":
            return standing  # whatever befell a pledge, it was made
        return apply(effect, standing, head) if effect else replace(standing, sure=0.7)
    if effect in ("held", "withheld") or head.pos_ == "AUX":
        return standing if head.pos_ == "AUX" else apply(effect, standing, head)
    return replace(standing, sure=standing.sure * 0.7)


def _odds_of(copula: Token) -> str:
    """What "the chances ... are slim" makes of the act under the chances; empty without."""
    groups = word_groups("support")
    if copula.pos_ != "AUX" or not any(
        child.dep_ == "nsubj" and child.lemma_.lower() in groups["odds"]
        for child in copula.children
    ):
        return ""
    for child in copula.children:
        if child.dep_ in ("acomp", "attr"):
            if child.lower_ in groups["slim"]:
                return "unlikely"
            if child.lower_ in groups["good_odds"]:
                return "likely"
    return ""


def _under_adverbial(node: Token, standing: Standing) -> Standing:
    """The act in an adverbial clause: no fact under "if" or as a purpose."""
    marks = {child.lower_ for child in node.children if child.dep_ in ("mark", "advmod", "aux")}
    if _opens_condition(node) or ("to" in marks and node.tag_ == "VB"):
        return NOTHING
    if marks & {"before", "until", "unless", "lest"}:
        return NOTHING
    return standing


WISHING_PREPOSITIONS = frozenset(
    {"for", "against", "despite", "instead", "than", "about", "if", "toward", "towards"}
)
LEADING_PREPOSITIONS = frozenset({"of", "from", "to", "on", "in", "at", "with", "under"})


def _under_preposition(
    node: Token, preposition: Token, standing: Standing
) -> tuple[Token | None, Standing]:
    """The act after a preposition: "of", "from" lead on; "without" denies; "for" is a wish."""
    word, head = preposition.lower_, preposition.head
    if word == "out" and head.lemma_ == "rule" and not is_negated(head):
        return head, standing.to("ruled_out", head.i)
    if word == "without":
        return None, denied(preposition, standing)
    if word == "of" and _falls_short(head):
        return None, apply("withheld", standing, head)
    if word == "against" and head.lemma_.lower() in ("vote", "decide", "decision"):
        return head, apply("withheld", standing, head)
    if word in WISHING_PREPOSITIONS:
        return None, _wished(word, head, standing)
    if word == "on" and head.lemma_ in ("go", "keep", "carry"):
        return head, standing  # "went on training"
    hesitant = word in ("over", "about") and effect_of(head) == "withheld"
    if word in LEADING_PREPOSITIONS or hesitant:  # "dragged its heels over sending"
        return _led_on(word, head, standing)
    if word in ("by", "after", "since", "through", "due"):
        return None, _mood_of_clause(head, standing)
    return None, replace(standing, sure=standing.sure * 0.6)


def _falls_short(adverb: Token) -> bool:
    """ "Stopped short of promising": not done."""
    return adverb.lower_ == "short" and adverb.head.lemma_.lower() in ("stop", "fall", "halt")


def _wished(word: str, head: Token, standing: Standing) -> Standing:
    """After "for" and the like: nothing, unless the word before takes it for granted."""
    effect = effect_of(head)
    if word == "about" and effect == "reported":
        return apply("reported", standing, head)
    if word == "despite" or (word == "for" and effect in ("held", "reported")):
        return replace(apply(effect, standing, head), sure=standing.sure * 0.8)
    return NOTHING


def _led_on(word: str, head: Token, standing: Standing) -> tuple[Token | None, Standing]:
    """After "of" and the like: what the word before makes of it."""
    effect = effect_of(head)
    if head.pos_ == "VERB" and word != "to" and effect in ("", "held", "said"):
        return None, replace(standing, sure=standing.sure * 0.7)
    if effect and is_negated(head):
        return head, _under_denied(effect, standing, head)
    return head, apply(effect, standing, head)


def _mood_of_clause(verb: Token, standing: Standing) -> Standing:
    """ "By supplying": as real as the clause that it explains."""
    modal = any(child.tag_ == "MD" for child in verb.children)
    return NOTHING if modal else standing


def _opens_condition(clause: Token) -> bool:
    return not _tells_when(clause) and any(_is_opening(child) for child in clause.children)


def _tells_when(clause: Token) -> bool:
    """ "When X rammed Y" tells when it was; "when X is attacked" is a condition."""
    opening = {child.lower_ for child in clause.children if child.dep_ in ("mark", "advmod")}
    verbs = (clause, *(child for child in clause.children if child.dep_ in ("aux", "auxpass")))
    past = any(verb.tag_ == "VBD" for verb in verbs)
    return past and bool(opening & {"when", "once", "until"}) and not _foretells(clause.head)


def _foretells(verb: Token) -> bool:
    return any(child.tag_ == "MD" for child in verb.children)


def _is_opening(word: Token) -> bool:
    conditions = word_groups("support")["conditions"]
    if word.dep_ == "aux" and word.lower_ in ("should", "were", "had"):
        return word.head.dep_ == "advcl" and word.i == word.head.left_edge.i  # "should X fall"
    return word.dep_ in ("mark", "advmod") and word.lower_ in conditions


def condition_places(standing: Standing) -> tuple[int, ...]:
    """First and last token of the condition, from the word that opens it; empty without."""
    if standing.condition is None:
        return ()
    opening = next(c.i for c in standing.condition.children if _is_opening(c))
    return opening, max(token.i for token in standing.condition.subtree)
