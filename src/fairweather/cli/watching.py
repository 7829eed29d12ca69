"""The verb watch: feeds polled on a schedule, what is new told and written down."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairweather.cli.manners import (
    desk,
    emit,
    emit_json,
    json_option,
    output_option,
    talk,
    with_ledger,
)
from fairweather.cli.tables import safe
from fairweather.errors import MisuseError, NothingFound, SourceError
from fairweather.records import shorten

if TYPE_CHECKING:
    from fairweather.coding.watching import Plan, Polled, Progress, Round
    from fairweather.desk import Desk
    from fairweather.ledger import FeedState, Ledger
    from fairweather.sources.fetching import Guard
    from fairweather.sources.opml import Subscription

    Send = Callable[[Round], None]

NEWS = 10
"""The exit code of `--once` when something is new."""

IN_RSS = 100
"""Documents in the feed of what is new."""

SHORTEST_EVERY = dt.timedelta(minutes=5)
_EVERY = re.compile(r"(?P<count>\d+)\s*(?P<unit>m|min|h|d)")
_UNITS = {"m": "minutes", "min": "minutes", "h": "hours", "d": "days"}


@click.command()
@click.argument("sources", nargs=-1)
@click.option("--every", default="30m", show_default=True, help="How often: 30m, 2h, 1d.")
@click.option("--once", is_flag=True, help="Poll once and end: 10 when something is new.")
@click.option("--full-pages", is_flag=True, help="Fetch the pages that items link to.")
@click.option("--status", is_flag=True, help="Fetch nothing; show each feed as it stands.")
@click.option("--drop", metavar="URL", help="Watch a feed no more; what it brought stays.")
@click.option(
    "--sources-page",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Write each feed's last item, failures and silence (.html or .md).",
)
@click.option(
    "--rss",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Write what is new as an RSS feed.",
)
@click.option("--webhook", metavar="URL", help="Post what is new as JSON to this address.")
@click.option(
    "--webhook-loopback", is_flag=True, help="The webhook may be a server on this machine."
)
@with_ledger
@json_option
@output_option
@click.pass_context
def watch(
    ctx: click.Context,
    /,
    sources: tuple[str, ...],
    as_json: bool,
    output: str | None,
    **options: Any,
) -> None:
    """Poll feeds on a schedule and read what is new into the ledger.

    SOURCES are addresses of feeds and lists of feeds (OPML); they are watched from then on,
    and without any the feeds known already are. What each answered last is kept in the
    ledger, so that a watch goes on after a restart. Feeds that fail are left alone for
    longer each time, or as long as their server asks.

    With --once it ends 10 when something is new, 2 when nothing is and some feed failed,
    3 when there is no feed. Otherwise it goes on until it is stopped.

    With --webhook each round that brings news is posted, as --json prints it with the
    documents beside; what cannot be delivered is tried again and never holds up the watch.
    """
    from fairweather.coding.watching import begin

    plan = _plan(options)
    guard = _webhook_guard(options["webhook"], options["webhook_loopback"])
    pages = _Pages(options["sources_page"], options["rss"])
    added = _subscriptions(sources)
    with desk(must_exist=not added) as open_desk:
        ledger = open_desk.ledger
        if options["drop"] and not ledger.feeds.drop(options["drop"]):
            raise NothingFound(f"{safe(options['drop'])} is not watched; see watch --status")
        begin(ledger, added)
        if not options["drop"] and not ledger.feeds.all():
            raise NothingFound("no feed is watched; name one: fairweather watch URL...")
        if options["status"] or options["drop"]:
            pages.write(ledger)
            _show_status(ledger, as_json, output)
            return
        if output and not plan.once:
            raise MisuseError("-o is for --once and --status; a watch without an end talks on")
        with _webhook(options["webhook"], guard) as send:
            if plan.once:
                ctx.exit(_watch_once(open_desk, plan, pages, send, as_json, output))
            _watch_on(open_desk, plan, pages, send, as_json)


def _webhook_guard(url: str | None, loopback: bool) -> Guard | None:
    """The guard for a webhook. Raises MisuseError for an address that is never reached."""
    if url is None:
        return None
    from fairweather.sources.fetching.webhook import guard_for

    try:
        return guard_for(url, loopback=loopback)
    except SourceError as error:
        hint = "" if loopback else " (a server on this machine needs --webhook-loopback)"
        raise MisuseError(f"--webhook {safe(url)}: {error}{hint}") from error


@contextmanager
def _webhook(url: str | None, guard: Guard | None) -> Iterator[Send]:
    """What is called with each round; posts the rounds that bring news."""
    if url is None or guard is None:
        yield lambda done: None
        return
    from fairweather.sources.fetching.webhook import Webhook

    webhook = Webhook(url, guard, told=lambda said: talk(safe(said)))
    try:
        yield lambda done: webhook.post(news_of(done)) if done.news else None
    finally:
        webhook.close()


def news_of(done: Round) -> dict[str, Any]:
    """A round as it is posted: what --json prints, and the new documents without their texts."""
    new = [document for one in done.polled for document in one.new]
    new += [document for one in done.polled for _, document in one.changed]
    return {
        **round_json(done),
        "documents": [
            {
                "id": document.id,
                "title": document.title,
                "url": document.url,
                "publisher": document.publisher,
                "published": document.published.text(),
                "told": shorten(" ".join(document.text.split())),
            }
            for document in new
        ],
    }


def _plan(options: dict[str, Any]) -> Plan:
    from fairweather.coding.watching import Plan

    found = _EVERY.fullmatch(options["every"].strip().lower())
    every = dt.timedelta(**{_UNITS[found["unit"]]: int(found["count"][:6])}) if found else None
    if every is None or every < SHORTEST_EVERY:
        raise MisuseError(f"--every {options['every']}: write 30m, 2h or 1d; at least 5m")
    return Plan(every=every, once=options["once"], full_pages=options["full_pages"])


def _subscriptions(sources: tuple[str, ...]) -> list[Subscription]:
    from fairweather.sources.fetching import feeds_of

    found: list[Subscription] = []
    for source in sources:
        feeds, trouble = feeds_of(source)
        if trouble:
            raise SourceError(f"{source}: {trouble.reason}")
        if feeds is None:
            raise MisuseError(
                f"{safe(source)} is neither the address of a feed nor a list of feeds (OPML);"
                " files are read with `fairweather read`"
            )
        found += feeds
    return found


class _Pages:
    """The files that a watch keeps up to date, each whole at any time."""

    def __init__(self, sources_page: str | None, rss: str | None) -> None:
        self._sources_page = Path(sources_page) if sources_page else None
        self._rss = Path(rss) if rss else None
        if self._sources_page and self._sources_page.suffix not in (".html", ".md"):
            raise MisuseError(f"--sources-page {sources_page}: ends neither in .html nor in .md")

    def write(self, ledger: Ledger) -> None:
        """Write both as of now. Raises MisuseError where a file cannot be written."""
        from fairweather.cli import news_feed, sources_page

        now = dt.datetime.now(dt.UTC)
        if self._sources_page:
            is_html = self._sources_page.suffix == ".html"
            made = sources_page.as_html if is_html else sources_page.as_markdown
            _replace(self._sources_page, made(ledger.feeds.all(), now))
        if self._rss:
            latest = ledger.feeds.latest(IN_RSS)
            documents = ((ledger.document(item.document), item.seen) for item in latest)
            moved = news_feed.moved_questions(ledger, [item.document for item in latest])
            _replace(self._rss, news_feed.as_rss(documents, now, moved))


def _replace(path: Path, text: str) -> None:
    made = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        made.write_text(text, encoding="utf-8", newline="\n")
        made.replace(path)
    except OSError as error:
        raise MisuseError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        made.unlink(missing_ok=True)


def _watch_once(
    open_desk: Desk, plan: Plan, pages: _Pages, send: Send, as_json: bool, output: str | None
) -> int:
    with _progress(open_desk.ledger) as progress:
        (done,) = open_desk.watch((), plan, progress)
    send(done)
    pages.write(open_desk.ledger)
    if as_json:
        emit_json(round_json(done), output)
    else:
        emit(round_text(done), output)
    if done.news:
        return NEWS
    return SourceError.exit_code if done.failed else 0


def _watch_on(open_desk: Desk, plan: Plan, pages: _Pages, send: Send, as_json: bool) -> None:
    ledger = open_desk.ledger
    count = len(ledger.feeds.all())
    talk(f"watching {count} feeds, each every {plan.every}; Ctrl-C ends it")
    with _progress(ledger) as progress:
        for done in open_desk.watch((), plan, progress):
            send(done)
            pages.write(ledger)
            told = json.dumps(round_json(done)) if as_json else ""
            click.echo(told or f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC {round_text(done)}")


@contextmanager
def _progress(ledger: Ledger) -> Iterator[Progress]:
    """Which feed, which item: on stderr, on a terminal only."""
    from tqdm import tqdm

    urls = {state.url for state in ledger.feeds.all()}
    with tqdm(desc="polling", unit=" items", disable=None, file=sys.stderr, leave=False) as bar:

        def advance(said: str) -> None:
            if said in urls:
                bar.set_description_str(f"polling {safe(said)[:50]}")
            else:
                bar.set_postfix_str(safe(said)[:40], refresh=False)
                bar.update()

        yield advance


def round_text(done: Round) -> str:
    """One time round the feeds, for people."""
    polled = done.polled
    new, changed = sum(len(one.new) for one in polled), sum(len(one.changed) for one in polled)
    failed = sum(bool(one.failure) for one in polled)
    lines = [f"{new} new, {changed} changed in {len(polled)} feeds, {failed} failed"]
    for one in polled:
        lines += _polled_lines(one)
    lines += [
        f"left alone until {state.not_before[:16].replace('T', ' ')} UTC: {state.url}"
        for state in done.resting
    ]
    lines += [
        f"question: {one['statement']}: {one['finding']} ({one['question']})" for one in done.moved
    ]
    return safe("\n".join(lines))


def _polled_lines(one: Polled) -> Iterator[str]:
    for document in one.new:
        yield f"new: {document.published.text()}: {document.title} ({document.id})"
    for earlier, document in one.changed:
        yield f"changed: {document.title} ({document.id}, was {earlier})"
    if one.failure:
        yield f"failed: {one.state.url}: {one.failure}"
    for trouble in one.troubles:
        yield f"trouble: {trouble.uri}: {trouble.reason}"


def round_json(done: Round) -> dict[str, Any]:
    """One time round the feeds as one plain object."""
    return {
        "news": done.news,
        "questions": list(done.moved),
        "feeds": [
            {
                "url": one.state.url,
                "title": one.state.title,
                "new": [document.id for document in one.new],
                "changed": [
                    {"was": earlier, "document": document.id} for earlier, document in one.changed
                ],
                "known": one.known,
                "unchanged": one.unchanged,
                "failure": one.failure,
                "troubles": [
                    {"uri": trouble.uri, "reason": trouble.reason} for trouble in one.troubles
                ],
            }
            for one in done.polled
        ],
        "resting": [
            {"url": state.url, "until": state.not_before, "failure": state.failure}
            for state in done.resting
        ],
    }


def _show_status(ledger: Ledger, as_json: bool, output: str | None) -> None:
    from fairweather.cli.sources_page import as_table

    now = dt.datetime.now(dt.UTC)
    states = ledger.feeds.all()
    if as_json:
        emit_json({"feeds": [state_json(state, now) for state in states]}, output)
    else:
        emit(as_table(states, now), output)


def state_json(state: FeedState, now: dt.datetime) -> dict[str, Any]:
    """One feed as a plain object, with how it stands and how long it has been silent."""
    from dataclasses import asdict

    from fairweather.coding.watching import silence, standing

    hours = round(silence(state, now).total_seconds() / 3600, 1)
    return {**asdict(state), "standing": standing(state, now), "silent_hours": hours}


VERBS = (watch,)
