"""The form of the scenario lab: groups of fields with what stands in them and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from fairweather.brief.wording import clean
from fairweather.desk import Desk
from fairweather.records import shorten
from fairweather.scenario import Finding, Scenario
from fairweather.scenario.editing import SOURCE, Choice, Entry, Group, field_name, groups
from fairweather.scenario.quantity import ASSUMED

_LINE = re.compile(r"(?:\bline |:)(\d+)")
AROUND = 2
"""Lines of a file shown before and after the one at fault."""

LONGEST_WORDS = 90
"""Characters of a quote beside a number."""

NOT_EDITS = frozenset({"text", "run", "rung"})
"""Fields of the form that are no numbers of the scenario."""


async def fields_of(request: Request) -> dict[str, str]:
    """What a form holds of a scenario's numbers, by the name of the field."""
    form = await request.form()
    return {
        name: value
        for name, value in form.multi_items()
        if isinstance(value, str) and name not in NOT_EDITS
    }


Fields = Annotated[dict[str, str], Depends(fields_of)]


@dataclass(frozen=True, slots=True)
class Spread:
    """Where a number lies within its range, both ends of it and its middle, in per cent."""

    left: float
    width: float
    middle: float


@dataclass(frozen=True, slots=True)
class Row:
    """One number or choice of the form: what stands in its fields, and what is wrong with it."""

    entry: Entry | Choice
    texts: Mapping[str, str]
    faults: tuple[str, ...]

    @property
    def key(self) -> str:
        """An id for the page."""
        return re.sub(r"[^A-Za-z0-9]+", "-", self.entry.path)

    @property
    def chosen(self) -> bool:
        """Whether it is a word chosen from a list."""
        return isinstance(self.entry, Choice)

    @property
    def changed(self) -> bool:
        """Whether it differs from the base."""
        return self.texts != self.entry.texts

    @property
    def before(self) -> str:
        """What stands in the base, for one that was changed."""
        if isinstance(self.entry, Choice):
            return dict(self.entry.options).get(self.entry.value, self.entry.value)
        return " / ".join(text for _, text in self.entry.parts)

    @property
    def standing(self) -> str:
        """What the number rests on: records, a source, an assumption, nothing."""
        if isinstance(self.entry, Choice) or self.entry.bare:
            return ""
        quantity = self.entry.quantity
        if not self.entry.stated:
            return "not stated"
        if quantity.records:
            return "on record"
        return "assumed" if quantity.assumed or not quantity.source else "source"

    @property
    def reason(self) -> str:
        """The source as it is read: without the word that the standing already says."""
        if isinstance(self.entry, Choice):
            return ""
        source = self.texts.get(field_name(self.entry.path, SOURCE), "")
        if source.casefold().startswith(ASSUMED):
            return source[len(ASSUMED) :].lstrip(" :")
        return source

    @property
    def records(self) -> tuple[str, ...]:
        """The records that it rests on."""
        return () if isinstance(self.entry, Choice) else self.entry.quantity.records

    @property
    def spread(self) -> Spread | None:
        """Its place within its range; None for words and for ranges without a narrow end."""
        if isinstance(self.entry, Choice) or self.entry.high - self.entry.low > WIDEST:
            return None
        entry, (low, high) = self.entry, self.entry.quantity.support
        width = entry.high - entry.low

        def place(value: float) -> float:
            return round(100 * (min(max(value, entry.low), entry.high) - entry.low) / width, 1)

        return Spread(
            place(low), max(1.0, round(place(high) - place(low), 1)), place(entry.quantity.mean)
        )


WIDEST = 2.0
"""The widest range that is drawn: from -1 to 1."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A group with its rows; it stands open where something in it was changed or is wrong."""

    group: Group
    rows: tuple[Row, ...]

    @property
    def open(self) -> bool:
        """Whether a reader should see into it at once."""
        told = any(row.changed or row.faults for row in self.rows)
        return told or not self.group.folded


@dataclass(frozen=True, slots=True)
class LabForm:
    """The whole form; `findings` are those that belong to no field of it."""

    groups: tuple[Rows, ...]
    findings: tuple[Finding, ...]

    @property
    def changed(self) -> int:
        """How many numbers differ from the base."""
        return sum(row.changed for group in self.groups for row in group.rows)

    @property
    def faulty(self) -> tuple[Row, ...]:
        """The rows with something wrong."""
        return tuple(row for group in self.groups for row in group.rows if row.faults)


def form_of(
    base: Scenario,
    fields: Mapping[str, str],
    faults: Mapping[str, str],
    findings: Sequence[Finding],
) -> LabForm:
    """The form over a base, with what a person wrote into it and what the check found."""
    serious = [one for one in findings if one.severity != "note"]
    made = tuple(
        Rows(group, tuple(_row(entry, fields, faults, serious) for entry in group.entries))
        for group in groups(base)
    )
    shown = {row.entry.path for group in made for row in group.rows}
    return LabForm(made, tuple(one for one in serious if one.path not in shown))


def _row(
    entry: Entry | Choice,
    fields: Mapping[str, str],
    faults: Mapping[str, str],
    findings: Sequence[Finding],
) -> Row:
    told = [faults[entry.path]] if entry.path in faults else []
    for one in findings:
        if one.path == entry.path:
            place = f" ({one.place})" if one.place else ""
            told.append(f"{one.message}{place}")
    texts = {name: fields.get(name, text) for name, text in entry.texts.items()}
    return Row(entry, texts, tuple(told))


def words_of(desk: Desk, form: LabForm) -> dict[str, str]:
    """The words of the first record that each number rests on, by its path."""
    found = {}
    for group in form.groups:
        for row in group.rows:
            for record in row.records[:1]:
                if desk.ledger.has(record) and (quotes := desk.ledger.record(record).quotes):
                    found[row.entry.path] = shorten(clean(quotes[0].text), LONGEST_WORDS)
    return found


def passage(text: str, mistake: str) -> tuple[tuple[int, str, bool], ...]:
    """The lines of a file around the one that a mistake names: number, line, whether it is it."""
    found = _LINE.search(mistake)
    if not found:
        return ()
    at, lines = int(found[1]), text.splitlines()
    return tuple(
        (number, lines[number - 1], number == at)
        for number in range(max(1, at - AROUND), min(len(lines), at + AROUND) + 1)
    )
