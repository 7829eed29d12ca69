"""A contested accusation: what is claimed, what is denied, and how far the case has come.

Each step of a case waits for the next: from the stage it has reached it moves on with a rate
a year for each stage that may follow (competing risks, Kalbfleisch and Prentice 2002, in
months). Whether the accusation is true is not what the model tells: statements stand side
by side, evidence is told as likelihood ratios, one for each independent origin, and no
probability of guilt comes out unless somebody puts a prior in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from fairweather.records import first_day, last_day
from fairweather.scenario.mechanisms.heading import Heading, bounded, draw_inputs, within
from fairweather.scenario.mechanisms.sheet import (
    MechanismAnswer,
    Sheet,
    actor_name,
    in_words,
    listed,
    percent,
)
from fairweather.scenario.quantity import Floats, Quantity
from fairweather.scenario.spec import Input
from fairweather.scenario.tables import Table
from fairweather.vocabulary import vocabulary

HIGHEST_RATE = 12.0
"""A year: a step that takes a month on average."""

STRONGEST = 1e4
MONTHS_A_YEAR = 12
_NEVER = dt.date.max


@dataclass(frozen=True, slots=True)
class Statement:
    """What one side says: a stance towards the accusation, in short."""

    speaker: str
    stance: str
    content: str
    since: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """A stage that the case has reached."""

    stage: str
    since: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A stage that may follow another, with its rate a year."""

    stage: str
    following: str
    rate: Quantity


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece: how much likelier it is if the accusation is true, and whence it comes."""

    name: str
    origin: str
    ratio: Quantity


@dataclass(frozen=True, slots=True)
class Accusation:
    """A case: accuser, accused, statements, stages reached and stages to come."""

    heading: Heading
    accuser: str
    accused: str
    statements: tuple[Statement, ...]
    reached: tuple[Reached, ...]
    steps: tuple[Step, ...]
    evidence: tuple[Evidence, ...] = ()
    prior: Quantity | None = None

    def inputs(self) -> Iterator[Input]:
        """Every number of the model at its path."""
        for step in self.steps:
            yield Input(f"steps.{step.stage}.{step.following}", step.rate, 0.0, HIGHEST_RATE)
        for piece in self.evidence:
            yield Input(f"evidence.{piece.name}.ratio", piece.ratio, 1 / STRONGEST, STRONGEST)
        if self.prior is not None:
            yield Input("prior", self.prior)

    @property
    def now(self) -> str:
        """The stage reached last by its date, at the day of the file."""
        past = [
            one for one in self.reached if first_day(one.since) <= first_day(self.heading.as_of)
        ]
        latest = max(past, key=lambda one: (first_day(one.since), _order(one.stage)), default=None)
        return latest.stage if latest else "accused"

    def play(self, *, seed: int = 0, draws: int = 2000) -> MechanismAnswer:
        """Where the case stands, where it may be by the horizon, and what the evidence weighs."""
        inputs = tuple(self.inputs())
        drawn = draw_inputs(inputs, seed=seed, draws=draws)
        sheet = Sheet(self.heading, inputs, seed)
        _tell_statements(sheet, self)
        _tell_stage(sheet, self)
        _tell_course(sheet, self, drawn)
        if self.evidence:
            _tell_evidence(sheet, self, drawn)
        sheet.warn("A stage of a case is what a court or prosecutor did, not whether it is true.")
        return sheet.answer()


def read_accusation(table: Table, heading: Heading) -> Accusation:
    """The case of a file. Raises ScenarioError naming file and key."""
    prior = table.quantity("prior")
    case = Accusation(
        heading=heading,
        accuser=table.text("accuser"),
        accused=table.text("accused"),
        statements=tuple(_statement(part) for part in table.tables("statements")),
        reached=tuple(_reached(part) for part in table.tables("stages")),
        steps=_steps(table),
        evidence=table.each("evidence", _evidence),
        prior=None if prior is None else within(table, "prior", prior, 0.0, 1.0),
    )
    if not case.statements:
        table.fail("statements", "an accusation needs at least one: the claim itself")
    return case


def _statement(part: Table) -> Statement:
    statement = Statement(
        part.text("speaker"),
        part.text("stance"),
        part.text("content"),
        part.date("on", ""),
        part.text("source", ""),
    )
    vocabulary("stances").check(statement.stance, where=f"{part.where}: {part.path}.stance")
    part.finish()
    return statement


def _reached(part: Table) -> Reached:
    reached = Reached(part.text("stage"), part.date("on"), part.text("source", ""))
    vocabulary("legal_stages").check(reached.stage, where=f"{part.where}: {part.path}.stage")
    part.finish()
    return reached


def _steps(table: Table) -> tuple[Step, ...]:
    stages = vocabulary("legal_stages")
    found = []
    part = table.table("steps")
    for stage in list(part.left) if part is not None else []:
        stages.check(stage, where=f"{table.where}: steps")
        inner = part.sub(stage, part.take(stage)) if part is not None else table
        for following in list(inner.left):
            stages.check(following, where=f"{table.where}: steps.{stage}")
            if following == stage:
                inner.fail(following, "a step leads to another stage")
            found.append(Step(stage, following, bounded(inner, following, 0.0, HIGHEST_RATE)))
    return tuple(found)


def _evidence(name: str, part: Table) -> Evidence:
    piece = Evidence(name, part.text("origin"), bounded(part, "ratio", 1 / STRONGEST, STRONGEST))
    part.finish()
    return piece


def _order(stage: str) -> int:
    return int(vocabulary("legal_stages")[stage].extra["order"])


def stage_course(case: Accusation, drawn: Mapping[str, Floats]) -> tuple[tuple[str, ...], Floats]:
    """P(the case is at each stage) month by month: stages, and (months + 1, stages, draws).

    Rates are turned into one month's chances by 1 - exp(-rate / 12) over all steps out of a
    stage, shared among them by rate.
    """
    named = [case.now, *(end for step in case.steps for end in (step.stage, step.following))]
    stages = tuple(sorted(dict.fromkeys(named), key=_order))
    draws = len(next(iter(drawn.values()))) if drawn else 1
    move = np.zeros((len(stages), len(stages), draws))
    for step in case.steps:
        row, column = stages.index(step.stage), stages.index(step.following)
        move[row, column] += drawn[f"steps.{step.stage}.{step.following}"]
    total = move.sum(axis=1, keepdims=True)
    leaving = 1 - np.exp(-total / MONTHS_A_YEAR)
    move = np.divide(move, total, out=np.zeros_like(move), where=total > 0) * leaving
    for at in range(len(stages)):
        move[at, at] = 1 - leaving[at, 0]
    place = np.zeros((len(stages), draws))
    place[stages.index(case.now)] = 1.0
    course = [place]
    for _ in range(case.heading.months):
        place = np.einsum("sd,std->td", place, move)
        course.append(place)
    return stages, np.stack(course)


def _tell_statements(sheet: Sheet, case: Accusation) -> None:
    said = sorted(case.statements, key=lambda one: last_day(one.since) if one.since else _NEVER)
    sheet.table(
        "What is said",
        ("date", "speaker", "stance", "what", "source"),
        [
            (one.since or "-", one.speaker, one.stance, one.content, one.source or "no source")
            for one in said
        ],
    )
    denials = [one for one in said if one.stance == "deny"]
    if denials:
        who = listed(dict.fromkeys(actor_name(one.speaker) for one in denials))
        answer = f"is denied by {who}"
    else:
        answer = "has met no denial on record"
    accuser, accused = actor_name(case.accuser), actor_name(case.accused)
    sheet.say(f"The accusation by {accuser} against {accused} {answer}.")


def _tell_stage(sheet: Sheet, case: Accusation) -> None:
    label = vocabulary("legal_stages")[case.now].label.lower()
    figure = sheet.figure(
        "stage",
        "usual place of the stage in a case",
        float(_order(case.now)),
        "order of stages",
        of=(),
        formula="the stage reached last by the day of the file",
    )
    sheet.say(f"The case has come to this stage: {label}.", figure)
    sheet.table(
        "Stages reached",
        ("date", "stage", "source"),
        [
            (one.since, vocabulary("legal_stages")[one.stage].label, one.source or "no source")
            for one in sorted(case.reached, key=lambda one: first_day(one.since))
        ],
    )


def _tell_course(sheet: Sheet, case: Accusation, drawn: Mapping[str, Floats]) -> None:
    if not any(step.stage == case.now for step in case.steps):
        sheet.warn("No step is given from where the case stands, so nothing is said of its course.")
        return
    stages, course = stage_course(case, drawn)
    months = case.heading.months
    told = []
    for at, stage in enumerate(stages):
        label = vocabulary("legal_stages")[stage].label.lower()
        figure = sheet.figure(
            f"at-{stage}",
            f"P(the case is at the stage {label!r} after {months} months)",
            course[-1, at],
            "probability",
            of=("steps.",),
            formula="competing risks a month, 1 - exp(-rate / 12)",
            summing=True,
        )
        sheet.course(label, "probability", course[:, at])
        told.append((label, figure))
    told.sort(key=lambda row: -(row[1].value or 0.0))
    likely = listed(f"{label} {percent(figure)}" for label, figure in told)
    sheet.say(f"After {months} months it is at: {likely}.", *(figure for _, figure in told))


def combined_ratio(case: Accusation, drawn: Mapping[str, Floats]) -> Floats:
    """The likelihood ratio of all evidence, shape (draws,): one piece for each origin.

    Of several pieces of one origin the weakest counts: repeating a report adds nothing.
    """
    by_origin: dict[str, list[Floats]] = {}
    for piece in case.evidence:
        strength = np.log(drawn[f"evidence.{piece.name}.ratio"])
        by_origin.setdefault(piece.origin, []).append(strength)
    total = 0.0
    for pieces in by_origin.values():
        stacked = np.stack(pieces)
        weakest = np.abs(stacked).argmin(axis=0)
        total = total + np.take_along_axis(stacked, weakest[None], axis=0)[0]
    ratio: Floats = np.exp(total)
    return ratio


def _tell_evidence(sheet: Sheet, case: Accusation, drawn: Mapping[str, Floats]) -> None:
    ratio = combined_ratio(case, drawn)
    origins = len({piece.origin for piece in case.evidence})
    figure = sheet.figure(
        "evidence",
        "how much likelier the evidence is if the accusation is true",
        ratio,
        "likelihood ratio",
        of=("evidence.",),
        formula="product over independent origins",
    )
    pieces = f"{len(case.evidence)} piece{'s' if len(case.evidence) != 1 else ''} of evidence"
    sheet.say(
        f"The {pieces}, of {origins} independent "
        f"origin{'s' if origins != 1 else ''}, together are {in_words(figure, digits=1)} times "
        "as likely if the accusation is true as if it is not.",
        figure,
    )
    if case.prior is None:
        sheet.warn("No prior is given, so no probability that the accusation is true is told.")
        return
    odds = drawn["prior"] / np.maximum(1 - drawn["prior"], np.finfo(float).tiny) * ratio
    posterior = sheet.figure(
        "truth",
        "P(the accusation is true), given the prior of the file",
        odds / (1 + odds),
        "probability",
        of=("prior", "evidence."),
        formula="prior odds * likelihood ratio",
    )
    sheet.say(
        f"With the prior given, the accusation is true with probability {percent(posterior)}.",
        posterior,
    )
