"""The scorecard of what sources foretold: promises, expectations, predictions, and their fate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from fairweather.brief.evidence import Evidence, by_whom, is_argued, newest_first
from fairweather.brief.lines import Line, Section
from fairweather.brief.sections.support_words import support_said
from fairweather.brief.wording import (
    chance,
    clean,
    counted,
    likely,
    listing,
    name,
    number,
    phrase,
    prose_dates,
    sentence,
    when_so,
)
from fairweather.records import AUTHOR, Agreement, Prediction, Quote, Stage, Support, shorten
from fairweather.scoring.foretold import Foretold

LONGEST_STATEMENT = 130
FEWEST = 2
"""Things foretold from which a tally is worth a sentence."""

MOST_CITED = 6


def forecasts_section(evidence: Evidence) -> Section:
    """What was foretold of the two: decided first, then open, the latest first."""
    decided = [one for one in evidence.foretold if one.outcome != "open"]
    still_open = [one for one in evidence.foretold if one.outcome == "open"]
    by_record = {one.record.id: one for one in still_open}
    newest = newest_first((one.record for one in still_open), evidence)
    ordered = [*decided, *dict.fromkeys(by_record[record.id] for record in newest)]
    lines = [*_score(evidence), *_tally(evidence), *(_line(one, evidence) for one in ordered)]
    a, b = evidence.pair
    return Section(
        key="forecasts",
        title="Scorecard",
        lines=tuple(lines),
        find=f"fairweather find predictions --actor {a} --actor {b}",
    )


def _score(evidence: Evidence) -> Iterator[Line]:
    """How well forecasts did so far, beside the base rate; nothing while too few are scored."""
    scored = evidence.scored
    if scored is None or scored.brier is None or scored.difficulty is None:
        return
    text = (
        f"forecasts of {scored.questions} questions were scored so far: mean Brier score"
        f" {scored.brier.value:.2f} ({scored.brier.low:.2f}–{scored.brier.high:.2f}), where low"
        f" is good; the base rate alone scores {scored.difficulty:.2f}"
    )
    yield Line(sentence(text), figures=(scored.figure("brier", evidence.day.isoformat()),))


def _tally(evidence: Evidence) -> Iterator[Line]:
    """How many things foretold came true so far; nothing where there are not even two."""
    outcomes = Counter(one.outcome for one in evidence.foretold)
    if outcomes.total() < FEWEST:
        return
    told = listing(
        phrase("outcomes_counted", outcome).format(count=number(count) if count else "none")
        for outcome in ("occurred", "did_not_occur", "partly", "void", "open")
        if (count := outcomes[outcome]) or outcome == "occurred"
    )
    text = f"of {counted(outcomes.total(), 'thing')} foretold of the two, {told}"
    decided = [one.record.id for one in evidence.foretold if one.outcome != "open"]
    records = tuple(dict.fromkeys(decided or [one.record.id for one in evidence.foretold]))
    yield Line(sentence(text), records[:MOST_CITED])


def _line(one: Foretold, evidence: Evidence) -> Line:
    outcome = phrase("outcomes", one.outcome)
    finding = "" if one.outcome == "open" else f" ({prose_dates(clean(one.finding))})"
    by = by_whom(one.record.quotes, evidence) if isinstance(one.record, Agreement) else ""
    records = tuple(dict.fromkeys((one.record.id, *one.decided_by)))
    text = f"{_foretold(one, evidence)}{by}: {outcome}{finding}"
    passages: tuple[Quote, ...] = ()
    if isinstance(one.record, Agreement):
        passages = tuple(q for stage in _promised(one.record) for q in stage.quotes[:1])
    return Line(sentence(text), records, passages=passages)


def _promised(agreement: Agreement) -> Sequence[Stage]:
    """The stages that a promise and its keeping are read from."""
    telling = ("promised", "announced", "proposed", "signed")
    return [stage for stage in agreement.stages if stage.stage in telling]


def _foretold(one: Foretold, evidence: Evidence) -> str:
    record = one.record
    if isinstance(record, Support):
        said, _ = support_said([record], evidence)
        when = when_so(evidence.published(record))
        return f"{said} (published {when})" if when else said
    if isinstance(record, Prediction):
        return _predicted(record, evidence)
    return prose_dates(clean(one.said))


def _predicted(record: Prediction, evidence: Evidence) -> str:
    """ "X (analysis) argued in September 2024: “…”, unlikely by its wording (about 5–45 %)"."""
    words = shorten(clean(record.statement), LONGEST_STATEMENT).removesuffix(".")
    when = when_so(evidence.published(record))
    teller = evidence.teller(record)
    if record.by == AUTHOR:
        said = f"{teller} {'argued' if is_argued(record, evidence) else 'wrote'}"
    else:
        said = f"ascribed to {name(record.by)} by {teller}"
    return f"{said} {when}".rstrip() + f": “{words}”{_worded(record)}"


def _worded(record: Prediction) -> str:
    """What the hedging words amount to, where they narrow anything down."""
    if not record.probability or (record.probability.low, record.probability.high) == (0.0, 1.0):
        return ""
    low, high = record.probability.low, record.probability.high
    return f", {likely(low, high)} by its wording ({chance(low, high)})"
