"""Recounts every base rate that is shipped, from the historical data sets themselves.

    python bench/base_rates.py --data FOLDER [--json | --toml] [--quick]

FOLDER/history holds `support_reference.parquet` (one row a dispute, belligerent and partner,
built from the Militarized Interstate Disputes 5.0 and ATOP 5), `bf2018_honor.parquet`,
`leeds_anac.parquet` and `alliance_year.parquet`, and the data sets of docs/history.md;
FOLDER/forecast the events of 2014. The raw rows are not ours to pass on; the
counts are. Prints cases, an interval that resamples wars rather than rows, and whether the
shipped `base_rates.toml` says the same; ends 4 when it does not. `--quick` resamples less.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from fairweather.history.build.arms import arms_cases
from fairweather.history.build.counting import Count, design_effect
from fairweather.history.build.dyads import pacts
from fairweather.history.build.statements import statement_cases
from fairweather.history.rates import Rate, base_rates

PACTS = {
    "defense": "defence",
    "neutrality": "neutrality(+nonagg)",
    "nonaggression": "nonaggression",
    "nonaggression_consultation": "nonaggression+consultation",
    "consultation": "consultation",
    "offense": "offence_only",
    "none": "none_shared_rival",
}
"""Pact class of the shipped table -> `pact_type` of the data."""

TABLE_KEYS = ("cases", "occurred", "clusters", "design_effect", "first", "last")


@dataclass(frozen=True, slots=True)
class Recount(Count):
    """One rate counted anew, with its interval: `low`/`high` resample whole clusters."""

    low: float
    high: float

    def row(self) -> dict[str, Any]:
        """The count as it is compared and shown."""
        return {name: getattr(self, name) for name in ("name", *TABLE_KEYS, "low", "high")}


def main() -> int:
    options = _options()
    counts = list(recount(options.data / "history", draws=400 if options.quick else 4000))
    shipped = base_rates()
    rows = [count.row() | {"agrees": _agrees(count, shipped)} for count in counts]
    if options.toml:
        print(as_toml(counts))
    elif options.json:
        print(json.dumps({"rates": rows}, indent=2))
    else:
        print(as_table(rows))
    return 0 if options.toml or all(row["agrees"] for row in rows) else 4


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder that holds history/")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--toml", action="store_true", help="the counted part of base_rates.toml")
    parser.add_argument("--quick", action="store_true", help="400 resamples in place of 4,000")
    return parser.parse_args()


def recount(folder: Path, draws: int) -> Iterator[Recount]:
    """Every counted rate of the shipped table, in its order."""
    yield from _joined(_war_rows(folder), draws)
    yield from _honoured(folder, draws)
    yield from _ended(folder, draws)
    yield from _arms_and_words(folder, draws)


def _arms_and_words(folder: Path, draws: int) -> Iterator[Recount]:
    """Deliveries to states at war, and what one year of coded news tells of them."""
    held = pacts(folder)
    cases, _ = arms_cases(folder, held)
    cases += statement_cases(folder.parent / "forecast", folder, held)
    table = pd.DataFrame([(c.group, c.happened, c.cluster, c.year) for c in cases])
    table.columns = pd.Index(["group", "happened", "cluster", "year"])
    for name, rows in table[table.group.isin(base_rates())].groupby("group", sort=False):
        yield _count(str(name), rows, "happened", draws)


def _war_rows(folder: Path) -> pd.DataFrame:
    """Partners at risk of being drawn into a war: joined later or not at all, never on day one."""
    rows = pd.read_parquet(folder / "support_reference.parquet")
    rows = rows[(rows.risk == 1) & (rows.war == 1) & (rows.disp_hostlev >= 2)].copy()
    rows["cluster"] = rows.dispnum.map(_wars(rows))
    return rows


def _wars(rows: pd.DataFrame) -> dict[int, int]:
    """Dispute -> war: disputes that share a belligerent and begin within a year are one war."""
    begun, sides = {}, {}
    for dispute, group in rows.groupby("dispnum"):
        begun[dispute] = int(group.year.min())
        foes = {int(code) for text in group.opponents for code in text.split(",")}
        sides[dispute] = set(group.belligerent) | foes
    war = {dispute: dispute for dispute in begun}
    for one in begun:
        for other in begun:
            if abs(begun[one] - begun[other]) <= 1 and sides[one] & sides[other]:
                kept, lost = sorted((war[one], war[other]))
                war = {dispute: kept if w == lost else w for dispute, w in war.items()}
    return war


def _joined(rows: pd.DataFrame, draws: int) -> Iterator[Recount]:
    pooled = design_effect(*_by_cluster(rows.mil, rows.cluster))
    lately = rows.year >= 1945
    for pact, label in PACTS.items():
        ours = rows.pact_type == label
        yield _count(f"joined.{pact}", rows[ours], "mil", draws, pooled)
        if (ours & lately).any():
            yield _count(f"joined.{pact}_since_1945", rows[ours & lately], "mil", draws, pooled)
    pair = (rows.pact_type == "defence") & (rows.bilateral == 1)
    yield _count("joined.defense_bilateral", rows[pair], "mil", draws, pooled)
    yield _count("joined.defense_bilateral_since_1945", rows[pair & lately], "mil", draws, pooled)
    unpledged = (rows.allied == 1) & (rows.defense == 0)
    yield _count("joined.no_defense", rows[unpledged], "mil", draws, pooled)
    yield _count("joined.no_defense_since_1945", rows[unpledged & lately], "mil", draws, pooled)


def _honoured(folder: Path, draws: int) -> Iterator[Recount]:
    coded = pd.read_parquet(folder / "bf2018_honor.parquet").dropna(subset=["honor"])
    coded = coded.assign(cluster=coded.warid, year=coded.wy.astype(int))
    name = "honoured.berkemeier_fuhrmann"
    yield _count(name, coded, "honor", draws)
    yield _count(f"{name}_before_1945", coded[coded.post45 == 0], "honor", draws)
    yield _count(f"{name}_since_1945", coded[coded.post45 == 1], "honor", draws)
    for clause, column in {
        "defense": "defense",
        "offense": "offense",
        "neutrality": "neutral",
        "nonaggression": "nonagg",
    }.items():
        yield _count(f"{name}_{clause}", coded[coded[column] == 1], "honor", draws)
    leeds = pd.read_parquet(folder / "leeds_anac.parquet").dropna(subset=["honor3"])
    # Numbered by Correlates of War wars: 10 began in 1848, 211 in 1991; the rows hold no year.
    leeds = leeds.assign(cluster=leeds.war, year=leeds.war.map({10.0: 1848, 211.0: 1991}))
    yield _count("honoured.leeds_anac", leeds, "honor3", draws)


def _ended(folder: Path, draws: int) -> Iterator[Recount]:
    years = pd.read_parquet(folder / "alliance_year.parquet")
    years = years[years.obs5 == 1].assign(cluster=years.atopid)
    for era, (first, last) in {
        "1816_1913": (1816, 1913),
        "1914_1945": (1914, 1945),
        "1946_1991": (1946, 1991),
        "since_1992": (1992, 2100),
    }.items():
        rows = years[years.year.between(first, last)]
        yield _count(f"ended.{era}", rows, "end5", draws)
        yield _count(f"violated.{era}", rows, "viol5", draws)


def _count(
    name: str, rows: pd.DataFrame, column: str, draws: int, pooled: float | None = None
) -> Recount:
    happened = rows[column].astype(float)
    effect = design_effect(*_by_cluster(happened, rows.cluster))
    if pooled is not None and not 0 < happened.sum() < len(rows):
        effect = pooled
    low, high = _resampled(happened, rows.cluster, draws)
    return Recount(
        name=name,
        cases=len(rows),
        occurred=int(happened.sum()),
        clusters=int(rows.cluster.nunique()),
        design_effect=round(effect, 2),
        first=int(rows.year.min()),
        last=int(rows.year.max()),
        low=low,
        high=high,
    )


def _by_cluster(happened: pd.Series, cluster: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    grouped = happened.groupby(cluster.to_numpy())
    return grouped.sum().to_numpy(), grouped.size().to_numpy()


def _resampled(happened: pd.Series, cluster: pd.Series, draws: int) -> tuple[float, float]:
    """The 10-90 % interval of the rate over resampled clusters."""
    occurred, cases = _by_cluster(happened, cluster)
    chosen = np.random.default_rng(1816).integers(len(cases), size=(draws, len(cases)))
    rates = occurred[chosen].sum(axis=1) / cases[chosen].sum(axis=1)
    low, high = np.quantile(rates, [0.1, 0.9])
    return round(float(low), 4), round(float(high), 4)


def _agrees(count: Recount, shipped: Mapping[str, Rate]) -> bool:
    rate = shipped.get(count.name)
    return rate is not None and all(getattr(count, key) == getattr(rate, key) for key in TABLE_KEYS)


def as_toml(counts: list[Recount]) -> str:
    """The counted figures in the form of the shipped table."""
    blocks = []
    for count in counts:
        lines = [f"{key} = {getattr(count, key)}" for key in TABLE_KEYS]
        blocks.append("\n".join([f"[{count.name}]", *lines]))
    return "\n\n".join(blocks)


def as_table(rows: list[dict[str, Any]]) -> str:
    """One line a rate: share, counts, interval over clusters, agreement with the shipped table."""
    lines = [f"{'rate':46} {'share':>6} {'of':>11} {'clusters':>8} {'10-90 %':>13}  shipped"]
    for row in rows:
        share = row["occurred"] / row["cases"]
        interval = f"{100 * row['low']:.1f}-{100 * row['high']:.1f}"
        lines.append(
            f"{row['name']:46} {100 * share:5.1f}% {row['occurred']:>4} / {row['cases']:<5}"
            f"{row['clusters']:>8} {interval:>13}  {'same' if row['agrees'] else 'DIFFERS'}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
