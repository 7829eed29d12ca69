"""Event tables in the true formats, every row made up: countries that are, deeds that were not."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from fairweather.sources.tables import TableStore
from fairweather.sources.tables.shapes import GDELT_1, GDELT_2

pytest.importorskip("duckdb", reason="event tables need the extra `tables`")

ICEWS = (
    *("Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text"),
    *("CAMEO Code", "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID"),
    *("Sentence Number", "Publisher", "City", "District", "Province", "Country"),
    *("Latitude", "Longitude"),
)
POLECAT = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *("Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors"),
    *("Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name"),
    *("Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors"),
    *("Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City"),
    *("District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID"),
    *("Raw Placename", "Feature Type", "Source", "Publication Date", "Story People"),
    *("Story Organizations", "Story Locations", "Language", "Version"),
)
PLAIN = {
    "Actor1Code": "PERGOV",
    "Actor1Name": "PERU",
    "Actor1CountryCode": "PER",
    "Actor2Code": "CHL",
    "Actor2Name": "CHILE",
    "Actor2CountryCode": "CHL",
    "IsRootEvent": "1",
    "EventCode": "042",
    "EventBaseCode": "042",
    "EventRootCode": "04",
    "QuadClass": "1",
    "GoldsteinScale": "1.9",
    "NumMentions": "4",
    "NumSources": "1",
    "NumArticles": "4",
    "AvgTone": "2.5",
    "SOURCEURL": "https://news.example/1",
}
"""What a GDELT row says unless told otherwise: Peru's government visits Chile."""

Row = Callable[..., str]


def gdelt_row(number: int = 1, day: str = "20150218", *, version: int = 2, **changes: str) -> str:
    """A line of a GDELT file without its end."""
    columns = GDELT_2 if version == 2 else GDELT_1
    added = f"{day}231500" if version == 2 else day
    row = PLAIN | {
        "GLOBALEVENTID": str(number),
        "SQLDATE": day,
        "MonthYear": day[:6],
        "Year": day[:4],
        "FractionDate": f"{day[:4]}.1315",
        "DATEADDED": added,
    }
    return "\t".join((row | changes).get(column, "") for column in columns)


def icews_row(number: int = 1, day: str = "2014-07-05", **changes: str) -> str:
    """A line of an ICEWS file; changes by column with _ for blanks."""
    row = {
        "Event ID": str(number),
        "Event Date": day,
        "Source Name": "Citizen (Peru)",
        "Source Sectors": "General Population / Civilian",
        "Source Country": "Peru",
        "Event Text": "Make a visit",
        "CAMEO Code": "042",
        "Intensity": "1.9",
        "Target Name": "Chile",
        "Target Country": "Chile",
        "Story ID": "77",
        "Sentence Number": "2",
        "Publisher": "The Example",
    } | {name.replace("_", " "): value for name, value in changes.items()}
    return "\t".join(row.get(column, "") for column in ICEWS)


def polecat_cells(number: int = 1, day: str = "2020-03-05", **changes: str) -> list[str]:
    """The cells of a POLECAT row; None where nothing is known, as the data set has it."""
    row = {
        "Event ID": f"{day.replace('-', '')}-{number}-AGREE",
        "Event Date": day,
        "Event Type": "AGREE",
        "Event Mode": "None",
        "Intensity": "4.0",
        "Quad Code": "VERBAL COOPERATION",
        "Actor Name": "Martin Vizcarra",
        "Actor Country": "PER",
        "Recipient Name": "Chile",
        "Recipient Country": "CHL",
        "Source": "The Example",
        "Publication Date": "2020-03-07",
        "Language": "eng",
        "Version": "NGEC_1.0",
    } | {name.replace("_", " "): value for name, value in changes.items()}
    return [row.get(column, "None") for column in POLECAT]


class Maker:
    """Writes table files into a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def plain(self, name: str, lines: Sequence[str]) -> Path:
        path = self.folder / name
        path.write_bytes("".join(f"{line}\n" for line in lines).encode())
        return path

    def zipped(self, name: str, lines: Sequence[str]) -> Path:
        path = self.folder / f"{name}.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, "".join(f"{line}\n" for line in lines))
        return path

    def gzipped(self, name: str, lines: Sequence[str]) -> Path:
        path = self.folder / f"{name}.gz"
        path.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode()))
        return path

    def icews(self, name: str, rows: Sequence[str]) -> Path:
        return self.plain(name, ["\t".join(ICEWS), *rows])

    def polecat(self, name: str, rows: Sequence[Sequence[str]]) -> Path:
        return self.plain(name, ["\t".join(row) for row in (POLECAT, *rows)])


@pytest.fixture
def make(tmp_path: Path) -> Maker:
    folder = tmp_path / "files"
    folder.mkdir()
    return Maker(folder)


@pytest.fixture
def store(tmp_path: Path) -> TableStore:
    return TableStore(tmp_path / "x.db.tables")


@pytest.fixture
def gdelt() -> Row:
    return gdelt_row


@pytest.fixture
def icews() -> Row:
    return icews_row


@pytest.fixture
def polecat() -> Callable[..., list[str]]:
    return polecat_cells
