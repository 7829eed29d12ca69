"""The judgement: how firm, what would break it, how far; what is not known is said to be."""

from __future__ import annotations

from dataclasses import replace

from fairweather.brief.evidence import Evidence
from fairweather.brief.lines import Section
from fairweather.brief.sections.judgement.breaking import (
    offer,
    price,
    strains,
    strains_alone,
    unbroken,
)
from fairweather.brief.sections.judgement.distance import went, would
from fairweather.brief.sections.judgement.leanings import FEW, MOSTLY, lasting, leanings
from fairweather.brief.sections.judgement.paper import bond
from fairweather.scenario import Play

__all__ = ["FEW", "MOSTLY", "judgement_section", "strains"]


def judgement_section(evidence: Evidence, play: Play | None) -> Section:
    """Three paragraphs, each opening with its answer."""
    breaks = [*offer(evidence, play), *price(evidence, play), *strains_alone(evidence)]
    told = {
        "How firm": [bond(evidence), leanings(evidence), *lasting(evidence, play)],
        "What would break it": breaks or [unbroken(evidence)],
        "How far": [*went(evidence), *would(evidence, play)],
    }
    return Section(
        key="judgement",
        title="Judgement",
        lines=tuple(replace(line, lead=lead) for lead, lines in told.items() for line in lines),
    )
