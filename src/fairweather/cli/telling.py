"""Chains, profiles and agreements as text for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from fairweather.cli.tables import plain_table, safe
from fairweather.desk.names import label
from fairweather.desk.why import FigureChain, RecordChain
from fairweather.records import (
    AUTHOR,
    Agreement,
    Document,
    Explained,
    Mechanism,
    Support,
    When,
    shorten,
    to_row,
)
from fairweather.scoring.foretold import Foretold, foretold
from fairweather.vocabulary import vocabulary

if TYPE_CHECKING:
    from fairweather.profile import Contradiction, Profile, StrandView

T = TypeVar("T")

MOST_LINES = 40
"""Rows shown of one section of a profile on a terminal."""

MOST_IDS = 8
"""Ids shown in one line."""

FIELDS_OF_THEIR_OWN = frozenset(
    {"type", "id", "quotes", "confidence", "coder", "recorded", "text", "asides", "sha256"}
)
"""Fields that a chain shows in their own place, not in the list of fields."""


def tell_why(chain: RecordChain | FigureChain) -> str:
    """The chain behind a row or a number."""
    lines = _figure_lines(chain) if isinstance(chain, FigureChain) else _record_lines(chain)
    return "\n".join(map(safe, lines))


def _figure_lines(chain: FigureChain) -> Iterator[str]:
    figure = chain.figure
    yield figure.id
    yield f"  {figure.meaning}"
    yield f"  value     {value_text(figure)} ({figure.unit})"
    yield f"  method    {figure.method}/{figure.version}, as of {figure.as_of}"
    if figure.formula:
        yield f"  formula   {figure.formula}"
    if chain.unchanged is not None:
        yield (
            "  seal      the ledger under it is unchanged"
            if chain.unchanged
            else "  seal      CHANGED: the ledger has learnt more since this id was made"
        )
    yield "  inputs"
    for part in figure.ingredients:
        value = "" if part.value is None else f" = {part.value}"
        yield f"    {part.name}{value}: {part.standing()}"
    for one in chain.chains:
        yield ""
        yield from _record_lines(one)


def _record_lines(chain: RecordChain) -> Iterator[str]:
    record = chain.record
    yield record.id
    for name, value in to_row(record).items():
        if name not in FIELDS_OF_THEIR_OWN and value not in ("", None, [], ()):
            yield f"  {name:<11} {_field_text(value)}"
    yield f"  confidence  {record.confidence:.2f}, by {record.coder or 'the vocabulary'}"
    yield f"  recorded    {record.recorded}"
    for note in chain.notes:
        yield f"  note        {note}"
    for cited in chain.cited:
        yield f"  “{shorten(' '.join(cited.text.split()))}”"
        yield f"      {_source(cited.document)} [{cited.start}:{cited.end}]"
    for decision in chain.decisions:
        yield f"  decision    {decision.kind} {decision.object}: {decision.reason} ({decision.by})"


def _source(document: Document) -> str:
    parts = [document.title, document.author, document.publisher, document.published.text()]
    return ", ".join(part for part in parts if part) + f" ({document.id})"


def _field_text(value: object) -> str:
    if isinstance(value, dict):
        if value.keys() >= {"from", "to", "precision"}:
            return When(value["from"], value["to"], value["precision"]).text()
        return "; ".join(
            f"{k} {_field_text(v)}" for k, v in value.items() if v and k not in ("quotes", "basis")
        )
    if isinstance(value, list):
        return ", ".join(_field_text(item) for item in value)
    return shorten(str(value), 200)


def value_text(figure: Explained) -> str:
    """A figure's value with its band; "not known" where there is none."""
    if figure.value is None:
        return "not known"
    band = (
        f" ({figure.low:.2f} to {figure.high:.2f})"
        if figure.low is not None and figure.high is not None
        else ""
    )
    if figure.unit.startswith("strand"):
        return f"{figure.value:+.2f}{band}"
    return f"{figure.value:.2f}{band}"


def tell_profile(profile: Profile, reference: Profile | None = None) -> str:
    """A pair's profile; a reference pair's strands beside it."""
    parts = [
        f"{label(profile.a)} and {label(profile.b)}"
        + (f", as of {profile.as_of}" if profile.as_of != "latest" else ""),
        f"{len(profile.documents)} documents speak of both",
        "",
        _strand_table(profile),
    ]
    if reference:
        parts += ["", f"Beside it: {label(reference.a)} and {label(reference.b)}", ""]
        parts.append(_strand_table(reference))
    for title, lines in _profile_sections(profile):
        if lines:
            parts += ["", title, *(f"  {line}" for line in lines)]
    return safe("\n".join(parts))


def _strand_table(profile: Profile) -> str:
    rows = []
    for strand, term in vocabulary("strands").items():
        for viewpoint in (profile.a, profile.b, AUTHOR):
            view = profile.strand(strand, viewpoint)
            if view.records:
                seen_by = "observers" if viewpoint == AUTHOR else label(viewpoint)
                rows.append((term.label, seen_by, *_view_cells(view)))
    return plain_table(
        ("strand", "seen by", "value (band)", "for", "against", "trend", "figure"), rows
    )


def _view_cells(view: StrandView) -> tuple[str, ...]:
    for_, against = (part.value or 0 for part in view.value.ingredients[:2])
    return (
        value_text(view.value),
        f"{for_:g}" if isinstance(for_, int | float) else for_,
        f"{against:g}" if isinstance(against, int | float) else against,
        view.trend,
        view.value.id,
    )


def _profile_sections(profile: Profile) -> Iterator[tuple[str, list[str]]]:
    yield (
        "Agreements",
        [line for one in profile.agreements for line in tell_agreement(one).splitlines()],
    )
    yield "Support between them", _latest(profile.support, _tell_support)
    yield "Support to others", _latest(profile.elsewhere, _tell_support)
    yield "Contradictions", _first(profile.contradictions, _tell_contradiction)
    yield "Foretold, and what became of it", _first(foretold(profile), _tell_foretold)
    yield "Mechanisms", _latest(profile.mechanisms, _tell_mechanism)
    yield "Not known", list(profile.unknown())


def _latest(rows: Sequence[T], tell: Callable[[T], str]) -> list[str]:
    """A line a row, of many rows the last ones; the number of those before is said."""
    shown = [tell(row) for row in rows[-MOST_LINES:]]
    rest = len(rows) - len(shown)
    return [f"{rest:,} earlier ones are not shown; --json gives all", *shown] if rest else shown


def _first(rows: Sequence[T], tell: Callable[[T], str]) -> list[str]:
    """A line a row, of many rows the first ones; the number of those after is said."""
    shown = [tell(row) for row in rows[:MOST_LINES]]
    rest = len(rows) - len(shown)
    return [*shown, f"{rest:,} more are not shown; --json gives all"] if rest else shown


def _tell_support(row: Support) -> str:
    when = f", {row.date.text()}" if row.date.known else ""
    return (
        f"{label(row.giver)} to {label(row.receiver)}: {row.level.replace('_', ' ')},"
        f" {row.state.replace('_', ' ')}{when} [{row.id}]"
    )


def _tell_contradiction(one: Contradiction) -> str:
    holds = f", holds: {one.holds}" if one.holds else ""
    return (
        f"{one.kind} {' '.join(one.subject)}: {one.settled}{holds}"
        f", origins {one.origins[0]} against {one.origins[1]}"
        f" [{_ids((*one.earlier, *one.later))}]"
    )


def _tell_foretold(one: Foretold) -> str:
    said = shorten(" ".join(one.said.split()), 100)
    return f"{one.outcome.replace('_', ' ')}: {said} ({one.finding}) [{one.record.id}]"


def _tell_mechanism(one: Mechanism) -> str:
    members = ", ".join(label(member.actor) for member in one.members)
    return f"{one.kind}: {one.name} ({members}) [{one.id}]"


def _ids(ids: Sequence[str]) -> str:
    rest = len(ids) - MOST_IDS
    return ", ".join(ids) if rest <= 0 else f"{', '.join(ids[:MOST_IDS])} and {rest:,} more"


def tell_agreement(agreement: Agreement) -> str:
    """An agreement with its life and its clauses."""
    lines = [
        f"{agreement.name} ({', '.join(map(label, agreement.parties))}) [{agreement.id}]",
    ]
    for stage in agreement.stages:
        by = f" by {', '.join(map(label, stage.by))}" if stage.by else ""
        lines.append(f"  {stage.stage.replace('_', ' '):<12} {stage.date.text()}{by}")
    if agreement.term_years:
        lines.append(f"  term         {agreement.term_years:g} years")
    for clause in agreement.clauses:
        against = f" against {', '.join(map(label, clause.against))}" if clause.against else ""
        by = f", on {', '.join(map(label, clause.by))}" if clause.by else ""
        lines.append(f"  clause       {clause.obligation}: {clause.state}{against}{by}")
    if agreement.merged:
        lines.append(f"  merged       {_ids(agreement.merged)}")
    return safe("\n".join(lines))


def profile_json(profile: Profile, reference: Profile | None = None) -> dict[str, Any]:
    """A profile as one plain object."""
    found: dict[str, Any] = {
        "pair": [profile.a, profile.b],
        "as_of": profile.as_of,
        "documents": list(profile.documents),
        "strands": [
            {
                "strand": view.strand,
                "viewpoint": view.viewpoint,
                "value": view.value.value,
                "low": view.value.low,
                "high": view.value.high,
                "figure": view.value.id,
                "for": [tie.id for tie in view.supporting],
                "against": [tie.id for tie in view.opposing],
                "neutral": [tie.id for tie in view.neutral],
                "trend": view.trend or None,
            }
            for view in profile.views
        ],
        "agreements": [to_row(one) for one in profile.agreements],
        "support": [to_row(one) for one in profile.support],
        "elsewhere": [to_row(one) for one in profile.elsewhere],
        "contradictions": [
            {
                "kind": one.kind,
                "subject": list(one.subject),
                "earlier": list(one.earlier),
                "later": list(one.later),
                "settled": one.settled,
                "holds": one.holds,
                "origins": list(one.origins),
            }
            for one in profile.contradictions
        ],
        "claims": [to_row(one) for one in profile.claims],
        "forecasts": [
            {
                "record": one.record.id,
                "said": one.said,
                "outcome": one.outcome,
                "finding": one.finding,
                "decided_by": list(one.decided_by),
            }
            for one in foretold(profile)
        ],
        "mechanisms": [to_row(one) for one in profile.mechanisms],
        "events": [to_row(one) for one in profile.events],
        "unknown": list(profile.unknown()),
    }
    if reference:
        found["like"] = profile_json(reference)
    return found
