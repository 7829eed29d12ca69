"""The scenario lab: a file drafted from the ledger, edited, and played on the spot."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Query, Request
from fastapi.responses import HTMLResponse

from fairweather.brief.charts import ladder_chart
from fairweather.errors import MisuseError, ScenarioError
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

WHERE = "the scenario"


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


def play(
    request: Request, desk: Open, text: Annotated[str, Form(max_length=LONGEST)]
) -> HTMLResponse:
    """Play a file as it stands in the form; a mistake in it is told beside it."""
    try:
        scenario = parse_scenario(text, WHERE)
        found = check_scenario(scenario)
        broken = any(one.severity == "error" for one in found)
        view = _view("", text, None if broken else desk.play(scenario), found)
    except ScenarioError as error:
        view = _view("", text, mistake=str(error))
    return HTMLResponse(request.app.state.rendering.page(request, view))


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
    actions=(Action("/scenario/play", "play_scenario", play),),
    lasting=False,
)
