"""Money traced by proportional mixing: what an account passes on is made up as its receipts.

The rule of input-output accounts (Leontief 1941) and of the pro-rata tracing of mixed funds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fairweather.scenario.quantity import Floats

LONGEST_PATH = 8
"""Hands that a told path may go through."""


@dataclass(frozen=True, eq=False, slots=True)
class Traced:
    """Flows of one currency as arrays: `paid` (draws, accounts, accounts) from row to column."""

    accounts: tuple[str, ...]
    paid: Floats

    @classmethod
    def of(cls, payments: Sequence[tuple[str, str, Floats]]) -> Traced:
        """Payments (payer, payee, amount by draw) of one currency, one at least."""
        accounts = tuple(dict.fromkeys(end for *ends, _ in payments for end in ends))
        draws = len(payments[0][2])
        paid = np.zeros((draws, len(accounts), len(accounts)))
        for payer, payee, amount in payments:
            paid[:, accounts.index(payer), accounts.index(payee)] += amount
        return cls(accounts, paid)

    @property
    def shares(self) -> Floats:
        """What share of its throughput each account pays to each other.

        Throughput is the greater of receipts and payments: what an account pays out beyond
        its receipts is its own money.
        """
        throughput = np.maximum(self.paid.sum(axis=2), self.paid.sum(axis=1))
        whole = np.maximum(throughput, np.finfo(float).tiny)
        shares: Floats = self.paid / whole[:, :, None]
        return shares

    def reaching(self, source: str) -> Floats:
        """How much of what a source pays out of its own reaches each account, (draws, accounts).

        Solves r = p + r S for the source's own payments p and the shares S.
        """
        at = self.accounts.index(source)
        own = np.maximum(self.paid[:, at].sum(axis=1) - self.paid[:, :, at].sum(axis=1), 0.0)
        outgoing = np.maximum(self.paid[:, at].sum(axis=1), np.finfo(float).tiny)
        first = self.paid[:, at] * (own / outgoing)[:, None]
        size = len(self.accounts)
        # A share of 1 round a closed circle has no way out; the tiny leak keeps it solvable.
        system = np.eye(size) - self.shares.transpose(0, 2, 1) * (1 - 1e-12)
        reached: Floats = np.linalg.solve(system, first[:, :, None])[:, :, 0]
        return reached

    def paths(self, source: str, destination: str) -> list[tuple[tuple[str, ...], float]]:
        """Ways from source to destination without a circle, with what goes along each.

        The middle draw's amounts; the largest first.
        """
        paid = np.median(self.paid, axis=0)
        shares = np.median(self.shares, axis=0)
        found: list[tuple[tuple[str, ...], float]] = []
        start, end = self.accounts.index(source), self.accounts.index(destination)

        def follow(way: tuple[int, ...], amount: float) -> None:
            at = way[-1]
            if at == end:
                found.append((tuple(self.accounts[place] for place in way), amount))
                return
            if len(way) > LONGEST_PATH:
                return
            for onward in np.flatnonzero(paid[at]):
                if int(onward) not in way:
                    moved = paid[at, onward] if len(way) == 1 else amount * shares[at, onward]
                    follow((*way, int(onward)), float(moved))

        follow((start,), 0.0)
        return sorted(found, key=lambda row: -row[1])
