"""Every page: where it is, what makes its view, and what it lets one change."""

from fairweather.web.pages.agreements import AGREEMENT, CLAIM
from fairweather.web.pages.correcting import CORRECT
from fairweather.web.pages.documents import DOCUMENT
from fairweather.web.pages.page import Action, Page
from fairweather.web.pages.pair import PAIR
from fairweather.web.pages.pairs import COMPARE, PAIRS
from fairweather.web.pages.scenarios import LAB
from fairweather.web.pages.scorecard import SCORECARD
from fairweather.web.pages.searching import SEARCH
from fairweather.web.pages.standing import ACTORS, METHOD, SOURCES
from fairweather.web.pages.today import TODAY
from fairweather.web.pages.why import WHY

PAGES: tuple[Page, ...] = (
    TODAY,
    PAIRS,
    PAIR,
    COMPARE,
    DOCUMENT,
    CORRECT,
    AGREEMENT,
    CLAIM,
    SEARCH,
    WHY,
    LAB,
    SCORECARD,
    ACTORS,
    SOURCES,
    METHOD,
)
"""In the order in which their addresses are tried."""

__all__ = ["PAGES", "Action", "Page"]
