"""Where a bargain settles: the weighted mean beside the probabilistic Condorcet election.

    ./run bench bargaining --data FOLDER [--json]

FOLDER holds `deu3_dev.tsv` (Decision-making in the European Union III, doi
10.34810/data53: positions and saliences of the member states, the Commission and the
Parliament on issues from 0 to 100, with the outcome). The error is the mean distance to the
outcome; intervals are bootstrapped over proposals, whose issues belong together.
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fairweather.scenario.mechanisms.condorcet import expected_place
from fairweather.scenario.mechanisms.mediation import weighted_mean

Floats = NDArray[np.float64]

POSITIONS, SALIENCE = slice(13, 43), slice(43, 73)
REFERENCE, OUTCOME = 73, 74
RESAMPLES = 4000
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "validation" / "deu3"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=SHARED, help="folder of deu3_dev.tsv")
    parser.add_argument("--json", action="store_true", help="one object, nothing else")
    options = parser.parse_args()
    file = options.data / "deu3_dev.tsv"
    if not file.is_file():
        raise SystemExit(f"{file} is not there; give the folder with --data")
    figures = measure(*read_issues(file))
    if options.json:
        print(json.dumps(figures))
        return
    print(f"{figures['issues']} issues of {figures['proposals']} proposals; error of 100, 90 %")
    for name in ("weighted_mean", "condorcet", "status_quo", "middle"):
        error, low, high = figures[name]
        print(f"  {name:14} {error:5.2f} ({low:.2f} to {high:.2f})")
    gain, low, high = figures["condorcet_gain"]
    print(f"  the election is better by {gain:.2f} ({low:.2f} to {high:.2f})")


def read_issues(file: Path) -> tuple[list[list[str]], Floats]:
    """The issues with an outcome, and the economic weights of the actors (second row)."""
    with file.open(encoding="utf-8") as lines:
        rows = list(csv.reader(lines, delimiter="\t"))
    weights = numbers(rows[1][POSITIONS])
    return [row for row in rows[2:] if row[OUTCOME].strip()], weights


def numbers(cells: list[str]) -> Floats:
    """Cells as numbers, NaN where one is empty."""
    return np.array([float(cell) if cell.strip() else np.nan for cell in cells])


def measure(rows: list[list[str]], capability: Floats) -> dict[str, object]:
    """Each method's mean error with its interval, and by how much the election is better."""
    errors = np.array([issue_errors(row, capability) for row in rows])
    proposals = np.array([row[2] for row in rows])
    names = ("weighted_mean", "condorcet", "status_quo", "middle")
    figures: dict[str, object] = {"issues": len(rows), "proposals": len(set(proposals))}
    for at, name in enumerate(names):
        figures[name] = interval(errors[:, at], proposals)
    figures["condorcet_gain"] = interval(errors[:, 0] - errors[:, 1], proposals)
    return figures


def issue_errors(row: list[str], capability: Floats) -> list[float]:
    """Distance to the outcome: weighted mean, election, reference point, the middle."""
    positions, salience = numbers(row[POSITIONS]), numbers(row[SALIENCE]) / 100
    outcome = float(row[OUTCOME])
    known = ~np.isnan(positions) & ~np.isnan(salience)
    weights = (capability * salience)[known]
    if not known.any() or not weights.sum():
        return [abs(50 - outcome)] * 4
    mean = float(weighted_mean(weights, positions[known]))
    election = expected_place(weights, positions[known])
    reference = float(row[REFERENCE]) if row[REFERENCE].strip() else mean
    return [abs(place - outcome) for place in (mean, election, reference, 50.0)]


def interval(values: Floats, clusters: NDArray[np.str_]) -> tuple[float, float, float]:
    """Mean with its 90 % interval, whole clusters drawn again."""
    names, index = np.unique(clusters, return_inverse=True)
    sums, counts = np.bincount(index, values), np.bincount(index)
    chosen = np.random.default_rng(0).integers(len(names), size=(RESAMPLES, len(names)))
    means = sums[chosen].sum(axis=1) / counts[chosen].sum(axis=1)
    low, high = np.quantile(means, (0.05, 0.95))
    return float(values.mean()), float(low), float(high)


if __name__ == "__main__":
    main()
