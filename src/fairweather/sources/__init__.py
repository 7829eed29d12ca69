"""Sources: files, feeds and pages read into documents; dates read out of their text.

    for found in open_source("articles/"):
        if isinstance(found, Failure):
            print(found.uri, found.reason)

Nothing is stored and nothing is fetched on this floor.
"""

from fairweather.sources.dates import DateMention, find_dates
from fairweather.sources.failure import Failure, Unread
from fairweather.sources.opening import open_source

__all__ = ["DateMention", "Failure", "Unread", "find_dates", "open_source"]
