"""What a question is about: which statements it wants, as conditions in SQL."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from fairweather.ledger.search import fts_query
from fairweather.ledger.window import EVERYTHING, Window
from fairweather.records import Actor, Record

Term = tuple[str, list[str]]
"""An SQL condition and its values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Which statements are wanted; what is left empty leaves nothing out.

    `actors`: about all of them, each given by the ids under which it may stand; `text`: from
    documents that hold the words (a phrase in quotes); `documents`: whose first quote stands
    in one of them; `givers`: support that one of these ids gave or withheld, and
    `besides`: to none of these.
    """

    actors: tuple[tuple[str, ...], ...] = ()
    text: str = ""
    documents: Collection[str] | None = None
    givers: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether it leaves nothing out."""
        return not (self.actors or self.text or self.documents is not None or self.givers)


ANYTHING = About()


def conditions(
    kind: type[Record], window: Window, about: About, ids: Collection[str] | None
) -> Term:
    """What statements of a kind must meet to be wanted, and with `ids` to be among them."""
    where, values = window.where()
    # With "+" no index on the type is used: what else is asked for finds fewer rows.
    sign = "" if about.anything and ids is None else "+"
    terms, arguments = [f"{sign}type = ? AND {where}"], [kind.type, *values]
    for condition, given in (
        *_naming(kind, about),
        *_holding(about.text),
        *_among("document", about.documents),
        *_given(about.givers, about.besides),
        *_among("id", ids),
        *_named_by_then(kind, window),
    ):
        terms.append(condition)
        arguments += given
    return " AND ".join(terms), arguments


def _naming(kind: type[Record], about: About) -> Iterator[Term]:
    """Conditions for rows about all the actors, each given by the ids it may stand under."""
    left = list(about.actors)
    if about.documents is None and len(left) >= 2:
        # A pair's rows are listed together; two long lists need not be crossed.
        pairs = [sorted((one, other)) for one in left[0] for other in left[1] if one != other]
        if pairs:
            either = " OR ".join("(one = ? AND other = ? AND type = ?)" for _ in pairs)
            yield (
                f"seq IN (SELECT statement FROM pair WHERE {either})",
                [value for pair in pairs for value in (*pair, kind.type)],
            )
            left = left[2:]
    for ids in left:
        marks = ", ".join("?" * len(ids))
        if about.documents is None:
            yield f"seq IN (SELECT statement FROM mention WHERE actor IN ({marks}))", list(ids)
        else:
            # A few documents hold fewer rows than an actor has mentions.
            probe = f"SELECT 1 FROM mention WHERE actor IN ({marks}) AND statement = seq"
            yield f"EXISTS ({probe})", list(ids)


def _holding(text: str) -> Iterator[Term]:
    if text:
        matching = "SELECT rowid FROM words WHERE words MATCH ?"
        yield (
            f"document IN (SELECT id FROM document WHERE seq IN ({matching}))",
            [fts_query(text) or '""'],
        )


def _given(givers: tuple[str, ...], besides: tuple[str, ...]) -> Iterator[Term]:
    if givers:
        one, other = (", ".join("?" * len(ids)) for ids in (givers, besides))
        listed = "SELECT seq FROM statement INDEXED BY support_by_giver WHERE type = 'support'"
        between = f"row ->> '$.giver' IN ({one}) AND row ->> '$.receiver' NOT IN ({other})"
        yield f"seq IN ({listed} AND {between})", [*givers, *besides]


def _among(column: str, values: Collection[str] | None) -> Iterator[Term]:
    if values is not None:
        yield f"{column} IN (SELECT value FROM json_each(?))", [json.dumps(list(values))]


def _named_by_then(kind: type[Record], window: Window) -> Iterator[Term]:
    """An actor, which quotes nothing, is known from the first row on that is about it."""
    if kind is Actor and window != EVERYTHING:
        where, values = window.where("telling")
        telling = "mention JOIN statement AS telling ON telling.seq = mention.statement"
        named = f"mention.actor = statement.id AND telling.type <> 'actor' AND {where}"
        yield f"EXISTS (SELECT 1 FROM {telling} WHERE {named})", values
