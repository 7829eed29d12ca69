"""Mechanisms: hotlines, blocs, corridors, finance networks, mediation, legal cases."""

from fairweather.coding.mechanisms.coder import mechanisms

__all__ = ["mechanisms"]
