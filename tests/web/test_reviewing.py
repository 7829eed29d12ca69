"""A reader corrects a record on the page, or a program does: checked alike, kept, undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.conftest import Ask, asking

from fairweather.desk import Desk
from fairweather.desk.correction import corrected
from fairweather.desk.correction_form import PARTS_KIND, correction_form, written
from fairweather.desk.names import actor_id, spelt_by
from fairweather.ledger import quotes_in
from fairweather.records import (
    RECORD_TYPES,
    Actor,
    Agreement,
    Clause,
    Document,
    Event,
    Stage,
    Support,
    on,
    to_row,
)
from fairweather.web import Settings
from fairweather.web.settings import Token

TEXT = "Chile sent Peru three patrol boats in May. Peru and Chile signed the Arica Pact."
BOATS, PACT = "Chile sent Peru three patrol boats", "signed the Arica Pact"


def records_of(document: Document) -> list[Any]:
    def quoted(words: str) -> tuple[Any, ...]:
        at = TEXT.index(words)
        return (document.quote(at, at + len(words)),)

    return [
        Event(
            quotes=quoted(BOATS),
            source=("CHL",),
            target=("PER",),
            event_class="MOBILIZE",
            status="factual",
            date=on("2025-05", "in May"),
            confidence=0.4,
            coder="rules/1",
        ),
        Support(
            quotes=quoted(BOATS),
            giver="CHL",
            receiver="PER",
            level="major_arms",
            state="given",
            confidence=0.9,
            coder="rules/1",
        ),
        Agreement(
            quotes=quoted(PACT),
            name="Arica Pact",
            parties=("PER", "CHL"),
            stages=(Stage("signed", ("PER", "CHL"), on("2025", "in May"), quoted(PACT)),),
            clauses=(Clause("defense", "absent", quotes=quoted(PACT)),),
            confidence=0.9,
            coder="rules/1",
        ),
    ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "own.db"
    document = Document(text=TEXT, title="Boats go north", published=on("2025-05-20"))
    with Desk(found) as desk:
        desk.ledger.add([document, *records_of(document)])
    return found


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    with Desk(path) as opened:
        yield opened


@pytest.fixture
def edit(path: Path) -> Ask:
    return asking(Settings(ledger=path, edit=True))


def the(desk: Desk, kind: type[Any]) -> str:
    return str(next(iter(desk.ledger.statements(kind))).id)


def form_of(ask: Ask, identity: str, **changed: str) -> dict[str, Any]:
    """The form of a record as a browser would send it back, with some fields changed."""
    page = ask("/correct", params={"id": identity}).text
    form: dict[str, Any] = {}
    for name, value in re.findall(r'<input [^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', page):
        form.setdefault(name, []).append(value)
    for name, inside in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        form[name] = [chosen[1] if chosen else ""]
    given = {name.replace("__", "."): value for name, value in changed.items()}
    return form | {(f"field.{key}" if key != "reason" else key): v for key, v in given.items()}


# -- the form ------------------------------------------------------------------------------


def test_every_field_of_a_form_says_what_a_correction_would_take(ledger: Path) -> None:
    with Desk(ledger) as desk:
        spelt = spelt_by(desk.ledger)
        for kind in RECORD_TYPES.values():
            if kind in (Document, Actor):
                continue
            for record in list(desk.ledger.statements(kind))[:6]:
                document = desk.ledger.document(record.document)
                for field in correction_form(record, spelt):
                    if field.choices and field.value not in dict(field.choices):
                        continue
                    made = corrected(
                        record,
                        document,
                        {field.name: field.value},
                        "person/anna",
                        lambda name: actor_id(name, desk.ledger),
                    )
                    again = to_row(made)[field.name]
                    if field.kind == PARTS_KIND:
                        assert again == to_row(record)[field.name]
                    else:
                        assert written(again, field.kind, spelt) == field.value


def test_the_form_asks_for_words_where_the_vocabulary_has_them(edit: Ask, desk: Desk) -> None:
    fields = {
        one["field"]: one
        for one in edit("/correct.json", params={"id": the(desk, Event)}).json()["fields"]
    }
    assert "AID" in fields["class"]["words"]
    assert fields["source"]["value"] == "Chile"
    assert fields["date"]["value"] == "2025-05"
    assert "quotes" not in fields


def test_a_form_sent_back_as_it_came_changes_nothing(edit: Ask, desk: Desk) -> None:
    for kind in (Event, Support, Agreement):
        sent = edit("/correct", "POST", data=form_of(edit, the(desk, kind), reason="as it is"))
        assert sent.status_code == 422
        assert "nothing was changed" in sent.text
    assert not desk.ledger.decisions()


def test_a_correction_on_the_page_stands_until_it_is_undone_there(edit: Ask, desk: Desk) -> None:
    event = the(desk, Event)
    form = form_of(edit, event, **{"class": "AID"}, date="2025-05-03", reason="it was a gift")
    sent = edit("/correct", "POST", data=form)
    assert sent.status_code == 303
    page, _, new = sent.headers["location"].partition("#")
    shown = edit(page).text
    assert f'id="{new}"' in shown
    assert f'id="{event}"' not in shown
    assert "it was a gift" in shown
    assert "<del>MOBILIZE</del> &rarr; <ins>AID</ins>" in shown
    assert "2025-05-03" in shown
    decision = desk.ledger.decisions()[-1]
    assert decision.kind == "correct"
    key = form["form_key"]
    undone = edit("/undo", "POST", data={"id": decision.id, "form_key": key, "back": page})
    assert undone.status_code == 303
    again = edit(page).text
    assert f'id="{event}"' in again
    assert "restore" in again


def test_a_clause_is_corrected_and_keeps_its_quote(edit: Ask, desk: Desk) -> None:
    pact = the(desk, Agreement)
    form = form_of(edit, pact, clauses__0__state="present", reason="article 2 says so")
    form |= {"field.clauses.1.obligation": "consultation", "field.clauses.1.state": "present"}
    form |= {"field.clauses.1.by": "Peru, Chile"}
    new = edit("/correct", "POST", data=form).headers["location"].partition("#")[2]
    made = desk.ledger.record(new)
    assert isinstance(made, Agreement)
    assert [(one.obligation, one.state, one.by) for one in made.clauses] == [
        ("defense", "present", ()),
        ("consultation", "present", ("PER", "CHL")),
    ]
    assert {one.text for one in quotes_in(made)} == {PACT}
    assert made.stages[0].date.basis == "in May"


def test_a_part_is_taken_out(edit: Ask, desk: Desk) -> None:
    form = form_of(edit, the(desk, Agreement), reason="not in it")
    new = edit("/correct", "POST", data=form | {"field.clauses.0.out": "on"})
    made = desk.ledger.record(new.headers["location"].partition("#")[2])
    assert isinstance(made, Agreement)
    assert made.clauses == ()
    assert made.stages


WRONG = {
    "target": ("Peruu", "did you mean"),
    "date": ("2025-13", "write a date"),
    "class": ("AIDD", "unknown"),
    "intensity": ("much", "a number is wanted"),
}


@pytest.mark.parametrize("field", WRONG)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_stored(
    edit: Ask, desk: Desk, field: str
) -> None:
    value, told = WRONG[field]
    given = {field: value, "status": "planned", "reason": "no"}
    sent = edit("/correct", "POST", data=form_of(edit, the(desk, Event), **given))
    assert sent.status_code == 422
    fault = re.search(rf'id="c-{field}-fault">([^<]+)<', sent.text)
    assert fault
    assert told in fault[1]
    assert value in sent.text
    assert not desk.ledger.decisions()


def test_a_correction_on_the_page_says_why(edit: Ask, desk: Desk) -> None:
    sent = edit("/correct", "POST", data=form_of(edit, the(desk, Event), status="planned"))
    assert sent.status_code == 422
    assert 'id="c-reason-fault"' in sent.text
    assert not desk.ledger.decisions()


def test_a_correction_needs_the_key_of_the_form_and_the_right_to_edit(
    edit: Ask, path: Path, desk: Desk
) -> None:
    form = form_of(edit, the(desk, Event), status="planned", reason="so it says")
    assert asking(Settings(ledger=path))("/correct", "POST", data=form).status_code == 403
    assert edit("/correct", "POST", data=form | {"form_key": "no"}).status_code == 403
    assert edit("/correct", "POST", data=form | {"back": "//evil.example"}).status_code == 400


def test_a_reader_signs_what_they_decide(edit: Ask, desk: Desk) -> None:
    event = the(desk, Event)
    key = form_of(edit, event)["form_key"][0]
    cookie = edit("/sign", "POST", data={"name": "Änna B", "form_key": key}).headers["set-cookie"]
    assert "HttpOnly" in cookie
    form = {"id": event, "verdict": "accept", "form_key": key}
    edit("/review", "POST", data=form, headers={"cookie": cookie.partition(";")[0]})
    assert desk.ledger.decisions()[-1].by == "person/Änna B"


def test_whom_two_names_were_merged_is_taken_apart_on_the_page(edit: Ask, desk: Desk) -> None:
    merged = desk.review("anna").merge("CHL", "PER")
    page = edit("/actors").text
    key = re.search(r'name="form_key" value="([^"]+)"', page)
    assert key
    assert merged.id in page
    edit("/undo", "POST", data={"id": merged.id, "form_key": key[1], "back": "/actors"})
    assert [one.kind for one in desk.ledger.decisions()] == ["merge", "undo"]


JSON = {"content-type": "application/json"}

# -- for programs --------------------------------------------------------------------------


def test_a_program_accepts_rejects_and_undoes(edit: Ask, desk: Desk) -> None:
    event = the(desk, Event)
    asked = {"id": event, "verdict": "reject", "reason": "no boats", "by": "bot"}
    rejected = edit("/review.json", "POST", json=asked).json()["decisions"]
    assert [one["kind"] for one in rejected] == ["reject"]
    assert rejected[0]["by"] == "person/bot"
    page = f"/document/{desk.ledger.record(event).document}.json"
    assert edit(page).json()["standing"][event] == "set aside"
    undone = edit("/undo.json", "POST", json={"id": rejected[0]["id"]}).json()["decisions"]
    assert undone[0]["subject"] == rejected[0]["id"]
    accepted = edit("/review.json", "POST", json={"id": event, "verdict": "accept"})
    assert accepted.json()["decisions"][0]["kind"] == "accept"
    again = edit("/review.json", "POST", json={"id": event, "verdict": "accept"})
    assert again.json() == {"decisions": []}


def test_a_program_corrects_and_reads_what_changed(edit: Ask, desk: Desk) -> None:
    asked = {"id": the(desk, Event), "changes": {"class": "AID"}, "reason": "a gift"}
    made = edit("/correct.json", "POST", json=asked).json()["corrected"][0]
    assert made["class"] == "AID"
    assert made["coder"].startswith("person/")
    history = edit(f"/document/{made['quotes'][0]['document']}.json").json()["history"]
    assert history[made["id"]][0]["changed"]["class"] == ["MOBILIZE", "AID"]


REFUSED: tuple[tuple[str, dict[str, Any], int, str], ...] = (
    ("/correct.json", {"changes": {"class": "AIDD"}, "reason": "x"}, 400, "did you mean"),
    ("/correct.json", {"changes": {"colour": "red"}, "reason": "x"}, 400, "no field"),
    ("/correct.json", {"changes": {"id": "x"}, "reason": "x"}, 400, "cannot be corrected"),
    ("/correct.json", {"changes": {}, "reason": "x"}, 400, "nothing was changed"),
    ("/correct.json", {"changes": {"class": "AID"}}, 400, "say why"),
    ("/correct.json", {"changes": {"class": 3}, "reason": "x"}, 422, "string"),
    ("/review.json", {"verdict": "reject"}, 400, "say why"),
    ("/review.json", {"verdict": "perhaps"}, 422, "verdict"),
    ("/review.json", {"verdict": "accept", "x": 1}, 422, "x"),
    ("/undo.json", {}, 404, "is no decision"),
)


@pytest.mark.parametrize(("where", "asked", "code", "told"), REFUSED)
def test_misuse_is_refused_in_words_and_stores_nothing(
    edit: Ask, desk: Desk, where: str, asked: dict[str, Any], code: int, told: str
) -> None:
    answer = edit(where, "POST", json={"id": the(desk, Event), **asked})
    assert answer.status_code == code
    assert told in answer.json()["error"]
    assert not desk.ledger.decisions()


def test_no_record_of_an_id_is_told(edit: Ask) -> None:
    assert (
        edit("/review.json", "POST", json={"id": "event:x", "verdict": "accept"}).status_code == 404
    )
    assert edit("/correct", params={"id": "event:x"}).status_code == 404
    assert edit("/correct.json", "POST", content=b"{", headers=JSON).status_code == 422


def test_away_from_loopback_the_token_to_edit_is_needed(path: Path, desk: Desk) -> None:
    reader, editor = "this one is only to read", "and with this one edits"
    tokens = (Token.of("read", reader), Token.of("edit", editor))
    ask = asking(Settings(ledger=path, host="192.0.2.1", edit=True, tokens=tokens))
    asked = {"id": the(desk, Event), "verdict": "accept"}

    def send(secret: str) -> Any:
        headers = {"authorization": f"Bearer {secret}"} if secret else {}
        base = "http://192.0.2.1:8321"
        return ask("/review.json", "POST", base=base, json=asked, headers=headers)

    assert send("").status_code == 401
    assert send(reader).status_code == 403
    assert "right to edit" in send(reader).json()["error"]
    assert send(editor).status_code == 200
    assert desk.ledger.decisions()[-1].by == "person/reader of the pages"


def test_a_page_elsewhere_cannot_post_a_verdict_as_data(edit: Ask, desk: Desk) -> None:
    asked = {"id": the(desk, Event), "verdict": "accept"}
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert edit("/review.json", "POST", json=asked, headers=headers).status_code == 403
    assert not desk.ledger.decisions()


def test_what_programs_may_change_is_described(edit: Ask) -> None:
    paths = edit("/openapi.json").json()["paths"]
    for path in ("/review.json", "/correct.json", "/undo.json"):
        described = paths[path]["post"]
        assert "application/json" in described["requestBody"]["content"]
        assert {"200", "400", "403", "404", "422"} <= set(described["responses"])


def test_two_names_are_joined_on_the_page_of_actors(edit: Ask, desk: Desk) -> None:
    key = re.search(r'name="form_key" value="([^"]+)"', edit("/actors").text)
    assert key
    form = {"actor": "Chile", "into": "Peru", "reason": "for the test", "form_key": key[1]}
    assert edit("/merge", "POST", data=form).status_code == 303
    assert [(one.kind, one.subject, one.object) for one in desk.ledger.decisions()] == [
        ("merge", "CHL", "PER")
    ]
    assert edit("/merge", "POST", data=form).status_code == 400
    assert "for the test" in edit("/actors").text


def test_why_tells_what_a_correction_changed(edit: Ask, desk: Desk) -> None:
    event = the(desk, Event)
    desk.review("anna").correct(event, {"class": "AID"}, "a gift")
    page = edit("/why", params={"id": event}).text
    assert "<del>MOBILIZE</del> &rarr; <ins>AID</ins>" in page
    assert "anna corrected it" in page
    assert "['CHL']" not in page


def test_what_was_restored_is_told_apart_from_what_was_taken_back(edit: Ask, desk: Desk) -> None:
    review, event = desk.review("anna"), the(desk, Event)
    (rejected,) = review.reject(event, "no boats")
    review.undo(review.undo(rejected.id).id)
    page = edit(f"/document/{desk.ledger.record(event).document}").text
    assert "anna took back the rejection" in page
    assert "anna restored the rejection" in page
    assert "it stands in no answer" in page
