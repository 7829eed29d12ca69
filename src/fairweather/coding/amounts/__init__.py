"""Amounts: sums and counts with their units and bounds."""

from fairweather.coding.amounts.coder import amounts

__all__ = ["amounts"]
