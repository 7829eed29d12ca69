"""The ledger: the one place that stores, and the views over what it holds."""

from fairweather.ledger.about import About
from fairweather.ledger.decisions import (
    PERSON,
    Decision,
    enforce,
    holding,
    replaced,
    standing,
    take_back,
)
from fairweather.ledger.exchange import export_rows, public_row
from fairweather.ledger.feeds import FeedState, SeenItem
from fairweather.ledger.forgetting import Removed, Tombstone
from fairweather.ledger.importing import import_lines
from fairweather.ledger.integrity import faults
from fairweather.ledger.matches import Matches, is_actor, matches, split_off
from fairweather.ledger.parts import actors_in, quotes_in
from fairweather.ledger.reading import Reading
from fairweather.ledger.search import Hit, Stretch, excerpt
from fairweather.ledger.store import Added, Ledger
from fairweather.ledger.verdicts import Verdicts, about, lineage, verdicts
from fairweather.ledger.views import current, current_documents, shown_from, view_holding
from fairweather.ledger.window import EVERYTHING, Window, instant, now, window, window_of_text

__all__ = [
    "EVERYTHING",
    "PERSON",
    "About",
    "Added",
    "Decision",
    "FeedState",
    "Hit",
    "Ledger",
    "Matches",
    "Reading",
    "Removed",
    "SeenItem",
    "Stretch",
    "Tombstone",
    "Verdicts",
    "Window",
    "about",
    "actors_in",
    "current",
    "current_documents",
    "enforce",
    "excerpt",
    "export_rows",
    "faults",
    "holding",
    "import_lines",
    "instant",
    "is_actor",
    "lineage",
    "matches",
    "now",
    "public_row",
    "quotes_in",
    "replaced",
    "shown_from",
    "split_off",
    "standing",
    "take_back",
    "verdicts",
    "view_holding",
    "window",
    "window_of_text",
]
