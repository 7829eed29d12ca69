"""Verdicts for programs: the same steps as on the pages, JSON in and JSON out."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from fairweather.ledger import Decision
from fairweather.records import to_row
from fairweather.web.pages.correcting import faults_in
from fairweather.web.pages.judging import LONGEST_NAME, guard_of, signed
from fairweather.web.pages.page import Action, Open

LONGEST_VALUE = 20_000

Identity = Annotated[str, Field(max_length=200, min_length=1)]
Reason = Annotated[str, Field(max_length=300, description="Why, in a few words.")]
By = Annotated[
    str, Field(max_length=LONGEST_NAME, description="Who decides; else as the server knows you.")
]
Value = Annotated[str, Field(max_length=LONGEST_VALUE)]


class Asked(BaseModel):
    """What every change says: which row or decision, why, and by whom."""

    model_config = ConfigDict(extra="forbid")

    id: Identity = Field(description="The id of a record, or of a decision to undo.")
    reason: Reason = ""
    by: By = ""


class Verdict(Asked):
    """A verdict on a record."""

    verdict: Literal["accept", "reject"]


class Correction(Asked):
    """A correction: field by field, written as `fairweather review correct` takes it.

    `GET /correct.json?id=` says which fields a record has and what each takes.
    """

    changes: dict[Annotated[str, Field(max_length=40)], Value] = Field(
        description='New values by field: {"class": "AID", "date": "2024..2025-03"}.',
        max_length=40,
    )


class Refused(BaseModel):
    """A correction that was refused whole: what is wrong, field by field."""

    error: str
    fields: dict[str, str]


def judge_record(request: Request, desk: Open, asked: Verdict) -> JSONResponse:
    """Accept or reject a record; a rejection needs a reason."""
    guard_of(request).check_right(request)
    review = signed(request, desk, asked.by)
    if asked.verdict == "accept":
        return _decided(review.accept(asked.id, asked.reason))
    if not asked.reason.strip():
        return _refused({"reason": "say why it is rejected: the reason is kept with it"})
    return _decided(review.reject(asked.id, asked.reason))


def correct_record(request: Request, desk: Open, asked: Correction) -> JSONResponse:
    """Put a corrected record in a record's place; refused whole where any of it is wrong."""
    guard_of(request).check_right(request)
    review = signed(request, desk, asked.by)
    faults = faults_in(review.faults(asked.id, asked.changes), asked.changes, asked.reason)
    if faults:
        return _refused(faults)
    made = review.correct(asked.id, asked.changes, asked.reason)
    return JSONResponse({"corrected": [to_row(one) for one in made]})


def undo_decision(request: Request, desk: Open, asked: Asked) -> JSONResponse:
    """Take a decision back, a person's or a rule's; undoing an `undo` restores."""
    guard_of(request).check_right(request)
    return _decided((signed(request, desk, asked.by).undo(asked.id, asked.reason),))


def _decided(decisions: tuple[Decision, ...]) -> JSONResponse:
    """The decisions that were added; none where it stands so already."""
    rows: list[dict[str, Any]] = [one.row() for one in decisions]
    return JSONResponse({"decisions": rows})


def _refused(faults: dict[str, str]) -> JSONResponse:
    told = "; ".join(f"{field}: {why}" if field else why for field, why in faults.items())
    return JSONResponse({"error": told, "fields": faults}, status_code=400)


REVIEW = (
    Action("/review.json", "judge_record", judge_record, "application/json"),
    Action("/correct.json", "correct_record", correct_record, "application/json"),
    Action("/undo.json", "undo_decision", undo_decision, "application/json"),
)
