"""`question`: what is asked, foretold, resolved and scored over one ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from fairweather.desk.correction import person
from fairweather.desk.moved_questions import Moved, moved
from fairweather.desk.names import actor_id
from fairweather.desk.question_exchange import bundle_of, take_in_bundle
from fairweather.desk.review import login_name
from fairweather.desk.scorecards import by_question, scorecard
from fairweather.errors import FairweatherError, MisuseError, NothingFound
from fairweather.ledger import PERSON, Ledger, Window, current
from fairweather.ledger.questions import standing_resolutions
from fairweather.records import Prediction
from fairweather.records.questions import Forecast, Question, Resolution
from fairweather.scoring import Bundle, Proposal, Scorecard, Terms, known, propose
from fairweather.scoring.asking import (
    ask_prediction,
    ask_run,
    refuse_forecast,
    refuse_unfit,
    replacing,
    today,
)
from fairweather.scoring.pooling import pools, track_record
from fairweather.scoring.postmortem import PostMortem, post_mortem
from fairweather.scoring.resolution import RULE, refuse_contradiction
from fairweather.vocabulary.gazetteer import load_gazetteer

if TYPE_CHECKING:
    from fairweather.scenario import Play

OPEN, DUE, RESOLVED, VOID = "open", "due", "resolved", "void"
"""How a question stands: not closed, closed and not resolved, resolved, fallen away."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A question as a list shows it: how it stands, and who says what last, pools last."""

    question: Question
    standing: str
    resolution: Resolution | None
    latest: tuple[Forecast, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an attempt to take in many questions did; `refused` pairs a name with a reason."""

    questions: tuple[Question, ...]
    known: int
    refused: tuple[tuple[str, str], ...] = ()


class Scorebook:
    """The questions of a ledger in the hands of one person; `on` is today for whom it matters.

    What it refuses it refuses with the reason (MisuseError, RecordError), and then nothing is
    stored.
    """

    def __init__(self, ledger: Ledger, by: str | None = None, on: str = "") -> None:
        self.ledger = ledger
        self.by = person(login_name() if by is None else by)
        self.on = on or today()

    # -- asking ------------------------------------------------------------------------

    def add(
        self, question: Question, forecast: Forecast | None = None, *, instead_of: str = ""
    ) -> Question:
        """Ask a question by hand, perhaps with a first forecast.

        Raises MisuseError for a closing date in the past, a double, a changed criterion.
        """
        if question.closes < self.on:
            raise MisuseError(
                f"it would close on {question.closes}, before today ({self.on}): a question is"
                " asked before its answer can be known; old ones come from dated documents"
                " (--from) or by `question import`"
            )
        if instead_of:
            old = self.ledger.questions.question(instead_of)
            made = self.ledger.questions.forecasts(old.id)
            question = replacing(question, old, made, self.on)
        self._store(question, [forecast] if forecast else [])
        return question

    def from_prediction(self, identity: str, terms: Terms | None = None) -> Question:
        """Ask what a prediction of the ledger foretold. Raises UnknownKey, MisuseError."""
        record = self.ledger.record(identity)
        if not isinstance(record, Prediction):
            raise MisuseError(f"{record.id} is a {record.type}, no prediction")
        document = self.ledger.document(record.document)
        question, forecast = ask_prediction(record, document, self.by, terms)
        self._store(question, [forecast])
        return question

    def from_predictions(self, actors: Sequence[str] = ()) -> Asked:
        """Ask all that predictions with a typed criterion and a horizon foretold."""
        ids = tuple(actor_id(text, self.ledger) for text in actors)
        asked: list[Question] = []
        refused: list[tuple[str, str]] = []
        seen = 0
        taken = {question.source for question in self.ledger.questions.all()}
        for row in current(self.ledger, Prediction, actors=ids):
            if row.outcome == "not_scorable" or not row.criterion:
                continue
            if row.id in taken:
                seen += 1
                continue
            try:
                asked.append(self.from_prediction(row.id))
            except FairweatherError as error:
                refused.append((row.id, str(error)))
        return Asked(tuple(asked), seen, tuple(refused))

    def from_terms(self, terms: Iterable[tuple[str, Terms]]) -> Asked:
        """Ask what predictions foretold, on a person's terms, each found by its words.

        Words that no prediction holds, or that several hold, are refused, and so is a question
        that does not fit; the others are asked.
        """
        rows = current(self.ledger, Prediction, min_confidence=0.0)
        taken = {question.source for question in self.ledger.questions.all()}
        asked: list[Question] = []
        refused: list[tuple[str, str]] = []
        seen = 0
        for words, given in terms:
            holding = [(" ".join(row.statement.split()), row) for row in rows]
            # One statement may stand in another: the one that says no more is meant.
            found = [row for said, row in holding if said == words]
            found = found or [row for said, row in holding if words in said]
            try:
                if len(found) != 1:
                    raise MisuseError(f"{len(found) or 'no'} predictions hold these words")
                if found[0].id in taken:
                    seen += 1
                else:
                    asked.append(self.from_prediction(found[0].id, given))
            except FairweatherError as error:
                refused.append((words, str(error)))
        return Asked(tuple(asked), seen, tuple(refused))

    def from_run(self, play: Play, run: str, closes: str) -> Question:
        """Ask how far the giver of a played scenario goes, on the conditions of one run."""
        if closes < self.on:
            raise MisuseError(f"--closes {closes} lies before today ({self.on})")
        answer = play.run(run) if run else play.runs[0]
        question, forecast = ask_run(play.scenario, answer, play.record, closes, self.on)
        self._store(question, [forecast])
        return question

    def forecast(self, identity: str, made: Forecast) -> Forecast:
        """Give a question a forecast, or another one. Raises UnknownKey, MisuseError."""
        question = self.ledger.questions.question(identity)
        forecast = replace(made, question=question.id, id="")
        self._refuse(question, [forecast])
        self.ledger.questions.add([forecast])
        return forecast

    def _store(self, question: Question, forecasts: Sequence[Forecast]) -> None:
        refuse_unfit(question, self.ledger.questions.all(), self._actors)
        self._refuse(question, forecasts)
        self.ledger.questions.add([question, *forecasts])

    def _refuse(self, question: Question, forecasts: Sequence[Forecast]) -> None:
        others = self.ledger.questions.forecasts(question.id)
        standing = self._standing.get(question.id)
        for forecast in forecasts:
            refuse_forecast(forecast, question, others, standing)

    @cached_property
    def _actors(self) -> tuple[str, ...]:
        return (*load_gazetteer().actors, *self.ledger.actor_ids())

    @property
    def _standing(self) -> dict[str, Resolution]:
        return standing_resolutions(self.ledger.questions.resolutions())

    # -- looking -----------------------------------------------------------------------

    def listed(self, standing: str = "", actors: Sequence[str] = ()) -> tuple[Listed, ...]:
        """The questions that stand so, about all the actors. Raises NothingFound."""
        wanted = {actor_id(text, self.ledger) for text in actors}
        forecasts = self.ledger.questions.forecasts()
        resolutions = self._standing
        track = track_record(forecasts, resolutions)
        of_question = by_question(forecasts)
        found = []
        for question in self.ledger.questions.all():
            came = resolutions.get(question.id)
            stands = self._stands(question, came)
            if wanted <= set(question.about) and standing in ("", stands):
                made = of_question[question.id]
                latest = {one.by: one for one in (*made, *pools(made, track))}
                found.append(Listed(question, stands, came, tuple(latest.values())))
        if not found:
            raise NothingFound("no question answers that; `fairweather question add` asks one")
        return tuple(found)

    def _stands(self, question: Question, came: Resolution | None) -> str:
        if came is not None:
            return VOID if came.outcome == "void" else RESOLVED
        return DUE if question.closes < self.on else OPEN

    def show(self, identity: str, window: Window | None = None) -> PostMortem:
        """The post-mortem of a question, or how it stands. Raises UnknownKey."""
        book = self.ledger.questions
        question = book.question(identity)
        now = known(self.ledger, window or Window())
        standing = self._standing
        return post_mortem(
            question,
            book.forecasts(question.id),
            book.resolutions(question.id),
            standing.get(question.id),
            propose(question, now),
            now,
            track_record(book.forecasts(), standing),
        )

    # -- resolving ---------------------------------------------------------------------

    def proposals(
        self, identities: Sequence[str] = (), window: Window | None = None
    ) -> tuple[Proposal, ...]:
        """What the record makes of the questions named, or of all that are not resolved."""
        book = self.ledger.questions
        questions = [book.question(one) for one in identities] or self._unresolved()
        now = known(self.ledger, window or Window())
        return tuple(propose(question, now) for question in questions)

    def confirm(self, identity: str, reason: str = "", *, again: bool = False) -> Resolution:
        """Resolve a question as the record proposes. Raises MisuseError where it does not."""
        (proposal,) = self.proposals([identity])
        return self._resolve(proposal.question, proposal.resolution(self.by, reason), again)

    def resolve(
        self,
        identity: str,
        outcome: str,
        reason: str,
        *,
        answer: str = "",
        on: str = "",
        records: Sequence[str] = (),
        again: bool = False,
    ) -> Resolution:
        """Resolve a question by one's own judgement, citing records, with a reason.

        `on` is the ISO day from which it was public; else that of the latest record cited, else
        the closing date. Raises MisuseError for what contradicts the resolution that stands,
        unless `again` puts it in its place.
        """
        question = self.ledger.questions.question(identity)
        rows = [self.ledger.record(one) for one in records]
        quotes = tuple(quote for row in rows for quote in row.quotes[:1])
        now = known(self.ledger)
        days = [now.out_by(quote.document) for quote in quotes]
        closing = min(question.closes, self.on)
        made = Resolution(
            question=question.id,
            outcome=outcome,
            answer=answer,
            on=on or max(days, default=closing),
            by=self.by,
            reason=reason,
            records=tuple(row.id for row in rows),
            quotes=quotes,
        )
        return self._resolve(question, made, again)

    def resolve_certain(self, window: Window | None = None) -> tuple[Resolution, ...]:
        """Resolve what typed records alone settle, and nothing else."""
        made = [
            proposal.resolution(RULE)
            for proposal in self.proposals(window=window)
            if not proposal.needs_person
        ]
        self.ledger.questions.add(made)
        return tuple(made)

    def _resolve(self, question: Question, made: Resolution, again: bool) -> Resolution:
        standing = self._standing.get(question.id)
        if made.on > self.on:
            raise MisuseError(f"--on {made.on} lies ahead: nothing is public before its day")
        if again and standing is not None:
            made = replace(made, replaces=standing.id, id="")
        refuse_contradiction(question, made, standing)
        self.ledger.questions.add([made])
        return made

    def _unresolved(self) -> list[Question]:
        standing = self._standing
        return [one for one in self.ledger.questions.all() if one.id not in standing]

    def moved_by(self, documents: Iterable[str]) -> tuple[Moved, ...]:
        """The questions not resolved yet that rows of some documents bear on."""
        wanted = set(documents)
        questions = self._unresolved() if wanted else []
        if not questions:
            return ()
        now = known(self.ledger)
        return tuple(moved(questions, wanted, now))

    # -- scoring -----------------------------------------------------------------------

    def scorecard(self, as_of: str = "") -> Scorecard:
        """Everybody's scores as of an ISO day (today), pools beside their members."""
        return scorecard(self.ledger, as_of or self.on)

    # -- in and out --------------------------------------------------------------------

    def bundle(self) -> Bundle:
        """All questions with their forecasts and the resolutions that stand."""
        return bundle_of(self.ledger.questions)

    def take_in(self, bundle: Bundle) -> Asked:
        """Take questions, forecasts and resolutions in: all of them, or none.

        Raises MisuseError for a double, a changed criterion, a forecast out of time, a
        resolution that contradicts the one that stands.
        """
        fresh = take_in_bundle(self.ledger.questions, bundle, self._actors)
        return Asked(fresh, len(bundle.questions) - len(fresh))


def forecaster(by: str) -> str:
    """A person's name as a forecaster: without the mark of a decision's maker."""
    return by.removeprefix(PERSON)
