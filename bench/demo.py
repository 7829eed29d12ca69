"""How long the first minutes take: set-up and demo from nothing, again, and `--help`.

    ./run bench demo [--json] [--quick]

Copies the checkout's tracked files to a new folder and runs `./run demo` there with an
empty HOME: cold (set-up included, package registry reachable), then warm with a new
ledger; then `--help` five times (the median counts). `core_mb` is the size
of the environment's files. `--quick` leaves out the cold run and uses this checkout's environment.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GOALS = {"cold_s": 60.0, "warm_s": 10.0, "help_s": 0.5, "core_mb": 500.0}
HELP_RUNS = 5


def main() -> int:
    """Measure and print; ends 4 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--quick", action="store_true", help="no cold run")
    parser.add_argument("--data", help="not used: the demo brings its own corpus")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), quick=options.quick)
    missed = [name for name, goal in GOALS.items() if (figures[name] or 0) > goal]
    if options.json:
        print(json.dumps({**figures, "quick": options.quick, "missed": missed}))
    else:
        for name, goal in GOALS.items():
            value = "not measured" if figures[name] is None else f"{figures[name]:.2f}"
            print(f"{name:<8} {value:>12}   goal under {goal:g}")
        if options.quick:
            print("quick: the cold run and the size were left out")
    return 4 if missed else 0


def measure(folder: Path, *, quick: bool) -> dict[str, float | None]:
    """Seconds and megabytes; None for what was not measured."""
    home = folder / "home"
    home.mkdir()
    root = ROOT if quick else copied(folder / "checkout")
    environment = {"HOME": str(home), "PATH": os.environ["PATH"]}
    if quick:
        environment = {**os.environ}
    run = [str(root / "run")]
    cold = None if quick else timed([*run, "demo", "--db", str(folder / "1.db")], environment)
    if quick:
        timed([*run, "--help"], environment)
    warm = timed([*run, "demo", "--db", str(folder / "2.db")], environment)
    helps = [timed([*run, "--help"], environment) for _ in range(HELP_RUNS)]
    return {
        "cold_s": cold,
        "warm_s": warm,
        "help_s": statistics.median(helps),
        "core_mb": None if quick else size_mb(root / ".venv"),
    }


def copied(target: Path) -> Path:
    """The tracked files of the checkout in a new folder."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    return target


def timed(command: list[str], environment: dict[str, str]) -> float:
    """Wall seconds of a command. Raises CalledProcessError with its talk shown."""
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        done.check_returncode()
    return time.perf_counter() - start


def size_mb(folder: Path) -> float:
    """The sizes of a folder's files together, in MB of 10^6 bytes."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files) / 1e6


if __name__ == "__main__":
    sys.exit(main())
