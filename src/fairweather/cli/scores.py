"""Questions, proposals, scorecards and post-mortems in words and as plain objects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fairweather.cli.tables import plain_table, safe
from fairweather.desk.questions import Listed
from fairweather.errors import UnknownKey
from fairweather.ledger import Ledger
from fairweather.records import Quote, shorten
from fairweather.records.questions import Forecast, Question, Resolution, kept_row
from fairweather.scoring import PostMortem, Proposal, Scorecard
from fairweather.scoring.groups import Group, Mean

STATEMENT = 60
QUOTE = 200
MOST = 12
"""Rows of a post-mortem's lists; the rest is counted (`--json` has all)."""


def question_line(question: Question) -> str:
    """A question in one line."""
    when = f"{question.opens} to {question.closes}"
    condition = f"; {question.condition}" if question.condition else ""
    return safe(f"{question.id}: {question.statement} ({when}{condition})")


def chances(forecast: Forecast, answers: Sequence[str] = (), *, whole: bool = False) -> str:
    """A forecast's probabilities in a few characters; of a ladder the likeliest step, or all."""
    if forecast.shares:
        named = list(zip(answers, forecast.shares, strict=True))
        shown = named if whole else [max(named, key=lambda step: step[1])]
        return ", ".join(f"{answer} {share:.2f}" for answer, share in shown)
    low, high = forecast.low or 0.0, forecast.high or 0.0
    return f"{low:.2f}" if low == high else f"{low:.2f}-{high:.2f}"


# -- list ----------------------------------------------------------------------------------


def list_table(found: Sequence[Listed]) -> str:
    """Questions as a table, the first to close first."""
    rows = [
        (
            one.question.closes,
            one.resolution.answer or one.resolution.outcome if one.resolution else one.standing,
            shorten(one.question.statement, STATEMENT),
            "; ".join(f"{said.by} {chances(said, one.question.answers)}" for said in one.latest),
            one.question.id,
        )
        for one in found
    ]
    return plain_table(("closes", "standing", "statement", "said last", "id"), rows)


def listed_json(one: Listed) -> dict[str, Any]:
    """A listed question as one plain object."""
    return {
        **kept_row(one.question),
        "standing": one.standing,
        "resolution": kept_row(one.resolution) if one.resolution else None,
        "said_last": [kept_row(said) for said in one.latest],
    }


# -- resolve -------------------------------------------------------------------------------


def proposals_text(found: Sequence[Proposal], ledger: Ledger) -> str:
    """Proposals with their deciding quotes, decided ones first."""
    ordered = sorted(found, key=lambda one: not one.met.decided)
    return "\n\n".join("\n".join(_proposal_lines(one, ledger)) for one in ordered)


def _proposal_lines(one: Proposal, ledger: Ledger) -> Iterator[str]:
    yield question_line(one.question)
    who = "a person confirms" if one.needs_person else "certain by the record"
    answer = f" ({one.met.answer})" if one.met.answer else ""
    if one.met.decided:
        yield safe(f"  proposed: {_words(one.outcome)}{answer}; {who}")
    else:
        yield "  open"
    yield safe(f"  {one.met.finding}")
    yield from _cited(one.quotes, ledger)
    if one.records:
        yield f"  by {', '.join(one.records)}"


def _cited(quotes: Sequence[Quote], ledger: Ledger) -> Iterator[str]:
    for quote in quotes:
        try:
            document = ledger.document(quote.document)
            source = f"{document.publisher or document.title}, {document.published.text()}"
        except UnknownKey:
            source = quote.document
        yield safe(f"  “{shorten(' '.join(quote.text.split()), QUOTE)}” ({source})")


def proposal_json(one: Proposal) -> dict[str, Any]:
    """A proposal as one plain object."""
    return {
        "question": one.question.id,
        "statement": one.question.statement,
        "outcome": one.outcome,
        "answer": one.met.answer,
        "on": one.met.on,
        "finding": one.met.finding,
        "needs_person": one.needs_person,
        "records": list(one.records),
        "quotes": [
            {"document": q.document, "start": q.start, "end": q.end, "text": q.text}
            for q in one.quotes
        ],
    }


def resolution_text(made: Resolution) -> str:
    """A resolution in one line."""
    answer = f" ({made.answer})" if made.answer else ""
    instead = f", in place of {made.replaces}" if made.replaces else ""
    return safe(
        f"{made.question}: {_words(made.outcome)}{answer} as of {made.on}, by {made.by}"
        f"{instead}: {made.reason}"
    )


# -- score ---------------------------------------------------------------------------------


HEADERS = (
    "questions", "Brier", "its range", "90 %", "log", "RPS", "difficulty",
    "skill: base rate", "last status", "reliability", "resolution", "sharpness",
)  # fmt: skip


def scorecard_text(card: Scorecard, dimension: str) -> str:
    """A scorecard as tables: the groups, then calibration, then what is not counted."""
    groups = [*card.by(dimension), card.whole]
    rows = [(group.name, *_cells(group)) for group in groups]
    parts = [plain_table((dimension, *HEADERS), rows)]
    if card.whole.bins:
        parts.append("Calibration: of what was said to lie between the two ends\n" + _bins(card))
    parts.append(
        f"As of {card.as_of}. Not counted: {card.closing} not past their closing date,"
        f" {card.unresolved} past it and not resolved, {card.void} void."
        " Brier, log and RPS: low is good; its range: what the ends of intervals would get;"
        " difficulty: what the base rate known at the time gets; skill: 1 is perfect, 0 no"
        " better."
    )
    return "\n\n".join(parts)


def _cells(group: Group) -> tuple[str, ...]:
    if group.too_few:
        return (f"{group.questions}: too few", *[""] * (len(HEADERS) - 1))
    brier, parts = group.brier, group.parts
    return (
        str(group.questions),
        _mean(brier),
        f"{brier.best:.3f}-{brier.worst:.3f}" if brier else "",
        f"{brier.low:.3f}-{brier.high:.3f}" if brier else "",
        _mean(group.log),
        _mean(group.rps),
        _number(group.difficulty),
        _number(group.skill_base),
        _number(group.skill_status),
        _number(parts.reliability if parts else None),
        _number(parts.resolution if parts else None),
        _number(group.sharp),
    )


def _bins(card: Scorecard) -> str:
    rows = [
        (
            f"{one.since:.1f}-{one.until:.1f}",
            str(one.count),
            f"{one.said:.2f}",
            f"{one.came:.2f}",
            "too few" if one.low is None else f"{one.low:.2f}-{one.high:.2f}",
        )
        for one in card.whole.bins
    ]
    return plain_table(("said", "questions", "mean said", "came true", "90 %"), rows)


def _mean(mean: Mean | None) -> str:
    return _number(mean.value if mean else None)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def scorecard_json(card: Scorecard, dimension: str) -> dict[str, Any]:
    """A scorecard as one plain object; every mean has the id that `why` takes."""
    return {
        "as_of": card.as_of,
        "not_past_closing": card.closing,
        "not_resolved": card.unresolved,
        "void": card.void,
        "all": _group_json(card.whole, card.as_of),
        dimension: [_group_json(group, card.as_of) for group in card.by(dimension)],
    }


def _group_json(group: Group, as_of: str) -> dict[str, Any]:
    means = {"brier": group.brier, "log": group.log, "rps": group.rps}
    figures = {measure: group.figure(measure, as_of).id for measure, mean in means.items() if mean}
    return {**group.to_json(), "figures": figures}


# -- show ----------------------------------------------------------------------------------


def post_mortem_text(found: PostMortem, ledger: Ledger) -> str:
    """A question from its opening to its score."""
    question = found.question
    parts = [[question_line(question), safe(f"  settled by: {question.criterion}")]]
    if question.quotes:
        parts[0] += list(_cited(question.quotes, ledger))
    parts.append(["Known when it opened", *_bearing_lines(found.before)])
    parts.append(["What was said", *_said_lines(found)])
    parts.append(["What came since", *_bearing_lines(found.since)])
    parts.append(["What decided it", *_decided_lines(found, ledger)])
    if found.verdicts:
        parts.append(["Scores (Brier, or ranked for a ladder; low is good)", *_verdicts(found)])
    return "\n\n".join("\n".join(lines) for lines in parts)


def _bearing_lines(bearing: Sequence[Any]) -> Iterator[str]:
    # The latest bear most; the rest is counted.
    for one in bearing[-MOST:]:
        yield safe(f"  {one.on} {one.said} ({one.record.id})")
    if len(bearing) > MOST:
        yield f"  and {len(bearing) - MOST} earlier"
    if not bearing:
        yield "  nothing was read of it"


def _said_lines(found: PostMortem) -> Iterator[str]:
    for one in sorted([*found.forecasts, *found.pooled], key=lambda said: said.made):
        note = f" ({one.note})" if one.note else ""
        told = chances(one, found.question.answers, whole=True)
        yield safe(f"  {one.made} {one.by}: {told}, {one.method}{note}")
    if not found.forecasts:
        yield "  nobody has given a probability"


def _decided_lines(found: PostMortem, ledger: Ledger) -> Iterator[str]:
    came = found.resolution
    if came is None:
        yield from list(_proposal_lines(found.proposal, ledger))[1:]
        return
    yield f"  {resolution_text(came).partition(': ')[2]}"
    yield from _cited(came.quotes, ledger)
    if came.records:
        yield f"  by {', '.join(came.records)}"
    for earlier in found.earlier:
        yield f"  before that {resolution_text(earlier).partition(': ')[2]}"


def _verdicts(found: PostMortem) -> Iterator[str]:
    for one in found.verdicts:
        spread = "" if one.best == one.worst else f" ({one.best:.3f} to {one.worst:.3f})"
        yield safe(f"  {one.forecast.by}, {one.forecast.made}: {one.score:.3f}{spread}")


def _words(outcome: str) -> str:
    return outcome.replace("_", " ")
