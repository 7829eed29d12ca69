"""A pair of actors as sheets: its profile, its brief, its history, its next moves, its tone."""

from __future__ import annotations

from collections.abc import Iterator

from fairweather.brief import Brief, make_brief
from fairweather.brief.appendix import figures_shown
from fairweather.brief.lines import Line, Row, Section
from fairweather.brief.wording import chance, counted, label, listing, phrase
from fairweather.desk.history import PairTone
from fairweather.desk.next_moves import SourceForecast
from fairweather.desk.showing.sheet import Grid, Part, Sheet, Told, sentences
from fairweather.history.fitted import Estimate
from fairweather.history.pair import PairHistory
from fairweather.history.rates import Rate
from fairweather.profile import Profile
from fairweather.records import Explained
from fairweather.scenario.words import whole_percent
from fairweather.vocabulary import vocabulary

LEFT_TO_THE_BRIEF = frozenset({"judgement", "forecasts", "elsewhere"})
"""Sections of a report that judge, or look beyond the pair."""

MOST_MOVES = 12

KEPT = {
    "honoured": "Such pacts were kept as written when a war came",
    "violated": "They ended by violation within five years",
    "ended": "They ended within five years",
}


def brief_sheet(brief: Brief) -> Sheet:
    """A report: its sections, then its figures and sources, folded."""
    return Sheet(
        brief.title,
        brief.dateline,
        (
            *(_section(brief, section) for section in brief.sections),
            Part("How this was made", tuple(_told(brief, line) for line in brief.closing)),
            _figures(brief),
            _sources(brief),
        ),
    )


def profile_sheet(profile: Profile) -> Sheet:
    """A pair as it is read: what binds it, strand by strand, what is not known."""
    brief = make_brief(profile, None)
    kept = [one for one in brief.sections if one.key not in LEFT_TO_THE_BRIEF]
    parts = (*(_section(brief, section) for section in kept), _figures(brief), _sources(brief))
    return Sheet(brief.title, brief.opening.text, parts)


def _section(brief: Brief, section: Section) -> Part:
    table = section.table
    grid = None
    if table and table.rows:
        rows = tuple((*row.cells, _marks(brief, row)) for row in table.rows)
        grid = Grid((*table.headers, "rests on"), rows, table.caption)
    return Part(section.title, tuple(_led(brief, section)), grid, section.chart)


def _led(brief: Brief, section: Section) -> Iterator[Told]:
    for lead, lines in section.paragraphs():
        for place, line in enumerate(lines):
            yield _told(brief, line, lead if not place else "")


def _told(brief: Brief, line: Line, lead: str = "") -> Told:
    return Told(line.text, lead, _marks(brief, line))


def _marks(brief: Brief, part: Line | Row) -> str:
    """The numbers of the sources and figures that a line rests on."""
    numbers = [str(number) for number in brief.sources.cited(part)]
    return ", ".join((*numbers, *(f"F{number}" for number in brief.sources.drawn(part))))


def _figures(brief: Brief) -> Part:
    rows = tuple((f"F{one.number}", one.gist, one.value, one.id) for one in figures_shown(brief))
    grid = Grid(("", "figure", "value", "id, for why"), rows, ids=3)
    return Part(f"Figures ({len(rows)})", grid=grid, folded=True)


def _sources(brief: Brief) -> Part:
    rows = tuple(
        (str(source.number), f"“{source.quote}”" if source.quote else source.without,
         ", ".join(filter(None, (group.title, group.credit))))
        for group in brief.sources.groups
        for source in group.sources
    )  # fmt: skip
    return Part(f"Sources ({len(rows)})", grid=Grid(("", "words", "from"), rows), folded=True)


# -- history -------------------------------------------------------------------------------


def history_sheet(told: PairHistory) -> Sheet:
    """What allies like these did: rung by rung, how such pacts fared, the wars most like it."""
    pact = told.pact.replace("_", " and ")
    held = listing(phrase("obligations", one.obligation) for one in told.pledges)
    note = f"Pact class: {pact}" + (f" (in force by what was read: {held})" if held else "")
    return Sheet(
        f"{label(told.a)} and {label(told.b)}: what allies like these did",
        f"{note}; {told.day.isoformat()}",
        (*_support(told), _fates(told), *_nearest(told), _data(told)),
    )


def _support(told: PairHistory) -> Iterator[Part]:
    way = next(iter(told.support.values()))
    rows = tuple(
        (_rung(name), whole_percent(figure) if figure.value is not None else "no cases",
         *_cases(figure), figure.id)
        for name, figure in way.rungs
    )  # fmt: skip
    yield Part(
        "When one of them was at war, the other gave",
        grid=Grid(("rung", "share", "cases", "years", "id, for why"), rows, ids=4),
    )
    unsaid = listing(_rung(name).lower() for name, _ in way.uncovered)
    yield Part(told=sentences([f"No data cover {unsaid}." if unsaid else ""]))


def _cases(figure: Explained) -> tuple[str, str]:
    """What was counted, and over which years."""
    years = next((part.value for part in figure.ingredients if part.name == "years"), "")
    first, _, last = str(years).partition("-")
    return figure.meaning.rpartition(": ")[2], first if first == last else str(years)


def _rung(name: str) -> str:
    rungs = vocabulary("rungs")
    if name in rungs:
        return rungs[name].label
    return {"arms": "Major arms, any kind", "forces": "Own forces"}[name]


def _fates(told: PairHistory) -> Part:
    rows = tuple(
        (KEPT[one.name], _chance(one), _plain_rate(told.plain[one.name])) for one in told.estimates
    )
    return Part(
        "How such pacts fared", grid=Grid(("", "by the model", "the plain rate beside it"), rows)
    )


def _chance(one: Estimate) -> str:
    if one.chance is None:
        return f"silent: {one.silent}"
    return f"{chance(one.low, one.high, one.chance)} ({one.cases:,} cases, {one.first}-{one.last})"


def _plain_rate(rate: Rate) -> str:
    low, high = rate.band or (rate.mean, rate.mean)
    return f"{chance(low, high)} ({rate.counted}, {rate.first}-{rate.last})"


def _nearest(told: PairHistory) -> Iterator[Part]:
    for giver, likeness in told.likeness.items():
        other = told.b if giver == told.a else told.a
        rows = tuple(
            (str(one.case.year), f"{_names(one.case.states)} against {_names(one.case.foes)}",
             f"{one.case.joined} of {one.case.partners}", _names(one.case.who))
            for one in likeness
        )  # fmt: skip
        yield Part(
            f"Wars most like “{label(other)} is at war; does {label(giver)} join?”",
            grid=Grid(("year", "war", "partners that joined", "who"), rows),
        )


def _names(ids: tuple[str, ...]) -> str:
    named = ", ".join(label(one) for one in ids[:3])
    return f"{named} and {len(ids) - 3} more" if len(ids) > 3 else named


def _data(told: PairHistory) -> Part:
    ends = (f"{title}, {last}" for title, last in told.told_until)
    return Part(told=sentences([f"The data end: {'; '.join(ends)}."]))


# -- what comes next -----------------------------------------------------------------------


def moves_sheet(forecast: SourceForecast) -> Sheet:
    """The likeliest next moves by one source, or why it gives none."""
    answer = forecast.answer
    rows = tuple(
        (label(forecast.pair[move.actor]), _class(forecast.classes[move.kind]),
         label(forecast.pair[1 - move.actor]), chance(None, None, move.chance),
         chance(None, None, move.usual), f"{move.odds_against_usual:.1f}", "; ".join(move.reasons))
        for move in answer.moves[:MOST_MOVES]
    )  # fmt: skip
    headers = ("who", "does", "to", "chance", "usual", "odds against the usual", "because")
    silent = f"No forecast: {answer.abstains}." if answer.abstains else ""
    return Sheet(
        f"Next moves within {answer.span} days, by {forecast.source}",
        f"{forecast.first} to {forecast.last}: dealings on {answer.busy_days} of"
        f" {answer.days:,} days",
        (Part(told=sentences([silent]), grid=Grid(headers, rows)),),
    )


def _class(name: str) -> str:
    return vocabulary("event_classes")[name].label if name in vocabulary("event_classes") else name


def tone_sheet(tone: PairTone) -> Sheet:
    """The tone of a pair in one set of event tables: changes of level, and next month."""
    lines = [f"From {c.month}: {c.before:+.1f} to {c.after:+.1f}." for c in tone.changes]
    if tone.outlook:
        ahead = tone.outlook
        lines.append(f"{ahead.month}: 80 % between {ahead.low:+.1f} and {ahead.high:+.1f}.")
    months = counted(len(tone.series.months), "month")
    return Sheet(
        f"Tone by month in {tone.dataset}",
        months,
        (Part(told=sentences([*lines, tone.unlooked, tone.silent])),),
    )
