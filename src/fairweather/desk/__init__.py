"""The analyst's desk: one ledger and the verbs over it, the same as on the command line."""

from fairweather.desk.desk import Desk

__all__ = ["Desk"]
