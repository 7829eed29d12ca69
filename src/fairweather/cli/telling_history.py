"""History and tone as text for a terminal, and as plain objects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from fairweather.cli.tables import plain_table, safe
from fairweather.desk.history import PairTone
from fairweather.desk.names import label
from fairweather.history import base_rates
from fairweather.history.fitted import Estimate
from fairweather.history.nearest import Likeness
from fairweather.history.pair import PairHistory
from fairweather.history.rates import Rate
from fairweather.history.support import SupportHistory
from fairweather.records import Explained
from fairweather.vocabulary import vocabulary

BAR = 40
SPARKS = "▁▂▃▄▅▆▇█"
MONTHS_DRAWN = 36

QUESTION = {
    "honoured": "kept as written when a war came (a neutrality clause is kept by staying out)",
    "violated": "ended by violation within five years",
    "ended": "ended within five years",
}

INPUTS = {
    "the opponent": (
        *("opp_", "o_", "n_opp", "log_cinc_o", "pol_gap_po", "un_po"),
        *("riv_po", "riv_bo", "near_po", "near_bo", "log_dist_po"),
    ),
    "what the dispute is about and who began it": ("b_init", "b_revis", "rev_terr"),
    "capabilities": ("log_cinc",),
    "democracy": ("pol_",),
    "distance and borders": ("near_", "log_dist"),
    "rivalries and threats": ("riv_", "threat"),
    "votes at the United Nations": ("un_",),
    "earlier calls answered": ("record",),
    "institutions and conditions of the pact": ("x_",),
    "age of the pact": ("pact_age",),
    "number of pacts": ("n_pacts",),
    "whether of two alone": ("bilateral", "multilateral"),
}
"""Inputs of the model of joining in words, by the first letters of its columns; the first fits."""


def tell_history(told: PairHistory, tones: Sequence[PairTone] = (), *, every: bool = False) -> str:
    """History of a pair: L0 first, then the models, the nearest wars, the tone, the sources."""
    parts = [_heading(told), *_support(told), *_pact_lines(told)]
    parts += _joining(told)
    for giver, likeness in told.likeness.items():
        parts += ["", *_nearest(told, giver, likeness)]
    parts += ["", *tell_tones(tones)]
    if every:
        parts += ["", *_breakdown()]
    parts += ["", "Data end: " + "; ".join(f"{title}, {last}" for title, last in told.told_until)]
    return safe("\n".join(parts))


def _heading(told: PairHistory) -> str:
    pact = told.pact.replace("_", " and ")
    held = ", ".join(pledge.obligation.replace("_", " ") for pledge in told.pledges)
    from_ = "as asked for" if told.asked else f"in force by what was read: {held}"
    if not told.asked and not held:
        from_ = "no pact in force was read; silence does not prove that there is none"
    pair = f"{label(told.a)} and {label(told.b)}"
    return f"{pair}, {told.day.isoformat()}: pact class {pact} ({from_})"


def _support(told: PairHistory) -> Iterator[str]:
    way = next(iter(told.support.values()))
    yield ""
    like = "states without a pact" if told.pact == "none" else "partners with such a pact"
    yield f"What {like} did when the other was at war (the same both ways)"
    rows = [
        (_rung(name), _percent(figure), _bar(figure), figure.meaning.rpartition(": ")[2])
        for name, figure in way.rungs
    ]
    yield plain_table(("rung", "share", "0" + " " * (BAR - 4) + "50 %", "cases"), rows)
    for name, figure in way.rungs:
        years = next((p.value for p in figure.ingredients if p.name == "years"), "")
        yield f"  {_rung(name)}: {figure.meaning.rpartition(': ')[0]} ({years})"
    yield "Words and help are counted in one year of one coding of the news: a floor."
    yield ""
    shares = ", ".join(f"{name} {100 * share:.0f} %" for name, share in way.shares)
    yield f"Highest share reached: {shares}"
    yield from _peace(way)
    yield "Not covered: " + "; ".join(f"{_rung(name)}: {why}" for name, why in way.uncovered)
    for giver, ways in told.support.items() if not told.asked else ():
        yield f"Figures for {label(giver)}: {ways.rung('forces').id}, {ways.rung('arms').id}"
    rivals = way.reference.rivals
    if rivals:
        yield "Other classes: " + "; ".join(f"{r.counted} {r.what}" for r in rivals)


def _peace(way: SupportHistory) -> Iterator[str]:
    if way.in_peace:
        mean = 100 * way.in_peace.mean
        yield f"Arms arrived in {mean:.1f} % of years of peace too ({way.in_peace.counted})"


def _pact_lines(told: PairHistory) -> Iterator[str]:
    yield ""
    yield "Such a pact"
    for one in told.estimates:
        yield f"  {QUESTION[one.name]}: {_estimate(one)}; plain rate {_plain(told.plain[one.name])}"
    sources = [rate for name, rate in base_rates().items() if name.startswith("honoured.")]
    low, high = min(r.mean for r in sources), max(r.mean for r in sources)
    yield (
        f"  How often pacts are kept depends on who coded it: {100 * low:.0f} to {100 * high:.0f} %"
        f" over {len(sources)} counts"
    )


def _estimate(one: Estimate) -> str:
    if one.chance is None:
        return f"the model is silent ({one.silent})"
    reasons = ", ".join(f"{term} {part:+.2f}" for term, part in one.reasons[:3])
    because = f"; {reasons}" if reasons else ""
    return f"{_by_model(one)}; {one.cases:,} cases, {one.first}-{one.last}{because})"


def _by_model(one: Estimate) -> str:
    """The chance and the spread of the members, with a decimal where chances are small."""
    digits = 0 if (one.high or 0) >= 0.2 else 1
    said, low, high = (100 * (value or 0) for value in (one.chance, one.low, one.high))
    return (
        f"{said:.{digits}f} % by the model (its members say {low:.{digits}f} to {high:.{digits}f} %"
    )


def _joining(told: PairHistory) -> Iterator[str]:
    """What the model of joining says each way, beside the plain rate, with what it did not know."""
    plain = told.plain.get("joins")
    for giver, one in told.joining.items():
        other = told.b if giver == told.a else told.a
        begun = f"  {label(giver)} joins a dispute of {label(other)} (a show of force or more): "
        if one.chance is None:
            yield begun + f"the model is silent ({one.silent})"
            continue
        beside = f"; plain rate {_plain(plain)}" if plain else ""
        yield f"{begun}{_by_model(one)}; {one.cases:,} cases, {one.first}-{one.last}){beside}"
    spoken = [one for one in told.joining.values() if one.chance is not None]
    if spoken:
        yield "    not known to it, so counted as the mean: " + ", ".join(_unknown(spoken[0]))


def _unknown(one: Estimate) -> list[str]:
    def words(column: str) -> str:
        return next((said for said, starts in INPUTS.items() if column.startswith(starts)), column)

    return list(dict.fromkeys(words(column) for column in one.unknown))


def _plain(rate: Rate) -> str:
    return f"{100 * rate.mean:.1f} % ({rate.counted}, {rate.first}-{rate.last})"


def _nearest(told: PairHistory, giver: str, likeness: Sequence[Likeness]) -> Iterator[str]:
    other = told.b if giver == told.a else told.a
    yield f"Most like “{label(other)} is at war; does {label(giver)} join?”"
    rows = [
        (
            str(one.case.year),
            f"{_names(one.case.states)} against {_names(one.case.foes)}",
            f"{one.case.joined} of {one.case.partners}",
            _names(one.case.who),
            f"{one.distance:.2f}: " + ", ".join(f"{name} {part:g}" for name, part in one.parts),
        )
        for one in likeness
    ]
    yield plain_table(("year", "war", "joined", "who", "distance"), rows)


def _names(ids: Sequence[str]) -> str:
    told = [label(id) for id in ids[:3]]
    return ", ".join(told) + (f" and {len(ids) - 3} more" if len(ids) > 3 else "")


def tell_tones(tones: Sequence[PairTone]) -> Iterator[str]:
    """The tone of each data set: a small chart, changes of level, the next month."""
    if not tones:
        yield "Tone: no event table was read for this pair"
    for one in tones:
        yield f"Tone by month in {one.dataset} (sign(x) log(1 + |x|) of the day's intensities)"
        drawn = one.series.tone[-MONTHS_DRAWN:].tolist()
        if drawn:
            first = one.series.months[-len(drawn)]
            span = f"{min(drawn):+.1f} to {max(drawn):+.1f}"
            yield f"  {first} {_spark(drawn)} {one.series.months[-1]}  {span}"
        for change in one.changes:
            yield f"  from {change.month}: {change.before:+.1f} to {change.after:+.1f}"
        if one.unlooked:
            yield f"  {one.unlooked}"
        if one.outlook:
            o = one.outlook
            yield f"  {o.month}: {o.tone:+.1f}, with 80 % between {o.low:+.1f} and {o.high:+.1f}"
        else:
            yield f"  {one.silent}"


def _spark(values: Sequence[float]) -> str:
    low, high = min(values), max(values)
    step = (high - low) / (len(SPARKS) - 1) or 1.0
    return "".join(SPARKS[round((value - low) / step)] for value in values)


def _bar(figure: Explained) -> str:
    """The band as a line with a mark at the value; the bar ends at one half."""
    if figure.value is None or figure.low is None or figure.high is None:
        return ""
    low, at, high = (
        min(BAR - 1, int(2 * BAR * value)) for value in (figure.low, figure.value, figure.high)
    )
    line = [" "] * BAR
    line[low : high + 1] = "─" * (high - low + 1)
    line[at] = "●"
    return "".join(line).rstrip()


def _percent(figure: Explained) -> str:
    if figure.value is None:
        return "no cases"
    if figure.low is None or figure.high is None:
        return f"{100 * figure.value:.1f} %"
    return f"{100 * figure.value:.1f} % ({100 * figure.low:.1f} to {100 * figure.high:.1f})"


def _rung(name: str) -> str:
    rungs = vocabulary("rungs")
    if name in rungs:
        return rungs[name].label
    return {"arms": "Major arms, any kind", "forces": "Own forces"}[name]


def _breakdown() -> Iterator[str]:
    rows = [
        (
            rate.name,
            _plain(rate),
            "" if rate.band is None else _range(rate),
            str(rate.clusters or ""),
        )
        for rate in base_rates().values()
    ]
    yield plain_table(("rate", "share", "10-90 %", "clusters"), rows)


def _range(rate: Rate) -> str:
    low, high = rate.band or (0.0, 0.0)
    return f"{100 * low:.1f} to {100 * high:.1f}"


def history_json(told: PairHistory, tones: Sequence[PairTone] = ()) -> dict[str, Any]:
    """History of a pair as one plain object."""
    way = next(iter(told.support.values()))
    return {
        "pair": [told.a, told.b],
        "day": told.day.isoformat(),
        "pact": told.pact,
        "obligations": [pledge.obligation for pledge in told.pledges],
        "support": {
            giver: {name: figure.to_json() for name, figure in ways.rungs}
            for giver, ways in told.support.items()
        },
        "shares": dict(way.shares),
        "not_covered": dict(way.uncovered),
        "models": [asdict(one) for one in told.estimates],
        "joining": {giver: asdict(one) for giver, one in told.joining.items()},
        "plain": {name: {"value": r.mean, "counted": r.counted} for name, r in told.plain.items()},
        "most_like": {
            giver: [
                {**asdict(one.case), "distance": one.distance, "parts": dict(one.parts)}
                for one in likeness
            ]
            for giver, likeness in told.likeness.items()
        },
        "tone": [tone_json(one) for one in tones],
        "data_end": dict(told.told_until),
    }


def tone_json(one: PairTone) -> dict[str, Any]:
    """The tone in one data set as a plain object."""
    return {
        "dataset": one.dataset,
        "months": dict(zip(one.series.months, one.series.tone.tolist(), strict=True)),
        "changes": [asdict(change) for change in one.changes],
        "next": asdict(one.outlook) if one.outlook else None,
        "silent": one.silent,
    }
