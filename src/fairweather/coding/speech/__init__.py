"""Speech: who claims what, and who disputes it."""

from fairweather.coding.speech.claims import claims
from fairweather.coding.speech.contests import propose_contests

__all__ = ["claims", "propose_contests"]
