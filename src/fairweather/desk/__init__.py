"""The analyst's desk: one ledger and the verbs over it, the same as on the command line."""

from fairweather.desk.desk import Desk
from fairweather.records.showing import present_with

__all__ = ["Desk"]


def _html_of(answer: object) -> str | None:
    # Loaded on first use: what draws pages is slow to load, and most verbs draw none.
    from fairweather.desk.showing import html_of

    return html_of(answer)


present_with(_html_of)
