"""The shapes of event tables: GDELT 1.0 and 2.0, ICEWS, POLECAT.

A shape says which column carries which field of the common schema. Tables are known by
their content: ICEWS and POLECAT name their columns in the first line, GDELT's files have no
such line but a fixed number of columns with an id, a date and a CAMEO code at fixed places.

Columns after: GDELT Event Database Data Format Codebook 1.03 and 2.0 (gdeltproject.org);
ICEWS Coded Event Data (doi:10.7910/DVN/28075); POLECAT Weekly Data (doi:10.7910/DVN/AJGVIT).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fairweather.errors import SourceError
from fairweather.sources.tables.parts import first_bytes

HEAD_BYTES = 256 * 1024
HEAD_LINES = 50

_ACTOR = (
    *("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code"),
    *("Religion2Code", "Type1Code", "Type2Code", "Type3Code"),
)
_PLACE_1 = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
_PLACE_2 = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")


def _gdelt(place: Sequence[str]) -> tuple[str, ...]:
    """GDELT's columns, with as many for each of the three places as its version has."""
    return (
        *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
        *(f"Actor1{part}" for part in _ACTOR),
        *(f"Actor2{part}" for part in _ACTOR),
        *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass"),
        *("GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone"),
        *(f"{actor}Geo_{part}" for actor in ("Actor1", "Actor2", "Action") for part in place),
        *("DATEADDED", "SOURCEURL"),
    )


GDELT_1 = _gdelt(_PLACE_1)
"""58 columns; the files of events before April 2013 lack the last."""
GDELT_2 = _gdelt(_PLACE_2)
"""61 columns."""

_GDELT_FIELDS = {
    "event": "GLOBALEVENTID",
    "date": "SQLDATE",
    "added": "DATEADDED",
    "source_name": "Actor1Name",
    "source_country": "Actor1CountryCode",
    "source_group": "Actor1KnownGroupCode",
    "target_name": "Actor2Name",
    "target_country": "Actor2CountryCode",
    "target_group": "Actor2KnownGroupCode",
    "cameo": "EventCode",
    "intensity": "GoldsteinScale",
    "mentions": "NumMentions",
    "tone": "AvgTone",
    "url": "SOURCEURL",
}
_ICEWS_FIELDS = {
    "event": "Event ID",
    "date": "Event Date",
    "source_name": "Source Name",
    "source_country": "Source Country",
    "target_name": "Target Name",
    "target_country": "Target Country",
    "cameo": "CAMEO Code",
    "intensity": "Intensity",
}
_POLECAT_FIELDS = {
    "event": "Event ID",
    "date": "Event Date",
    "added": "Publication Date",
    "source_name": "Actor Name",
    "source_country": "Actor Country",
    "target_name": "Recipient Name",
    "target_country": "Recipient Country",
    "event_class": "Event Type",
    "mode": "Event Mode",
    "intensity": "Intensity",
}
_NAMED = {"icews": _ICEWS_FIELDS, "polecat": _POLECAT_FIELDS}
_OTHER_NAMES = {"Event Intensity": "Intensity"}
"""What a later release calls a column -> what it was called before."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How one table is written: its data set, columns in order, and what they carry.

    `fields` maps fields of the common schema (and `source_country`, `source_group`, and
    the same of the target) to columns. `has_header` is whether line 1 names the columns.
    """

    dataset: str
    delimiter: str
    columns: tuple[str, ...]
    fields: Mapping[str, str]
    has_header: bool


def shape_of(path: Path) -> Shape | None:
    """The shape of a file, zipped or plain, by its content; None when it is no event table."""
    try:
        return shape_of_head(first_bytes(path, HEAD_BYTES).decode("utf-8", errors="replace"))
    except (OSError, SourceError):
        return None  # whoever reads it as something else says what is wrong with it


def shape_of_head(head: str) -> Shape | None:
    """The shape that the first lines of a table show."""
    lines = head.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if len(lines) > 1:
        lines.pop()  # empty, or cut where the head ends
    filled = [line for line in lines if line][:HEAD_LINES]
    if not filled:
        return None
    return _named(filled[0]) or _gdelt_shape(filled)


def _named(first: str) -> Shape | None:
    """The shape of a table whose first line names its columns."""
    for delimiter in ("\t", ","):
        written = (name.strip().strip('"') for name in first.split(delimiter))
        columns = tuple(_OTHER_NAMES.get(name, name) for name in written)
        for dataset, fields in _NAMED.items():
            if set(fields.values()) <= set(columns):
                return Shape(dataset, delimiter, columns, fields, has_header=True)
        for dataset, expected in (("gdelt-1", GDELT_1), ("gdelt-2", GDELT_2)):
            if columns == expected:
                return Shape(dataset, delimiter, columns, _GDELT_FIELDS, has_header=True)
    return None


def _gdelt_shape(lines: Sequence[str]) -> Shape | None:
    """GDELT's, when more than half of the lines have its columns and their first values."""
    for dataset, columns in (
        ("gdelt-2", GDELT_2),
        ("gdelt-1", GDELT_1),
        ("gdelt-1", GDELT_1[:-1]),
    ):
        fitting = sum(_fits_gdelt(line.split("\t"), columns) for line in lines)
        if 2 * fitting > len(lines):
            carried = {name: at for name, at in _GDELT_FIELDS.items() if at in columns}
            return Shape(dataset, "\t", columns, carried, has_header=False)
    return None


def _fits_gdelt(values: Sequence[str], columns: Sequence[str]) -> bool:
    return (
        len(values) == len(columns)
        and values[0].isdigit()
        and bool(re.fullmatch(r"[12]\d{7}", values[1]))
        and values[2] == values[1][:6]
        and values[columns.index("QuadClass")] in ("", "1", "2", "3", "4")
    )
