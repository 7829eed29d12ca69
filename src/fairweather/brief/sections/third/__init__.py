"""What the partnership means for a third party: duties, channels, its allies, what room is left.

Everything is read off the record from where the third party stands; nothing is advised.
"""

from __future__ import annotations

from dataclasses import replace

from fairweather.brief.evidence import Evidence
from fairweather.brief.lines import Section
from fairweather.brief.sections.third.allies import apart_from_allies
from fairweather.brief.sections.third.channels import channels
from fairweather.brief.sections.third.duties import duties
from fairweather.brief.sections.third.party import ThirdParty
from fairweather.brief.sections.third.room import room_left
from fairweather.brief.wording import name
from fairweather.scenario import Play

__all__ = ["ThirdParty", "third_section"]


def third_section(evidence: Evidence, third: ThirdParty, play: Play | None) -> Section:
    """A paragraph each on duties that can bind against it, channels, its allies, its room."""
    told = {
        "Duties": duties(evidence, third.actor),
        "Channels": channels(evidence, third),
        "Apart from its allies": apart_from_allies(evidence, third),
        "Space": room_left(evidence, third.actor, play),
    }
    return Section(
        key="third",
        title=f"What it means for {name(third.actor)}",
        lines=tuple(replace(line, lead=lead) for lead, lines in told.items() for line in lines),
        find=f"fairweather profile {third.actor} {evidence.pair[0]}",
    )
