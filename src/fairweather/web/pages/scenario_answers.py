"""What a play in the scenario lab answers: each run beside what it is set beside."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Thread

from fairweather.brief.difference import Step, difference_chart, steps
from fairweather.brief.lines import Chart
from fairweather.brief.sections.ladder import offer_of, offered, price, run_label
from fairweather.desk import Desk
from fairweather.records import Explained
from fairweather.scenario import Play, RunAnswer, Scenario, Sentence, moved, run_sentences
from fairweather.scenario.editing import Entry, groups
from fairweather.scenario.explanation import explain_run, nearest_changes
from fairweather.scenario.explanation.explain import PARTS
from fairweather.scenario.spec import WAR, WAR_OUTCOME, Run
from fairweather.scenario.words import coarse_percent

BASE, NOW = "as it was", "as changed"

MOST_EFFECTS = 6
MOST_IDLE = 12

Heard = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Beside:
    """One figure of a run beside the same in the run it is compared with."""

    told: str
    before: Explained | None
    after: Explained


@dataclass(frozen=True, slots=True)
class Answer:
    """One run: its ladder, exits and prices, beside the base or the run it names."""

    name: str
    beside: str
    slug: str
    rungs: tuple[Step, ...]
    chart: Chart
    exits: tuple[Beside, ...]
    prices: tuple[Beside, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """An input that matters: its name, its share of the variance, and where it would tip."""

    label: str
    path: str
    figure: Explained


@dataclass(frozen=True, slots=True)
class Matters:
    """What one run hangs on, and what not."""

    run: str
    rung: str
    effects: tuple[Effect, ...]
    tipping: tuple[Effect, ...]
    nearest: Sentence
    idle: tuple[str, ...]
    more_idle: int
    structural: float | None


@dataclass(frozen=True, slots=True)
class Answers:
    """A played scenario: the run that was asked for first, the others, what matters."""

    play: Play
    first: Answer
    others: tuple[Answer, ...]
    matters: Matters
    changed: bool


def answers(
    desk: Desk, base: Scenario, changed: Scenario, run: str, rung: str, heard: Heard
) -> Answers:
    """Both plays run by run; `run` is shown first, else the first in which there is war.

    `heard` is told what is done. Raises ScenarioError for a scenario that cannot be played.
    """
    before = _played(desk, base, heard, "base: ")
    after = before if changed == base else _played(desk, changed, heard)
    made = [_answer(before, after, one) for one in after.runs]
    names = [one.run.name for one in after.runs]
    wanted = run if run in names else first_war([one.run for one in after.runs])
    asked = names.index(wanted)
    matters = _matters(changed, names[asked], rung, heard)
    first = made.pop(asked)
    return Answers(after, first, tuple(made), matters, changed != base)


@cache
def load_ahead() -> None:
    """Load what explains a play while a reader looks at the form: it takes seconds, once."""
    if importlib.util.find_spec("SALib") is not None:
        Thread(target=importlib.import_module, args=("SALib.analyze.sobol",), daemon=True).start()


def count_of_steps(base: Scenario, changed: Scenario) -> int:
    """How many times `answers` will say that something is done."""
    runs = max(1, len(changed.runs))
    return runs + len(PARTS) + (max(1, len(base.runs)) if changed != base else 0)


def first_war(runs: Sequence[Run]) -> str:
    """The name of the first run in which there is war, else of the first; empty for none."""
    at_war = (run.name for run in runs if dict(run.given).get(WAR) == WAR_OUTCOME)
    return next(at_war, runs[0].name if runs else "")


def _played(desk: Desk, scenario: Scenario, heard: Heard, before: str = "") -> Play:
    return desk.play(scenario, progress=lambda run: heard(f"{before}{run}"))


def _answer(before: Play, after: Play, one: RunAnswer) -> Answer:
    """A run beside itself in the base; where nothing was changed, beside the run it names."""
    if before is after:
        other = before.run(one.compared_with) if one.compared_with else None
        names = (run_label(before, other) if other else "", run_label(after, one))
    else:
        same = [run for run in before.runs if run.run.name == one.run.name]
        other, names = (same[0] if same else None), (BASE, NOW)
    changes = moved(before, other.slug, after, one.slug) if other else ()
    rungs = steps(one, other, changes)
    return Answer(
        name=run_label(after, one),
        beside=names[0] if other else "",
        slug=one.slug,
        rungs=rungs,
        chart=difference_chart(f"ladder-{one.slug}", rungs, names),
        exits=tuple(_exits(one, other)),
        prices=tuple(_prices(after, one, other)),
        sentences=tuple(run_sentences(after, one)),
    )


def _exits(one: RunAnswer, other: RunAnswer | None) -> Iterator[Beside]:
    earlier = {figure.arguments[2]: figure for figure in other.exits} if other else {}
    for figure in one.exits:
        yield Beside(figure.arguments[2], earlier.get(figure.arguments[2]), figure)


def _prices(play: Play, one: RunAnswer, other: RunAnswer | None) -> Iterator[Beside]:
    earlier = {figure.arguments[2]: figure for figure in other.wedges} if other else {}
    for figure in one.wedges:
        yield Beside(offered(offer_of(play, figure)), earlier.get(figure.arguments[2]), figure)


def _matters(scenario: Scenario, run: str, rung: str, heard: Heard) -> Matters:
    """What a run hangs on. The scenario is kept by its play, so that `why` knows the figures."""
    found = explain_run(
        scenario, run, rung=rung, progress=lambda part: heard(f"what matters: {part}")
    )
    named = {
        entry.path: f"{entry.label} ({group.title})"
        for group in groups(scenario)
        for entry in group.entries
        if isinstance(entry, Entry)
    }
    idle = [named.get(path, path) for path in found.idle if not path.startswith("constants.")]
    return Matters(
        run=run,
        rung=rung,
        effects=tuple(_effects(found.effects, named)),
        tipping=tuple(_effects(found.tipping, named)),
        nearest=nearest_changes(found),
        idle=tuple(idle[:MOST_IDLE]),
        more_idle=max(0, len(found.idle) - len(idle[:MOST_IDLE])),
        structural=found.structural,
    )


def _effects(figures: tuple[Explained, ...], named: dict[str, str]) -> Iterator[Effect]:
    for figure in figures[:MOST_EFFECTS]:
        path = figure.arguments[3]
        yield Effect(named.get(path, path), path, figure)


def worth(figure: Explained) -> str:
    """A wedge price in tenths of a full tie, or that there is none."""
    if figure.value is None:
        return "none up to a full tie would do"
    if not figure.value:
        return "none is needed"
    return price(figure)


def percent(figure: Explained) -> str:
    """A chance in steps of five per cent, as an assumed one is told."""
    told = coarse_percent(figure).removeprefix("roughly ")
    return told.replace("-", "–").replace(" %", "\u00a0%")
