"""How far: support on record, and the ladder of support under the scenarios."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from fairweather.brief.evidence import Evidence, according_to, newest_first
from fairweather.brief.lines import Line, Row, Section, Table
from fairweather.brief.sections.support_words import by_rank, rough_when, told_each_way
from fairweather.brief.wording import counted, has_phrase, name, number, phrase, sentence
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
        title="Support so far",
        lines=tuple(lines),
        find=f"fairweather find support --actor {a} --actor {b}",
    )


def _told(evidence: Evidence, rows: tuple[Support, ...]) -> Iterator[Line]:
    """A sentence for each direction and state, settled states first.

    What the judgement has told already, the most that either gave, is not told again.
    """
    a, b = evidence.pair
    known = {records for _, records in (farthest(a, b, evidence), farthest(b, a, evidence))}
    states = vocabulary("support_states")
    order = sorted(states, key=lambda state: not states[state].extra["certain"])
    for text, told in told_each_way(rows, order, evidence):
        if told not in known:
            yield Line(sentence(text), told)


def ladder_section(evidence: Evidence, play: Play) -> Section:
    """Shares of the ladder by layer, the price of further offers, contrasts between runs."""
    supporter = name(play.scenario.supporter)
    return Section(
        key="ladder",
        title=f"How far {supporter} would go",
        lines=(*_unfounded(play), *_wedges(play), *_contrasts(play)),
        table=_ladder_table(play),
        find=f"fairweather scenario draft {play.scenario.supporter} {play.scenario.partner}",
    )


def _unfounded(play: Play) -> Iterator[Line]:
    """That nothing told of the two goes into the game, where that is so."""
    figure = shown_runs(play)[-1].shares[-1].interests
    if not any(part.records for part in figure.ingredients):
        text = (
            "nothing that the game of interests takes in rests on a record of the two; its answers"
            " are those for any such pair"
        )
        yield Line(sentence(text), figures=(figure,))


def _ladder_table(play: Play) -> Table:
    """A row a share of the ladder; for each run the layers that say something of their own."""
    partner, foe = name(play.scenario.partner), _adversary(play.scenario.against)
    told = [(answer, layer) for answer in shown_runs(play) for layer in _layers(answer)]
    headers = (f"{_run_header(play, answer)}: {LAYERS[layer]}" for answer, layer in told)
    rows = []
    for at, share in enumerate(told[0][0].shares):
        figures = tuple(getattr(answer.shares[at], layer) for answer, layer in told)
        cells = (_cell(answer.shares[at], layer) for answer, layer in told)
        label = phrase("shares", share.name) if has_phrase("shares", share.name) else share.name
        rows.append(Row((label, *cells), figures=figures))
    return Table(
        caption=(
            f"Chance that help for {partner} against {foe} goes just so far; past cases are"
            " counted, interests assumed."
        ),
        headers=("Help goes as far as", *headers),
        rows=tuple(rows),
    )


LAYERS = {"history": "past cases", "interests": "interests", "blend": "together"}


def _layers(answer: RunAnswer) -> tuple[str, ...]:
    """All three where past cases tell of the run; else interests, which then stand alone."""
    counted = any(layered.history.value is not None for layered in answer.shares)
    return tuple(LAYERS) if counted else ("interests",)


def _run_header(play: Play, answer: RunAnswer) -> str:
    label = run_label(play, answer)
    return f"{label[:1].upper()}{label[1:]}"


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


def _cell(layered: Layered, layer: str) -> str:
    """A band: counted shares to the per cent, what is assumed in steps of five."""
    history = layered.history.value
    if layer == "history" and history is None:
        return "no cases"
    counted = layer == "history" or (layer == "blend" and history is not None)
    figure = getattr(layered, layer)
    words = range_of(whole_percent(figure) if counted else coarse_percent(figure))
    return words.removeprefix("roughly ").removeprefix("about ")


def range_of(text: str) -> str:
    """Per cent with the dash of ranges, unbroken at a line's end: 0-4 % -> 0–4 %."""
    return text.replace("-", "–").replace(" %", "\u00a0%")


def _contrasts(play: Play) -> Iterator[Line]:
    """What each further run changes beside the one it is compared with."""
    supporter = name(play.scenario.supporter)
    for answer in play.runs:
        if answer.contrasts and answer not in shown_runs(play):
            contrast = beyond(answer, "statements")
            run, other = run_label(play, answer), run_label(play, play.run(answer.compared_with))
            case = run.removeprefix(f"{other}, ") if run.startswith(f"{other}, ") else ""
            where = f"{case}, compared with the run" if case else f"in the run “{run}”, beside"
            text = (
                f"{where} “{other}”, the chance that {supporter} goes beyond statements"
                f" {range_of(change_words(contrast))} (by assumed utilities)"
            )
            yield Line(sentence(text), figures=(contrast,))


def farthest(giver: str, receiver: str, evidence: Evidence) -> tuple[str, tuple[str, ...]]:
    """The highest rung told as given, else as reported, in one direction, with its row."""
    rows = [r for r in evidence.profile.support if (r.giver, r.receiver) == (giver, receiver)]
    for state in ("given", "reported"):
        found = by_rank(newest_first((row for row in rows if row.state == state), evidence))
        if found:
            top = found[0]
            when = f", {rough_when(top)}" if top.date.known else ""
            text = (
                f"the most that {name(giver)} {phrase('support_reached', state)}"
                f" {name(receiver)} is {phrase('rungs', top.level)}{when}"
                f"{according_to([top], evidence)}"
            )
            return text, (top.id,)
    return f"no source read tells of support that {name(giver)} has given {name(receiver)}", ()


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
    giver, to = name(offer.giver), name(offer.to)
    if wedge.value is None:
        return f"nothing that {giver} could offer, up to the worth of the whole tie, would {held}"
    if not wedge.value:
        return (
            f"by assumed utilities no {_bare(offer)} is needed to {held}, for that is likelier"
            f" than not even without one"
        )
    if wedge.high is None or wedge.high - (wedge.low or 0.0) > KNOWN_WITHIN:
        return (
            f"how much {giver} would have to {_put(offer)} {to} to {held} is not known (by assumed"
            f" utilities, {price(wedge)} of what the whole tie is worth)"
        )
    return (
        f"by assumed utilities {offered(offer)} would have to be worth {price(wedge)} of the whole"
        f" tie to {held}"
    )


def _put(offer: Offer) -> str:
    return "threaten" if offer.kind == "threat" else "offer"


def offer_of(play: Play, wedge: Explained) -> Offer:
    """The offer whose price a wedge figure is."""
    return next(one for one in play.scenario.offers if one.name == wedge.arguments[2])


def _held(play: Play, offer: Offer) -> str:
    """ "keep Russia from going beyond statements of support in a war"."""
    supporter = "it" if offer.to == play.scenario.supporter else name(play.scenario.supporter)
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
    if not low:
        return f"anything up to {counted(high, 'tenth')}"
    return counted(low, "tenth") if low == high else f"{number(low)} to {counted(high, 'tenth')}"
