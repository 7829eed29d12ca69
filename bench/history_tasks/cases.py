"""The table of past wars that `history A B` names as nearest: counts by war and pact class."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

import fairweather.history as history
from fairweather.vocabulary.table_codes import load_table_codes

TABLE = Path(history.__file__).parent / "cases.json"
PACTS = {
    "defence": "defense",
    "neutrality(+nonagg)": "neutrality",
    "nonaggression": "nonaggression",
    "nonaggression+consultation": "nonaggression_consultation",
    "consultation": "consultation",
    "offence_only": "offense",
    "none_shared_rival": "none",
}
NAMED = 6
"""Joiners named of one war and class; the rest are counted."""


def write(data: Path) -> None:
    """Write the table: one row a war's side and pact class."""
    folder = data / "history"
    rows = pd.read_parquet(folder / "support_reference.parquet")
    rows = rows[(rows.risk == 1) & (rows.war == 1) & (rows.disp_hostlev >= 2)]
    rows = rows[rows.pact_type.isin(PACTS)]
    names = _names(folder)
    made = [
        _row(keys, group, names)
        for keys, group in rows.groupby(["dispnum", "side", "pact_type"], sort=True)
    ]
    made.sort(key=lambda row: (row["year"], row["states"], row["pact"]))
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in made)
    TABLE.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def _row(keys: Any, group: pd.DataFrame, names: dict[int, str]) -> dict[str, Any]:
    foes = {int(code) for text in group.opponents for code in text.split(",")}
    partners = group.drop_duplicates("partner")
    joined = sorted({names[int(code)] for code in group[group.mil == 1].partner})
    return {
        "year": int(group.year.min()),
        "states": sorted({names[int(code)] for code in group.belligerent}),
        "foes": sorted(names[code] for code in foes),
        "pact": PACTS[keys[2]],
        "partners": len(partners),
        "joined": len(joined),
        "who": joined[:NAMED],
        "bilateral": int(partners.bilateral.sum()),
        "major": int(partners.p_major.sum()),
        "initiated": int(group.b_initiator.max()),
    }


def _names(folder: Path) -> dict[int, str]:
    """State code -> actor id where the vocabulary has the state, else the name of the list."""
    known = load_table_codes()
    states = pd.read_parquet(folder / "cow_states.parquet")
    return {
        int(code): known.country(name) or name
        for name, code in zip(states.statenme, states.ccode, strict=True)
    }
