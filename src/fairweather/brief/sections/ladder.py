"""How far: support on record, and the ladder of support under the scenarios."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from fairweather.brief.evidence import Evidence, as_told, newest_first
from fairweather.brief.lines import Line, Row, Section, Table
from fairweather.brief.sections.support_words import by_rank, rough_date, support_said
from fairweather.brief.wording import counted, listing, name, phrase, sentence
from fairweather.records import Explained, Support
from fairweather.scenario import Layered, Play, RunAnswer
from fairweather.scenario.spec import Offer
from fairweather.scenario.words import (
    KNOWN_WITHIN,
    beyond,
    change_words,
    coarse_percent,
    whole_percent,
)
from fairweather.vocabulary import vocabulary

SHOWN_RUNS = 2
"""Runs in the table and the chart: the first at peace and the first at war."""


def record_section(evidence: Evidence) -> Section:
    """Support between the two as told: given, promised, withheld, by direction."""
    a, b = evidence.pair
    lines = list(_told(evidence, evidence.profile.support))
    return Section(
        key="support",
        title="Support between the two, on record",
        lines=tuple(lines),
        find=f"fairweather find support --actor {a} --actor {b}",
    )


def _told(evidence: Evidence, rows: tuple[Support, ...]) -> Iterator[Line]:
    """A sentence for each direction and state, settled states first."""
    states = vocabulary("support_states")
    order = sorted(states, key=lambda state: not states[state].extra["certain"])
    directions = dict.fromkeys((row.giver, row.receiver) for row in rows)
    for state in order:
        for giver, receiver in directions:
            found = [r for r in rows if (r.giver, r.receiver, r.state) == (giver, receiver, state)]
            if found:
                text, told = support_said(found, evidence)
                yield Line(sentence(text), told)


def ladder_section(evidence: Evidence, play: Play) -> Section:
    """Shares of the ladder by layer, the price of a wedge, exits, what is assumed."""
    lines = [
        *_wedges(play),
        *_other_way(evidence, play),
        _assumed(play),
        *_exits(play),
        *_contrasts(play),
    ]
    supporter, partner = name(play.scenario.supporter), name(play.scenario.partner)
    return Section(
        key="ladder",
        title=sentence(
            f"How far {supporter} would go for {partner} against"
            f" {_adversary(play.scenario.against)}"
        ).rstrip("."),
        lines=tuple(lines),
        table=Table(
            caption=(
                "Chance of each share of the ladder. History counts past cases; interests come"
                " from assumed utilities and are not yet earned on past cases; together, history"
                " fixes what it has cases for."
            ),
            headers=("Share", "History", "Interests", "Together"),
            rows=tuple(row for answer in shown_runs(play) for row in _rows(play, answer)),
        ),
        find=f"fairweather scenario draft {play.scenario.supporter} {play.scenario.partner}",
    )


def _adversary(actor: str) -> str:
    return "an adversary" if actor == "adversary" else name(actor)


def shown_runs(play: Play) -> tuple[RunAnswer, ...]:
    """The first run at peace and the first at war; else the first two."""
    peace = [answer for answer in play.runs if answer.war_chance == 0]
    war = [answer for answer in play.runs if answer.war_chance == 1]
    chosen = [*peace[:1], *war[:1]]
    rest = [answer for answer in play.runs if answer not in chosen]
    return tuple([*chosen, *rest][:SHOWN_RUNS])


def run_label(play: Play, answer: RunAnswer) -> str:
    """A run's name with its offers told in words."""
    label = answer.run.name
    for offer in (*play.scenario.offers, *play.scenario.threats):
        if offer.name in label:
            label = label.replace(f"{offer.name} made", f"with {offered(offer)}")
            label = label.replace(offer.name, offered(offer))
    return label


def offered(offer: Offer) -> str:
    """ "an offer from the United States to Russia"."""
    kind = "a threat" if offer.kind == "threat" else "an offer"
    return f"{kind} from {name(offer.giver)} to {name(offer.to)}"


def _rows(play: Play, answer: RunAnswer) -> Iterator[Row]:
    """A row a share: its three layers, each a figure of its own."""
    run = run_label(play, answer)
    for layered in answer.shares:
        label = f"{run[:1].upper()}{run[1:]}: {layered.name}"
        yield Row((label, *_cells(layered)), figures=tuple(layered))


def _cells(layered: Layered) -> tuple[str, str, str]:
    if layered.history.value is None:
        history = "no cases"
    else:
        history = range_of(whole_percent(layered.history))
    blend = coarse_percent(layered.blend)
    if layered.history.value is not None:
        blend = whole_percent(layered.blend)
    told = (history, coarse_percent(layered.interests), blend)
    first, second, third = (
        range_of(part).removeprefix("roughly ").removeprefix("about ") for part in told
    )
    return first, second, third


def range_of(text: str) -> str:
    """Per cent with the dash of ranges, unbroken at a line's end: 0-4 % -> 0–4 %."""
    return text.replace("-", "–").replace(" %", "\u00a0%")


def _contrasts(play: Play) -> Iterator[Line]:
    """What each further run changes beside the one it is compared with."""
    for answer in play.runs:
        if answer.contrasts and answer not in shown_runs(play):
            contrast = beyond(answer, "statements")
            other = run_label(play, play.run(answer.compared_with))
            text = (
                f"Under “{run_label(play, answer)}” the share that goes beyond statements"
                f" {range_of(change_words(contrast))}, beside “{other}”"
            )
            yield Line(sentence(text), figures=(contrast,))


def _other_way(evidence: Evidence, play: Play) -> Iterator[Line]:
    """How far the partner has gone for the supporter: only the record tells."""
    giver, receiver = play.scenario.partner, play.scenario.supporter
    said, records = farthest(giver, receiver, evidence)
    if records:
        text = f"The other way round no scenario is played; on record, {said}"
        yield Line(sentence(text), records)


def farthest(giver: str, receiver: str, evidence: Evidence) -> tuple[str, tuple[str, ...]]:
    """The highest rung told as given, else as reported, in one direction, with its row."""
    rows = [r for r in evidence.profile.support if (r.giver, r.receiver) == (giver, receiver)]
    for state in ("given", "reported"):
        found = by_rank(newest_first((row for row in rows if row.state == state), evidence))
        if found:
            top = found[0]
            when = f", {rough_date(top)}" if top.date.known else ""
            told = f"{phrase('support_reached', state)}{when}{as_told([top], evidence)}"
            rung = phrase("rungs", top.level)
            return f"{name(giver)} has gone as far as {rung} for {name(receiver)} ({told})", (
                top.id,
            )
    return f"no support from {name(giver)} to {name(receiver)} is told as given", ()


def _wedges(play: Play) -> Iterator[Line]:
    """The price of each offer but the cheapest, which the headline tells."""
    told = cheapest(play)
    for wedge in shown_runs(play)[-1].wedges:
        if wedge is not told and wedge.value != 0:
            yield Line(sentence(wedge_said(play, wedge)), figures=(wedge,))


def cheapest(play: Play) -> Explained | None:
    """The lowest price in the last run shown; one beyond reach where there is no other."""
    prices = shown_runs(play)[-1].wedges
    return min(prices, key=lambda one: inf if one.value is None else one.value, default=None)


def wedge_said(play: Play, wedge: Explained) -> str:
    """What an offer must be worth to draw the supporter off, in a clause."""
    offer = offer_of(play, wedge)
    held = _held(play, offer)
    if wedge.value is None:
        return f"no {_bare(offer)} that is worth up to the whole tie would {held}"
    if not wedge.value:
        return (
            f"no offer is needed to {held}: by utilities that are assumed, it is likelier than"
            f" not even without one"
        )
    if wedge.high is None or wedge.high - (wedge.low or 0.0) > KNOWN_WITHIN:
        return (
            f"what {offered(offer)} would have to be worth to {held} is not known: by utilities"
            f" that are assumed, {price(wedge)} of the whole tie"
        )
    return (
        f"{offered(offer)} must be worth {price(wedge)} of the whole tie to {held}"
        f" (likelier than not, by utilities that are assumed)"
    )


def offer_of(play: Play, wedge: Explained) -> Offer:
    """The offer whose price a wedge figure is."""
    return next(one for one in play.scenario.offers if one.name == wedge.arguments[2])


def _held(play: Play, offer: Offer) -> str:
    """ "keep Russia from going beyond statements of support in a war"."""
    supporter = name(play.scenario.supporter)
    if offer.cap == "none":
        return f"keep {supporter} from any support in a war"
    return f"keep {supporter} from going beyond {phrase('rungs', offer.cap)} in a war"


def _bare(offer: Offer) -> str:
    return offered(offer).partition(" ")[2]


def price(wedge: Explained) -> str:
    """A price in tenths: "three to six tenths", "at least three tenths"."""
    low = round(10 * (wedge.low or 0.0))
    if wedge.high is None:
        return f"at least {counted(low, 'tenth')}" if low else "anything up to more than the whole"
    high = round(10 * wedge.high)
    least = str(low) if low else "nothing"
    return counted(low, "tenth") if low == high else f"{least} to {counted(high, 'tenth')}"


def _exits(play: Play) -> Iterator[Line]:
    answer = shown_runs(play)[-1]
    parts = [
        f"by {name(one.arguments[2])} with a chance {_of(range_of(coarse_percent(one)))}"
        for one in answer.exits
    ]
    if parts:
        text = (
            f"In the run “{run_label(play, answer)}” the partnership is ended within"
            f" {counted(play.scenario.horizon_months, 'month')} {listing(parts)}"
        )
        yield Line(sentence(text), figures=answer.exits)


def _rest(count: int) -> str:
    """How many rest, as a clause: "none rests", "one rests", "three rest"."""
    if not count:
        return "none rests"
    return counted(count, "rests", "rest")


def _of(chance: str) -> str:
    """ "of roughly 5–10 %", but "under 5 %"."""
    return chance if chance.startswith(("under", "over")) else f"of {chance}"


def _assumed(play: Play) -> Line:
    """How much of the play rests on evidence, and how much is assumed."""
    figure = shown_runs(play)[-1].shares[-1].interests
    inputs = [part for part in figure.ingredients if "." in part.name]
    known = sum(bool(part.records) for part in inputs)
    text = (
        f"Of the {len(inputs)} numbers that the game takes in, {_rest(known)}"
        f" on records; the others are assumed or stated with their source"
    )
    return Line(sentence(text), figures=(figure,))
