"""The ledger's rows in other programs' forms: tables, graphs, entities.

Every form is made from the same rows of the interchange contract, so that all show the same
records, as of the same date; each keeps every relation and puts names beside ids.
"""

from fairweather.ledger.exports.forms import FORMS, Exported, export_to, lines_of

__all__ = ["FORMS", "Exported", "export_to", "lines_of"]
