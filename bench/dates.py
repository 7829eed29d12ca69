"""Measures the reading of dates, by kind of expression.

    python bench/dates.py [--json] [--errors]

Every sentence of `tests/sources/date_cases.toml` counts once: it is right when all its
expressions are found, no others, each with the interval that its words leave open. The
[[case]] part was written while the rules were made and is right by design; [[beyond]] holds
what the rules do not reach. `first_look` is the honest figure for expressions that the rules
have never seen: the share right of two sets, each read once before any rule was changed for
it. `peers` are two general libraries, run on another 45 expressions of news: they give one
instant where these cases ask for an interval.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fairweather.records import When, between
from fairweather.sources import find_dates

BATTERY = Path(__file__).parents[1] / "tests" / "sources" / "date_cases.toml"
FIRST_LOOK = {"178 expressions of every kind": 0.75, "60 more, after those rules": 0.68}
PEERS = {"dateparser": [30, 45], "dateutil": [22, 45]}
"""Resolved, of how many expressions taken from news articles."""


def main() -> int:
    options = _options()
    read = list(read_battery())
    right, all_of = Counter(k for k, _, ok in read if ok), Counter(k for k, _, _ in read)
    report = {
        "cases": len(read),
        "right": right.total(),
        "accuracy": round(right.total() / len(read), 3),
        "by_kind": {k: {"right": right[k], "n": n} for k, n in all_of.most_common()},
        "first_look": FIRST_LOOK,
        "peers": PEERS,
    }
    print(json.dumps(report)) if options.json else print_table(report)
    if options.errors:
        for _, line, ok in read:
            if not ok:
                print(line, file=sys.stderr)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true", help="list what was missed, on stderr")
    return parser.parse_args()


def read_battery() -> Iterator[tuple[str, str, bool]]:
    """Kind, sentence with what was found, and whether that is right."""
    tables = tomllib.loads(BATTERY.read_text("utf-8"))
    for case in (*tables["case"], *tables["beyond"]):
        found = read_case(case)
        yield case["kind"], f"{case['text']} {found}", found == case["dates"]


def read_case(case: dict[str, Any]) -> list[str]:
    """The expressions of a case with their intervals, written as the battery writes them."""
    anchor = _interval(case.get("anchor", ""))
    return [f"{m.text} = {_written(m.when)}" for m in find_dates(case["text"], anchor)]


def _interval(written: str) -> When | None:
    if not written:
        return None
    since, _, until = written.partition("..")
    ends = [None if end == "?" else end for end in (since, until or since)]
    return between(ends[0], ends[1])


def _written(when: When) -> str:
    ends = [when.since or "?", when.until or "?"]
    return f"{ends[0] if ends[0] == ends[1] else '..'.join(ends)} {when.precision}"


def print_table(report: dict[str, Any]) -> None:
    """Right of all, kind by kind, then the comparison."""
    for kind, counts in report["by_kind"].items():
        print(f"{kind:12}{counts['right']:5d} of {counts['n']:4d}")
    print(f"{'all':12}{report['right']:5d} of {report['cases']:4d}  {report['accuracy']:.3f}")
    for name, share in report["first_look"].items():
        print(f"first look: {name}: {share:.2f}")
    for name, (resolved, size) in report["peers"].items():
        print(f"{name}: {resolved} of {size} other expressions")


if __name__ == "__main__":
    sys.exit(main())
