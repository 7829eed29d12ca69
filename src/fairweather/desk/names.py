"""From what a person types to an actor: a code, a name, a capital, a slug."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fairweather.errors import UnknownActor
from fairweather.ledger import Ledger, is_actor, split_off
from fairweather.vocabulary.gazetteer import State, load_gazetteer
from fairweather.vocabulary.loader import suggest

MOST_OFFERED = 400
"""Actors of a ledger that are offered to somebody who types a name: the most mentioned."""


def actor_id(text: str, ledger: Ledger | None = None) -> str:
    """The id of the actor that a text names, capitals or not.

    Raises UnknownActor with the nearest name when nobody answers, or when several do.
    """
    gazetteer = load_gazetteer()
    spellings = (text, text.upper(), text.lower(), text.lower().replace(" ", "-"))
    for candidate in spellings:
        if candidate in gazetteer.actors or (ledger and ledger.is_about(candidate)):
            return candidate
    known = set(gazetteer.actors) | set(_in_ledger(ledger) if ledger else ())
    for candidate in spellings:
        if candidate in known:
            return candidate
    named = {
        actor
        for surface, actor, kind in gazetteer.terms()
        if surface.lower() == text.lower() and kind != "surname"
    }
    if len(named) == 1:
        return named.pop()
    if named:
        raise UnknownActor(f"{text!r} may be {', '.join(sorted(named))}; say which")
    names = {surface: actor for surface, actor, _ in gazetteer.terms()} | {k: k for k in known}
    near = suggest(text, names) or suggest(text.title(), names)
    hint = f'; did you mean "{near}" ({names[near]})?' if near else "; `fairweather find actors`"
    raise UnknownActor(f"no actor {text!r}{hint}")


def _in_ledger(ledger: Ledger) -> Iterator[str]:
    """Actors that the ledger's rows name, and those split off from them in review."""
    yield from ledger.actor_ids()
    for decision in ledger.decisions():
        if decision.kind == "split" and is_actor(decision.subject):
            yield split_off(decision.subject, decision.object)


def label(actor: str) -> str:
    """An actor's name for people; the id where no table has it."""
    return load_gazetteer().label(actor)


def spelt_by(ledger: Ledger | None = None) -> Callable[[str], str]:
    """From an actor's id to what a person types for it: its name where that names nobody else."""

    def spelt(actor: str) -> str:
        plain = label(actor)
        try:
            return plain if "," not in plain and actor_id(plain, ledger) == actor else actor
        except UnknownActor:
            return actor

    return spelt


def completions(ledger: Ledger) -> dict[str, str]:
    """Ids and names to offer where an actor is asked for: the most spoken of, and all states."""
    states = (one.id for one in load_gazetteer().actors.values() if isinstance(one, State))
    told = ledger.actor_ids()[:MOST_OFFERED]
    return {actor: label(actor) for actor in (*told, *states)}
