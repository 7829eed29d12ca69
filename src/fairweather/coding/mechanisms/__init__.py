"""Mechanisms: hotlines, blocs, corridors, finance networks, mediation, legal cases."""

from fairweather.coding.mechanisms.coder import mechanisms
from fairweather.coding.mechanisms.merging import propose_mechanism_merges

__all__ = ["mechanisms", "propose_mechanism_merges"]
