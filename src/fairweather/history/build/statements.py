"""How often partners spoke or acted for a state at war, by pact class (ICEWS 2014, UCDP, ATOP).

A case is a partner and a state at war in 2014; it happened when the event table has one act of the
kind or more from the partner's government or the country by name. One year of news in English and
other languages: a floor, and silence of the press is not silence of the state.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fairweather.errors import MisuseError, SourceError
from fairweather.history.build.arms import NO_PACT, UNPLEDGED
from fairweather.history.build.counting import Case
from fairweather.history.build.dyads import Pacts, at_war, codes_by_actor
from fairweather.vocabulary.table_codes import load_table_codes

YEAR = 2014
ACTS = {
    "spoken": frozenset({"Praise_or_endorse", "Defend_verbally", "Express_accord"}),
    "diplomacy": frozenset(
        {
            "Engage_in_diplomatic_cooperation",
            "Rally_support_on_behalf_of",
            "Grant_diplomatic_recognition",
        }
    ),
    "aided": frozenset({"Provide_economic_aid", "Provide_aid", "Provide_humanitarian_aid"}),
}
"""Rate group -> the relations of the event table that count."""

FILES = ("icews14_entities", "icews14_relations", "icews14_train_valid")


def statement_cases(folder: Path, history: Path, pacts: Pacts) -> list[Case]:
    """Cases of every group. Raises SourceError when the event table is not in the folder."""
    entities, relations, events = (_table(folder, name) for name in FILES)
    codes = codes_by_actor(history, YEAR)
    country = dict(zip(entities["id"], map(_state(codes), entities["name"]), strict=True))
    wanted = {
        id: group
        for id, name in zip(relations["id"], relations["name"], strict=True)
        for group, acts in ACTS.items()
        if name in acts
    }
    done = {
        (wanted[relation], country[subject], country[target])
        for subject, relation, target in zip(events["s"], events["r"], events["o"], strict=True)
        if relation in wanted
    }
    spoken_of = set(country.values())
    warring = sorted(state for state, year in at_war(history) if year == YEAR)
    made = []
    for state in warring:
        partners = pacts.get((state, YEAR), {})
        for giver in sorted(set(codes.values()) - {state}):
            pact = partners.get(giver, NO_PACT)
            for group in ACTS if giver in spoken_of else ():
                happened = (group, giver, state) in done
                made.append(Case(f"{group}.{pact}", happened, str(state), YEAR))
                if pact not in (NO_PACT, "defense"):
                    made.append(Case(f"{group}.{UNPLEDGED}", happened, str(state), YEAR))
    return made


def _state(codes: dict[str, int]) -> Callable[[object], int | None]:
    names = load_table_codes()

    def found(name: object) -> int | None:
        """The state that an entity speaks for: the country, or "Government (Country)"."""
        text = str(name).replace("_", " ")
        if text.startswith("Government (") and text.endswith(")"):
            text = text[len("Government (") : -1]
        return codes.get(names.country(text))

    return found


def _table(folder: Path, name: str) -> dict[str, list[object]]:
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise MisuseError(
            "reading data sets needs pyarrow: pip install 'fairweather[history]'"
        ) from error
    path = folder / f"{name}.parquet"
    if not path.is_file():
        raise SourceError(f"{path}: is not there; it holds the events of {YEAR}")
    found: dict[str, list[object]] = parquet.read_table(path).to_pydict()
    return found
