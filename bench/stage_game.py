"""How fast the stage game and a whole play are, on one core.

    python bench/stage_game.py [--json] [--quick]

Counts exact parameter draws solved per second (a whole game tree each), and the time of a
play with every figure. Times are the best of several repeats in one process.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from fairweather.scenario import Scenario, parse_scenario, play_scenario
from fairweather.scenario.constants import game_inputs
from fairweather.scenario.quantity import sample
from fairweather.scenario.runs import war_probability, worlds
from fairweather.scenario.stage_game import play_stage_game

SCENARIOS = Path(__file__).parents[1] / "examples" / "scenarios"
DRAWS = 4000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--quick", action="store_true", help="two repeats in place of seven")
    options = parser.parse_args()
    repeats = 2 if options.quick else 7
    rows = [measure(path, repeats) for path in sorted(SCENARIOS.glob("*.toml"))]
    if options.json:
        print(json.dumps({"draws": DRAWS, "scenarios": rows}, indent=2))
        return 0
    print(f"{'scenario':28} {'offers':>6} {'draws/s':>10} {'runs':>5} {'play':>7}")
    for row in rows:
        print(
            f"{row['scenario']:28} {row['offers']:>6} {row['draws_per_second']:>10,} "
            f"{row['runs']:>5} {row['play_seconds']:>6.2f}s"
        )
    return 0


def measure(path: Path, repeats: int) -> dict[str, str | int | float]:
    scenario = parse_scenario(path.read_text(encoding="utf-8"), path.name)
    solved = best(lambda: solve_once(scenario), repeats)
    played = best(lambda: play_scenario(scenario, draws=DRAWS), repeats)
    return {
        "scenario": path.stem,
        "offers": len(scenario.offers) + len(scenario.threats),
        "draws_per_second": round(DRAWS / solved),
        "runs": len(scenario.runs),
        "play_seconds": round(played, 3),
    }


def solve_once(scenario: Scenario) -> float:
    """Seconds to solve the game of the second run (the war) for all draws; sampling excluded."""
    drawn = {
        part.path: sample(
            part.quantity, part.path, seed=0, draws=DRAWS, low=part.low, high=part.high
        )
        for part in game_inputs(scenario)
    }
    run = scenario.runs[1]
    begun = time.perf_counter()
    play_stage_game(scenario, drawn, worlds(scenario, run), war_probability(scenario, run))
    return time.perf_counter() - begun


def best(task: Callable[[], object], repeats: int) -> float:
    """The shortest time: what the task itself reports in seconds, else what it took."""
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        told = task()
        times.append(told if isinstance(told, float) else time.perf_counter() - begun)
    return min(times)


if __name__ == "__main__":
    sys.exit(main())
