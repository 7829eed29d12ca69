"""What belongs together in a ledger: agreements, mechanisms and disputed claims, by rule.

A rule's decision that no longer holds, because an earlier statement came to light or was
forgotten, is taken back; what a person has decided stays.
"""

from __future__ import annotations

from fairweather.coding.agreements import MERGE_RULE, propose_merges
from fairweather.coding.mechanisms import propose_mechanism_merges
from fairweather.coding.speech import propose_contests
from fairweather.ledger import Decision, Ledger, replaced, standing
from fairweather.ledger.stories import told_apart
from fairweather.records import Agreement, Claim, Mechanism

MERGE_RULES = "rule merge/"
"""How the makers of merges of agreements and mechanisms begin, in any version."""


def join_statements(ledger: Ledger) -> tuple[Decision, ...]:
    """The decisions to add so that the ledger's statements are joined as the rules propose."""
    claims = tuple(ledger.statements(Claim))
    return (*_merges(ledger), *propose_contests(claims))


def _merges(ledger: Ledger) -> list[Decision]:
    agreements = tuple(ledger.statements(Agreement))
    mechanisms = tuple(ledger.statements(Mechanism))
    ids = [one.id for one in (*agreements, *mechanisms)]
    made, days = ledger.decisions_about(ids), ledger.known_by(ids)
    apart = told_apart(made)
    published = ledger.published({one.document for one in agreements})
    wanted = (
        *propose_merges(agreements, published, days, apart),
        *propose_mechanism_merges(mechanisms, days, apart),
    )
    held = [one for one in standing(made) if one.by.startswith(MERGE_RULES)]
    return replaced(held, wanted, made, by=MERGE_RULE)
