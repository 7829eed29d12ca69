"""The record with other partners: what either gave to, or kept from, somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from fairweather.brief.evidence import Evidence
from fairweather.brief.lines import Line, Section
from fairweather.brief.sections.support_words import support_said
from fairweather.brief.wording import sentence
from fairweather.profile import partners
from fairweather.vocabulary import vocabulary


def elsewhere_section(evidence: Evidence) -> Section:
    """Support given and withheld elsewhere, settled rows only, most told partners first."""
    lines = [line for side in evidence.pair for line in _by_partner(side, evidence)]
    a, _ = evidence.pair
    return Section(
        key="elsewhere",
        title="The record with other partners",
        lines=tuple(lines),
        find=f"fairweather find support --actor {a}",
    )


def _by_partner(side: str, evidence: Evidence) -> Iterator[Line]:
    """A sentence a partner and state, the partners with most rows first."""
    grouped = partners(evidence.profile.elsewhere, side)
    for _, rows in sorted(grouped.items(), key=lambda item: -len(item[1])):
        for state in _settled_states():
            found = [row for row in rows if row.state == state]
            if found:
                text, told = support_said(found, evidence)
                yield Line(sentence(text), told)


def _settled_states() -> list[str]:
    """States that tell a deed or its refusal; reported gifts said to be reported."""
    states = vocabulary("support_states")
    return [state for state in states if states[state].extra["certain"] or state == "reported"]
