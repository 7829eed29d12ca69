"""The record with other partners: what either gave to, or kept from, somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from fairweather.brief.evidence import Evidence
from fairweather.brief.lines import Line, Section
from fairweather.brief.sections.support_words import support_said
from fairweather.brief.wording import listing, name, sentence
from fairweather.profile import partners
from fairweather.vocabulary import vocabulary

OTHER = "\0"
"""Stands for the partner while sentences are compared."""


def elsewhere_section(evidence: Evidence) -> Section:
    """Support given and withheld elsewhere, settled rows only, most told partners first."""
    lines = [line for side in evidence.pair for line in _by_partner(side, evidence)]
    a, _ = evidence.pair
    return Section(
        key="elsewhere",
        title="Elsewhere",
        lines=tuple(lines),
        find=f"fairweather find support --actor {a}",
    )


def _by_partner(side: str, evidence: Evidence) -> Iterator[Line]:
    """A sentence for each partner and state, partners with most rows first; alike ones together."""
    grouped = partners(evidence.profile.elsewhere, side)
    told: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for partner, rows in sorted(grouped.items(), key=lambda item: -len(item[1])):
        for state in _settled_states():
            found = [row for row in rows if row.state == state]
            if found:
                text, cited = support_said(found, evidence)
                told.setdefault(text.replace(name(partner), OTHER, 1), []).append((partner, cited))
    for text, alike in told.items():
        receivers = listing(name(partner) for partner, _ in alike)
        records = tuple(dict.fromkeys(id for _, cited in alike for id in cited))
        yield Line(sentence(text.replace(OTHER, receivers, 1)), records)


def _settled_states() -> list[str]:
    """States that tell a deed or its refusal; reported gifts said to be reported."""
    states = vocabulary("support_states")
    return [state for state in states if states[state].extra["certain"] or state == "reported"]
