"""Do the scores add up, do their intervals cover, does nothing leak, is it quick?

    python bench/scoring.py [--json] [--questions N] [--seed N]

Everything is made up from a seed; no file is read. `identity_error` is the largest error of
2,000 decompositions of Brier and ranked scores against the means they decompose, in half of
them with weights and outcomes of one half. `coverage_90` is how often the 90 % interval around
the share of a calibration bin holds the true share (40,000 bins of 5 to 200 questions, true
shares from a flat distribution); `coverage_mean_90` the same for the mean Brier score of 10 to
200 questions. `leak` counts scores, references, pools and proposals that change when documents
from the future are planted in a ledger of 60 resolved questions. `score_s` is the time
of one core, the best of five, to score `questions` questions by every dimension with all that
is shown of them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from fairweather.desk.questions import Scorebook
from fairweather.ledger import Ledger, Window
from fairweather.records import Agreement, Document, Event, Record, Stage, on
from fairweather.records.questions import Forecast, Question, Resolution
from fairweather.scoring import DIMENSIONS, known, propose, score
from fairweather.scoring.measures import (
    binned,
    brier,
    decompose,
    decompose_ladder,
    mean_interval,
    ranked,
    share_interval,
)

DECOMPOSITIONS = 2_000
BINS = 40_000
MEANS = 4_000
LEAK_QUESTIONS = 60
REPEATS = 5
START = dt.date(2030, 1, 1)


def main() -> int:
    options = _options()
    draw = np.random.default_rng(options.seed)
    figures: dict[str, Any] = {
        "identity_error": identity_error(draw),
        "coverage_90": coverage_of_shares(draw),
        "coverage_mean_90": coverage_of_means(draw),
        "leak": leak(),
        "questions": options.questions,
        "score_s": seconds_to_score(options.questions, draw),
    }
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:18} {value:.3g}" if isinstance(value, float) else f"{name:18} {value}")
    sound = figures["identity_error"] < 1e-9 and figures["leak"] == 0
    return 0 if sound else 4


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--questions", type=int, default=100_000, help="how many are scored")
    parser.add_argument("--seed", type=int, default=0, help="of everything that is drawn")
    return parser.parse_args()


# -- identities and coverage -------------------------------------------------------------------


def identity_error(draw: np.random.Generator) -> float:
    """The largest distance of a decomposition's sum from the mean score it decomposes."""
    worst = 0.0
    for turn in range(DECOMPOSITIONS // 2):
        n = int(draw.integers(1, 300))
        weighted = turn % 2 == 0
        w = draw.uniform(0.01, 3, n) if weighted else np.ones(n)
        o = draw.choice([0.0, 0.5, 1.0] if weighted else [0.0, 1.0], n)
        p = draw.beta(0.5, 0.5, n)
        mean = (w * brier(p, o)).sum() / w.sum()
        worst = max(worst, abs(decompose(p, o, w, binned(p, 10)).total - mean))
        k = int(draw.integers(2, 12))
        shares = draw.dirichlet(np.full(k, 0.5), n)
        fell = np.eye(k)[draw.integers(0, k, n)]
        mean = (w * ranked(shares, fell)).sum() / w.sum()
        worst = max(worst, abs(decompose_ladder(shares, fell, w, 10).total - mean))
    return float(worst)


def coverage_of_shares(draw: np.random.Generator) -> float:
    """How often the interval around a bin's share holds the share it was drawn from."""
    intervals: dict[tuple[int, int], tuple[float, float]] = {}
    held = 0
    for share in draw.uniform(0, 1, BINS):
        n = int(draw.integers(5, 201))
        came = int(draw.binomial(n, share))
        if (came, n) not in intervals:
            intervals[came, n] = share_interval(came, n)
        low, high = intervals[came, n]
        held += low <= share <= high
    return held / BINS


def coverage_of_means(draw: np.random.Generator) -> float:
    """How often the interval around a mean Brier score holds the mean it is expected to have."""
    held = 0
    for _ in range(MEANS):
        n = int(draw.integers(10, 201))
        true = draw.beta(1, 1, n)
        said = np.clip(true + draw.normal(0, 0.15, n), 0, 1)
        came = (draw.uniform(0, 1, n) < true).astype(float)
        low, high = mean_interval(brier(said, came), np.ones(n), np.arange(n))
        # A new set of questions each time: what is covered is the mean over all such sets.
        held += low <= _expected() <= high
    return held / MEANS


def _expected() -> float:
    """The mean Brier score over true chances and errors of the simulation, by quadrature."""
    if "mean" not in _EXPECTED:
        draw = np.random.default_rng(99)
        true = draw.beta(1, 1, 4_000_000)
        said = np.clip(true + draw.normal(0, 0.15, true.size), 0, 1)
        _EXPECTED["mean"] = float((true * (1 - said) ** 2 + (1 - true) * said**2).mean())
    return _EXPECTED["mean"]


_EXPECTED: dict[str, float] = {}


# -- no leak -----------------------------------------------------------------------------------


def leak() -> int:
    """How much changes of what was known by a day when texts published after it are added."""
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "leak.db") as ledger:
        day = _fill(ledger)
        later = (dt.date.fromisoformat(day) + dt.timedelta(days=30)).isoformat()
        before, then = _as_of(ledger, day), _as_of(ledger, later)
        ledger.add(_from_the_future(day))
        after = _as_of(ledger, day)
        if _as_of(ledger, later) == then:
            raise SystemExit("the planted texts bear on nothing: this shows nothing")
    return sum(one != other for one, other in zip(before, after, strict=True))


def _fill(ledger: Ledger) -> str:
    """Documents, questions, forecasts and resolutions; the day after the last closing."""
    book = Scorebook(ledger, "bench", on=START.isoformat())
    for n in range(LEAK_QUESTIONS):
        opens, closes = _day(10 * n), _day(10 * n + 20)
        ledger.add(_news(n, _day(10 * n + 12)))
        question = Question(
            statement=f"Number {n}",
            opens=opens,
            closes=closes,
            criterion="event: AID from CHL to PER"
            if n % 2
            else "agreement stage signed between CHL and PER",
            asked_by="person/bench",
        )
        ledger.questions.add([question])
        for by, chance in (("anna", 0.3), ("bert", 0.8)):
            made = Forecast(question=question.id, by=by, made=opens, low=chance, high=chance)
            ledger.questions.add([made])
    last = _day(10 * LEAK_QUESTIONS + 20)
    for proposal in book.proposals(window=Window(as_of=last)):
        if proposal.met.decided:
            ledger.questions.add([proposal.resolution("person/bench")])
    return last


def _as_of(ledger: Ledger, day: str) -> list[object]:
    """All that scoring shows as of a day: rows with their references, pools, proposals."""
    card = Scorebook(ledger, "bench", on=day).scorecard(day)
    rows: list[object] = [
        (row.forecast.id, row.weight, row.base, row.status, row.value) for row in card.rows
    ]
    now = known(ledger, Window(as_of=day))
    rows += [(one.id, propose(one, now).met) for one in ledger.questions.all()]
    rows += [card.whole.to_json(), len(rows)]
    return rows


def _news(n: int, day: str) -> Sequence[Record]:
    """A text of a day with an act in two of three, and a signing in one of five."""
    text = f"Chile sent Peru boat number {n}. The two signed pact number {n}."
    document = Document(text=text, published=on(day), url=f"https://example.org/{n}/{day}")
    rows: list[Record] = [document]
    if n % 3:
        rows.append(
            Event(
                quotes=(document.quote(0, text.index(".")),),
                source=("CHL",),
                target=("PER",),
                event_class="AID",
                status="factual",
                date=on(day),
            )
        )
    if n % 5 == 0:
        quote = document.quote(text.index("The"), len(text))
        rows.append(
            Agreement(
                quotes=(quote,),
                name=f"Pact number {n}",
                parties=("PER", "CHL"),
                stages=(Stage("signed", (), on(day), (quote,)),),
            )
        )
    return rows


def _from_the_future(day: str) -> list[Record]:
    """Texts published after a day that tell of acts before it."""
    after = (dt.date.fromisoformat(day) + dt.timedelta(days=3)).isoformat()
    rows: list[Record] = []
    for n in range(LEAK_QUESTIONS):
        document, *told = _news(3 * n + 1 if n % 2 else 5 * n, _day(10 * n + 5))
        late = Document(
            text=f"{document.text} So it was."  # type: ignore[attr-defined]
            if n % 2
            else document.text,  # type: ignore[attr-defined]
            published=on(after),
            url=f"https://example.org/future/{n}",
        )
        rows.append(late)
        rows += [_told_by(late, row) for row in told]
    return rows


def _told_by(document: Document, row: Record) -> Record:
    from dataclasses import replace

    quote = document.quote(0, document.text.index("."))
    if isinstance(row, Agreement):
        stages = tuple(replace(stage, quotes=(quote,)) for stage in row.stages)
        return replace(row, id="", quotes=(quote,), stages=stages)
    return replace(row, id="", quotes=(quote,))


def _day(number: int) -> str:
    return (START + dt.timedelta(days=number)).isoformat()


# -- speed -------------------------------------------------------------------------------------


def seconds_to_score(count: int, draw: np.random.Generator) -> float:
    """The time from questions in memory to every group with all that is shown of it."""
    questions, forecasts, standing = _made_up(count, draw)
    times = []
    for _ in range(REPEATS):
        begun = time.process_time()
        card = score(questions, forecasts, standing, "2060-01-01")
        for dimension in DIMENSIONS:
            for group in (*card.by(dimension), card.whole):
                group.to_json()
        times.append(time.process_time() - begun)
    return round(min(times), 3)


def _made_up(
    count: int, draw: np.random.Generator
) -> tuple[list[Question], list[Forecast], dict[str, Resolution]]:
    """Questions of yes or no with one forecast each, by one of 40 authors in 12 outlets."""
    true = draw.uniform(0, 1, count)
    low = np.clip(true - draw.uniform(0, 0.2, count), 0, 1)
    high = np.clip(true + draw.uniform(0, 0.2, count), 0, 1)
    came = draw.uniform(0, 1, count) < true
    opens = draw.integers(0, 3_000, count)
    length = draw.integers(5, 700, count)
    questions, forecasts, standing = [], [], {}
    for n in range(count):
        question = Question(
            id=f"question:{n:016x}",
            statement=f"Number {n}",
            opens=_day(int(opens[n])),
            closes=_day(int(opens[n] + length[n])),
            topic=("pacts", "acts", "support")[n % 3],
        )
        questions.append(question)
        forecasts.append(
            Forecast(
                id=f"forecast:{n:016x}",
                question=question.id,
                by=f"author {n % 40}",
                made=question.opens,
                low=float(low[n]),
                high=float(high[n]),
                outlet=f"outlet {n % 12}",
            )
        )
        standing[question.id] = Resolution(
            id=f"resolution:{n:016x}",
            question=question.id,
            outcome="occurred" if came[n] else "did_not_occur",
            on=question.closes,
            by="person/bench",
            reason="drawn",
        )
    return questions, forecasts, standing


if __name__ == "__main__":
    sys.exit(main())
