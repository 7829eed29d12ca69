"""Outlook: what is foretold, how surely, on what condition, until when."""

from fairweather.coding.outlook.predictions import predictions

__all__ = ["predictions"]
