"""The scenario lab: a file drafted from the ledger, edited, and played on the spot."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any

import anyio
import anyio.from_thread
import anyio.to_thread
from anyio.streams.memory import MemoryObjectSendStream
from fastapi import Form, Query, Request
from fastapi.responses import HTMLResponse, Response
from sse_starlette import EventSourceResponse, ServerSentEvent

from fairweather.brief.charts import ladder_chart
from fairweather.desk import Desk
from fairweather.errors import FairweatherError, MisuseError, ScenarioError
from fairweather.scenario import (
    Play,
    check_scenario,
    parse_scenario,
    run_sentences,
    write_scenario,
)
from fairweather.vocabulary import vocabulary
from fairweather.web.pages.page import Action, Open, Page
from fairweather.web.view import View

LONGEST = 200_000
"""Characters of a scenario file."""

ROOM = 64
"""Events that wait for a slow reader."""

WHERE = "the scenario"

Text = Annotated[str, Form(max_length=LONGEST, description="A scenario file (TOML).")]


def lab(
    desk: Open,
    pair: Annotated[str, Query(max_length=80, description="Two actors: RUS-IRN.")] = "",
) -> View:
    """A scenario file to edit: drafted for a pair, or empty."""
    text = ""
    if pair:
        supporter, dash, partner = pair.partition("-")
        if not dash:
            raise MisuseError(f"{pair!r} is no pair; a dash joins two actors, as in RUS-IRN")
        text = write_scenario(desk.draft(supporter.strip(), partner.strip()))
    return _view(pair, text)


def play(request: Request, desk: Open, text: Text) -> HTMLResponse:
    """Play a file as it stands in the form; a mistake in it is told beside it."""
    view = played_view(desk, text)
    return HTMLResponse(request.app.state.rendering.page(request, view))


async def progress(request: Request, text: Text) -> EventSourceResponse:
    """The same by server-sent events: `run` as each is done, and the `page` at the end."""
    return EventSourceResponse(_told_live(request, text))


async def _told_live(request: Request, text: str) -> AsyncIterator[ServerSentEvent]:
    """Events of a play that a thread of its own computes."""
    send, receive = anyio.create_memory_object_stream[ServerSentEvent](ROOM)

    def compute() -> None:
        def done(run: str) -> None:
            anyio.from_thread.run(send.send, ServerSentEvent(run, event="run"))

        # A ledger is used by the thread that opened it.
        with Desk(request.app.state.settings.ledger) as desk:
            page = request.app.state.rendering.page(request, played_view(desk, text, done))
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


def file(text: Text) -> Response:
    """The scenario as a file to keep."""
    headers = {"Content-Disposition": 'attachment; filename="scenario.toml"'}
    return Response(text, media_type="application/toml", headers=headers)


def played_view(desk: Desk, text: str, done: Callable[[str], object] = lambda run: None) -> View:
    """What a file says when it is played; `done` hears each run."""
    try:
        scenario = parse_scenario(text, WHERE)
        found = check_scenario(scenario)
        broken = any(one.severity == "error" for one in found)
        return _view("", text, None if broken else desk.play(scenario, progress=done), found)
    except ScenarioError as error:
        return _view("", text, mistake=str(error))


def _view(
    pair: str,
    text: str,
    played: Play | None = None,
    found: tuple[object, ...] = (),
    mistake: str = "",
) -> View:
    answers = (
        [] if played is None else [(one, tuple(run_sentences(played, one))) for one in played.runs]
    )
    return View(
        template="scenario.html.j2",
        title="Scenario lab",
        data={
            "text": text,
            "sentences": {one.run.name: [told.text for told in said] for one, said in answers},
        },
        shown={
            "pair": pair,
            "text": text,
            "played": played,
            "answers": answers,
            "chart": ladder_chart(played) if played else None,
            "rungs": vocabulary("rungs"),
            "findings": found,
            "mistake": mistake,
            "longest": LONGEST,
        },
        columns=("run", "sentence"),
        rows=tuple((one.run.name, told.text) for one, said in answers for told in said),
    )


LAB = Page(
    "/scenario",
    "scenario",
    "A scenario, drafted, edited and played",
    lab,
    actions=(
        Action("/scenario/play", "play_scenario", play),
        Action("/scenario/progress", "play_scenario_live", progress),
        Action("/scenario/file", "scenario_file", file),
    ),
    lasting=False,
)
