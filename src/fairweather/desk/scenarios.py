"""Scenarios at the desk: drafted from the ledger, explained, replayed as of a past date."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from fairweather.desk.files import text_of
from fairweather.records import last_day
from fairweather.scenario import (
    Play,
    Replay,
    Scenario,
    draft_both_ways,
    draft_scenario,
    parse_scenario,
    play_scenario,
    replayed,
    scenario_id,
    write_scenario,
)

if TYPE_CHECKING:
    from fairweather.desk.desk import Desk
    from fairweather.scenario.explanation import Explanation


def load_scenario(path: Path | str) -> Scenario:
    """The scenario of a TOML file. Raises SourceError or ScenarioError naming the place."""
    return parse_scenario(text_of(path), str(path))


def drafted(
    desk: Desk, a: str, b: str, *, against: str | None, as_of: str | None, both: bool
) -> Scenario:
    """How far `a` supports `b`, from what the ledger holds; with `both`, the other way too."""
    profile = desk.profile(a, b, as_of=as_of)
    foe, day = desk.actor(against) if against else None, profile.last_published
    if not both:
        return draft_scenario(profile, against=foe, today=day)
    turned = desk.profile(b, a, as_of=as_of)
    return draft_both_ways(profile, turned, against=foe, today=day)


def played(
    desk: Desk, scenario: Scenario | Path | str, *, seed: int, progress: Callable[[str], object]
) -> Play:
    """The play of a scenario or its file; its text is kept."""
    made = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
    play = play_scenario(made, seed=seed, progress=progress)
    desk.ledger.keep_scenario(play.record.scenario_id, write_scenario(made))
    return play


def explained(
    desk: Desk,
    path: Path | str,
    run: str,
    *,
    rung: str,
    method: str,
    progress: Callable[[str], object],
) -> Explanation:
    """Why a run of a scenario file comes out as it does; its text is kept."""
    from fairweather.scenario.explanation import explain_run

    made = load_scenario(path)
    explanation = explain_run(made, run, rung=rung, method=method, progress=progress)
    desk.ledger.keep_scenario(scenario_id(made), write_scenario(made))
    return explanation


def replayed_as_of(desk: Desk, path: Path | str, as_of: str) -> Replay:
    """A scenario file beside what could have been drafted by the end of a past date."""
    made, past = load_scenario(path), desk.within(as_of=as_of)
    profile = past.profile(made.supporter, made.partner)
    draft = draft_scenario(profile, against=made.against, today=last_day(as_of))
    return replayed(made, draft, past.ledger.has)
