"""Compares the table of office-holders with three open lists of national leaders.

    python bench/check_office_holders.py --data FOLDER [--missing]

FOLDER/actors holds `reign_leaders_1950_2021.csv` (REIGN, OEF Research, March 2021: effective
leaders by month), `wikidata_leaders_2021.csv` (Wikidata, by year) and
`wikidata_leaders_2026-07.json` (30 states on 2026-07-19, by day). A list confirms a role when
it has somebody of that state who shares a word of the name and who began within two months,
or in the same year where it gives only years. Prints how many of each list's leaders stand in
the table (`--missing` names the others) and every role marked "v" that no list confirms; ends
4 when there is one.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

from fairweather.vocabulary.gazetteer import LETTERS, Person, first_day, load_gazetteer

REIGN_CODES = dict(
    re.findall(
        r"(\w+)=(\w+)",
        """
    AAB=ATG ALG=DZA ANG=AGO AUL=AUS AUS=AUT BAH=BHR BAR=BRB BFO=BFA BHM=BHS BHU=BTN BNG=BGD
    BOS=BIH BOT=BWA BRU=BRN BUI=BDI BUL=BGR CAM=KHM CAO=CMR CAP=CPV CDI=CIV CEN=CAF CHA=TCD
    CON=COG COS=CRI CRO=HRV CZE=CSK CZR=CZE DEN=DNK DRC=COD EQG=GNQ ETM=TLS FIJ=FJI FRN=FRA
    GAM=GMB GDR=DDR GFR=DEU GMY=DEU GRG=GEO GRN=GRD GUA=GTM GUI=GIN HAI=HTI HON=HND ICE=ISL
    INS=IDN IRE=IRL KOS=XKX KUW=KWT KYR=KGZ KZK=KAZ LAT=LVA LEB=LBN LES=LSO LIB=LBY LIT=LTU
    MAA=MRT MAC=MKD MAD=MDV MAG=MDG MAL=MYS MAS=MUS MAW=MWI MLD=MDA MNC=MCO MNG=MNE MON=MNG
    MOR=MAR MSI=MHL MYA=MMR MZM=MOZ NAU=NRU NEP=NPL NEW=NZL NIG=NGA NIR=NER NTH=NLD OMA=OMN
    PAL=PLW PAR=PRY PHI=PHL POR=PRT ROK=KOR ROM=ROU SAF=ZAF SAL=SLV SEY=SYC SIE=SLE SIN=SGP
    SKN=KNA SLO=SVK SLU=LCA SLV=SVN SNM=SMR SOL=SLB SPN=ESP SRI=LKA SUD=SDN SVG=VCT SWA=SWZ
    SWD=SWE SWZ=CHE TAJ=TJK TAZ=TZA THI=THA TOG=TGO TRI=TTO UAE=ARE UKG=GBR URU=URY VAN=VUT
    YAR=YEM YPR=YMD ZAM=ZMB ZIM=ZWE
    """,
    )
)
"""REIGN's state abbreviation -> ISO code, where they differ."""

SHARED_SEATS = {"RUS": ("RUS", "SUN"), "YUG": ("YUG", "SCG", "SRB"), "DRV": ("VDR", "VNM")}
"""REIGN's one abbreviation for several states of the table."""

WIKIDATA_NAMES = {
    "Democratic Republic of the Congo": "COD",
    "Federated States of Micronesia": "FSM",
    "Kingdom of Denmark": "DNK",
    "Kingdom of the Netherlands": "NLD",
    "The Bahamas": "BHS",
    "The Gambia": "GMB",
    "Vatican City": "VAT",
}

ISO_2_TO_3 = dict(
    re.findall(
        r"(\w+)=(\S+)",
        """
    AR=ARG AU=AUS BN=BRN BR=BRA CA=CAN CN=CHN DE=DEU EU=european-union FR=FRA GB=GBR ID=IDN
    IN=IND IT=ITA JP=JPN KH=KHM KR=KOR LA=LAO MM=MMR MX=MEX MY=MYS PH=PHL RU=RUS SA=SAU SG=SGP
    TH=THA TR=TUR UK=GBR US=USA VN=VNM ZA=ZAF
    """,
    )
)
"""The third list's country codes -> ids of the table."""

NEAR = 62
"""Days between two starts that pass for one."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A leader in an open list: `start` is exact to the month, or to the year alone."""

    source: str
    states: tuple[str, ...]
    name: str
    start: date
    year_only: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A role in the table, with every spelling of its holder's name as sets of words."""

    person: str
    of: str
    start: date
    verified: bool
    names: tuple[frozenset[str], ...]


def main() -> int:
    """Prints the comparison; 4 when a role claims a confirmation that it has not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--missing", action="store_true")
    options = parser.parse_args()
    folder = options.data / "actors"
    listed = [*reign(folder), *wikidata_2021(folder), *wikidata_2026(folder)]
    held = list(roles())
    confirmed, missing = compare(listed, held)
    for source in dict.fromkeys(entry.source for entry in listed):
        count = sum(entry.source == source for entry in listed)
        lacking = [entry for entry in missing if entry.source == source]
        print(f"{source}: {count - len(lacking)} of {count} leaders stand in the table")
        for entry in lacking if options.missing else ():
            print(f"  {'/'.join(entry.states)} {entry.start} {entry.name}")
    claimed = [role for role in held if role.verified]
    unfounded = [role for role in claimed if role not in confirmed]
    print(f"{len(claimed) - len(unfounded)} of {len(claimed)} roles marked v are confirmed")
    for role in unfounded:
        print(f"  {role.person}: {role.of} from {role.start}")
    return 4 if unfounded else 0


def compare(listed: Iterable[Listed], held: Iterable[Held]) -> tuple[set[Held], list[Listed]]:
    """The roles that some list confirms, and the listed leaders that no role matches."""
    by_state: dict[str, list[Held]] = defaultdict(list)
    for role in held:
        by_state[role.of].append(role)
    confirmed: set[Held] = set()
    missing = []
    for entry in listed:
        found = [r for state in entry.states for r in by_state[state] if confirms(entry, r)]
        confirmed.update(found)
        if not found:
            missing.append(entry)
    return confirmed, missing


def confirms(entry: Listed, role: Held) -> bool:
    """Whether a listed leader and a role are one, by time and by name."""
    if entry.year_only:
        timely = entry.start.year == role.start.year
    else:
        timely = abs((entry.start - role.start).days) <= NEAR
    return timely and any(alike(words(entry.name), name) for name in role.names)


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names are one, or share or nearly share a word of three letters."""
    return one == other or any(
        len(a) > 2 and len(b) > 2 and (a == b or SequenceMatcher(None, a, b).ratio() >= 0.7)
        for a in one
        for b in other
    )


def words(name: str) -> frozenset[str]:
    """The words of a name in plain small letters."""
    marked = unicodedata.normalize("NFKD", name.translate(LETTERS).casefold())
    plain = "".join(c for c in marked if not unicodedata.combining(c))
    return frozenset(re.findall(r"[a-z]+", plain.replace("'", "")))


def roles() -> Iterator[Held]:
    """Every role in the table."""
    for actor in load_gazetteer().actors.values():
        if isinstance(actor, Person):
            names = tuple(words(name) for name in (actor.name, *actor.names))
            for role in actor.roles:
                start = date.fromisoformat(first_day(role.since))
                yield Held(actor.id, role.of, start, role.verified, names)


def reign(folder: Path) -> Iterator[Listed]:
    """REIGN's leaders; the file is in the code page of an old PC."""
    with (folder / "reign_leaders_1950_2021.csv").open(encoding="cp850", newline="") as file:
        for row in csv.DictReader(file):
            code = row["stateabb"]
            states = SHARED_SEATS.get(code, (REIGN_CODES.get(code, code),))
            start = date(int(row["syear"]), int(row["smonth"]), 1)
            yield Listed("REIGN 1950-2021", states, row["leader"], start)


def wikidata_2021(folder: Path) -> Iterator[Listed]:
    """Wikidata's heads of state and government around 2021."""
    codes = {surface: actor for surface, actor, kind in load_gazetteer().terms() if kind == "name"}
    with (folder / "wikidata_leaders_2021.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = WIKIDATA_NAMES.get(row["country"]) or codes.get(row["country"])
            if code and row["start_year"]:
                start = date(int(row["start_year"]), 1, 1)
                yield Listed("Wikidata 2021", (code,), row["officeholderLabel"], start, True)


def wikidata_2026(folder: Path) -> Iterator[Listed]:
    """The leaders of 30 states and two unions on 2026-07-19."""
    text = (folder / "wikidata_leaders_2026-07.json").read_text(encoding="utf-8")
    for name, country in json.loads(text)["countries"].items():
        code = "african-union" if name == "african_union" else ""
        code = code or ISO_2_TO_3.get(country["country"]["iso_code"], "")
        for position in country["positions"].values():
            holder = (position or {}).get("current_holder")
            if code and holder and holder["since"]:
                start = date.fromisoformat(holder["since"])
                yield Listed("Wikidata 2026-07", (code,), holder["name_en"], start)


if __name__ == "__main__":
    sys.exit(main())
