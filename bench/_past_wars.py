"""Past wars as the cases of `scenario/cases.py`, from the historical data sets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from base_rates import PACTS, _war_rows
from fairweather.scenario.cases import FOUGHT, OUT, SHOWED, Case

OBLIGATIONS = {
    "defense": "defense",
    "offense": "offense",
    "neutral": "neutrality",
    "nonagg": "nonaggression",
    "consul": "consultation",
}
"""Column of the data -> obligation of the vocabulary."""

MILITARY = ("x_organ1", "x_base", "x_intcom", "x_milcon", "x_milaid", "x_contrib")
NOT_NEAR = 6
"""Contiguity from 1 (by land) to 5 (within 400 miles of water); 6 is none."""

FORCE = 4
"""Hostility level of use of force; 2 is a threat, 3 a show, 5 war."""


def allied_cases(folder: Path) -> list[Case]:
    """Every partner with a pact that was at risk of being drawn into a war, 1816 to 2001."""
    rows = _war_rows(folder)
    rows = rows[rows.allied == 1]
    return [_case(row) for row in rows.itertuples() if _obligations(row)]


def _obligations(row: Any) -> tuple[str, ...]:
    return tuple(name for column, name in OBLIGATIONS.items() if getattr(row, column))


def _case(row: Any) -> Case:
    pacts = {label: pact for pact, label in PACTS.items()}
    fought = bool(row.mil) and row.p_hostlev >= FORCE
    return Case(
        war=int(row.cluster),
        year=int(row.year),
        name=f"{row.partner} for {row.belligerent} against {row.opponent}",
        pact=pacts.get(row.pact_type, "other"),
        obligations=_obligations(row),
        partner_attacked=not row.b_initiator,
        pact_at_war=bool(row.x_wartime or row.x_specthrt),
        democracy=row.poly_p,
        partner_democracy=row.poly_b,
        rival_of_adversary=bool(row.riv_po),
        rival_of_partner=bool(row.riv_pb),
        military_ties=float(np.mean([getattr(row, column) for column in MILITARY])),
        economic_aid=bool(row.x_ecaid),
        shared_organisations=row.igo_pb,
        record=(int(row.rec_d_joined), int(row.rec_d_n)),
        allied_to_adversary=bool(row.opp_allied),
        sworn_to_adversary=bool(row.opp_defense),
        threat=row.threat_p,
        major=bool(row.p_major),
        near=row.cont_pb < NOT_NEAR,
        near_adversary=row.cont_po < NOT_NEAR,
        capability=row.cinc_p,
        adversary_capability=row.cinc_o,
        conduct=FOUGHT if fought else SHOWED if row.mil else OUT,
    )


def share_of_arms(folder: Path) -> tuple[int, int]:
    """Allies that delivered major arms to a state using force, that year or the next, 2000-2014."""
    deliveries = pd.read_parquet(folder / "arms_deliveries_2000_2023.parquet")
    states = pd.read_parquet(folder / "cow_states.parquet")
    code = dict(zip(states.statenme, states.ccode, strict=True)) | {
        "United States": 2,
        "Russia": 365,
        "UAE": 696,
        "Turkiye": 640,
        "Czechia": 316,
    }
    named = zip(deliveries.supplier, deliveries.recipient, deliveries.year, strict=True)
    made = {(code.get(giver), code.get(taker), year) for giver, taker, year in named}
    rows = pd.read_parquet(folder / "support_reference.parquet")
    rows = rows[(rows.year >= 2000) & (rows.risk == 1) & (rows.disp_hostlev >= FORCE)]
    rows = rows[rows.allied == 1].drop_duplicates(["belligerent", "partner", "year"])
    asked = zip(rows.partner, rows.belligerent, rows.year, strict=True)
    given = [(p, b, year) in made or (p, b, year + 1) in made for p, b, year in asked]
    return sum(given), len(given)
