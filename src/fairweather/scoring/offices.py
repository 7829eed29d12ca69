"""Who took which office when, from the dated table of office-holders.

A condition such as "if X wins the election" is met when X takes an office that elections
fill. A line of the table counts only from the day on which the office was taken.
"""

from __future__ import annotations

import functools

from fairweather.records import first_day
from fairweather.scoring.constants import constants
from fairweather.vocabulary.gazetteer import Person, load_gazetteer


def taking_of_office(state: str, day: str) -> tuple[tuple[str, str, str], ...]:
    """Person, office and since when, of a state by an ISO day; the earliest first."""
    return tuple(
        found for found in _taken().get(state, ()) if first_day(found[2]).isoformat() <= day
    )


def states_of(person: str) -> tuple[str, ...]:
    """The states in which a person ever held an office."""
    listed = load_gazetteer().actors.get(person)
    roles = listed.roles if isinstance(listed, Person) else ()
    return tuple(dict.fromkeys(role.of for role in roles))


@functools.cache
def _taken() -> dict[str, tuple[tuple[str, str, str], ...]]:
    words = tuple(constants("conditions")["offices"])
    found: dict[str, list[tuple[str, str, str]]] = {}
    for identity, actor in load_gazetteer().actors.items():
        for role in actor.roles if isinstance(actor, Person) else ():
            if role.since and role.role.lower() in words:
                found.setdefault(role.of, []).append((identity, role.role, role.since))
    return {state: tuple(sorted(held, key=lambda one: one[2])) for state, held in found.items()}
