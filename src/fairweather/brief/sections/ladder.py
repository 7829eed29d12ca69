"""How far: support on record, and the ladder of support under the scenarios."""

from __future__ import annotations

from collections.abc import Iterator

from fairweather.brief.evidence import Evidence
from fairweather.brief.lines import Line, Row, Section, Table, fit
from fairweather.brief.sections.support_words import support_said
from fairweather.brief.wording import counted, listing, name, phrase, sentence
from fairweather.records import Explained, Support
from fairweather.scenario import Layered, Play, RunAnswer
from fairweather.scenario.spec import Offer
from fairweather.scenario.words import beyond, change_words, coarse_percent, whole_percent
from fairweather.vocabulary import vocabulary

SHOWN_RUNS = 2
"""Runs in the table and the chart: the first at peace and the first at war."""


def record_section(evidence: Evidence, room: int) -> Section:
    """Support between the two as told: given, promised, withheld, by direction."""
    a, b = evidence.pair
    kept, left_out = fit(list(_told(evidence, evidence.profile.support)), room)
    return Section(
        key="support",
        title="Support between the two, on record",
        lines=kept,
        left_out=left_out,
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


def ladder_section(evidence: Evidence, play: Play, room: int) -> Section:
    """Shares of the ladder by layer, the price of a wedge, exits, what is assumed."""
    lines = [
        *_wedges(play),
        _assumed(play),
        *_exits(play),
        *_contrasts(play),
    ]
    kept, left_out = fit(lines, room)
    supporter, partner = name(play.scenario.supporter), name(play.scenario.partner)
    return Section(
        key="ladder",
        title=sentence(
            f"How far {supporter} would go for {partner} against"
            f" {_adversary(play.scenario.against)}"
        ).rstrip("."),
        lines=kept,
        table=Table(
            caption=(
                "Chance of each share of the ladder. History counts past cases; interests come"
                " from assumed utilities and are not yet earned on past cases; together, history"
                " fixes what it has cases for."
            ),
            headers=("Share", "History", "Interests", "Together"),
            rows=tuple(row for answer in shown_runs(play) for row in _rows(play, answer)),
        ),
        left_out=left_out,
        find="fairweather scenario play",
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
    first, second, third = (range_of(part).removeprefix("roughly ") for part in told)
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


def _wedges(play: Play) -> Iterator[Line]:
    """The price of each offer in the first war; offers that need not be made are told once."""
    war = next((answer for answer in play.runs if answer.war_chance == 1), None)
    if war is None:
        return
    needless = tuple(wedge for wedge in war.wedges if wedge.value == 0)
    for wedge in war.wedges:
        if wedge not in needless:
            yield Line(sentence(wedge_said(play, wedge)), figures=(wedge,))
    if needless:
        yield Line(sentence(wedge_said(play, needless[0])), figures=needless)


def wedge_said(play: Play, wedge: Explained) -> str:
    """What an offer must be worth to draw the supporter off, in a clause."""
    offer = next(one for one in play.scenario.offers if one.name == wedge.arguments[2])
    stop = "stop" if offer.cap != "none" else "cease"
    at = f" at {phrase('rungs', offer.cap)}" if offer.cap != "none" else ""
    if wedge.value is None:
        return (
            f"no {_bare(offer)}, up to the worth of the whole tie, makes it likelier than not"
            f" that support will {stop}{at}"
        )
    if not wedge.value:
        return (
            f"even without an offer from anyone it is likelier than not, by assumed utilities,"
            f" that support in a war will {stop}{at}"
        )
    return (
        f"{offered(offer)} must be worth {price(wedge)} of the whole tie to make it likelier"
        f" than not that support will {stop}{at}"
    )


def _bare(offer: Offer) -> str:
    return offered(offer).partition(" ")[2]


def price(wedge: Explained) -> str:
    """A price in tenths: "three to six tenths", "at least three tenths"."""
    low = round(10 * (wedge.low or 0.0))
    if wedge.high is None:
        return f"at least {counted(low, 'tenth')}" if low else "anything up to more than the whole"
    high = round(10 * wedge.high)
    return counted(low, "tenth") if low == high else f"{low} to {counted(high, 'tenth')}"


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
