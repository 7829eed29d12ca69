"""The tone of a pair by month: where it changed, and what the next month is likely to bring."""

from fairweather.history.tone.changes import ChangePoint, change_points
from fairweather.history.tone.forecast import (
    FEWEST_MONTHS,
    Outlook,
    ToneModel,
    load_tone_model,
    next_month,
    tone_columns,
)
from fairweather.history.tone.series import ToneSeries, from_signed_log, signed_log

__all__ = [
    "FEWEST_MONTHS",
    "ChangePoint",
    "Outlook",
    "ToneModel",
    "ToneSeries",
    "change_points",
    "from_signed_log",
    "load_tone_model",
    "next_month",
    "signed_log",
    "tone_columns",
]
