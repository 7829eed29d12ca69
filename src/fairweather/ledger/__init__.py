"""The ledger: the one place that stores, and the views over what it holds."""

from fairweather.ledger.decisions import Decision, standing
from fairweather.ledger.exchange import export_rows, import_lines, public_row
from fairweather.ledger.integrity import faults
from fairweather.ledger.store import EVERYTHING, Added, Ledger, Window, now
from fairweather.ledger.views import current, shown_from

__all__ = [
    "EVERYTHING",
    "Added",
    "Decision",
    "Ledger",
    "Window",
    "current",
    "export_rows",
    "faults",
    "import_lines",
    "now",
    "public_row",
    "shown_from",
    "standing",
]
