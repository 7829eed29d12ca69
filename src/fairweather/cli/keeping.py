"""Verbs that fill and keep the ledger: demo, read, export, import, verify."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairweather.cli.event_tables import report_object, tell_report
from fairweather.cli.manners import (
    desk,
    emit,
    emit_json,
    emit_lines,
    json_option,
    ledger_path,
    output_option,
    talk,
    window_options,
    with_ledger,
)
from fairweather.cli.tables import safe
from fairweather.errors import CheckFailed, MisuseError, SourceError

if TYPE_CHECKING:
    from fairweather.coding.extractor import Extractor, ServiceUse
    from fairweather.coding.intake import Progress, ReadReport

EXPORT_FORMS = ("jsonl", "csv", "parquet", "graphml", "ftm")
"""As in `fairweather.ledger.exports`, which is too slow to load for a line of help."""

DEMO_LEDGER = "fairweather-demo.db"


@click.command()
@click.argument("name", required=False)
@with_ledger
@output_option
def demo(name: str | None, output: str | None) -> None:
    """Read a shipped example and print its pair's page.

    NAME is one of the examples (russia-iran without one). The ledger is
    ./fairweather-demo.db unless --db names another.
    """
    from fairweather.desk import Desk
    from fairweather.desk.demo import examples
    from fairweather.vocabulary.loader import suggest

    shipped = {example.name: example for example in examples()}
    chosen = shipped.get(name or next(iter(shipped)))
    if chosen is None:
        near = suggest(str(name), shipped)
        hint = f'did you mean "{near}"?' if near else f"there are {', '.join(shipped)}"
        raise MisuseError(f'no example "{name}"; {hint}')
    path = ledger_path(DEMO_LEDGER)
    with Desk(path) as open_desk:
        with progress_bar("reading") as progress:
            # The other pairs are read too, for the record of each side with its partners.
            files = [file for example in shipped.values() for file in example.files]
            report = open_desk.read(files, progress)
        talk(report_text(report))
        emit(open_desk.brief(*chosen.pair).markdown, output)
    a, b = chosen.pair
    talk(
        f"\nThe ledger is {path}. Try next:\n"
        f"  fairweather --db {path} brief {a} {b} -o brief.html\n"
        f"  fairweather --db {path} find support --actor {a}\n"
        f"  fairweather --db {path} scenario draft {a} {b} -o war.toml\n"
        f"  fairweather --db {path} why ID      (any id from the page)"
    )


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path())
@click.option(
    "--extractor",
    metavar="NAME",
    default="rules",
    show_default=True,
    help="Who reads: rules, llm, both, or one that a package offers.",
)
@click.option("--tables", metavar="DIR", help="Where event tables go; else beside the ledger.")
@click.option("--full-pages", is_flag=True, help="Fetch the pages that a feed's items link to.")
@click.option("--model", help="The language model's name; else FAIRWEATHER_LLM_MODEL.")
@click.option("--llm-url", metavar="URL", help="Its service; else FAIRWEATHER_LLM_URL.")
@click.option("--llm-price-in", type=float, help="What a million tokens sent cost.")
@click.option("--llm-price-out", type=float, help="What a million tokens received cost.")
@with_ledger
@json_option
@output_option
@click.pass_context
def read(
    ctx: click.Context,
    /,
    sources: tuple[str, ...],
    extractor: str,
    full_pages: bool,
    tables: str | None,
    as_json: bool,
    output: str | None,
    **about_llm: Any,
) -> None:
    """Read files, folders, feeds and pages into the ledger.

    SOURCES are paths, web addresses (a feed gives its items, a page its article) and lists
    of feeds (OPML). Event tables (GDELT, ICEWS, POLECAT) are known by their shape and kept
    beside the ledger.

    The rules read offline. A language model gets the text over the network; its key is
    taken from FAIRWEATHER_LLM_KEY alone, and stderr says first who will receive what.

    Ends 0 when all is stored or already there, 2 when some input failed (the rest is
    stored), 3 when there was nothing to read.
    """
    from fairweather.sources.fetching import Web

    extractors = _extractors(extractor, **about_llm)
    with desk(must_exist=False) as open_desk, progress_bar("reading") as progress:
        open_desk.tables = Path(tables) if tables else open_desk.tables
        report = open_desk.read(sources, progress, extractors, Web(full_pages))
    if as_json:
        emit_json(report_json(report), output)
    else:
        emit(report_text(report), output)
    ctx.exit(report.exit_code)


def _extractors(
    name: str,
    model: str | None,
    llm_url: str | None,
    llm_price_in: float | None,
    llm_price_out: float | None,
) -> Sequence[Extractor]:
    """The extractors asked for. Raises MisuseError, before a ledger is made."""
    from fairweather.coding.choosing import extractors_named
    from fairweather.coding.llm import LlmOptions

    options = LlmOptions(llm_url or "", model or "", llm_price_in, llm_price_out)
    if name not in ("llm", "both") and options != LlmOptions():
        raise MisuseError(f"--model and --llm-... belong to --extractor llm or both, not {name}")
    return extractors_named(name, options, announce=talk)


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """A counter on stderr, on a terminal only."""
    from tqdm import tqdm

    with tqdm(desc=label, unit=" documents", disable=None, file=sys.stderr, leave=False) as bar:

        def advance(title: str) -> None:
            bar.set_postfix_str(title[:40], refresh=False)
            bar.update()

        yield advance


def report_text(report: ReadReport) -> str:
    """A read's report for people."""
    lines = [
        f"{len(report.new)} new, {len(report.duplicate)} already there, {len(report.failed)} failed"
    ]
    if report.rows:
        lines.append(", ".join(f"{count} {kind}" for kind, count in report.rows.items()))
    lines += [f"{reason}: {document.title}" for document, reason in report.not_coded]
    lines += [
        f"{document.id} supersedes {old}: {document.title}" for old, document in report.revised
    ]
    lines += [f"{document.id} {told}" for document, told in report.forgotten]
    if report.refused:
        kinds = Counter(refusal.kind for refusal in report.refused)
        told = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
        lines.append(f"{len(report.refused)} candidate rows refused: {told}")
    lines += [tell_report(table) for table in report.tables]
    lines += [_service_text(use) for use in report.services]
    lines += [f"failed: {failure.uri}: {failure.reason}" for failure in report.failed]
    return safe("\n".join(lines))


def _service_text(use: ServiceUse) -> str:
    """What a service was asked, in one line; what is not known is said to be so."""
    sent, received = (
        "not known" if tokens is None else f"{tokens:,}"
        for tokens in (use.tokens_in, use.tokens_out)
    )
    cost = "not known" if use.cost is None else f"{use.cost:.4f}"
    dates = f"; {use.dates_left_out} dates left out" if use.dates_left_out else ""
    return (
        f"{use.name} at {use.host}: {use.calls} calls, {use.characters:,} characters;"
        f" tokens sent {sent}, received {received}; cost {cost}{dates}"
    )


def report_json(report: ReadReport) -> dict[str, Any]:
    """A read's report as one plain object."""
    return {
        "new": [document.id for document in report.new],
        "duplicate": [document.id for document in report.duplicate],
        "not_coded": [
            {"document": document.id, "title": document.title, "reason": reason}
            for document, reason in report.not_coded
        ],
        "revised": [
            {"document": document.id, "supersedes": old} for old, document in report.revised
        ],
        "forgotten": [
            {"document": document.id, "reason": told} for document, told in report.forgotten
        ],
        "failed": [{"uri": one.uri, "reason": one.reason} for one in report.failed],
        "refused": [
            {
                "record": one.record.id if one.record else None,
                "kind": one.kind,
                "reason": one.reason,
            }
            for one in report.refused
        ],
        "rows": report.rows,
        "tables": [report_object(table) for table in report.tables],
        "services": [asdict(use) for use in report.services],
    }


@click.command()
@with_ledger
@click.option(
    "--format", "form", type=click.Choice(EXPORT_FORMS), default="jsonl", show_default=True
)
@click.option("--all", "everything", is_flag=True, help="Also what is hidden, and decisions.")
@click.option("--public", is_flag=True, help="No full texts, quotes of at most 300 characters.")
@click.option("--overwrite", is_flag=True, help="Replace what is there under that name.")
@window_options
@output_option
def export(form: str, everything: bool, public: bool, overwrite: bool, output: str | None) -> None:
    """Write the ledger's rows, one JSON object a line, or in another program's form.

    jsonl is the contract, and what `import` takes; csv and parquet are a folder of tables
    (-o FOLDER), graphml a network of actors, ftm FollowTheMoney entities. Files are
    written whole, and none is replaced unless told (docs/exports.md).
    """
    from fairweather.ledger.exports import export_to, lines_of

    if everything and public:
        raise MisuseError("--all is your private copy, --public is for others; choose one")
    if everything and form not in ("jsonl", "csv", "parquet"):
        raise MisuseError(f"--all is for jsonl, csv and parquet; {form} shows what stands")
    with desk() as open_desk:
        rows = open_desk.export(everything=everything, public=public)
        if output is None:
            emit_lines(lines_of(form, rows), None)
            return
        done = export_to(form, rows, Path(output), overwrite=overwrite)
    talk(f"{done.rows.total():,} rows in {done.target}")


@click.command("import")
@click.argument("file", type=click.Path(dir_okay=False))
@with_ledger
@json_option
def import_(file: str, as_json: bool) -> None:
    """Take in rows written by `export --all`; the same file twice changes nothing."""
    try:
        with Path(file).open(encoding="utf-8") as lines, desk(must_exist=False) as open_desk:
            added = open_desk.import_(lines, file)
    except OSError as error:
        raise SourceError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{file}: not UTF-8 text at byte {error.start}") from error
    if as_json:
        counts = {"new": added.new, "known": added.known, "forgotten": added.forgotten}
        emit_json(counts, None)
    else:
        left_out = f", {added.forgotten} left out: forgotten here" if added.forgotten else ""
        emit(f"{added.new} rows new, {added.known} already there{left_out}", None)


@click.command()
@with_ledger
@json_option
def verify(as_json: bool) -> None:
    """Prove the ledger: every quote verbatim, nothing orphaned. Ends 4 when a fault is found."""
    with desk() as open_desk:
        found = open_desk.verify()
        counts = open_desk.ledger.counts()
    if as_json:
        emit_json({"sound": not found, "faults": list(found), "rows": counts}, None)
    else:
        rows = ", ".join(f"{count} {kind}" for kind, count in counts.items())
        emit("\n".join(found) if found else f"sound: {rows}", None)
    if found:
        raise CheckFailed(
            f"{len(found)} fault{'s' if len(found) != 1 else ''} found. Nothing was repaired: put"
            " the last sound backup in the ledger's place and read again what came after it, or"
            " `export --all` what is sound and `import` it into a new ledger"
        )


VERBS = (demo, read, export, import_, verify)
