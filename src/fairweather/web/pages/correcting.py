"""A correction on the page: the record's own fields, checked as `review correct` checks them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from fairweather.desk import Desk
from fairweather.desk.correction_form import (
    ACTORS,
    PARTS_KIND,
    FormField,
    correction_form,
    parts_as_json,
)
from fairweather.desk.names import completions, spelt_by
from fairweather.desk.passage import passage_of
from fairweather.errors import MisuseError
from fairweather.records import Actor, Document, Record, to_row
from fairweather.web.pages.judging import Back, Id, Key, Reason, guard_of, return_to, signed
from fairweather.web.pages.page import Action, Open, Page
from fairweather.web.view import View

IN_FORM = "field."
"""How the names of a record's fields begin in the form."""

REASON = "reason"
ROOM_FOR_PARTS = 1
"""Empty rows below the parts of a list."""

Entered = Mapping[str, str]


async def form_of(request: Request) -> FormData:
    """The form as it was sent: its fields differ from one kind of record to another."""
    return await request.form()


def correct(
    desk: Open,
    id: Annotated[str, Query(max_length=200, description="The id of a record.")],
) -> View:
    """What may be corrected in a record: its fields, what each takes, how it stands."""
    record = _record(desk, id)
    return _view(desk, record, correction_form(record, spelt_by(desk.ledger)))


def send_correction(
    request: Request,
    desk: Open,
    form: Annotated[FormData, Depends(form_of)],
    id: Id,
    form_key: Key = "",
    reason: Reason = "",
    back: Back = "",
) -> Response:
    """Put a corrected record in its place, or say beside each field what is wrong with it."""
    guard_of(request).check_edit(request, form_key)
    record = _record(desk, id)
    fields = correction_form(record, spelt_by(desk.ledger))
    entered = dict(_entered(form, fields))
    changes = {name: text for name, text in entered.items() if text is not None}
    review = signed(request, desk)
    faults = faults_in(review.faults(record.id, changes), changes, reason)
    if not faults:
        try:
            made = review.correct(record.id, changes, reason.strip())
        except MisuseError as error:
            faults = {"": str(error)}
    if faults:
        view = _view(desk, record, fields, form, faults)
        page = request.app.state.rendering.page(request, view)
        return HTMLResponse(page, status_code=422)
    here = next((one.id for one in made if one.document == record.document), "")
    return _done(request, back or f"/document/{record.document}#{here}")


def faults_in(found: Mapping[str, str], changes: Mapping[str, str], reason: str) -> dict[str, str]:
    """What is wrong with a correction, by field: what the record refuses, and what is missing."""
    faults = dict(found)
    if not changes:
        faults[""] = "nothing was changed"
    if not reason.strip():
        faults[REASON] = "say why in a few words: it is kept with the correction"
    return faults


def _done(request: Request, back: str) -> Response:
    """To the page again; where the form was opened in it, the page is simply loaded anew."""
    answer = return_to(back)
    if request.headers.get("hx-request") == "true":
        return Response(status_code=200, headers={"HX-Refresh": "true"})
    return answer


def _record(desk: Desk, identity: str) -> Record:
    """A record that can be corrected. Raises UnknownKey, MisuseError."""
    record = desk.ledger.record(identity)
    if isinstance(record, Document | Actor):
        raise MisuseError(
            f"{record.id} is {'an actor' if isinstance(record, Actor) else 'a document'};"
            " only what was coded from a document is corrected"
        )
    return record


def _entered(form: FormData, fields: Sequence[FormField]) -> Iterator[tuple[str, str | None]]:
    """Every field with its new value as `review correct` takes it; None where it is as it was."""
    for field in fields:
        if field.kind == PARTS_KIND:
            rows = rows_entered(form, field)
            if rows is not None:
                kept = [row for row in rows if any(row.values())]
                same = kept == [dict(row) for row in field.rows]
                yield field.name, None if same else parts_as_json(field, rows)
        else:
            text = _text(form, field, f"{IN_FORM}{field.name}")
            yield field.name, None if text in (None, field.value) else text


def rows_entered(form: FormData, field: FormField) -> list[dict[str, str]] | None:
    """The rows of a list of parts as sent, those taken out without anything in them."""
    count = len(field.rows) + ROOM_FOR_PARTS
    rows = []
    for at in range(count):
        start = f"{IN_FORM}{field.name}.{at}"
        cells = {one.name: _text(form, one, f"{start}.{one.name}") or "" for one in field.columns}
        out = f"{start}.out" in form
        rows.append(dict.fromkeys(cells, "") if out else cells)
    sent = any(key.startswith(f"{IN_FORM}{field.name}.") for key in form)
    return rows if sent else None


def _text(form: FormData, field: FormField, name: str) -> str | None:
    """What stands in a field of the form: of several inputs of one name, a list with commas."""
    given = [one.strip() for one in form.getlist(name) if isinstance(one, str)]
    if not given:
        return None
    return ", ".join(filter(None, given)) if field.kind == ACTORS else given[0]


def _view(
    desk: Desk,
    record: Record,
    fields: Sequence[FormField],
    form: FormData | None = None,
    faults: Mapping[str, str] = {},
) -> View:
    """The form, as the record stands or as it was sent with what is wrong in it."""
    document = desk.ledger.document(record.document)
    return View(
        template="correct.html.j2",
        title=f"Correct {_article(record.type)}",
        data={"record": to_row(record), "fields": [one.to_json() for one in fields]},
        shown={
            "record": record,
            "document": document,
            "passage": passage_of(document, record.quotes[0]),
            "inputs": [_input(one, form) for one in fields],
            "faults": dict(faults),
            "known": completions(desk.ledger),
            "reason": _reason(form),
            "start": IN_FORM,
        },
        columns=("field", "kind", "value", "words"),
        rows=tuple(
            (one.name, one.kind, one.value, " ".join(key for key, _ in one.choices))
            for one in fields
        ),
    )


def _input(field: FormField, form: FormData | None) -> dict[str, Any]:
    """A field with what stands in it, and with its rows where it is a list of parts."""
    if field.kind != PARTS_KIND:
        sent = None if form is None else _text(form, field, f"{IN_FORM}{field.name}")
        return {"field": field, "value": field.value if sent is None else sent}
    empty = dict.fromkeys((one.name for one in field.columns), "")
    rows = None if form is None else rows_entered(form, field)
    return {"field": field, "rows": rows or [*field.rows, *[empty] * ROOM_FOR_PARTS]}


def _reason(form: FormData | None) -> str:
    given = "" if form is None else form.get(REASON)
    return given if isinstance(given, str) else ""


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


SEND = Action("/correct", "send_correction", send_correction)
CORRECT = Page(
    "/correct",
    "correct",
    "What may be corrected in a record",
    correct,
    actions=(SEND,),
    lasting=False,
)
