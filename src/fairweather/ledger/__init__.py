"""The ledger: the one place that stores, and the views over what it holds."""

from fairweather.ledger.decisions import PERSON, Decision, enforce, holding, standing, take_back
from fairweather.ledger.exchange import export_rows, import_lines, public_row
from fairweather.ledger.feeds import FeedState, SeenItem
from fairweather.ledger.integrity import faults
from fairweather.ledger.matches import Matches, is_actor, matches, split_off
from fairweather.ledger.store import EVERYTHING, Added, Ledger, Window, now
from fairweather.ledger.verdicts import Verdicts, about, lineage, verdicts
from fairweather.ledger.views import current, shown_from

__all__ = [
    "EVERYTHING",
    "PERSON",
    "Added",
    "Decision",
    "FeedState",
    "Ledger",
    "Matches",
    "SeenItem",
    "Verdicts",
    "Window",
    "about",
    "current",
    "enforce",
    "export_rows",
    "faults",
    "holding",
    "import_lines",
    "is_actor",
    "lineage",
    "matches",
    "now",
    "public_row",
    "shown_from",
    "split_off",
    "standing",
    "take_back",
    "verdicts",
]
