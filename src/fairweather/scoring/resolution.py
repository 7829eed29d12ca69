"""Resolution: an outcome proposed from the record, which a person confirms.

Without a person only where the criterion is typed and records alone settle it. A condition is
judged before its consequence: where it never came true the question is void, not wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from fairweather.errors import MisuseError
from fairweather.records import Quote, on
from fairweather.records.questions import Question, Resolution
from fairweather.scoring.conditions import typed_condition
from fairweather.scoring.criteria import parse_criteria
from fairweather.scoring.known import Known
from fairweather.scoring.meeting import Asked, Met, meet

RULE = "rule/resolution/1"
"""Who resolves where no person does: the rules of `meeting`, and their version."""

UNTYPED = Met(outcome="open", finding="its criterion is in plain words: a person judges it")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the record makes of a question; `condition` is what it makes of its condition."""

    question: Question
    met: Met
    condition: Met | None = None

    @property
    def outcome(self) -> str:
        """The proposed outcome; `open` where the record proposes none."""
        return self.met.outcome

    @property
    def needs_person(self) -> bool:
        """Whether a person must confirm it."""
        return not (self.met.decided and self.met.certain)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The deciding words, those on the condition first."""
        before = self.condition.quotes if self.condition else ()
        return tuple(dict.fromkeys((*before, *self.met.quotes)))

    @property
    def records(self) -> tuple[str, ...]:
        """The deciding records, those on the condition first."""
        before = self.condition.records if self.condition else ()
        return tuple(dict.fromkeys((*before, *self.met.records)))

    def resolution(self, by: str = RULE, reason: str = "") -> Resolution:
        """The proposal as a resolution. Raises MisuseError while nothing decides."""
        if not self.met.decided:
            raise MisuseError(f"{self.question.id}: nothing decides it yet: {self.met.finding}")
        return Resolution(
            question=self.question.id,
            outcome=self.met.outcome,
            answer=self.met.answer,
            on=self.met.on,
            by=by,
            reason=reason or self.met.finding,
            records=self.records,
            quotes=self.quotes,
        )


def propose(question: Question, known: Known) -> Proposal:
    """What is known by a day makes of a question; `open` where it decides nothing."""
    asked = Asked(on(question.opens), question.closes, question.quotes)
    main = _main(question, known, asked)
    if not question.condition:
        return Proposal(question, main)
    criteria = typed_condition(question.condition)
    if not criteria:
        finding = f"“{question.condition}” is for a person to judge"
        condition = Met(outcome="open", finding=finding)
    else:
        condition = meet(criteria, known, replace(asked, words=()))
    if condition.outcome == "did_not_occur":
        void = replace(condition, outcome="void", finding=f"condition: {condition.finding}")
        return Proposal(question, void, condition)
    if condition.outcome != "occurred":
        finding = f"its condition is open: {condition.finding}; apart from it: {main.finding}"
        return Proposal(question, Met(outcome="open", finding=finding), condition)
    certain = main.certain and condition.certain
    joined = f"{main.finding}; condition: {condition.finding}"
    latest = max(main.on, condition.on) if main.decided else main.on
    return Proposal(question, replace(main, certain=certain, finding=joined, on=latest), condition)


def _main(question: Question, known: Known, asked: Asked) -> Met:
    criteria = parse_criteria(question.criterion)
    if not criteria:
        return UNTYPED
    met = meet(criteria, known, asked)
    if question.is_ladder and met.decided and met.answer not in question.answers:
        told = f"{met.finding}: no step of the ladder"
        return Met(outcome="open", finding=told, records=met.records, quotes=met.quotes)
    return met


def refuse_contradiction(question: Question, made: Resolution, standing: Resolution | None) -> None:
    """Raise MisuseError for a resolution that contradicts the one that stands.

    One that says what stands already is refused too: nothing is resolved twice. A resolution
    may be put in another's place where it names it (`replaces`) and gives a reason.
    """
    if question.is_ladder and made.outcome == "occurred" and made.answer not in question.answers:
        raise MisuseError(
            f"{question.id} asks how far: name the step with --answer, one of"
            f" {', '.join(question.answers)}"
        )
    if made.answer and not question.is_ladder:
        raise MisuseError(f"{question.id} asks whether, not how far: it has no step {made.answer}")
    if made.on < question.opens:
        raise MisuseError(f"{question.id} opened on {question.opens}: nothing earlier decides it")
    if standing is None or made.replaces == standing.id:
        return
    same = (made.outcome, made.answer) == (standing.outcome, standing.answer)
    said = "that already" if same else f"{standing.outcome} {standing.answer}".strip()
    raise MisuseError(
        f"{question.id} was resolved {said} on {standing.on} by {standing.by}:"
        f" {standing.reason}. To put another resolution in its place give --again with a reason;"
        " the old one stays in the record"
    )


def told(proposal: Proposal) -> str:
    """The proposal in one sentence."""
    who = "" if not proposal.met.decided else (
        "; a person confirms" if proposal.needs_person else "; certain by the record"
    )  # fmt: skip
    return f"{proposal.outcome.replace('_', ' ')}: {proposal.met.finding}{who}"
