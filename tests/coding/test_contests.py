"""Contests: which denial disputes which claim."""

from __future__ import annotations

from fairweather.coding.speech.claims import claims
from fairweather.coding.speech.contests import propose_contests
from fairweather.records import Claim, Quote

HERE = Quote("document:1", 0, 4, "text")
THERE = Quote("document:2", 0, 4, "text")


def claim(speaker: str, stance: str, content: str, *about: str, quote: Quote = HERE) -> Claim:
    return Claim(speaker=speaker, stance=stance, content=content, about=about, quotes=(quote,))


ACCUSATION = claim("TUR", "accuse", "shipping drones to the islands", "GRC")


def test_a_denial_by_the_accused_disputes_the_accusation() -> None:
    denial = claim("GRC", "deny", "shipping any drones", quote=THERE)
    (decision,) = propose_contests([ACCUSATION, denial])
    assert (decision.kind, decision.subject, decision.object) == (
        "contest", ACCUSATION.id, denial.id,
    )  # fmt: skip
    assert decision.by == "rule contest/1"
    assert "drones" in decision.reason


def test_the_order_of_the_claims_does_not_matter() -> None:
    denials = [
        claim("GRC", "deny", "shipping any drones"),
        claim("GRC", "deny", "that drones went to the islands"),
    ]
    every = [ACCUSATION, *denials]
    assert propose_contests(every) == propose_contests([*reversed(every), ACCUSATION])
    assert len(propose_contests(every)) == 2


def test_a_sweeping_denial_disputes_accusations_of_the_same_text_only() -> None:
    here = claim("GRC", "deny", "any involvement")
    elsewhere = claim("GRC", "deny", "any involvement", quote=THERE)
    assert [d.object for d in propose_contests([ACCUSATION, here, elsewhere])] == [here.id]


def test_nobody_disputes_its_own_words() -> None:
    assert propose_contests([ACCUSATION, claim("TUR", "deny", "shipping drones", "GRC")]) == ()


def test_a_person_denies_for_the_state_that_it_speaks_for() -> None:
    accusation = claim("UKR", "accuse", "bombing the bridge", "RUS")
    denial = claim("sergei-lavrov", "deny", "bombing any bridge")
    assert [d.object for d in propose_contests([accusation, denial])] == [denial.id]


def test_a_denial_of_something_else_disputes_nothing() -> None:
    denial = claim("GRC", "deny", "that the harvest has failed", quote=THERE)
    assert propose_contests([ACCUSATION, denial]) == ()


def test_a_third_partys_denial_about_others_disputes_nothing() -> None:
    denial = claim("PER", "deny", "shipping drones", "CHL")
    assert propose_contests([ACCUSATION, denial]) == ()


def test_one_shared_word_does_not_dispute_a_plain_assertion() -> None:
    assertion = claim("TUR", "assert", "Greek drones crossed the strait", "GRC")
    assert propose_contests([assertion, claim("GRC", "deny", "owning drones", quote=THERE)]) == ()
    denial = claim("GRC", "deny", "that drones crossed the line", quote=THERE)
    assert len(propose_contests([assertion, denial])) == 1


def test_accusation_and_denial_are_found_in_one_text(read) -> None:  # type: ignore[no-untyped-def]
    text = "Kenya accused Somalia of shelling the port. Somalia denied shelling anything."
    rows = tuple(claims(read(text)))
    (decision,) = propose_contests(rows)
    by_id = {row.id: row for row in rows}
    assert by_id[decision.subject].speaker == "KEN"
    assert by_id[decision.object].speaker == "SOM"
