"""Verbs that ask the ledger: find, why, profile, agreement."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from fairweather.cli.manners import (
    desk,
    emit,
    emit_json,
    json_option,
    output_option,
    window_options,
    with_ledger,
)


@click.command()
@click.argument("kind")
@with_ledger
@click.option("--actor", "actors", multiple=True, help="About this actor; may be repeated.")
@click.option(
    "--text", default="", help='In documents that hold these words, "a phrase" in quotes; by rank.'
)
@click.option("--since", metavar="DATE", help="Dated on or after.")
@click.option("--until", metavar="DATE", help="Dated on or before.")
@click.option("--status", help="Events of this status: factual, planned, hypothetical ...")
@click.option("--min-confidence", type=click.FloatRange(0, 1), help="Show rows from here on.")
@click.option("--limit", type=click.IntRange(1), help="At most this many rows.")
@click.option(
    "--tables",
    metavar="[DIR]",
    is_flag=False,
    flag_value="",
    help="Rows of event tables too, from beside the ledger or from DIR; events only.",
)
@click.option("--clusters", is_flag=True, help="Events by act: one row for all who tell of it.")
@click.option("--csv", "as_csv_", is_flag=True, help="CSV, names beside ids.")
@window_options
@json_option
@output_option
def find(
    kind: str,
    actors: tuple[str, ...],
    text: str,
    since: str | None,
    until: str | None,
    status: str | None,
    min_confidence: float | None,
    limit: int | None,
    tables: str | None,
    clusters: bool,
    as_csv_: bool,
    as_json: bool,
    output: str | None,
) -> None:
    """Find rows of a KIND: events, agreements, claims, predictions, amounts, ties,
    mechanisms, support, documents, actors."""
    from fairweather.cli.finding_words import words_rows, words_table
    from fairweather.cli.tables import as_csv, table
    from fairweather.desk.finding import Query, kind_named
    from fairweather.desk.names import label
    from fairweather.records import to_row

    query = Query(
        kind=kind_named(kind),
        actors=actors,
        text=text,
        since=since,
        until=until,
        status=status,
        min_confidence=min_confidence,
    )
    if tables is not None:
        from fairweather.cli.finding_tables import find_with_tables

        emit(find_with_tables(query, tables, limit, as_json=as_json, as_csv=as_csv_), output)
        return
    if clusters:
        from fairweather.cli.finding_stories import find_clusters

        emit(find_clusters(query, limit, as_json=as_json, as_csv=as_csv_), output)
        return
    with desk() as open_desk:
        found = open_desk.answer(replace(query, limit=limit))
        quoted = {row.document for row in found.rows} if found.hits else ()
        documents = {one.id: one for one in open_desk.ledger.documents(ids=quoted)}
    if as_json:
        rows = list(words_rows(found)) if found.hits else [to_row(row) for row in found.rows]
        emit_json({"kind": query.kind, "count": found.count, "rows": rows}, output)
    elif as_csv_:
        emit(as_csv(found.rows, label), output)
    else:
        shown = (
            words_table(found, documents, to_terminal=output is None)
            if found.hits
            else table(found.rows)
        )
        rest = found.count - len(found.rows)
        emit(shown + (f"\n{rest} more" if rest else ""), output)


@click.command()
@click.argument("identity", metavar="ID")
@with_ledger
@window_options
@json_option
@output_option
def why(identity: str, as_json: bool, output: str | None) -> None:
    """Show the chain behind a row or a number, down to the words of the document."""
    from fairweather.cli.telling import tell_why

    with desk() as open_desk:
        chain = open_desk.why(identity)
    if as_json:
        emit_json(chain.to_json(), output)
    else:
        emit(tell_why(chain), output)


@click.command()
@click.argument("a")
@click.argument("b")
@with_ledger
@click.option("--like", metavar="A-B", help="A reference pair beside it, such as RUS-CHN.")
@click.option("--tables", metavar="DIR", help="Event tables from DIR; else beside the ledger.")
@window_options
@json_option
@output_option
def profile(
    a: str,
    b: str,
    like: str | None,
    tables: str | None,
    as_json: bool,
    output: str | None,
) -> None:
    """Show a pair of actors, strand by strand from each side.

    What event tables count of the pair, where any were read, stands at the end by itself;
    alone where no text read speaks of both.
    """
    from fairweather.cli.event_tables import only_in_tables, pair_json, tell_pair
    from fairweather.cli.telling import profile_json, tell_profile
    from fairweather.errors import NothingFound

    with desk() as open_desk:
        open_desk.tables = Path(tables) if tables else open_desk.tables
        counted = open_desk.pair_in_tables(a, b)
        try:
            found = open_desk.profile(a, b)
        except NothingFound:
            if not counted:
                raise
            emit(only_in_tables(open_desk, (a, b), counted, as_json=as_json), output)
            return
        reference = open_desk.profile(*pair_of(like)) if like else None
    if as_json:
        emit_json({**profile_json(found, reference), "tables": pair_json(counted)}, output)
    else:
        emit(tell_profile(found, reference) + tell_pair(counted), output)


def pair_of(text: str) -> tuple[str, str]:
    """The two actors of "RUS-CHN" or "Russia,China". Raises MisuseError."""
    from fairweather.errors import MisuseError

    for separator in (",", ":", "-"):
        parts = [part.strip() for part in text.split(separator)]
        if len(parts) == 2 and all(parts):
            return parts[0], parts[1]
    raise MisuseError(f"not a pair: {text!r}; write two actors as RUS-CHN or Russia,China")


@click.command()
@click.argument("identity", metavar="[ID]", required=False)
@with_ledger
@click.option("--actor", "actors", multiple=True, help="With this party; may be repeated.")
@window_options
@json_option
@output_option
def agreement(
    identity: str | None,
    actors: tuple[str, ...],
    as_json: bool,
    output: str | None,
) -> None:
    """Show agreements: parties, life stages, clauses present and absent."""
    from fairweather.cli.telling import tell_agreement
    from fairweather.errors import NothingFound, UnknownKey
    from fairweather.records import to_row

    with desk() as open_desk:
        every = open_desk.agreements(actors)
    found = tuple(one for one in every if not identity or identity in (one.id, *one.merged))
    if identity and not found:
        raise UnknownKey(f"no agreement {identity!r}; `fairweather agreement` lists them")
    if not found:
        raise NothingFound("no agreement answers that")
    if as_json:
        emit_json({"agreements": [to_row(one) for one in found]}, output)
    else:
        emit("\n\n".join(tell_agreement(one) for one in found), output)


VERBS = (find, why, profile, agreement)
