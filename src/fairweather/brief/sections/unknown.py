"""What is not known: gaps in the evidence, told like everything else with their grounds."""

from __future__ import annotations

from collections.abc import Iterator

from fairweather.brief.evidence import Evidence
from fairweather.brief.lines import Line, Section
from fairweather.brief.wording import counted, listing, name, phrase
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
    for side in evidence.pair:
        views = [view for view in evidence.profile.views if view.viewpoint == side]
        silent = [phrase("strands", view.strand) for view in views if not view.records]
        if silent:
            every = len(silent) == len(views)
            strands = "the tie, on any strand," if every else listing(silent, "or")
            text = f"How {name(side)} itself sees {strands} is not known from what was read."
            yield Line(text, figures=(evidence.reading,))


def _defence_clause(evidence: Evidence) -> Iterator[Line]:
    agreements = evidence.profile.agreements
    if not agreements:
        text = "No agreement between the two is named in what was read."
        yield Line(text, figures=(evidence.reading,))
    elif not any(c.obligation == "defense" for one in agreements for c in one.clauses):
        text = "No source read says whether any agreement of theirs holds a mutual-defence clause."
        yield Line(text, tuple(one.id for one in agreements[:3]), (evidence.reading,))


def _silent_rungs(evidence: Evidence) -> Iterator[Line]:
    spoken = {row.level for row in evidence.profile.support}
    silent = [r for r in vocabulary("rungs") if r not in spoken and r != "none"]
    if silent:
        rungs = listing((phrase("rungs", rung) for rung in silent), "or")
        yield Line(f"Nothing read speaks of {rungs} between them.", figures=(evidence.reading,))


def _documents(evidence: Evidence) -> Iterator[Line]:
    """How thin the ground is, where it is thin: few origins, or undated texts."""
    documents = evidence.profile.documents.values()
    undated = tuple(d.id for d in documents if not d.published.known)
    if undated:
        text = f"When {counted(len(undated), 'document')} of those read appeared is not known."
        yield Line(text, undated[:3], (evidence.reading,))
