"""The rules extractor: offline, no key, the same rows for the same text everywhere."""

from __future__ import annotations

from collections.abc import Iterator

from fairweather.coding.agreements import agreements
from fairweather.coding.amounts import amounts
from fairweather.coding.events import events
from fairweather.coding.extractor import Coder
from fairweather.coding.grammar.sentence import Reading
from fairweather.coding.mechanisms import mechanisms
from fairweather.coding.outlook import predictions
from fairweather.coding.speech import claims
from fairweather.coding.support import support
from fairweather.coding.ties import ties
from fairweather.records import Record

CODERS: tuple[Coder, ...] = (
    events,
    agreements,
    claims,
    predictions,
    amounts,
    ties,
    mechanisms,
    support,
)


class RulesExtractor:
    """Every rule coder, over one reading."""

    name = "rules/1"

    def extract(self, reading: Reading) -> Iterator[Record]:
        """The candidate records of a reading, kind by kind."""
        for coder in CODERS:
            yield from coder(reading)
