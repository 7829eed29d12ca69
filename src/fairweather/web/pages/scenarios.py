"""The scenario lab: a file drafted from the ledger, its numbers changed, played beside its base."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any

import anyio
import anyio.from_thread
import anyio.to_thread
from anyio.streams.memory import MemoryObjectSendStream
from fastapi import File, Form, Query, Request, UploadFile
from fastapi.responses import HTMLResponse, Response
from sse_starlette import EventSourceResponse, ServerSentEvent

from fairweather.brief.wording import label
from fairweather.desk import Desk
from fairweather.desk.blocs import most_told_of
from fairweather.errors import FairweatherError, ScenarioError
from fairweather.scenario import Scenario, check_scenario, parse_scenario, write_scenario
from fairweather.scenario.editing import edited
from fairweather.scenario.explanation.target import DEFAULT_RUNG
from fairweather.vocabulary import vocabulary
from fairweather.web.pages.page import Action, Open, Page
from fairweather.web.pages.pair import pair_named
from fairweather.web.pages.scenario_answers import (
    Answers,
    answers,
    count_of_steps,
    first_war,
    load_ahead,
    percent,
    worth,
)
from fairweather.web.pages.scenario_form import Fields, LabForm, form_of, passage, words_of
from fairweather.web.view import View

LONGEST = 200_000
"""Characters of a scenario file."""

ROOM = 64
"""Events that wait for a slow reader."""

MOST_SUGGESTED = 12
"""Pairs offered to be drafted: those most told of."""

WHERE = "the scenario"

Text = Annotated[str, Form(max_length=LONGEST, description="A scenario file (TOML).")]
Run = Annotated[str, Form(max_length=200, description="The run to show first and to explain.")]
Rung = Annotated[str, Form(max_length=40, description="What is explained: this rung or more.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What lies on the bench of the lab: the file as opened, and what was done to it.

    `base` is the scenario of the file, `changed` the one with what the form holds; both are
    None for a file that cannot be read, of which `mistake` tells. `misread`: a field holds what
    is no number.
    """

    text: str = ""
    base: Scenario | None = None
    changed: Scenario | None = None
    form: LabForm | None = None
    played: Answers | None = None
    run: str = ""
    rung: str = DEFAULT_RUNG
    mistake: str = ""
    misread: bool = False
    pair: str = ""

    @property
    def written(self) -> str:
        """The file with what the form holds; as it was opened where nothing was changed."""
        if self.base is None or self.changed is None or self.changed == self.base:
            return self.text
        return write_scenario(self.changed)


# -- what is done --------------------------------------------------------------------------


def lab(
    desk: Open,
    pair: Annotated[str, Query(max_length=80, description="Two actors: RUS-IRN.")] = "",
    against: Annotated[str, Query(max_length=80, description="Whom the second fights.")] = "",
) -> View:
    """A scenario to edit: drafted for a pair, or none yet."""
    if not pair.strip():
        return _view(desk, Bench())
    load_ahead()
    drafted = desk.draft(*pair_named(pair), against=against.strip() or None)
    bench = _opened(write_scenario(drafted), pair=pair, run=first_war(drafted.runs))
    return _view(desk, bench)


def play(
    request: Request, desk: Open, text: Text, fields: Fields, run: Run = "", rung: Rung = ""
) -> HTMLResponse:
    """Play a file with what the form holds; a mistake is told beside its field."""
    bench = _played(desk, _opened(text, fields, run=run, rung=rung))
    return _page(request, desk, bench)


def reopen(
    request: Request,
    desk: Open,
    fields: Fields,
    text: Text = "",
    file: Annotated[UploadFile | None, File(description="A scenario file (TOML).")] = None,
) -> HTMLResponse:
    """Lay another file on the bench: uploaded, pasted, or the one there with its changes made."""
    content = file.file.read(LONGEST + 1) if file is not None else b""
    if not content:
        bench = _opened(text, fields)
        return _page(request, desk, _opened(bench.written) if bench.changed else bench)
    try:
        uploaded = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _page(request, desk, Bench(mistake="the file is no text in UTF-8"))
    if len(content) > LONGEST:
        return _page(request, desk, Bench(mistake=f"a file holds {LONGEST:,} characters at most"))
    return _page(request, desk, _opened(uploaded))


def keep(text: Text, fields: Fields) -> Response:
    """The scenario as a file to keep, with what the form holds."""
    headers = {"Content-Disposition": 'attachment; filename="scenario.toml"'}
    return Response(_opened(text, fields).written, media_type="application/toml", headers=headers)


async def progress(
    request: Request, text: Text, fields: Fields, run: Run = "", rung: Rung = ""
) -> EventSourceResponse:
    """The play by server-sent events: `run` as each part is done, and the `page` at the end."""
    return EventSourceResponse(_told_live(request, _opened(text, fields, run=run, rung=rung)))


# -- the bench -----------------------------------------------------------------------------


def _opened(
    text: str,
    fields: dict[str, str] | None = None,
    *,
    run: str = "",
    rung: str = "",
    pair: str = "",
) -> Bench:
    """A file on the bench with what the form holds, checked."""
    # A form sends line ends as the net has them; a file keeps those of this system.
    text, fields = text.replace("\r\n", "\n"), fields or {}
    rungs = list(vocabulary("rungs"))[1:]
    rest: dict[str, Any] = {
        "run": run,
        "rung": rung if rung in rungs else DEFAULT_RUNG,
        "pair": pair,
    }
    if not text.strip():
        return Bench(**rest)
    try:
        base = parse_scenario(text, WHERE)
        changed, faults = edited(base, fields)
        if changed != base:
            changed = parse_scenario(write_scenario(changed), WHERE)
    except ScenarioError as error:
        return Bench(text=text, mistake=str(error), **rest)
    form = form_of(base, fields, faults, check_scenario(changed))
    misread = bool(faults)
    return Bench(text=text, base=base, changed=changed, form=form, misread=misread, **rest)


def _played(desk: Desk, bench: Bench, heard: Callable[[str], object] = lambda said: None) -> Bench:
    """The bench with its answers, unless something on it is wrong."""
    if bench.base is None or bench.changed is None or bench.misread or not _sound(bench.changed):
        return bench
    # A base that a change has mended cannot be played beside it.
    base = bench.base if _sound(bench.base) else bench.changed
    try:
        found = answers(desk, base, bench.changed, bench.run, bench.rung, heard)
    except ScenarioError as error:
        return replace(bench, mistake=str(error))
    return replace(bench, played=found, run=found.matters.run)


def _sound(scenario: Scenario) -> bool:
    """Whether the check finds nothing that keeps it from being played."""
    return not any(one.severity == "error" for one in check_scenario(scenario))


async def _told_live(request: Request, bench: Bench) -> AsyncIterator[ServerSentEvent]:
    """Events of a play that a thread of its own computes."""
    send, receive = anyio.create_memory_object_stream[ServerSentEvent](ROOM)

    def compute() -> None:
        done, whole = 0, 0
        if bench.base is not None and bench.changed is not None:
            whole = count_of_steps(bench.base, bench.changed)

        def heard(said: str) -> None:
            nonlocal done
            done += 1
            event = ServerSentEvent(f"{done}/{whole} {said}", event="run")
            anyio.from_thread.run(send.send, event)

        # A ledger is used by the thread that opened it.
        with Desk(request.app.state.settings.ledger) as desk:
            view = _view(desk, _played(desk, bench, heard))
            page = request.app.state.rendering.page(request, view)
        anyio.from_thread.run(send.send, ServerSentEvent(page, event="page"))

    async with anyio.create_task_group() as tasks, receive:
        tasks.start_soon(_closing, send, compute)
        async for event in receive:
            yield event


async def _closing(send: MemoryObjectSendStream[Any], compute: Callable[[], None]) -> None:
    async with send:
        try:
            await anyio.to_thread.run_sync(compute)
        except FairweatherError as error:
            await send.send(ServerSentEvent(str(error), event="mistake"))
        except anyio.BrokenResourceError:
            # Whoever asked has gone away: nobody is left to be told.
            return


# -- the page ------------------------------------------------------------------------------


def _page(request: Request, desk: Desk, bench: Bench) -> HTMLResponse:
    return HTMLResponse(request.app.state.rendering.page(request, _view(desk, bench)))


def _view(desk: Desk, bench: Bench) -> View:
    rows = [row for group in bench.form.groups for row in group.rows] if bench.form else []
    return View(
        template="scenario.html.j2",
        title="Scenario lab",
        data={
            "text": bench.written,
            "mistake": bench.mistake,
            "inputs": [
                {
                    "path": row.entry.path,
                    "label": row.entry.label,
                    "fields": dict(row.texts),
                    "standing": row.standing,
                    "faults": list(row.faults),
                }
                for row in rows
            ],
        },
        shown={
            "bench": bench,
            "form": bench.form,
            "played": bench.played,
            "runs": [run.name for run in bench.changed.runs] if bench.changed else [],
            "rungs": list(vocabulary("rungs").items())[1:],
            "passage": passage(bench.text, bench.mistake),
            "pairs": [
                (f"{a}-{b}", f"{label(a)} for {label(b)}")
                for a, b in most_told_of(desk.ledger, MOST_SUGGESTED)
            ],
            "percent": percent,
            "worth": worth,
            "words_of": words_of(desk, bench.form) if bench.form else {},
            "longest": LONGEST,
        },
        columns=("path", "label", "field", "value", "standing"),
        rows=tuple(
            (row.entry.path, row.entry.label, name.rpartition(":")[2], text, row.standing)
            for row in rows
            for name, text in row.texts.items()
        ),
    )


LAB = Page(
    "/scenario",
    "scenario",
    "A scenario, drafted, edited and played",
    lab,
    actions=(
        Action("/scenario/play", "play_scenario", play),
        Action("/scenario/progress", "play_scenario_live", progress, "text/event-stream"),
        Action("/scenario/open", "open_scenario", reopen),
        Action("/scenario/file", "scenario_file", keep, "application/toml"),
    ),
    lasting=False,
)
