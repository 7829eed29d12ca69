"""Agreements: one statement for each that a document speaks of, with stages and clauses.

Every mention ("the new treaty", "the 2001 accord", "it") is resolved to one agreement of
the document by name, year, age, matter and parties before anything is said of it; what the
sentences say of all its mentions is gathered. `confidence` is set by hand: 0.9 for a named
or signed agreement with both parties in the text; 0.2 less where parties are inferred from
the pair in focus (0.1 where the text also tells what it binds to); 0.55 where nothing befell
it; below 0.5 where only one party is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fairweather.coding.agreements.mentions import (
    AgreementMention,
    acronyms_of,
    find_mentions,
    number_of,
)
from fairweather.coding.agreements.names import title_kind, title_names_agreement
from fairweather.coding.agreements.obligations import duties, named_obligations
from fairweather.coding.agreements.parties import parties_in
from fairweather.coding.agreements.resolution import REACH, Told, resolve
from fairweather.coding.agreements.stages import LONGEST, Step, steps
from fairweather.coding.agreements.uses import uses
from fairweather.coding.grammar.attached_dates import date_of
from fairweather.coding.grammar.once import once_a_reading
from fairweather.coding.grammar.phrases import subject_of
from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.ledger.merging import merge_clauses, merge_stages
from fairweather.records import Agreement, Clause, Quote, Stage
from fairweather.vocabulary.gazetteer import load_gazetteer
from fairweather.vocabulary.lexicon import word_groups

CODER = "rules/1"
DATED = 0.5
"""How far "the treaty of 1990" says that it was signed then."""


@once_a_reading
def agreements(reading: Reading) -> Iterator[Agreement]:
    """One statement for each agreement of the document."""
    told = list(_from_title(reading))
    acronyms = acronyms_of(reading)
    for sentence in reading.sentences:
        _read(reading, sentence, told, acronyms)
    for one in told:
        record = _record(reading, one)
        if record is not None:
            yield record


def _from_title(reading: Reading) -> Iterator[Told]:
    """The agreement that the document itself is: its title is the name of one."""
    title, kind = reading.document.title.strip(), title_kind(reading.document.title)
    if not kind or not reading.sentences:
        return
    sentence = reading.sentences[0]
    start = sentence.span.start
    published = reading.document.published
    mention = AgreementMention(sentence, start, start, start, kind, name=title, definite=True)
    quote = sentence.quote(sentence.start, min(sentence.end, sentence.start + LONGEST))
    date = replace(published, basis="publication") if published.known else published
    one = Told([mention], [Step("announced", (), date, quote, 0.8)], quotes=[quote], itself=True)
    for party in reading.focus:
        _join(one.parties, party)
    yield one


def _read(reading: Reading, sentence: Sentence, told: list[Told], acronyms: dict[str, str]) -> None:
    """Everything that a sentence adds to what has been told."""
    here: dict[int, Told] = {}
    found = list(find_mentions(sentence, acronyms))
    for mention in (*found, *_pronouns(sentence)):
        taken = tuple(steps(reading, mention))
        one = resolve(reading, mention, taken, told, here)
        if one is None:
            continue
        here[mention.head] = one
        _add(reading, one, mention, taken)
    _supersede(here, told)
    _talks(sentence, told)
    for duty in duties(reading, sentence):
        owner = _owner_of(sentence, duty.token, here) if duty.bound else None
        if owner is None and duty.bound and (duty.unnamed or duty.refers):
            owner = _spoken_of(reading, sentence, told)
        if owner is None and duty.bound and told and told[0].itself:
            owner = told[0]
        if owner is None and duty.term:
            owner = _whose_terms(sentence, told)
        if owner is not None:
            owner.clauses.append(duty.clause)
            owner.listed = sentence.number


def _pronouns(sentence: Sentence) -> Iterator[AgreementMention]:
    """ "It", which means an agreement where a verb of signing governs it."""
    for token in sentence.span:
        verb = token.head if token.dep_ != "pobj" else token.head.head
        if (
            token.lower_ == "it"
            and token.dep_ in ("dobj", "nsubj", "nsubjpass", "pobj")
            and verb.lemma_ in word_groups("agreements")["said_of_it"]
        ):
            yield AgreementMention(
                sentence, token.i, token.i, token.i, "", definite=True, refers_only=True
            )


# -- what is added to it ------------------------------------------------------------------------


def _add(reading: Reading, one: Told, mention: AgreementMention, taken: tuple[Step, ...]) -> None:
    one.mentions.append(mention)
    one.term_years = one.term_years or mention.term_years or _term(mention)
    for party in (*mention.parties, *_bound_by(reading, mention)):
        _join(one.parties, party)
    for step in taken:
        if step.replacing:
            continue
        one.steps.append(step)
        if step.binds:
            for party in step.by:
                _join(one.parties, party)
    if mention.date.known and not any(step.stage == "signed" for step in taken):
        quote = _phrase_quote(mention, dated=True)
        one.steps.append(Step("signed", (), mention.date, quote, DATED))
    if mention.name or (not mention.refers_only and taken):
        one.quotes.append(taken[0].quote if taken else _phrase_quote(mention))
    written = mention.name or " ".join((*mention.words, mention.kind))
    for obligation in named_obligations(written):
        one.clauses.append(Clause(obligation, "present", quotes=(_phrase_quote(mention),)))


def _join(parties: list[str], party: str) -> None:
    if party not in parties:
        parties.append(party)


def _phrase_quote(mention: AgreementMention, dated: bool = False) -> Quote:
    """The words of the mention, with the date beside them where that is told from them."""
    sentence = mention.sentence
    start, end = sentence.place(sentence.token(mention.first), sentence.token(mention.last))
    if dated:
        for date in sentence.dates:
            if date.when == mention.date and start - 12 <= date.start <= end + 12:
                start, end = min(start, date.start), max(end, date.end)
        end += sentence.document.text[end : end + 1] == ")"
    return sentence.quote(start, end)


def _bound_by(reading: Reading, mention: AgreementMention) -> tuple[str, ...]:
    """Those bound by it: the subject of "under the treaty", its participants by name."""
    groups = word_groups("agreements")
    token, sentence = mention.topmost, mention.sentence
    preposition = token.head
    if token.dep_ == "dobj" and preposition.lemma_ in groups["upholding"]:
        clause = sentence.clause_of(preposition.i)
        upheld = parties_in(reading, sentence, subject_of(sentence, clause) if clause else None)
        return upheld if len(upheld) > 1 else ()
    if preposition.dep_ not in ("prep", "agent") or token.dep_ != "pobj":
        return ()
    above = preposition.head
    if preposition.lower_ in groups["bound_by"] and len(mention.parties) < 2:
        clause = sentence.clause_of(above.i)
        return parties_in(reading, sentence, subject_of(sentence, clause) if clause else None)
    if above.lemma_ in groups["participants"]:
        return _participants(reading, mention)
    owner = next((c for c in above.children if c.dep_ == "poss"), None)
    return parties_in(reading, sentence, owner)


def _participants(reading: Reading, mention: AgreementMention) -> tuple[str, ...]:
    """Participants named behind it: "parties to the pact (with the exception of X)"."""
    sentence = mention.sentence
    following = sentence.span.doc[mention.last + 1 : mention.last + 12]
    for token in following:
        if token.lower_ in ("of", "including", "as", "like", "except") and token.i > mention.last:
            named = next((c for c in token.children if c.dep_ == "pobj"), None)
            return parties_in(reading, sentence, named)[:1] if named is not None else ()
    return ()


def _term(mention: AgreementMention) -> float | None:
    """The years that an agreement runs: "over the next 20 years", "binds them for ten years"."""
    for use in uses(mention.token):
        if use.role not in ("subject", "object") or any(
            c.lower_ in ("has", "have", "had") for c in use.word.children
        ):
            continue
        for token in use.word.subtree:
            if token.lemma_ == "year" and token.dep_ in ("pobj", "attr", "npadvmod"):
                number = next((c for c in token.children if c.dep_ == "nummod"), None)
                before = token.head.lower_ in ("over", "for") or token.dep_ == "attr"
                if number is not None and before and token.nbor(1).lower_ not in ("ago", "old"):
                    return number_of(number.text)
    return None


def _supersede(here: dict[int, Told], told: list[Told]) -> None:
    """The later of two agreements in one sentence, where one replaces the other."""
    for head, older in here.items():
        step = next((s for s in older.steps if s.stage == "replaced"), None)
        if step is None:
            continue
        mention = next(m for m in older.mentions if m.head == head)
        newer = next((one for one in here.values() if one is not older), None)
        if newer is None and step.confidence == 1.0:
            newer = next(
                (
                    one
                    for one in reversed(told)
                    if one is not older
                    and (
                        one.age == "new"
                        or set(one.parties) & set(older.parties)
                        or older.age == "old"
                    )
                ),
                None,
            )
        if newer is not None and newer.supersedes is None:
            newer.supersedes = older
            if not older.parties:
                older.parties += newer.parties  # a pair replaces what is its own
        if mention.sentence.clause_of(head) and step.confidence < 1.0:
            older.steps.remove(step)  # only planned: the older one still stands


def _talks(sentence: Sentence, told: list[Told]) -> None:
    """ "Negotiations to revise their ties began in 2020", beside an agreement of theirs."""
    groups = word_groups("agreements")
    for token in sentence.span:
        if token.lemma_.lower() not in groups["negotiation_nouns"] or token.dep_ != "nsubj":
            continue
        aims = [c for c in token.children if c.dep_ in ("acl", "relcl") and c.tag_ == "VB"]
        if not any(c.lemma_ in groups["negotiated_to"] for c in aims):
            continue
        clause = sentence.clause_of(token.head.i)
        near = [one for one in told if one.last >= sentence.number - REACH]
        if clause is None or clause.status not in ("factual", "reported", "claimed") or not near:
            continue
        latest = max(near, key=lambda one: one.last)
        newer = [o for o in told if o.age == "new" and latest.kind_fits(o.mentions[-1])]
        one = newer[-1] if newer else latest
        if any(m.sentence.number == sentence.number for m in one.mentions):
            continue
        start, end = sentence.place(
            sentence.token(min(clause.tokens)), sentence.token(max(clause.tokens))
        )
        one.steps.append(
            Step("negotiation", (), date_of(sentence, token.head), sentence.quote(start, end), 0.6)
        )


def _owner_of(sentence: Sentence, token: int, here: dict[int, Told]) -> Told | None:
    """The agreement of the sentence that a duty belongs to: the last before it, or after."""
    before = [head for head in here if head <= token]
    after = [head for head in here if head > token]
    if before:
        return here[max(before)]
    return here[min(after)] if after else None


def _whose_terms(sentence: Sentence, told: list[Told]) -> Told | None:
    """The agreement whose terms the sentences just before list, so that this goes on with it."""
    listing = [one for one in told if 0 <= sentence.number - one.listed <= 1]
    return listing[-1] if len(listing) == 1 else None


def _spoken_of(reading: Reading, sentence: Sentence, told: list[Told]) -> Told | None:
    """The agreement that the sentences just before spoke of, or that the title is about."""
    standing = [one for one in told if one.age != "old"]
    near = [
        one
        for one in standing
        if one.last >= sentence.number - REACH
        and one.mentions[-1].sentence.passage >= sentence.passage - 1
    ]
    if near:
        return max(near, key=lambda one: one.last)
    about_one = title_names_agreement(reading.document.title) and len(standing) == 1
    return standing[0] if about_one else None


# -- the record ---------------------------------------------------------------------------------


def _record(reading: Reading, one: Told) -> Agreement | None:
    parties, inferred = _parties(reading, one)
    stages = merge_stages(
        [Stage(s.stage, _signers(s, parties), s.date, (s.quote,)) for s in one.steps]
    )
    if not one.name and not stages and not one.clauses:
        return None
    if not one.quotes:
        one.quotes.append(_phrase_quote(one.mentions[0]))
    return Agreement(
        name=_called(one, parties),
        parties=parties,
        kind=_kind(one),
        stages=stages,
        clauses=merge_clauses(one.clauses),
        term_years=one.term_years,
        supersedes=_called(one.supersedes, parties) if one.supersedes else "",
        quotes=tuple(dict.fromkeys(one.quotes[:4])),
        confidence=_confidence(one, parties, inferred),
        coder=CODER,
    )


def _signers(step: Step, parties: tuple[str, ...]) -> tuple[str, ...]:
    """Who took a step; what two parties sign both sign, though only one be named."""
    together = step.stage in ("signed", "initialled") and len(parties) == 2
    return parties if together and len(step.by) == 1 and step.by[0] in parties else step.by


def _parties(reading: Reading, one: Told) -> tuple[tuple[str, ...], bool]:
    """Its parties, and whether some of them are inferred from the pair in focus."""
    parties = tuple(one.parties)
    if len(parties) >= 2 or len(reading.focus) != 2:
        return parties, False
    if one.name and not _is_pairs_own(one):
        return parties, False
    if set(parties) <= set(reading.focus):
        return tuple(dict.fromkeys((*parties, *reading.focus))), True
    return parties, False


def _is_pairs_own(one: Told) -> bool:
    """A named agreement of which the document says more than its name."""
    told_of = bool(one.steps or one.clauses)
    bilateral = word_groups("agreements")["general_topics"]
    called = {word for m in one.mentions if m.name for word in m.name.lower().split()}
    if told_of and len(called & bilateral) > 0:
        return True  # "the Mutual Defence Treaty" of a text on two states
    return bool(one.steps) and any(m.definite and not m.name for m in one.mentions)


def _kind(one: Told) -> str:
    named = [m.kind for m in one.mentions if m.name and m.kind]
    general = word_groups("agreements")["general_nouns"]
    specific = [m.kind for m in one.mentions if m.kind and m.kind not in general]
    kinds = named or specific or [m.kind for m in one.mentions if m.kind]
    return kinds[0] if kinds else "agreement"


def _called(one: Told, parties: tuple[str, ...]) -> str:
    """Its name; without one the pair, the matter, the kind and the year."""
    if one.name:
        return one.name
    mention = max(one.mentions, key=lambda m: (len(m.topics), -m.sentence.number))
    matter = [word for word in mention.words if word.replace("-", " ").split()[0] in mention.topics]
    pair = "–".join(_name_of(party) for party in parties[:3])
    year = one.made.since[:4] if one.made.since and one.made.since == one.made.until else ""
    words = [pair, *dict.fromkeys(matter), _kind(one)]
    return " ".join(word for word in words if word) + (f" of {year}" if year else "")


def _name_of(actor: str) -> str:
    listed = load_gazetteer().actors.get(actor)
    return str(getattr(listed, "name", "")) or actor


def _confidence(one: Told, parties: tuple[str, ...], inferred: bool) -> float:
    surest = max((step.confidence for step in one.steps), default=0.0)
    told = 0.9 if surest >= 1.0 else 0.8 if surest >= 0.8 else 0.65 if surest else 0.55
    if one.clauses and not one.steps:
        told = 0.7
    if inferred:
        told -= 0.1 if one.clauses else 0.2
        if not one.clauses and not any(step.binds or step.date.known for step in one.steps):
            told = min(told, 0.45)
    if len(parties) < 2:
        told = min(told, 0.6 if one.name and one.steps and parties else 0.45)
    return round(told, 2)
