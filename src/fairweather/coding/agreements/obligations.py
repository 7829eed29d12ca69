"""What a sentence says an agreement binds its parties to, or does not.

The lexicon `obligations.toml` says how each duty is worded; negation is counted along the
path from the wording up to its verb ("lacks a defence clause", "neither side is obliged to
come to the other's aid"), so that a denied duty is absent and a denied act that a duty
forbids is that duty. Suppositions and wishes give nothing; silence gives nothing.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.coding.agreements.parties import parties_among, parties_in
from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.records import Clause, Quote
from fairweather.vocabulary.lexicon import tables, word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Span, Token

LONGEST = 380
"""Code points of a clause's quote."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to word a duty. `forbidden`: the act that the duty denies."""

    obligation: str
    pattern: re.Pattern[str]
    forbidden: bool


@dataclass(frozen=True, slots=True)
class Duty:
    """A clause found in a sentence, with the token at which its wording begins.

    `bound` tells whether the words speak of being bound or of an agreement's contents;
    `unnamed` whether they name nobody who is bound, so that the clause may belong to an
    agreement of an earlier sentence ("neither is obliged to ...", "it holds no ..."). `refers`
    tells whether they name it by a pronoun or by a part ("it does not mention", "nothing in it
    obliges", "its third article"). `term` tells whether they could stand in a list of terms ("the
    services exchange information").
    """

    clause: Clause
    token: int
    bound: bool
    unnamed: bool
    term: bool = False
    refers: bool = False


@functools.cache
def _wordings() -> tuple[tuple[frozenset[str], tuple[Wording, ...]], ...]:
    """For each obligation the quick test and its wordings."""
    made = []
    for table in tables("obligations").values():
        if "obligation" not in table:
            continue
        wordings = [
            Wording(
                table["obligation"],
                re.compile(rf"(?<![\w-]){pattern}(?![\w])"),
                field == "forbidden",
            )
            for field in ("stated", "forbidden")
            for pattern in table.get(field, ())
        ]
        made.append((frozenset(table["words"]), tuple(wordings)))
    return tuple(made)


@functools.cache
def _names() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (table["obligation"], re.compile(rf"(?<!\w)(?:{'|'.join(table['names'])})"))
        for table in tables("obligations").values()
        if table.get("names")
    )


def named_obligations(name: str) -> tuple[str, ...]:
    """The obligations that an agreement's own name gives: "Mutual Defense Treaty"."""
    lower = name.lower()
    return tuple(obligation for obligation, pattern in _names() if pattern.search(lower))


def duties(reading: Reading, sentence: Sentence) -> Iterator[Duty]:
    """The clauses of agreements that a sentence states, whichever agreement it means."""
    text = sentence.text.lower()
    if _is_supposed(text):
        return
    seen: set[tuple[str, str]] = set()
    for quick, wordings in _wordings():
        if not any(word in text for word in quick):
            continue
        for wording in wordings:
            for found in wording.pattern.finditer(text):
                duty = _duty(reading, sentence, wording, found)
                if duty and (duty.clause.obligation, duty.clause.state) not in seen:
                    seen.add((duty.clause.obligation, duty.clause.state))
                    yield duty


def _is_supposed(text: str) -> bool:
    opening = text.lstrip("\"' ").split(" ", 1)[0]
    asked = text.rstrip(" \"'").endswith("?") or text.lstrip("\"' ").startswith("what if")
    return asked or opening in ("were", "had", "suppose", "would")


def _duty(
    reading: Reading, sentence: Sentence, wording: Wording, found: re.Match[str]
) -> Duty | None:
    span = sentence.span
    stretch = span.doc.char_span(span.start_char + found.start(), span.start_char + found.end())
    if stretch is None or len(stretch) == 0:
        return None
    path = _path(stretch)
    text = span.text.lower()
    disputed = any(phrase in text for phrase in word_groups("obligations")["disputing"])
    if _is_imagined(path) and not disputed:
        return None
    denied = _denials(stretch, path) % 2 == 1
    allowed = any(child.lower_ == "may" for token in path for child in token.children)
    permits = allowed and wording.obligation == "basing"  # "its aircraft may use the airfield"
    if not denied and (wording.forbidden or (allowed and not permits)):
        return None
    state = "present" if wording.forbidden or not denied else "absent"
    clause = Clause(
        wording.obligation,
        "disputed" if disputed else state,
        by=_bound(reading, sentence, path),
        against=_against(sentence, found),
        condition=_condition(stretch, path),
        quotes=(_quote(sentence, stretch, path),),
    )
    refers = _refers_to_text(path)
    bound = allowed or refers or _speaks_of_duty(stretch, path) or _are_to(path)
    return Duty(clause, int(stretch.start), bound, not clause.by, _is_present(path), refers)


def _refers_to_text(path: list[Token]) -> bool:
    """Whether the subject of a verb on the path is "it", "nothing in it" or "its article"."""
    groups = word_groups("obligations")
    every = (*path, path[-1].head)
    verbs = [token for token in every if token.lemma_.lower() in groups["contents"]]
    for verb in verbs:
        for subject in verb.children:
            if subject.dep_ not in ("nsubj", "nsubjpass"):
                continue
            inner = {token.lower_ for token in subject.subtree if token.dep_ == "pobj"}
            if subject.lower_ == "it" or (subject.lower_ in groups["nobody"] and "it" in inner):
                return True
            if subject.lemma_.lower() in groups["parts"]:
                return True
    return False


def _are_to(path: list[Token]) -> bool:
    """ "The parties are to consult": an infinitive of duty, said of all of them."""
    whole = word_groups("obligations")["collective"]
    for token, above in itertools.pairwise(path):
        if token.dep_ == "xcomp" and token.tag_ == "VB" and above.lemma_ == "be":
            subjects = [child for child in above.children if child.dep_ == "nsubj"]
            return any(subject.lemma_.lower() in whole for subject in subjects)
    return False


def _is_present(path: list[Token]) -> bool:
    """Whether the wording stands in the simple present, as the terms of a text are told."""
    verb = next((token for token in path if token.pos_ in ("VERB", "AUX")), None)
    if verb is None:
        return False
    return verb.tag_ in ("VBZ", "VBP") or any(c.lower_ == "may" for c in verb.children)


def _speaks_of_duty(stretch: Span, path: list[Token]) -> bool:
    """Whether the words around a duty are of being bound, or of an agreement's contents."""
    groups = word_groups("agreements")
    duty = word_groups("obligations")["duty"]
    words = {token.lemma_.lower() for token in (*path, *stretch, path[-1].head)}
    if _coordinated(path[-1]):
        words.add(path[-1].head.head.lemma_.lower())
    words |= {child.lower_ for token in path for child in token.children if child.dep_ == "aux"}
    first = min(token.i for token in path)
    # The parser may lose a verb of duty between the subject and the act.
    between = {token.lemma_.lower() for token in stretch.doc[first : stretch.start]}
    under = word_groups("obligations")["under"]
    subjects = {
        child.lemma_.lower()
        for token in (*path, path[-1].head)
        for child in token.children
        if child.dep_ in ("nsubj", "nsubjpass")
    }
    subjects |= {
        inner.lemma_.lower()
        for token in path
        for child in token.children
        if child.dep_ == "prep" and child.lower_ in under
        for inner in child.children
    } | words
    nouns = groups["general_nouns"] | groups["specific_nouns"] | groups["referring_nouns"]
    return bool((subjects | between) & duty or subjects & nouns)


# -- along the path from the wording to what says it ------------------------------------------


def _path(stretch: Span) -> list[Token]:
    """The wording's root and what governs it, up to a verb of saying or the end."""
    saying = word_groups("status")["governor_claimed"] | word_groups("status")["governor_reported"]
    duty = word_groups("obligations")["duty"]
    path = [stretch.root]
    while path[-1].head.i != path[-1].i and len(path) < 12:
        token, above = path[-1], path[-1].head
        fronted = token.dep_ == "ccomp" and token.i < above.i
        infinitive = token.tag_ == "VB" and any(c.tag_ == "TO" for c in token.children)
        owed = token.dep_ == "relcl" and infinitive and above.head.lemma_ in duty
        if (token.dep_ in ("advcl", "relcl", "parataxis") and not owed) or fronted:
            break  # "obliges the two to confer" is a relative clause to the parser only
        if token.dep_ == "conj" and token.pos_ in ("VERB", "AUX") and _has_own_subject(token):
            break
        if token.dep_ == "ccomp" and above.lemma_ in saying and above.lemma_ not in duty:
            break
        path.append(above)
    return path


def _has_own_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in verb.children)


def _denials(stretch: Span, path: list[Token]) -> int:
    """How many words deny the wording: its own, those of its verbs and of their subjects."""
    nominal: set[int] = set()
    verbal: set[int] = set()
    reached_verb = False
    for token in path:
        reached_verb = reached_verb or token.pos_ in ("VERB", "AUX")
        (verbal if reached_verb else nominal).update(_deniers(token, token.i != path[0].i))
    verbal |= _deniers_of_saying(path[-1])
    for token in stretch:
        nominal |= _deniers(token, False) - verbal
    only = _only(path)
    # "No alliance and no duty": of the nouns before the verb one denial counts.
    return min(1, len(nominal - only)) + len(verbal - only - nominal)


def _deniers_of_saying(last: Token) -> set[int]:
    """ "Nowhere does the text say that": what denies the words of the text itself."""
    above, groups = last.head, word_groups("agreements")
    if last.dep_ != "ccomp" or above.i >= last.i:
        return set()
    subject = next((c for c in above.children if c.dep_ == "nsubj"), None)
    texts = groups["referring_nouns"] | groups["general_nouns"] | groups["specific_nouns"]
    if subject is None or subject.lemma_.lower() not in texts | {"article", "clause", "document"}:
        return set()
    beside = {c.i for c in above.children if c.lower_ in ("nowhere", "vain")}
    return _deniers(above, False) | beside


def _deniers(token: Token, governs: bool) -> set[int]:
    """The words beside a token that deny it, itself among them where it says "lacks"."""
    groups = word_groups("obligations")
    found = {token.i} if governs and token.lower_ in groups["nobody"] else set()
    if governs and (token.lemma_.lower() in groups["lacking"] or token.lower_ in groups["lacking"]):
        found.add(token.i)
    for child in token.children:
        denying = child.lower_ in groups["nobody"]
        if denying and child.dep_ in ("neg", "det", "nsubj", "nsubjpass", "preconj", "cc"):
            found.add(child.i)
        elif child.dep_ in ("nsubj", "nsubjpass"):
            found |= {
                inner.i
                for inner in child.children
                if inner.lower_ in groups["nobody"] and inner.dep_ in ("det", "neg")
            }
    return found


def _only(path: list[Token]) -> set[int]:
    """Denials that assert: "not only"."""
    return {
        child.i
        for token in path
        for child in token.children
        if child.lower_ == "not"
        and child.i + 1 < len(child.doc)
        and child.nbor(1).lower_ in ("only", "merely", "just")
    }


def _is_imagined(path: list[Token]) -> bool:
    groups = word_groups("obligations")
    lemmas = {token.lemma_.lower() for token in path[1:]}
    if lemmas & groups["wishing"] and not lemmas & groups["duty"]:
        return True
    for token in path:
        for child in token.children:
            if child.tag_ == "MD" and child.lower_ in ("could", "might", "would"):
                governed = token.dep_ == "ccomp" and token.head.lemma_ in groups["duty"]
                meant = governed or _coordinated(token) or _is_of_text(token)
                return not (child.lower_ == "would" and meant)
            if child.dep_ == "mark" and child.lower_ in ("if", "whether", "unless"):
                return True
    return False


def _is_of_text(verb: Token) -> bool:
    """Whether a planned agreement is the subject: "nothing in the treaty would require"."""
    groups = word_groups("agreements")
    nouns = groups["general_nouns"] | groups["specific_nouns"] | groups["referring_nouns"]
    if verb.lemma_.lower() not in word_groups("obligations")["contents"]:
        return False
    subjects = (child for child in verb.children if child.dep_ == "nsubj")
    return any(word.lemma_.lower() in nouns for subject in subjects for word in subject.subtree)


def _coordinated(token: Token) -> bool:
    """Joined to a complement of a word of duty: "declared that ... and that it would act"."""
    above = token.head
    return (
        token.dep_ == "conj"
        and above.dep_ == "ccomp"
        and (above.head.lemma_ in word_groups("obligations")["duty"])
    )


# -- who is bound, against whom, when ----------------------------------------------------------


def _bound(reading: Reading, sentence: Sentence, path: list[Token]) -> tuple[str, ...]:
    """The one party that the sentence says is bound; empty when all are."""
    for token in path:
        for child in token.children:
            if child.dep_ in ("nsubj", "nsubjpass", "poss"):
                parties = parties_in(reading, sentence, child) or _owner(reading, sentence, child)
                if len(parties) == 1:
                    return parties
    return ()


def _owner(reading: Reading, sentence: Sentence, noun: Token) -> tuple[str, ...]:
    if noun.lemma_ not in word_groups("obligations")["duty"]:
        return ()
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    return parties_in(reading, sentence, owner)


def _against(sentence: Sentence, found: re.Match[str]) -> tuple[str, ...]:
    if "against" not in found.groupdict():
        return ()
    start = sentence.span.start_char + found.start("against")
    end = sentence.span.start_char + found.end("against")
    doc = sentence.span.doc
    return parties_among(
        tuple(mention for mention in sentence.mentions if start <= doc[mention.start].idx < end)
    )


def _condition(stretch: Span, path: list[Token]) -> str:
    """The words of the condition, as the document has them in its copy to match on."""
    opens = word_groups("obligations")["conditions"]
    for token in path:
        for child in token.children:
            if child.dep_ == "advcl" and any(
                c.lower_ in opens and c.dep_ in ("mark", "advmod", "aux") for c in child.children
            ):
                words = list(child.subtree)
                return str(child.doc[words[0].i : words[-1].i + 1].text).strip(" ,;.")
    return ""


def _quote(sentence: Sentence, stretch: Span, path: list[Token]) -> Quote:
    """The clause that words the duty, with its subject; the bare wording if that is long."""
    tokens = [token for part in path for token in (part, *part.children)] + list(stretch)
    tokens += [token.left_edge for token in tokens if token.dep_ in ("nsubj", "nsubjpass")]
    inside = [t.i for t in tokens if sentence.span.start <= t.i < sentence.span.end]
    first, last = min(inside), max(inside)
    ends = max((t.i for t in path[0].subtree), default=last)
    start, end = sentence.place(sentence.token(first), sentence.token(max(last, ends)))
    if end - start > LONGEST:
        start, end = sentence.place(stretch[0], stretch[-1])
    return sentence.quote(start, end)
