"""What is wrong or doubtful in a scenario, before it is played."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from fairweather.errors import ScenarioError
from fairweather.scenario.constants import defaults, game_inputs
from fairweather.scenario.runs import apply_run, compared_with, named_runs, supporter_of
from fairweather.scenario.spec import (
    PEACE_OUTCOME,
    WAR,
    WAR_OUTCOME,
    Input,
    Offer,
    Run,
    Scenario,
    stated_inputs,
)
from fairweather.vocabulary import suggest, vocabulary

ERROR, WARNING, NOTE = "error", "warning", "note"

MOST_OFFERS = 5
"""Offers and threats to the supporter; each one more multiplies the tree by four."""

MOST_RUNS = 200
"""Runs of one file; so many take half a minute."""

_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: severity error, warning or note; the dotted path; what and why.

    `place` is the file and line, where the scenario was read from a file.
    """

    severity: str
    path: str
    message: str
    place: str = ""

    def text(self) -> str:
        """One line: "error: war.toml:12: offers.x.cap: ..."."""
        place = f"{self.place}: " if self.place else ""
        return f"{self.severity}: {place}{self.path}: {self.message}"


def check_scenario(
    scenario: Scenario, known_actors: Collection[str] | None = None
) -> tuple[Finding, ...]:
    """Every finding, errors first, then in the order of the file.

    `known_actors` are the ids that somebody vouches for; without them none is questioned.
    """
    found = [finding for check in CHECKS for finding in check(scenario)]
    found += _unknown_actors(scenario, known_actors)
    if scenario.origin is not None:
        found = [replace(one, place=scenario.origin.place(one.path)) for one in found]
    order = (ERROR, WARNING, NOTE)
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def errors(findings: Collection[Finding]) -> tuple[Finding, ...]:
    """Those that keep a scenario from being played."""
    return tuple(finding for finding in findings if finding.severity == ERROR)


def _chances(scenario: Scenario) -> Iterator[Finding]:
    for node in scenario.chance:
        path = f"chance.{node.name}"
        total = sum(probability for _, probability in node.outcomes)
        if abs(total - 1) > _ROUNDING:
            message = f"probabilities sum to {total:g}, not to 1"
            yield Finding(ERROR, f"{path}.outcomes", message)
        for outcome, probability in node.outcomes:
            if not 0 <= probability <= 1:
                message = f"{probability:g} is no probability"
                yield Finding(ERROR, f"{path}.outcomes.{outcome}", message)
        if node.name == WAR and {name for name, _ in node.outcomes} != {PEACE_OUTCOME, WAR_OUTCOME}:
            yield Finding(ERROR, path, f"the outcomes of war are {WAR_OUTCOME} and {PEACE_OUTCOME}")
        if not node.source:
            yield Finding(WARNING, path, 'no source; say where it is from, or "assumed: why"')


def _distributions(scenario: Scenario) -> Iterator[Finding]:
    for part in (*stated_inputs(scenario), *_stated_constants(scenario)):
        if flaw := part.quantity.flaw():
            yield Finding(ERROR, part.path, flaw)
            continue
        low, high = part.quantity.support
        if low < part.low - _ROUNDING or high > part.high + _ROUNDING:
            message = f"reaches {low:g} to {high:g}; values are kept within {part.low:g} to "
            severity = ERROR if high < part.low or low > part.high else WARNING
            yield Finding(severity, part.path, f"{message}{part.high:g}")


def _stated_constants(scenario: Scenario) -> Iterator[Input]:
    known = defaults("constants")
    for name, quantity in scenario.constants:
        if name in known:
            low, high = known[name].low, known[name].high
            yield Input(f"constants.{name}", quantity, low, high)


def _sources(scenario: Scenario) -> Iterator[Finding]:
    named = [(part.path, part.quantity) for part in stated_inputs(scenario)]
    named += [(f"constants.{name}", quantity) for name, quantity in scenario.constants]
    for path, quantity in named:
        if not quantity.source:
            yield Finding(WARNING, path, 'no source; name a record, a work or "assumed: why"')
    stated = {path for path, _ in named}
    left_out = [
        part.path
        for part in game_inputs(scenario)
        if part.path not in stated and not part.path.startswith("constants.")
    ]
    for path in left_out:
        yield Finding(NOTE, path, "not stated; a wide range is assumed")


def _rungs(scenario: Scenario) -> Iterator[Finding]:
    rungs = vocabulary("rungs")
    named = [(f"{offer.path}.cap", offer.cap) for offer in _all_offers(scenario)]
    named += [
        (f"ties.{tie.key}.commitment.obliged", tie.commitment.obliged)
        for tie in scenario.ties
        if tie.commitment
    ]
    for path, rung in named:
        if rung not in rungs:
            near = suggest(rung, rungs)
            hint = f'; did you mean "{near}"?' if near else f"; rungs: {', '.join(rungs)}"
            yield Finding(ERROR, path, f'"{rung}" is no rung{hint}')
    obligations = vocabulary("obligations")
    for tie in scenario.ties:
        for obligation in tie.commitment.obligations if tie.commitment else ():
            if obligation not in obligations:
                near = suggest(obligation, obligations)
                hint = f'; did you mean "{near}"?' if near else ""
                path = f"ties.{tie.key}.commitment.obligations"
                yield Finding(ERROR, path, f'"{obligation}" is no obligation{hint}')


def _offers(scenario: Scenario) -> Iterator[Finding]:
    for side in _asked(scenario):
        heard = [offer for offer in _all_offers(scenario) if offer.to == side]
        if len(heard) <= MOST_OFFERS:
            continue
        message = f"{len(heard)} offers and threats; at most {MOST_OFFERS} can be played out"
        yield Finding(ERROR, "offers", message)
    for offer in _all_offers(scenario):
        sides = (scenario.supporter, scenario.partner)
        if offer.to not in sides:
            yield Finding(ERROR, f"{offer.path}.to", f"must be {' or '.join(sides)}")
        elif offer.giver == offer.to:
            yield Finding(ERROR, f"{offer.path}.from", "nobody makes an offer to itself")
        if offer.cap == list(vocabulary("rungs"))[-1]:
            yield Finding(WARNING, f"{offer.path}.cap", "the highest rung caps nothing")


def _dead_branches(scenario: Scenario) -> Iterator[Finding]:
    possible = {
        node.name: {outcome for outcome, probability in node.outcomes if probability > 0}
        for node in scenario.chance
    }
    listed = {node.name: {outcome for outcome, _ in node.outcomes} for node in scenario.chance}
    for offer in _all_offers(scenario):
        for name, outcome in offer.when:
            path = f"{offer.path}.when.{name}"
            if name not in possible:
                near = suggest(name, possible)
                hint = f'; did you mean "{near}"?' if near else ""
                reason = "war falls after the offers" if name == WAR else "no such chance"
                yield Finding(ERROR, path, f"dead branch: {reason}{hint}")
            elif name == WAR:
                yield Finding(ERROR, path, "dead branch: war falls after the offers")
            elif outcome not in listed[name]:
                hint = f"outcomes: {', '.join(sorted(listed[name]))}"
                yield Finding(ERROR, path, f'dead branch: no outcome "{outcome}"; {hint}')
            elif outcome not in possible[name]:
                yield Finding(ERROR, path, f'dead branch: "{outcome}" has probability 0')


def _never_made(scenario: Scenario) -> Iterator[Finding]:
    """Offers whose condition could hold, but that no run lets be made."""
    for offer in _all_offers(scenario):
        made = f"{offer.path}.made"
        possible = [
            run
            for run in scenario.runs[:MOST_RUNS]
            if all(dict(run.given).get(name, outcome) == outcome for name, outcome in offer.when)
            and getattr(dict(run.changes).get(made, offer.made), "support", (0.0, 1.0))[1] > 0
        ]
        if scenario.runs and not possible:
            yield Finding(WARNING, offer.path, "no run in which it can be made")


def _unread(scenario: Scenario) -> Iterator[Finding]:
    adversaries = {scenario.against, *(run.adversary for run in scenario.runs if run.adversary)}
    sides = {scenario.supporter, scenario.partner}
    for group, actors in (("burden", sides), ("risk", adversaries), ("identity", sides)):
        for name, _ in getattr(scenario, group):
            if name not in actors:
                whose = " or ".join(sorted(actors))
                yield Finding(ERROR, f"{group}.{name}", f"nothing reads it; {group} is {whose}'s")


def _asked(scenario: Scenario) -> set[str]:
    """The sides whose support some run asks of."""
    return {supporter_of(scenario, run) for run in scenario.runs} | {scenario.supporter}


def _constant_names(scenario: Scenario) -> Iterator[Finding]:
    known = defaults("constants")
    for name, _ in scenario.constants:
        if name not in known:
            near = suggest(name, known)
            hint = f'; did you mean "{near}"?' if near else ""
            yield Finding(ERROR, f"constants.{name}", f"no such constant{hint}")


def _runs(scenario: Scenario) -> Iterator[Finding]:
    outcomes = {node.name: {name for name, _ in node.outcomes} for node in scenario.chance}
    outcomes[WAR] = {WAR_OUTCOME, PEACE_OUTCOME}
    names = [run.name for run in scenario.runs]
    if not names:
        yield Finding(NOTE, "runs", "no runs; one is played, at peace, with nothing fixed")
    if len(names) > MOST_RUNS:
        yield Finding(ERROR, "runs", f"{len(names):,} runs; at most {MOST_RUNS} are played")
        return
    for at, (_, run) in enumerate(named_runs(scenario) if names else ()):
        path = f'runs[{at}] "{run.name}"'
        if names.count(run.name) > 1:
            yield Finding(ERROR, path, "two runs share this name")
        if run.against and run.against not in names:
            yield Finding(ERROR, f"{path}.against", f'no run "{run.against}"')
        if run.against == run.name:
            yield Finding(ERROR, f"{path}.against", "a run cannot be set beside itself")
        yield from _sides(scenario, run, path)
        for name, outcome in run.given:
            if outcome not in outcomes.get(name, ()):
                known = ", ".join(sorted(outcomes.get(name, outcomes)))
                message = f'impossible: {name} = "{outcome}"; known: {known}'
                yield Finding(ERROR, f"{path}.given", message)
        yield from _changed(scenario, run.name, path)


def _sides(scenario: Scenario, run: Run, path: str) -> Iterator[Finding]:
    sides = (scenario.supporter, scenario.partner)
    if run.supporter and run.supporter not in sides:
        yield Finding(ERROR, f"{path}.supporter", f"must be {' or '.join(sides)}")
    elif supporter_of(scenario, compared_with(scenario, run)) != supporter_of(scenario, run):
        message = f'"{run.against}" asks of the other side; the two cannot be compared'
        yield Finding(ERROR, f"{path}.against", message)
    if run.adversary in sides:
        yield Finding(ERROR, f"{path}.adversary", "must be a third actor")


def _changed(scenario: Scenario, name: str, path: str) -> Iterator[Finding]:
    """What a run's changes break: the same checks, on the scenario as changed."""
    run = next(run for run in scenario.runs if run.name == name)
    if not run.changes:
        return
    try:
        changed = apply_run(scenario, run)
    except ScenarioError as error:
        yield Finding(ERROR, f"{path}.set", str(error))
        return
    before = set(_judged(scenario))
    for finding in _judged(changed):
        if finding.severity == ERROR and finding not in before:
            yield Finding(ERROR, f"{path}.set", f"{finding.path}: {finding.message}")


def _judged(scenario: Scenario) -> Iterator[Finding]:
    for check in CHECKS[:-1]:
        yield from check(scenario)


def _unknown_actors(scenario: Scenario, known: Collection[str] | None) -> Iterator[Finding]:
    if known is None:
        return
    for actor in scenario.actors:
        if actor not in known:
            near = suggest(actor, known)
            hint = f'; did you mean "{near}"?' if near else ""
            yield Finding(WARNING, actor, f"no actor with this id is known{hint}")


def _all_offers(scenario: Scenario) -> tuple[Offer, ...]:
    return (*scenario.offers, *scenario.threats)


CHECKS: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (
    _chances,
    _distributions,
    _sources,
    _rungs,
    _offers,
    _dead_branches,
    _never_made,
    _unread,
    _constant_names,
    _runs,
)
"""Every check, the runs last: they repeat the others on the scenario as changed."""
