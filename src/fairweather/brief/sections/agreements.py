"""Agreements: their life, their term, the clauses they hold and those they lack."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fairweather.brief.evidence import Evidence, by_whom, different_documents
from fairweather.brief.lines import Line, Section
from fairweather.brief.sections.duties import owed
from fairweather.brief.wording import clean, counted, listing, name, phrase, sentence, when_so
from fairweather.history.pacts import in_force
from fairweather.records import Agreement, Clause, Quote, Stage, shorten
from fairweather.vocabulary import vocabulary

LONGEST_NAME = 90
MOST_STAGES = 5
"""Stages told of one agreement: the last ones, as they decide how it stands."""

WEIGHTY = frozenset({"treaty", "pact", "alliance", "agreement", "accord"})
"""Kinds of agreement that bind more than a declaration or a programme does."""


def agreements_section(evidence: Evidence) -> Section:
    """The agreements between the two, the most binding first."""
    ordered = most_binding(evidence)
    lines = [
        line
        for agreement in ordered
        for line in (_life(agreement, ordered, evidence), *_clauses(agreement, evidence))
    ]
    a, b = evidence.pair
    return Section(
        key="agreements",
        title="Agreements",
        lines=tuple(lines),
        find=f"fairweather find agreements --actor {a} --actor {b}",
    )


def most_binding(evidence: Evidence) -> list[Agreement]:
    """Agreements that stand first, then by the weight of their kind and what is known."""

    def stands(agreement: Agreement) -> bool:
        return bool(agreement.stages) and in_force(agreement, evidence.day)

    return sorted(weightiest(evidence), key=stands, reverse=True)


def weightiest(evidence: Evidence) -> list[Agreement]:
    """Agreements by the weight of their kind and what is known, whether they stand or not."""

    def rank(agreement: Agreement) -> tuple[bool, int, int, int]:
        bilateral = set(agreement.parties) == set(evidence.pair)
        clauses, stages = len(agreement.clauses), len(agreement.stages)
        dated = any(stage.date.known for stage in agreement.stages)
        weight = 2 * (agreement.kind in WEIGHTY) + 2 * bool(clauses) + dated
        return bilateral, weight, clauses, stages

    return sorted(evidence.profile.agreements, key=rank, reverse=True)


def named(agreement: Agreement, all_of_them: Sequence[Agreement], evidence: Evidence) -> str:
    """The agreement's title, with what tells it from others that are called the same."""
    title = titled(agreement.name)
    if sum(titled(other.name) == title for other in all_of_them) < 2:
        return title
    dates = (stage.date for stage in agreement.stages if stage.date.known)
    first = next(dates, None)
    year = (first.since or first.until or "")[:4] if first else ""
    if year:
        return f"{title} ({year})"
    told = evidence.published(agreement)
    return f"{title} (as told {when_so(told)})" if told.known else title


def _life(agreement: Agreement, ordered: Sequence[Agreement], evidence: Evidence) -> Line:
    """One sentence: what the agreement is called, whom it joins, what became of it."""
    told = _telling_stages(agreement.stages)
    title = _undated(named(agreement, ordered, evidence), told)
    fate = f"{became(told, agreement, title)}{_term(agreement)}{_replaces(agreement, title)}"
    text = f"the {title}{_others(agreement, evidence)} {fate}"
    passages = tuple(quote for stage in told for quote in different_documents(stage.quotes, 1))
    return Line(sentence(text), (agreement.id,), passages=passages or agreement.quotes[:1])


def _undated(title: str, told: Sequence[Stage]) -> str:
    """The title without a year at its end that the sentence tells anyhow."""
    bare, _, year = title.rpartition(" of ")
    dates = (stage.date.since or stage.date.until or "" for stage in told)
    return bare if bare and year.isdigit() and any(d[:4] == year for d in dates) else title


def became(told: Sequence[Stage], agreement: Agreement, title: str) -> str:
    """ "was signed on 17 January 2025 and has been in force since 2 October 2025"."""
    was, has = ("were", "have") if is_plural(title) else ("was", "has")
    if not told:
        return f"{'are' if was == 'were' else 'is'} named without a date or a stage"
    *steps, last = (_step(stage, agreement) for stage in told)
    since = when_so(told[-1].date)
    if told[-1].stage == "in_force":
        dated = since.startswith(("on ", "in "))
        force = f"{has} been in force since {since[3:]}" if dated else f"{was} {last}"
        return f"{was} {', '.join(steps)} and {force}" if steps else force
    return f"{was} {listing([*steps, last])}"


def is_plural(title: str) -> bool:
    """Whether a title names several things: Accords, not Treaty or Process."""
    head = re.split(r" (?:of|on|for|between|with) | \(", title)[0].rstrip()
    return head.endswith("s") and not head.endswith(("ss", "us", "is"))


def _replaces(agreement: Agreement, title: str) -> str:
    """What came before it, where a source says so."""
    replaces = "they replace" if is_plural(title) else "it replaces"
    return f"; {replaces} the {titled(agreement.supersedes)}" if agreement.supersedes else ""


def titled(agreement: str) -> str:
    """The agreement's name without the article that a sentence gave it, capital first."""
    bare = agreement.strip()
    for article in ("the ", "a ", "an ", "The ", "A ", "An "):
        bare = bare.removeprefix(article)
    return shorten(clean(bare[:1].upper() + bare[1:]), LONGEST_NAME)


def _telling_stages(stages: Sequence[Stage]) -> list[Stage]:
    """The last stages in order; an undated one only where no dated one has its verb.

    Undated stages stand before the first dated one that usually comes later.
    """
    told = [stage for stage in stages if stage.date.known]
    dated = {stage.stage for stage in told}
    for stage in stages:
        if stage.date.known or stage.stage in dated:
            continue
        later = (at for at, other in enumerate(told) if _usual(other) > _usual(stage))
        told.insert(next(later, len(told)), stage)
    return told[-MOST_STAGES:]


def _usual(stage: Stage) -> int:
    return int(vocabulary("stages")[stage.stage].extra["order"])


def _step(stage: Stage, agreement: Agreement) -> str:
    """ "ratified by Russia on 21 May 2025"."""
    by = [name(actor) for actor in stage.by if actor in agreement.parties]
    alone = f"by {listing(by)}" if by and len(set(by)) < len(agreement.parties) else ""
    words = phrase("stages", stage.stage)
    return " ".join(part for part in (words, alone, when_so(stage.date)) if part)


def _others(agreement: Agreement, evidence: Evidence) -> str:
    others = [actor for actor in agreement.parties if actor not in evidence.pair]
    if not others:
        return ""
    if len(others) > 3:
        return f" (with {counted(len(others), 'other party', 'other parties')})"
    return f" (also {listing(name(actor) for actor in others)})"


def _term(agreement: Agreement) -> str:
    years = agreement.term_years
    if not years:
        return ""
    whole = years == int(years)
    return f", for a term of {counted(int(years), 'year') if whole else f'{years:g} years'}"


def _clauses(agreement: Agreement, evidence: Evidence) -> Iterator[Line]:
    """One sentence each for clauses stated present, stated absent and disputed."""
    stated = {
        state: [clause for clause in agreement.clauses if clause.state == state]
        for state in vocabulary("clause_states")
    }
    both = {c.obligation for c in stated["present"]} & {c.obligation for c in stated["absent"]}
    if present := [c for c in stated["present"] if c.obligation not in both]:
        yield _clause_line(_provides(present, agreement), present, agreement, evidence)
    if absent := [c for c in stated["absent"] if c.obligation not in both]:
        text = f"it is said to hold no clause on {_obligations(absent, 'or')}"
        yield _clause_line(text, absent, agreement, evidence)
    disputed = [c for c in agreement.clauses if c.obligation in both or c.state == "disputed"]
    if disputed:
        text = f"sources disagree on whether it provides for {_obligations(disputed)}"
        yield _clause_line(text, disputed, agreement, evidence)


def _provides(clauses: Sequence[Clause], agreement: Agreement) -> str:
    """ "It provides for neutrality; by it Russia is not to side with Israel"."""
    shared, alone = owed([(clause, agreement) for clause in clauses])
    parts = [f"it provides for {listing(shared)}"] if shared else []
    parts += [f"by it {listing(alone)}"] if alone else []
    return "; ".join(parts)


def _obligations(clauses: Sequence[Clause], last: str = "and") -> str:
    """Each obligation once."""
    return listing(dict.fromkeys(phrase("obligations", c.obligation) for c in clauses), last)


def _clause_line(
    text: str, clauses: Sequence[Clause], agreement: Agreement, evidence: Evidence
) -> Line:
    """The sentence with the words on each clause, and who says so where it is a judgement."""
    passages: list[Quote] = []
    for obligation in dict.fromkeys(clause.obligation for clause in clauses):
        states = dict.fromkeys(c.state for c in clauses if c.obligation == obligation)
        for state in states:
            quotes = [
                quote
                for clause in clauses
                if (clause.obligation, clause.state) == (obligation, state)
                for quote in clause.quotes
            ]
            passages += different_documents(quotes, 1)
    said = f"{text}{by_whom(passages, evidence)}"
    return Line(sentence(said), (agreement.id,), passages=tuple(passages))
