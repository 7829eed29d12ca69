"""How fast event tables are taken in and answer, and how much memory that needs.

    ./run bench events [--rows 50_000_000] [--json] [--quick]

Takes in made-up files in the true formats (GDELT 2.0 zipped, ICEWS, POLECAT) and counts rows
a second; then asks a store of `--rows` made-up rows over ten years for one pair by month and
class, and for totals by source, target and class. `dyad_ratio` and `group_ratio` are the times of
these against the same SQL given to DuckDB directly with its own settings: the best of several
runs in turn. Every measure runs in a process of its own; `peak_mb` is the most that any took.
`--quick` takes fewer rows and ends within 45 seconds. Needs some 3 GB of disk, given back.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb

from _apart import apart
from fairweather.sources.tables import TableStore, TakenIn, pair_counts, take_in, totals
from fairweather.sources.tables.queries import pair_sql, totals_sql
from fairweather.sources.tables.shapes import GDELT_2

GOALS = {"peak_mb": 2000.0, "dyad_ratio": 1.15, "group_ratio": 1.15}
"""No figure may be above these."""

ROWS, QUICK_ROWS = 50_000_000, 1_000_000
FILE_ROWS, QUICK_FILE_ROWS = 2_000_000, 100_000
MONTHS = 120
SEED = 20150218
COUNTRIES_TEXT = """
USA CHN RUS GBR FRA DEU IND JPN ISR IRN TUR SYR UKR SAU PAK AFG IRQ KOR PRK EGY AUS CAN ITA ESP
POL BRA MEX ARG VEN COL CHL PER ZAF NGA KEN ETH SDN LBY TUN DZA MAR JOR LBN YEM ARE QAT KWT OMN
BHR GEO ARM AZE KAZ UZB TKM KGZ TJK MNG VNM THA MYS SGP IDN PHL MMR BGD LKA NPL CUB BLR MDA ROU
"""
COUNTRIES = COUNTRIES_TEXT.split()
"""Likely first: the n-th is drawn about 1/n as often."""
CODES = "010 020 036 040 042 043 046 051 057 061 071 0841 111 112 120 130 141 163 173 190 193"
CODES_LIST = CODES.split()
PAIR = ("RUS", "IRN")
GROUPS = ("source", "target", "event_class")


def main() -> int:
    """Measure and print; ends 4 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, help=f"rows of the store, {ROWS:_} unless given")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--quick", action="store_true", help="fewer rows, within 45 seconds")
    parser.add_argument("--data", help="not used: every row is made up")
    options = parser.parse_args()
    rows = options.rows or (QUICK_ROWS if options.quick else ROWS)
    with tempfile.TemporaryDirectory(prefix="fairweather-events-") as folder:
        figures = measure(Path(folder), rows, QUICK_FILE_ROWS if options.quick else FILE_ROWS)
    missed = [name for name, goal in GOALS.items() if figures[name] > goal]
    if options.json:
        print(json.dumps({**figures, "quick": options.quick, "missed": missed}))
    else:
        for name, value in figures.items():
            goal = f"   goal at most {GOALS[name]:g}" if name in GOALS else ""
            print(f"{name:<24} {value:>14,}{goal}")
        if options.quick:
            print(f"quick: {rows:,} rows in the store, {QUICK_FILE_ROWS:,} in the GDELT file")
    return 4 if missed else 0


def measure(folder: Path, rows: int, file_rows: int) -> dict[str, Any]:
    """Every figure; the folder is filled and emptied on the way."""
    write_gdelt(folder / "gdelt.zip", file_rows)
    write_icews(folder / "icews.tab", file_rows // 4)
    write_polecat(folder / "polecat.txt", file_rows // 4)
    speed, peaks = {}, []
    for name in ("gdelt.zip", "icews.tab", "polecat.txt"):
        speed[name], peak = apart(ingest, folder / "ingested", folder / name)
        peaks.append(peak)
        (folder / name).unlink()
    store = folder / "store"
    apart(fill, store, rows)
    stored = sum(path.stat().st_size for path in store.rglob("*.parquet"))
    (dyad_s, dyad_direct), peak = apart(ask_pair, store, 11)
    peaks.append(peak)
    (group_s, group_direct), peak = apart(ask_totals, store, 5 if rows > 10_000_000 else 15)
    peaks.append(peak)
    return {
        "rows": rows,
        "file_rows": file_rows,
        "ingest_rows_per_s": speed["gdelt.zip"],
        "icews_rows_per_s": speed["icews.tab"],
        "polecat_rows_per_s": speed["polecat.txt"],
        "peak_mb": max(peaks),
        "store_mb": round(stored / 1e6),
        "dyad_s": round(dyad_s, 3),
        "dyad_ratio": round(dyad_s / dyad_direct, 3),
        "group_s": round(group_s, 3),
        "group_ratio": round(group_s / group_direct, 3),
    }


# --- taking in ------------------------------------------------------------------------------


def ingest(folder: Path, file: Path) -> int:
    """Rows a second of one file, from opening it to its rows counting."""
    start = time.perf_counter()
    report = take_in(TableStore(folder), file)
    seconds = time.perf_counter() - start
    if not report.new or report.malformed != 1:
        raise SystemExit(f"not what was written: {report}")
    return round((report.new + report.duplicate) / seconds)


def draws(seed: int) -> Iterator[tuple[int, str, str, str, str]]:
    """Endless made-up events: a day of 2015, two countries, a CAMEO code, an intensity."""
    chance = random.Random(seed)
    weights = [1 / place for place in range(1, len(COUNTRIES) + 1)]
    while True:
        many = 10_000
        sources = chance.choices(COUNTRIES, weights, k=many)
        targets = chance.choices(COUNTRIES, weights, k=many)
        codes = chance.choices(CODES_LIST, k=many)
        for source, target, code in zip(sources, targets, codes, strict=True):
            yield chance.randrange(59), source, target, code, f"{chance.uniform(-10, 10):.1f}"


def days(count: int) -> list[dt.date]:
    """The first days of 2015."""
    return [dt.date(2015, 1, 1) + dt.timedelta(n) for n in range(count)]


def write_gdelt(path: Path, rows: int) -> None:
    """A zipped GDELT 2.0 file, its last line cut short."""
    place = [
        "4",
        "Somewhere, Some Region, Some Country",
        "SC",
        "SC48",
        "25106",
        "55.7",
        "37.6",
        "1",
    ]
    calendar = [day.strftime("%Y%m%d") for day in days(59)]
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("gdelt.csv", "w") as file,
    ):
        for number, (day, source, target, code, intensity) in zip(
            range(rows), draws(SEED), strict=False
        ):
            date = calendar[day]
            cells = [
                *(str(400_000_000 + number), date, date[:6], date[:4], f"{date[:4]}.1315"),
                *(f"{source}GOV", source, source, "", "", "", "", "GOV", "", ""),
                *(target, target, target, "", "", "", "", "", "", ""),
                *("1", code, code[:3], code[:2], "1", intensity, str(number % 40), "1", "4"),
                f"{number % 997 / 100:.13f}",
                *(3 * place),
                f"{date}{number % 96 // 4:02}{number % 4 * 15:02}00",
                f"https://news{number % 500}.example/{date}/a-made-up-story-{number}.html",
            ]
            file.write(("\t".join(cells) + "\n").encode())
        file.write(b"cut off\n")
    if len(cells) != len(GDELT_2):
        raise SystemExit(f"{len(cells)} columns, not GDELT's {len(GDELT_2)}")


def write_icews(path: Path, rows: int) -> None:
    """An ICEWS file, its last line cut short."""
    header = (
        "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\t"
        "CAMEO Code\tIntensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\t"
        "Sentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n"
    )
    calendar = [day.isoformat() for day in days(59)]
    with path.open("w", encoding="utf-8") as file:
        file.write(header)
        for number, (day, source, target, code, intensity) in zip(
            range(rows), draws(SEED + 1), strict=False
        ):
            file.write(
                f"{number}\t{calendar[day]}\tCitizen ({source})\tCivilian\t{source}\tA deed\t"
                f"{code}\t{intensity}\t{target}\t\t{target}\t{number}\t2\tThe Example\t\t\t\t\t\t\n"
            )
        file.write("cut off\n")


def write_polecat(path: Path, rows: int) -> None:
    """A POLECAT file, every tenth row with two actors, its last line cut short."""
    columns = (
        *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Actor Name"),
        *("Actor Country", "Recipient Name", "Recipient Country", "Publication Date", "Source"),
    )
    calendar = [day.isoformat() for day in days(59)]
    with path.open("w", encoding="utf-8") as file:
        file.write("\t".join(columns) + "\n")
        for number, (day, source, target, _, intensity) in zip(
            range(rows), draws(SEED + 2), strict=False
        ):
            actors = source if number % 10 else f"{source}; {COUNTRIES[number % 50]}"
            file.write(
                f"{calendar[day]}-{number}\t{calendar[day]}\tCONSULT\tvisit\t{intensity}\t"
                f"{actors}\t{actors}\t{target}\t{target}\t{calendar[day]}\tThe Example\n"
            )
        file.write("cut off\n")


# --- questions ------------------------------------------------------------------------------


def fill(folder: Path, rows: int) -> None:
    """A store of made-up rows over ten years, in the layout that `take_in` leaves."""
    connection = quiet_duckdb()
    connection.execute("SET memory_limit = '1500MB'")
    connection.execute(f"SET temp_directory = '{folder / 'spill'}'")
    connection.execute(f"SELECT setseed({SEED % 97 / 97})")
    per_month = rows // MONTHS
    shards = []
    for number in range(MONTHS):
        month = f"{2010 + number // 12}-{number % 12 + 1:02}"
        shard = Path("rows", f"month={month}", "generated.parquet")
        (folder / shard).parent.mkdir(parents=True)
        count = per_month if number else rows - per_month * (MONTHS - 1)
        connection.execute(
            f"COPY ({made_up_rows(month, number * per_month, count)}) TO '{folder / shard}'"
            " (FORMAT parquet, COMPRESSION zstd)"
        )
        shards.append(shard.as_posix())
    TableStore(folder).add(
        TakenIn(
            sha256="0" * 64,
            name="generated",
            dataset="gdelt-2",
            new=rows,
            duplicate=0,
            malformed=0,
            shards=tuple(shards),
            read="2026-01-01T00:00:00Z",
        )
    )


def made_up_rows(month: str, first: int, count: int) -> str:
    """SQL for rows of the common schema in one month."""
    countries = ", ".join(f"'{code}'" for code in COUNTRIES)
    classes = "'AGREE', 'CONSULT', 'SUPPORT', 'COOPERATE', 'AID', 'RETREAT', 'REQUEST', 'ACCUSE',"
    classes += " 'REJECT', 'THREATEN', 'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT', NULL"
    likely = f"[{countries}][least({len(COUNTRIES)}, floor(exp(random() * ln(73))))::INT]"
    return f"""
        SELECT 'gdelt-2' AS dataset, ({400_000_000 + first} + i)::VARCHAR AS event,
            date, date + 1 AS added, source, target, lower(source) AS source_name,
            lower(target) AS target_name,
            [{classes}][1 + floor(random() * 16)::INT] AS event_class,
            ['010', '042', '0841', '190'][1 + floor(random() * 4)::INT] AS cameo,
            round(random() * 20 - 10, 1) AS intensity, NULL::VARCHAR AS mode,
            (random() * 50)::INT AS mentions, random() * 20 - 10 AS tone,
            'https://news' || (i % 500) || '.example/made-up-story-' || i AS url,
            'generated' AS file, {first} + i AS line
        FROM (
            SELECT i, DATE '{month}-01' + (random() * 27)::INT AS date,
                {likely} AS source, {likely} AS target
            FROM range({count}) AS numbers(i)
        ) ORDER BY source, target, date"""


def ask_pair(folder: Path, runs: int) -> tuple[float, float]:
    """Least seconds for one pair by month and class: by the module, by DuckDB directly."""
    store, direct = TableStore(folder), quiet_duckdb()
    sql, values = pair_sql(store), [*PAIR, *PAIR]
    return best_of(
        lambda: pair_counts(store, *PAIR), lambda: direct.execute(sql, values).fetchall(), runs
    )


def ask_totals(folder: Path, runs: int) -> tuple[float, float]:
    """Least seconds for totals by source, target and class: the same two ways."""
    store, direct = TableStore(folder), quiet_duckdb()
    sql = totals_sql(store, GROUPS)
    return best_of(
        lambda: totals(store, GROUPS), lambda: direct.execute(sql).to_arrow_table(), runs
    )


def quiet_duckdb() -> duckdb.DuckDBPyConnection:
    """DuckDB as it comes, but for the progress it would write to stdout."""
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    return connection


def best_of(ours: Callable[[], Any], direct: Callable[[], Any], runs: int) -> tuple[float, float]:
    """Least seconds of two ways, run in turn after one run each that is not counted."""
    if len(ours()) != len(direct()):
        raise SystemExit("the two ways do not answer alike")
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for way, kept in ((ours, times[0]), (direct, times[1])):
            start = time.perf_counter()
            way()
            kept.append(time.perf_counter() - start)
    return min(times[0]), min(times[1])


if __name__ == "__main__":
    sys.exit(main())
