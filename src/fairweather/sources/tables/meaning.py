"""What the values of a table mean: actors to ids, codes to PLOVER classes, dates to days.

Every function takes the text of a cell and is called once for each different text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache, lru_cache

from fairweather.records.identity import slug
from fairweather.vocabulary import vocabulary
from fairweather.vocabulary.table_codes import load_table_codes

NOBODY = ("", "None", "NA", "---")
"""How tables write that they name no one."""

SEVERAL = ";"
"""What POLECAT puts between several countries on one side of an event."""

_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")
_CODE = re.compile(r"\d{2,4}")
_PLAIN_STATEMENT = "01"
"""CAMEO's root for public statements, which PLOVER has no class for."""


@lru_cache(maxsize=200_000)
def actors_named(country: str, group: str, name: str) -> tuple[str, ...]:
    """The actor ids on one side of a row; () where it names nobody.

    First comes who acts for itself, an armed group or a bloc, whatever country the table puts
    beside it (Hezbollah is not Lebanon); then the country, since tables give
    it with everyone who belongs to it, from minister to citizen; then any other body;
    and else a slug of the name.
    """
    codes = load_table_codes()
    folded = name.casefold()
    group_id = codes.group(group)
    if group_id in codes.own.values():
        return (group_id,)
    if folded in codes.own:
        return (codes.own[folded],)
    countries = dict.fromkeys(
        codes.country(one) or slug(one)
        for one in (part.strip() for part in country.split(SEVERAL))
        if one not in NOBODY
    )
    if countries:
        return tuple(countries)
    if group_id or folded in codes.bodies:
        return (group_id or codes.bodies[folded],)
    if name not in NOBODY:
        return (codes.country(name) or slug(name),)
    return ()


@cache
def day(text: str) -> dt.date | None:
    """The day of "20140705", "2014-07-05" or an instant that begins so; None for no day."""
    found = _DAY.match(text)
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def class_of_word(word: str) -> str | None:
    """The PLOVER class that POLECAT names; None for a word that is none."""
    upper = word.strip().upper()
    return upper if upper in vocabulary("event_classes") else None


def whole_code(code: str) -> str:
    """A CAMEO code with the zero it begins with, which spreadsheets drop; "" for no code.

    Codes of events have three or four digits and their roots end at 20, so that "43" can only be
    043 and "831" only 0831.
    """
    if not _CODE.fullmatch(code):
        return ""
    if len(code) == 2 or int(code[:2]) > 20:
        code = f"0{code}"
    return code if "01" <= code[:2] <= "20" else ""


@cache
def class_of_code(code: str) -> str | None:
    """The PLOVER class of a whole CAMEO code, by its root and the exceptions to it."""
    exceptions, roots = _codes()
    for length in range(len(code), 2, -1):
        if code[:length] in exceptions:
            return exceptions[code[:length]]
    return roots.get(code[:2])


@cache
def _codes() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """CAMEO codes and roots -> class; of two classes with one root, the first has it whole."""
    exceptions: dict[str, str] = {}
    roots: dict[str, str] = {}
    for key, term in vocabulary("event_classes").items():
        exceptions |= dict.fromkeys(term.extra["cameo_exceptions"], key)
        for root in term.extra["cameo"]:
            roots.setdefault(root, key)
    return exceptions, roots


def is_statement(code: str) -> bool:
    """Whether a whole CAMEO code is a plain public statement."""
    return code.startswith(_PLAIN_STATEMENT)
