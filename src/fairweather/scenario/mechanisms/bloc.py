"""Blocs and triangles: who is in, since when, and how the members stand to each other.

Ties run from -1 to 1 and are read through their signs: a triad is balanced when the product
of its signs is positive (Heider 1946; Cartwright and Harary 1956), and the frustration index
is the least number of ties that any division into two camps leaves on the wrong side. Three
actors make one of four strategic triangles (Dittmer 1981). These are descriptions: signed
balance is contradicted as a force in world politics for 1946-1999 (Doreian and Mrvar 2015),
so nothing here moves any probability.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairweather.records import Explained, first_day, last_day
from fairweather.scenario.mechanisms.heading import Heading, draw_inputs, within
from fairweather.scenario.mechanisms.sheet import (
    MechanismAnswer,
    Sheet,
    actor_name,
    in_words,
    listed,
    percent,
)
from fairweather.scenario.mechanisms.signed_graph import frustration, signs, triads
from fairweather.scenario.quantity import Floats, Quantity
from fairweather.scenario.spec import Input
from fairweather.scenario.tables import Table

MOST_MEMBERS = 20
"""For the frustration index: every division into two camps is tried."""

TRIANGLES = {
    3: "ménage à trois: every pair is friendly",
    2: "romantic triangle: one courts two who are at odds",
    1: "stable marriage: two stand together against the third",
    0: "unit veto: every pair is at odds",
}
"""Dittmer's four triangles by the number of friendly pairs."""


@dataclass(frozen=True, slots=True)
class Membership:
    """An actor in the bloc, from one prefix date to another (empty: still)."""

    actor: str
    since: str = ""
    until: str = ""
    source: str = ""

    def holds_on(self, day: str) -> bool:
        """Whether it is a member on that day; an unknown start counts as before."""
        begun = not self.since or first_day(self.since) <= last_day(day)
        ended = bool(self.until) and last_day(self.until) < first_day(day)
        return begun and not ended


@dataclass(frozen=True, slots=True)
class Bond:
    """How two members stand to each other, -1 to 1."""

    pair: tuple[str, str]
    value: Quantity

    @property
    def path(self) -> str:
        """Its place among the inputs."""
        return f"ties.{'-'.join(self.pair)}"


@dataclass(frozen=True, slots=True)
class Bloc:
    """A bloc or a triangle: its members over time and the ties among them."""

    heading: Heading
    members: tuple[Membership, ...]
    bonds: tuple[Bond, ...]

    def inputs(self) -> Iterator[Input]:
        """Every number of the model at its path."""
        for bond in self.bonds:
            yield Input(bond.path, bond.value, -1.0, 1.0)

    def play(self, *, seed: int = 0, draws: int = 1000) -> MechanismAnswer:
        """Membership over time, the ties among members, and what signed graphs say of them."""
        inputs = tuple(self.inputs())
        drawn = draw_inputs(inputs, seed=seed, draws=draws)
        sheet = Sheet(self.heading, inputs, seed)
        inside = [one.actor for one in self.members if one.holds_on(self.heading.as_of)]
        _tell_members(sheet, self, inside)
        among = [bond for bond in self.bonds if set(bond.pair) <= set(inside)]
        if among:
            _tell_ties(sheet, inside, among, drawn)
            _tell_balance(sheet, inside, among, drawn)
        else:
            sheet.warn("No tie among its present members is stated: only membership is told.")
        if self.heading.kind == "triangle" and len(among) == 3:
            _tell_triangle(sheet, among, drawn)
        sheet.warn(
            "Signed balance is a description with weight 0: as a force it is contradicted for "
            "1946-1999 (Doreian and Mrvar 2015)."
        )
        return sheet.answer()


def read_bloc(table: Table, heading: Heading) -> Bloc:
    """The bloc or triangle of a file. Raises ScenarioError naming file and key."""
    members = tuple(member for group in table.each("members", _memberships) for member in group)
    names = {member.actor for member in members}
    if not 2 <= len(names) <= MOST_MEMBERS:
        table.fail("members", f"must be 2 to {MOST_MEMBERS}; {len(names)} are given")
    if heading.kind == "triangle" and len(names) != 3:
        table.fail("members", f"a triangle has three; {len(names)} are given")
    bonds = tuple(_bond(part, names) for part in table.tables("ties"))
    pairs = [frozenset(bond.pair) for bond in bonds]
    for at, pair in enumerate(pairs):
        if pair in pairs[:at]:
            table.fail(f"ties[{at}]", f"{' and '.join(sorted(pair))} have a tie already")
    return Bloc(heading, members, bonds)


def _memberships(actor: str, part: Table) -> tuple[Membership, ...]:
    """An actor's one spell in the bloc, or its several under `spells`."""
    spells = part.tables("spells")
    found = tuple(_membership(actor, spell) for spell in spells) or (_membership(actor, part),)
    part.finish()
    return found


def _membership(actor: str, part: Table) -> Membership:
    spell = Membership(
        actor, part.date("since", ""), part.date("until", ""), part.text("source", "")
    )
    if spell.since and spell.until and first_day(spell.since) > last_day(spell.until):
        part.fail("until", f"{spell.until} comes before {spell.since}")
    part.finish()
    return spell


def _bond(part: Table, names: set[str]) -> Bond:
    between = part.texts("between")
    if len(set(between)) != 2 or not set(between) <= names:
        part.fail("between", f"must name two members, not {listed(between)}")
    value = within(part, "value", part.number(part.need("value"), "value"), -1.0, 1.0)
    part.finish()
    return Bond((between[0], between[1]), value)


def _tell_members(sheet: Sheet, bloc: Bloc, inside: list[str]) -> None:
    figure = sheet.figure(
        "members",
        f"members of {sheet.heading.name} on {sheet.heading.as_of}",
        float(len(inside)),
        "count",
        of=(),
        formula="members whose spell covers the day",
    )
    sheet.say(
        f"{sheet.heading.name} has {len(inside)} members on {sheet.heading.as_of}: "
        f"{listed(actor_name(actor) for actor in inside)}.",
        figure,
    )
    changes = sorted({day for one in bloc.members for day in (one.since, one.until) if day})
    rows = []
    for day in changes:
        joined = [one.actor for one in bloc.members if one.since == day]
        left = [one.actor for one in bloc.members if one.until == day]
        count = sum(one.holds_on(day) for one in bloc.members)
        rows.append((day, ", ".join(joined) or "-", ", ".join(left) or "-", str(count)))
    sheet.table("Membership", ("date", "joined", "left", "members"), rows)


def _tell_ties(
    sheet: Sheet, inside: list[str], among: list[Bond], drawn: Mapping[str, Floats]
) -> None:
    values = np.stack([drawn[bond.path] for bond in among])
    pairs = len(inside) * (len(inside) - 1) // 2
    mean = sheet.figure(
        "cohesion",
        "mean of the ties among members that are stated",
        values.mean(axis=0),
        "tie -1..1",
        of=tuple(bond.path for bond in among),
        formula="mean over stated pairs",
    )
    weakest = min(among, key=lambda bond: float(np.median(drawn[bond.path])))
    sheet.say(
        f"Of {pairs} pairs of members {len(among)} have a stated tie; their mean is "
        f"{in_words(mean)}, the weakest "
        f"{' and '.join(actor_name(actor) for actor in weakest.pair)}.",
        mean,
    )


def _tell_balance(
    sheet: Sheet, inside: list[str], among: list[Bond], drawn: Mapping[str, Floats]
) -> None:
    signed = signs(inside, {frozenset(bond.pair): drawn[bond.path] for bond in among})
    balanced, unbalanced = triads(signed)
    index, camps = frustration(signed)
    paths = tuple(bond.path for bond in among)
    told = [
        sheet.figure(key, meaning, values.astype(float), "count", of=paths, formula=formula)
        for key, meaning, values, formula in (
            ("balanced", "balanced triads", balanced, "product of three signs > 0"),
            ("unbalanced", "unbalanced triads", unbalanced, "product of three signs < 0"),
            ("frustration", "frustration index", index, "least ties on the wrong side of a split"),
        )
    ]
    sheet.say(
        f"Balanced triads: {in_words(told[0], digits=0)}; unbalanced: "
        f"{in_words(told[1], digits=0)}; frustration index {in_words(told[2], digits=0)}.",
        *told,
    )
    _tell_camps(sheet, signed, camps, inside, told[2])


def _tell_camps(
    sheet: Sheet, signed: Floats, camps: NDArray[np.bool_], inside: list[str], index: Explained
) -> None:
    """The two camps of most draws, of those members that have a tie to be placed by."""
    camp = camps.mean(axis=0) >= 0.5
    placed = np.any(signed != 0, axis=(0, 2))
    sides = [
        [actor_name(actor) for at, actor in enumerate(inside) if placed[at] and camp[at] == side]
        for side in (False, True)
    ]
    if all(sides):
        sheet.say(
            f"The division that fits the ties best: {listed(sides[0])} against {listed(sides[1])}.",
            index,
        )


def _tell_triangle(sheet: Sheet, among: list[Bond], drawn: Mapping[str, Floats]) -> None:
    friendly = np.sum([drawn[bond.path] > 0 for bond in among], axis=0)
    shares = []
    for count, told in TRIANGLES.items():
        share = float((friendly == count).mean())
        if share == 0:
            continue
        figure = sheet.figure(
            f"triangle-{count}",
            f"share of the draws in which it is a {told}",
            share,
            "share",
            of=("ties.",),
            formula="pairs with a positive tie (Dittmer 1981)",
        )
        shares.append((share, told, figure))
    shares.sort(key=lambda row: -row[0])
    _, told, figure = shares[0]
    sheet.say(f"Most likely a {told} ({percent(figure)} of the draws).", figure)
