"""What is not known: gaps in the evidence, told like everything else with their grounds."""

from __future__ import annotations

from collections.abc import Iterator

from fairweather.brief.evidence import Evidence
from fairweather.brief.lines import Line, Section
from fairweather.brief.wording import counted, listing, name, number, phrase
from fairweather.vocabulary import vocabulary


def unknown_section(evidence: Evidence) -> Section:
    """Silent sides, clauses nobody speaks of, rungs nobody speaks of, other languages."""
    lines = [
        *_silent_sides(evidence),
        *_defence_clause(evidence),
        *_silent_rungs(evidence),
        *_documents(evidence),
    ]
    a, b = evidence.pair
    return Section(
        key="unknown",
        title="Not known",
        lines=tuple(lines),
        find=f"fairweather profile {a} {b}",
    )


def _silent_sides(evidence: Evidence) -> Iterator[Line]:
    silent = {side: _silent_strands(side, evidence) for side in evidence.pair}
    if not any(known for _, known in silent.values()):
        text = "How either side itself sees the tie is not known, on any strand."
        yield Line(text, figures=(evidence.reading,))
        return
    for side, (strands, known) in silent.items():
        if strands:
            what = listing(strands, "or") if known else "the tie, on any strand,"
            text = f"How {name(side)} itself sees {what} is not known from what was read."
            yield Line(text, figures=(evidence.reading,))


def _silent_strands(side: str, evidence: Evidence) -> tuple[list[str], bool]:
    """The strands of which nothing is told from a side, and whether anything is of others."""
    views = [view for view in evidence.profile.views if view.viewpoint == side]
    silent = [phrase("strands", view.strand) for view in views if not view.records]
    return silent, len(silent) < len(views)


def _defence_clause(evidence: Evidence) -> Iterator[Line]:
    """Whether defence is owed, where agreements are named and no clause tells."""
    agreements = evidence.profile.agreements
    if agreements and not any(c.obligation == "defense" for a in agreements for c in a.clauses):
        text = "No source read says whether any agreement of theirs holds a mutual-defence clause."
        yield Line(text, tuple(one.id for one in agreements[:3]), (evidence.reading,))


def _silent_rungs(evidence: Evidence) -> Iterator[Line]:
    spoken = {row.level for row in evidence.profile.support}
    rungs = [rung for rung in vocabulary("rungs") if rung != "none"]
    silent = [phrase("rungs", rung) for rung in rungs if rung not in spoken]
    told = [phrase("rungs", rung) for rung in rungs if rung in spoken]
    if not silent:
        return
    what = listing(silent, "or")
    if len(silent) > len(told):
        what = f"support between them other than {listing(told)}" if told else "any support"
    between = "" if "between" in what else " between them"
    text = f"No source read speaks of {what}{between}; silence does not prove absence."
    yield Line(text, figures=(evidence.reading,))


def _documents(evidence: Evidence) -> Iterator[Line]:
    """How thin the ground is, where it is thin: few origins, or undated texts."""
    documents = evidence.profile.documents.values()
    undated = tuple(d.id for d in documents if not d.published.known)
    if undated:
        whole = len(evidence.profile.documents)
        some = f"{number(len(undated))} of the {counted(whole, 'document')}"
        yield Line(f"When {some} appeared is not known.", undated[:3], (evidence.reading,))
