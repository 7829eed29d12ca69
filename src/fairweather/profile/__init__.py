"""A dyad, strand by strand, from each side."""

from fairweather.profile.contradictions import Contradiction, contradictions
from fairweather.profile.dyad import Profile, partners
from fairweather.profile.gathering import profile_dyad
from fairweather.profile.options import Choice, Offer
from fairweather.profile.origins import count_origins, origin_of, origins, origins_of
from fairweather.profile.strands import StrandView, balance, balance_band, strand_view

__all__ = [
    "Choice",
    "Contradiction",
    "Offer",
    "Profile",
    "StrandView",
    "balance",
    "balance_band",
    "contradictions",
    "count_origins",
    "origin_of",
    "origins",
    "origins_of",
    "partners",
    "profile_dyad",
    "strand_view",
]
