"""How the pages are: faults a browser finds, how fast they answer, how flat memory stays.

    ./run bench web [--documents 100_000] [--records 2_000_000] [--keep FILE] [--json] [--quick]

Looks at every page of the shipped example in Chromium, narrow and wide, dark and light, with
script (and axe-core) and without: `axe_violations`, `console_errors`, `outside_requests`.
Then serves a ledger of made-up documents (that of `bench ledger`; `--keep` names its file) and
asks for pages of pairs, as likely as texts tell of them: `pair_first_ms_100k` the first time,
`pair_ms_100k` once it was asked for, medians and the slowest. At last ten readers at once read
pairs, documents, searches and reasons: `p95_ms` over their requests, `rss_growth_mb` what the
process holds more after the last of many rounds than after the first. Ends 4 when a goal is missed.
`--quick` takes 2,000 documents. Without a browser the faults are null. `--pictures FOLDER` measures
nothing and pictures the pages instead, as docs/pages.md shows them.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx

import ledger as made_up
from _browsing import (
    PATIENCE,
    Faults,
    Served,
    addresses,
    browser,
    browser_path,
    look,
    serving,
    told_by,
    window,
)
from fairweather.desk import Desk

ROOT = Path(__file__).resolve().parents[1]
GOALS = {
    "axe_violations": 0,
    "console_errors": 0,
    "outside_requests": 0,
    "broken_pages": 0,
    "pair_ms_100k": 500.0,
    "p95_ms": 500.0,
    "rss_growth_mb": 50.0,
}
"""No figure may be above these."""

PAIR = ("SAU", "PAK")
EXAMPLE = ROOT / "examples" / "saudi-arabia-pakistan"
PAIRS, READERS, ROUNDS = 20, 10, 12


def main() -> int:
    """Measure and print; ends 4 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, help=f"{made_up.DOCUMENTS:_} unless given")
    parser.add_argument("--records", type=int, help=f"{made_up.RECORDS:_} unless given")
    parser.add_argument("--keep", metavar="FILE", help="keep the large ledger here, or ask this")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--quick", action="store_true", help="a small ledger")
    parser.add_argument("--pictures", metavar="FOLDER", help="only picture the pages, into it")
    parser.add_argument("--data", help="not used: the texts are the project's own, or made up")
    options = parser.parse_args()
    if options.pictures:
        return pictured(Path(options.pictures))
    documents = options.documents or (made_up.QUICK_DOCUMENTS if options.quick else 100_000)
    records = options.records or 20 * documents
    with tempfile.TemporaryDirectory(prefix="fairweather-web-") as name:
        folder = Path(name)
        large = Path(options.keep) if options.keep else folder / "large.db"
        if not large.exists():
            made_up.apart(made_up.fill, large, documents, records)
        figures = {**faults_found(folder / "own.db"), "documents": documents, **asked(large)}
    missed = [key for key, goal in GOALS.items() if (figures[key] or 0) > goal]
    if options.json:
        print(json.dumps({**figures, "quick": options.quick, "missed": missed}))
    else:
        for key, value in figures.items():
            goal = f"   goal at most {GOALS[key]:g}" if key in GOALS else ""
            print(f"{key:<24} {'not measured' if value is None else value:>14}{goal}")
    return 4 if missed else 0


def pictured(folder: Path) -> int:
    """Pictures of the pages of the shipped examples, as the documentation shows them."""
    from _pictures import take

    with tempfile.TemporaryDirectory(prefix="fairweather-pictures-") as work:
        for path in take(folder, Path(work)):
            print(f"{path} {path.stat().st_size / 1000:.0f} kB")
    return 0


# -- faults ----------------------------------------------------------------------------------


def faults_found(path: Path) -> dict[str, Any]:
    """What a browser has against the pages of the shipped example, in every look."""
    with Desk(path) as desk:
        desk.read([EXAMPLE])
    with serving(path, "--edit") as served:
        pages = addresses(told_by(served.url), PAIR)
        if not (browser_path() and find_spec("playwright") and find_spec("axe_playwright_python")):
            names = ("axe_violations", "console_errors", "outside_requests", "broken_pages")
            return {"pages": len(pages), **dict.fromkeys(names)}
        faults = Faults()
        with browser() as chromium:
            for narrow, dark, script in itertools.product((False, True), repeat=3):
                with window(
                    chromium, faults, served.url, narrow=narrow, dark=dark, script=script
                ) as page:
                    for one in pages:
                        look(page, served.url, one, faults, script=script, axe=narrow == dark)
    for fault in faults.everything():
        print(fault, file=sys.stderr)
    return {
        "pages": len(pages),
        "axe_violations": len(faults.axe),
        "console_errors": len(faults.console),
        "outside_requests": len(faults.outside),
        "broken_pages": len(faults.broken),
    }


# -- speed and memory ------------------------------------------------------------------------


def asked(path: Path) -> dict[str, Any]:
    """Milliseconds of the pages of a large ledger, alone and with ten readers."""
    pairs = pairs_told(path)
    with serving(path) as served:
        served.settle()
        first, busy = [], []
        for a, b in pairs:
            begun = served.cpu_ms()
            first.append(timed(served, f"/pair/{a}/{b}"))
            busy.append(served.cpu_ms() - begun)
        again = [timed(served, f"/pair/{a}/{b}") for a, b in pairs]
        reads = [f"/pair/{a}/{b}" for a, b in pairs]
        words = made_up.World(made_up.SEED).words
        reads += [f"/search?q={word}" for word in words[100:1100:100]]
        some = httpx.get(f"{served.url}/pair/{'/'.join(pairs[-1])}.json", timeout=PATIENCE).json()
        documents = dict.fromkeys(one["document"] for one in some["sources"][:40])
        reads += [f"/document/{one}" for one in documents if one]
        reads += [f"/why?id={one['record']}" for one in some["sources"][:10]]
        crowd(served, reads, 2)
        before = served.memory_mb()
        took = crowd(served, reads, ROUNDS)
        grown = served.memory_mb() - before
    return {
        "pairs": len(pairs),
        "pair_ms_100k": round(statistics.median(again), 1),
        "pair_worst_ms_100k": round(max(again), 1),
        "pair_first_ms_100k": round(statistics.median(first), 1),
        "pair_first_worst_ms_100k": round(max(first), 1),
        "pair_first_cpu_ms_100k": round(statistics.median(busy), 1),
        "requests": len(took),
        "p50_ms": round(statistics.median(took), 1),
        "p95_ms": round(statistics.quantiles(took, n=20)[-1], 1),
        "rss_mb": round(before),
        "rss_growth_mb": round(grown, 1),
    }


def pairs_told(path: Path) -> list[tuple[str, str]]:
    """Different pairs as likely as texts tell of them, of which some row is held."""
    world = made_up.World(made_up.SEED)
    likely = [after - before for before, after in itertools.pairwise(world.weights)]
    some = random.Random(made_up.SEED).choices(world.pairs, likely, k=4 * PAIRS)
    with Desk(path) as desk:
        known = [pair for pair in dict.fromkeys(some) if made_up._rows_of(desk, *pair) > 2]
    return known[:PAIRS]


def timed(served: Served, path: str, client: httpx.Client | None = None) -> float:
    """Milliseconds until a page has come whole. Ends the bench where it does not."""
    begun = time.perf_counter()
    answer = (client or httpx).get(f"{served.url}{path}", timeout=3 * PATIENCE)
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}: {answer.text[:300]}")
    return (time.perf_counter() - begun) * 1000


def crowd(served: Served, paths: list[str], rounds: int) -> list[float]:
    """Milliseconds of every request of readers who each read all pages in their own order."""
    with ThreadPoolExecutor(READERS) as pool:
        each = pool.map(lambda number: _read(served, paths, rounds, number), range(READERS))
        return [one for reader in each for one in reader]


def _read(served: Served, paths: list[str], rounds: int, number: int) -> list[float]:
    chance = random.Random(number)
    with httpx.Client() as client:
        return [
            timed(served, path, client)
            for _ in range(rounds)
            for path in chance.sample(paths, len(paths))
        ]


if __name__ == "__main__":
    sys.exit(main())
