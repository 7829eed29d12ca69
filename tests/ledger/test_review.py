"""A person's verdict changes what is shown, never what was stored, and can be taken back."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from fairweather.ledger import (
    Decision,
    Ledger,
    current,
    enforce,
    export_rows,
    faults,
    import_lines,
    split_off,
    standing,
    take_back,
)
from fairweather.records import Actor, Agreement, Claim, Document, Event, Name, on, to_line

TEXT = "Norway accused Finland of dumping. Finland denied it. Norway's envoy met Finland's."
ANNA = "person/anna"


@pytest.fixture
def document() -> Document:
    return Document(text=TEXT, published=on("2021-03-02"))


@pytest.fixture
def event(document: Document) -> Event:
    return Event(
        quotes=(document.quote(0, 34),),
        source=("NOR",),
        target=("FIN",),
        event_class="ACCUSE",
        status="factual",
        coder="rules/1",
        confidence=0.8,
    )


@pytest.fixture
def corrected(event: Event) -> Event:
    return replace(event, id="", event_class="THREATEN", coder=ANNA, confidence=1.0)


@pytest.fixture
def corrects(event: Event, corrected: Event) -> Decision:
    return Decision(kind="correct", subject=event.id, object=corrected.id, by=ANNA, reason="a duty")


@pytest.fixture
def reviewed(
    ledger: Ledger, document: Document, event: Event, corrected: Event, corrects: Decision
) -> Ledger:
    ledger.add([document, event, corrected], [corrects])
    return ledger


def undo(ledger: Ledger, decision: Decision, by: str = ANNA) -> None:
    ledger.add((), take_back(decision, ledger.decisions(), by=by))


def shown(ledger: Ledger) -> list[str]:
    return [event.event_class for event in current(ledger, Event)]


def test_a_corrected_row_stands_in_place_of_the_old(reviewed: Ledger) -> None:
    assert shown(reviewed) == ["THREATEN"]


def test_undoing_a_correction_restores_the_old_row_and_withdraws_the_new(
    reviewed: Ledger, corrects: Decision
) -> None:
    undo(reviewed, corrects)
    assert shown(reviewed) == ["ACCUSE"]


def test_undoing_the_first_of_two_corrections_withdraws_both(
    reviewed: Ledger, corrected: Event, corrects: Decision
) -> None:
    again = replace(corrected, id="", event_class="SANCTION")
    second = Decision(kind="correct", subject=corrected.id, object=again.id, by=ANNA)
    reviewed.add([again], [second])
    assert shown(reviewed) == ["SANCTION"]
    undo(reviewed, corrects)
    assert shown(reviewed) == ["ACCUSE"]


def test_a_decision_may_be_taken_back_and_restored_any_number_of_times(
    reviewed: Ledger, corrects: Decision
) -> None:
    for _ in range(3):
        undo(reviewed, corrects)
        assert shown(reviewed) == ["ACCUSE"]
        reviewed.add((), enforce(corrects, reviewed.decisions()))
        assert shown(reviewed) == ["THREATEN"]


def test_what_two_persons_took_back_stands_only_when_neither_holds_to_it(
    reviewed: Ledger, corrects: Decision
) -> None:
    for name in ("person/anna", "person/bert"):
        reviewed.add((), [Decision(kind="undo", subject=corrects.id, by=name)])
    assert corrects.id not in {d.id for d in standing(reviewed.decisions())}
    reviewed.add((), enforce(corrects, reviewed.decisions()))
    assert corrects.id in {d.id for d in standing(reviewed.decisions())}


def test_an_accepted_row_is_shown_however_unsure_its_coder_was(
    ledger: Ledger, document: Document, event: Event
) -> None:
    ledger.add([document, replace(event, confidence=0.2)])
    assert not shown(ledger)
    ledger.add((), [Decision(kind="accept", subject=event.id, by=ANNA)])
    assert shown(ledger) == ["ACCUSE"]
    kept = [row for row in export_rows(ledger, everything=True) if row["type"] == "event"]
    assert "current" not in kept[0]


def test_a_corrected_agreement_stays_joined_with_the_others(
    filled: Ledger, pacts: tuple[Agreement, Agreement]
) -> None:
    better = replace(pacts[0], id="", name="Northern Border Pact", coder=ANNA)
    filled.add(
        [better],
        [
            Decision(kind="merge", subject=pacts[1].id, object=pacts[0].id, by="rule merge/1"),
            Decision(kind="correct", subject=pacts[0].id, object=better.id, by=ANNA),
        ],
    )
    (view,) = current(filled, Agreement)
    assert view.name == "Northern Border Pact"
    assert [stage.stage for stage in view.stages] == ["promised", "signed"]


def test_a_corrected_claim_keeps_its_denial(ledger: Ledger, document: Document) -> None:
    charge = Claim(
        quotes=(document.quote(0, 34),), speaker="NOR", stance="accuse", content="dumping"
    )
    denial = Claim(quotes=(document.quote(35, 53),), speaker="FIN", stance="deny", content="it")
    better = replace(charge, id="", content="dumping of steel", coder=ANNA)
    ledger.add(
        [document, charge, denial, better],
        [
            Decision(kind="contest", subject=charge.id, object=denial.id, by="rule contest/1"),
            Decision(kind="correct", subject=charge.id, object=better.id, by=ANNA),
        ],
    )
    claims = {claim.speaker: claim for claim in current(ledger, Claim)}
    assert claims["NOR"].content == "dumping of steel"
    assert claims["FIN"].disputes == (better.id,)


# -- actors --------------------------------------------------------------------------------


@pytest.fixture
def envoys(ledger: Ledger, document: Document) -> Ledger:
    met = Event(
        quotes=(document.quote(54, len(TEXT)),),
        source=("jon-berg", "NOR"),
        target=("FIN",),
        event_class="CONSULT",
        status="factual",
    )
    people = [
        Actor(id=key, names=(Name(name),), kind="person")
        for key, name in (("jon-berg", "Jon Berg"), ("john-berg", "John Berg"))
    ]
    ledger.add([document, met, *people])
    return ledger


def test_two_spellings_decided_to_be_one_person_are_found_as_one(envoys: Ledger) -> None:
    assert not current(envoys, Event, actors=("john-berg",))
    merge = Decision(kind="merge", subject="jon-berg", object="john-berg", by=ANNA)
    envoys.add((), [merge])
    for asked in ("john-berg", "jon-berg"):
        (met,) = current(envoys, Event, actors=(asked,))
        assert met.source == ("john-berg", "NOR")
    (person,) = current(envoys, Actor)
    assert {name.text for name in person.names} == {"Jon Berg", "John Berg"}
    undo(envoys, merge)
    assert len(current(envoys, Actor)) == 2
    assert not current(envoys, Event, actors=("john-berg",))


def test_a_match_taken_back_in_one_document_makes_an_actor_of_its_own(
    envoys: Ledger, document: Document
) -> None:
    envoys.add((), [Decision(kind="split", subject="jon-berg", object=document.id, by=ANNA)])
    part = split_off("jon-berg", document.id)
    (met,) = current(envoys, Event, actors=(part,))
    assert met.source == (part, "NOR")
    assert not current(envoys, Event, actors=("jon-berg",))
    envoys.add((), [Decision(kind="merge", subject=part, object="john-berg", by=ANNA)])
    assert current(envoys, Event, actors=("john-berg",))
    assert not list(faults(envoys))


# -- round trips ---------------------------------------------------------------------------


def test_verdicts_come_back_byte_for_byte(
    reviewed: Ledger, corrects: Decision, document: Document, fresh: Callable[[str], Ledger]
) -> None:
    undo(reviewed, corrects)
    reviewed.add((), enforce(corrects, reviewed.decisions()))
    reviewed.add(
        [Actor(id="NOR", names=(Name("Norway"),), kind="state")],
        [
            Decision(kind="split", subject="NOR", object=document.id, by=ANNA, reason="a ship"),
            Decision(kind="merge", subject=split_off("NOR", document.id), object="SWE", by=ANNA),
        ],
    )
    before = [to_line(row) for row in export_rows(reviewed, everything=True)]
    with fresh("copy.db") as copy:
        import_lines(copy, before, "export.jsonl")
        assert [to_line(row) for row in export_rows(copy, everything=True)] == before
        assert shown(copy) == shown(reviewed) == ["THREATEN"]
        assert current(copy, Event)[0].source == ("SWE",)
        assert not list(faults(copy))


def test_a_full_export_says_why_a_row_does_not_stand(
    reviewed: Ledger, event: Event, corrected: Event, corrects: Decision
) -> None:
    def because() -> dict[str, str]:
        rows = export_rows(reviewed, everything=True)
        return {row["id"]: row["because"] for row in rows if row.get("current") is False}

    assert because() == {event.id: "correct: a duty"}
    undo(reviewed, corrects)
    assert because() == {corrected.id: "undo: the correction that made it was taken back"}
