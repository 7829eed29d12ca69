"""Sources: files, feeds and pages read into documents; dates read out of their text."""

from fairweather.sources.dates import DateMention, find_dates

__all__ = ["DateMention", "find_dates"]
