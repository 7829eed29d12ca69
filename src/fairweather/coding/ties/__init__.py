"""Ties: what binds or divides a pair, strand by strand, in whose view."""

from fairweather.coding.ties.coder import ties

__all__ = ["ties"]
