"""Scenarios, played runs and their explanations as sheets."""

from __future__ import annotations

from collections.abc import Iterator

from fairweather.brief.charts import ladder_chart
from fairweather.desk.showing.records import named, value
from fairweather.desk.showing.sheet import Grid, Part, Sheet, sentences
from fairweather.scenario import Play, RunAnswer, Scenario, run_sentences
from fairweather.scenario.answers import Layered
from fairweather.scenario.explanation import Explanation, explanation_sentences
from fairweather.scenario.mechanisms import MechanismAnswer
from fairweather.scenario.words import coarse_percent, whole_percent
from fairweather.vocabulary import vocabulary


def play_sheet(play: Play) -> Sheet:
    """A played scenario: what usually happens first, what its interests imply beside it."""
    record = play.record
    parts = [part for answer in play.runs for part in _run(play, answer)]
    return Sheet(
        _spelt(play.scenario, play.scenario.question),
        f"Seed {record.seed}, {record.draws:,} draws; {play.id}",
        (*parts, Part(chart=ladder_chart(play))),
    )


def _run(play: Play, answer: RunAnswer) -> Iterator[Part]:
    told = [_spelt(play.scenario, sentence.text) for sentence in run_sentences(play, answer)]
    headers = ("how far", "what usually happened", "what its interests imply")
    shares = tuple((_share(one), *_layers(one)) for one in answer.shares)
    yield Part(f"Run: {answer.run.name}", sentences(told), Grid(headers, shares))
    rungs = tuple(
        (vocabulary("rungs")[one.name].label, *_layers(one), one.blend.id) for one in answer.ladder
    )
    grid = Grid((*headers, "id, for why"), rungs, ids=3)
    yield Part("Rung by rung", grid=grid, folded=True)


def _spelt(scenario: Scenario, text: str) -> str:
    return named(text, (scenario.supporter, scenario.partner, scenario.against))


def _share(one: Layered) -> str:
    return f"{one.name[:1].upper()}{one.name[1:]}, in all"


def _layers(one: Layered) -> tuple[str, str]:
    counted = "no cases" if one.history.value is None else whole_percent(one.history)
    return counted, coarse_percent(one.interests)


def scenario_sheet(scenario: Scenario) -> Sheet:
    """A scenario before it is played: its question and its runs."""
    runs = sentences([f"Run: {run.name}." for run in scenario.runs])
    return Sheet(_spelt(scenario, scenario.question), "Not played yet", (Part(told=runs),))


def explanation_sheet(explanation: Explanation) -> Sheet:
    """Why a run comes out as it does."""
    told = sentences([one.text for one in explanation_sentences(explanation)])
    rows = tuple((one.meaning, value(one), one.id) for one in explanation.figures)
    return Sheet(
        f"Why “{explanation.run}” comes out so",
        parts=(
            Part(told=told),
            Part("Figures", grid=Grid(("what", "value", "id, for why"), rows, ids=2), folded=True),
        ),
    )


def mechanism_sheet(answer: MechanismAnswer) -> Sheet:
    """What the model of a mechanism answers, from what it assumes."""
    heading = answer.heading
    figures = tuple((one.meaning, value(one), one.id) for one in answer.figures)
    grid = Grid(("what", "value", "id, for why"), figures, ids=2)
    return Sheet(
        heading.name,
        f"{heading.kind.replace('_', ' ')}, as of {heading.as_of}",
        (
            Part(told=sentences([one.text for one in answer.sentences])),
            *(Part(one.title, grid=Grid(tuple(one.columns), one.rows)) for one in answer.tables),
            Part(told=sentences([f"Note: {caution}" for caution in answer.cautions])),
            Part("Figures", grid=grid, folded=True),
        ),
    )
