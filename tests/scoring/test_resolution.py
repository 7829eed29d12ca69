"""The record settles what it surely settles, a person the rest, and silence is never proof."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from fairweather.errors import MisuseError
from fairweather.ledger import Ledger, Window
from fairweather.records import UNDATED, Document, Event, on
from fairweather.records.questions import Question
from fairweather.scoring import Proposal, known, propose
from fairweather.scoring.conditions import typed_condition
from fairweather.scoring.criteria import parse_criteria

from .conftest import (
    ARMS,
    BOATS,
    BOATS_AGAIN,
    ECHO,
    FORETELLING,
    PACT,
    TELLING,
    ask,
    quoted,
)


def proposed(ledger: Ledger, question: Question, as_of: str = "2031-06-01") -> Proposal:
    return propose(question, known(ledger, Window(as_of=as_of)))


SIGNED = "agreement stage signed between CHL and PER"


@pytest.mark.parametrize(
    "text",
    [
        "event: AID from CHL to PER by 2030-12-31",
        "event: ASSAULT|COERCE between ARG and PER",
        'no agreement stage signed between CHL and PER named "Arica" since 2030-01-01',
        "clause defense present between CHL and PER",
        "support at least troops from CHL to PER",
        "support level from CHL to PER",
        "office of USA held by donald-trump",
    ],
)
def test_typed_criteria_are_written_as_they_are_read(text: str) -> None:
    (criterion,) = parse_criteria(text)
    assert criterion.text() == text


def test_at_most_a_rung_is_not_the_next_one() -> None:
    (criterion,) = parse_criteria("support at most limited_arms from CHL to PER")
    assert criterion.text() == "no support at least air_defence from CHL to PER"


@pytest.mark.parametrize(
    "text",
    ["event: AIDE from CHL to PER", "agreement stage signed with PER", "clause defense maybe",
     "event: AID from CHL to PER by June", "support at most nuclear_umbrella from CHL to PER"],
)  # fmt: skip
def test_a_sentence_that_begins_typed_and_is_not_is_refused(text: str) -> None:
    with pytest.raises(Exception, match=r"criterion|event|support"):
        parse_criteria(text)


def test_plain_words_are_for_a_person(ledger: Ledger) -> None:
    proposal = proposed(ledger, ask("the neighbours get on better"))
    assert (proposal.outcome, proposal.needs_person) == ("open", True)


def test_a_pact_signed_in_time_came_true_and_needs_no_person(ledger: Ledger) -> None:
    proposal = proposed(ledger, ask(SIGNED))
    assert (proposal.outcome, proposal.needs_person) == ("occurred", False)
    assert proposal.records == (PACT.id,)
    assert proposal.quotes[0].text == "signed the Arica Pact in Lima"
    assert proposal.met.on == "2031-01-15"


def test_a_pact_signed_on_another_date_than_promised_did_not_come_true(ledger: Ledger) -> None:
    proposal = proposed(ledger, ask(SIGNED, closes="2030-06-30"))
    assert (proposal.outcome, proposal.needs_person) == ("did_not_occur", False)
    assert "signed on 2030-07-09" in proposal.met.finding


def test_the_criterions_own_date_narrows_the_time(ledger: Ledger) -> None:
    assert proposed(ledger, ask(f"{SIGNED} by 2030-06")).outcome == "did_not_occur"


def test_a_pact_of_another_name_is_not_the_one_meant(ledger: Ledger) -> None:
    proposal = proposed(ledger, ask(f'{SIGNED} named "Friendship"'))
    assert proposal.outcome == "did_not_occur"
    assert proposal.needs_person


def test_before_anything_was_told_nothing_is_decided(ledger: Ledger) -> None:
    assert proposed(ledger, ask(SIGNED), as_of="2030-12-01").outcome == "open"
    # Closed, and still nothing read that was published since.
    assert proposed(ledger, ask(SIGNED), as_of="2031-01-14").outcome == "open"


def test_silence_is_proposed_with_what_was_silent_and_left_to_a_person(ledger: Ledger) -> None:
    proposal = proposed(ledger, ask("event: ASSAULT between CHL and PER"))
    assert (proposal.outcome, proposal.needs_person) == ("did_not_occur", True)
    assert proposal.records == (TELLING.id,)


def test_one_account_of_an_act_is_for_a_person_two_are_not(ledger: Ledger) -> None:
    question = ask("event: AID from CHL to PER")
    one = proposed(ledger, question)
    assert (one.outcome, one.needs_person) == ("occurred", True)
    ledger.add([ECHO, BOATS_AGAIN])
    two = proposed(ledger, question)
    assert (two.outcome, two.needs_person) == ("occurred", False)


def test_an_act_without_a_date_decides_nothing_and_is_shown(
    ledger_of: Callable[..., Ledger],
) -> None:
    undated = replace(BOATS, id="", date=UNDATED)
    proposal = proposed(ledger_of(TELLING, undated), ask("event: AID from CHL to PER"))
    assert (proposal.outcome, proposal.records) == ("open", (undated.id,))


def test_what_was_only_planned_or_supposed_is_no_act(ledger_of: Callable[..., Ledger]) -> None:
    planned = replace(BOATS, id="", status="planned")
    proposal = proposed(ledger_of(TELLING, planned), ask("event: AID from CHL to PER"))
    assert proposal.outcome == "did_not_occur"
    assert proposal.needs_person


def test_a_clause_said_to_be_absent_settles_that_it_is(ledger: Ledger) -> None:
    absent = proposed(ledger, ask("clause defense absent between CHL and PER"))
    assert (absent.outcome, absent.needs_person) == ("occurred", False)
    # That no pact holds it is another matter: one may be unread.
    nowhere = proposed(ledger, ask("no clause defense present between CHL and PER"))
    assert (nowhere.outcome, nowhere.needs_person) == ("occurred", True)


def test_a_forecast_does_not_prove_itself(ledger_of: Callable[..., Ledger]) -> None:
    foretold = replace(
        PACT,
        id="",
        quotes=quoted(FORETELLING, "Peru and Chile will probably sign the Arica Pact"),
        clauses=(replace(PACT.clauses[0], quotes=quoted(FORETELLING, "hold no duty to defend")),),
        stages=(),
    )
    ledger = ledger_of(FORETELLING, foretold)
    assert proposed(ledger, ask("clause defense absent between CHL and PER")).outcome == "open"


def test_partly_is_where_one_half_came_true(ledger: Ledger) -> None:
    both = f"{SIGNED}; support at least troops from CHL to PER"
    assert proposed(ledger, ask(both)).outcome == "partly"


def test_support_counts_from_its_rung_up(ledger: Ledger) -> None:
    enough = proposed(ledger, ask("support at least limited_arms from CHL to PER"))
    assert (enough.outcome, enough.records) == ("occurred", (ARMS.id,))
    most = proposed(ledger, ask("support at most limited_arms from CHL to PER"))
    assert (most.outcome, most.needs_person) == ("occurred", True)
    assert most.quotes[0].text == ARMS.quotes[0].text


def test_a_ladder_is_answered_by_the_highest_rung_given(ledger: Ledger) -> None:
    ladder = ask("support level from CHL to PER", answers=("none", "limited_arms", "troops"))
    proposal = proposed(ledger, ladder)
    assert (proposal.outcome, proposal.met.answer) == ("occurred", "limited_arms")


def test_a_condition_that_never_came_true_makes_it_void_not_wrong(ledger: Ledger) -> None:
    question = ask(SIGNED, condition="event: ASSAULT between CHL and PER")
    assert proposed(ledger, question).outcome == "void"


def test_a_condition_that_came_true_leaves_the_question_to_its_criterion(ledger: Ledger) -> None:
    question = ask(SIGNED, condition="event: AID from CHL to PER")
    assert proposed(ledger, question).outcome == "occurred"


def test_an_undecided_condition_leaves_everything_open(ledger: Ledger) -> None:
    question = ask(SIGNED, condition="if it becomes beneficial")
    proposal = proposed(ledger, question)
    assert proposal.outcome == "open"
    assert "signed on 2030-07-09" in proposal.met.finding


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("if Kamala Harris wins the election", "office of USA held by kamala-harris"),
        ("If a war breaks out between Peru and Chile", "event: ASSAULT between PER and CHL"),
        ("unless war comes between Peru and Chile", "no event: ASSAULT between PER and CHL"),
        ("if it suits them", ""),
    ],
)
def test_plain_conditions_of_two_kinds_are_read_as_typed_ones(words: str, typed: str) -> None:
    assert "; ".join(one.text() for one in typed_condition(words)) == typed


def test_an_election_is_decided_by_who_took_the_office(ledger: Ledger) -> None:
    won = ask(SIGNED, opens="2024-06-01", closes="2025-06-30",
              condition="if Donald Trump wins the election")  # fmt: skip
    lost = replace(won, id="", condition="if Kamala Harris wins the election")
    assert proposed(ledger, lost).outcome == "void"
    assert "donald-trump: president of USA" in proposed(ledger, won).met.finding
    # Not known before it was so.
    then = proposed(ledger, lost, as_of="2024-12-31")
    assert then.outcome == "open"


def test_a_later_text_on_an_earlier_act_decides_no_later_question(ledger: Ledger) -> None:
    question = ask("event: AID from CHL to PER", opens="2030-09-01")
    assert proposed(ledger, question).outcome == "did_not_occur"


def test_nothing_decided_cannot_be_confirmed(ledger: Ledger) -> None:
    with pytest.raises(MisuseError, match="nothing decides it yet"):
        proposed(ledger, ask("in plain words")).resolution()


def test_an_act_in_the_other_direction_is_another_act(ledger: Ledger) -> None:
    assert proposed(ledger, ask("event: AID from PER to CHL")).outcome == "did_not_occur"
    assert proposed(ledger, ask("event: AID between PER and CHL")).outcome == "occurred"


def test_a_reported_act_is_proposed_and_not_certain(ledger_of: Callable[..., Ledger]) -> None:
    document = Document(text="Chile is said to have sent boats.", published=on("2031-01-02"))
    told = Event(
        quotes=quoted(document, "sent boats"),
        source=("CHL",),
        target=("PER",),
        event_class="AID",
        status="reported",
        date=on("2030-11-02"),
    )
    proposal = proposed(ledger_of(document, told), ask("event: AID from CHL to PER"))
    assert (proposal.outcome, proposal.needs_person) == ("occurred", True)
