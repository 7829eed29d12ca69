"""Questions are locked, forecasts have their time, and what makes no sense is refused."""

from dataclasses import replace

import pytest

from fairweather.desk.questions import Scorebook
from fairweather.errors import MisuseError, RecordError, UnknownKey
from fairweather.ledger import Ledger, export_rows, faults, import_lines
from fairweather.records import Chance, Prediction, on, to_line
from fairweather.records.questions import Forecast, Resolution
from fairweather.scoring import Terms
from fairweather.scoring.asking import parse_terms

from .conftest import BOATS, FORETELLING, TELLING, ask, quoted, say

SIGNED = "agreement stage signed between CHL and PER"
FORETOLD = Prediction(
    quotes=quoted(FORETELLING, "Peru and Chile will probably sign the Arica Pact by June"),
    by="author",
    statement="Peru and Chile will probably sign the Arica Pact by June",
    wording="probably",
    probability=Chance(0.55, 0.8),
    about=("PER", "CHL"),
    horizon=on("2030-06"),
    criterion=f"{SIGNED} by 2030-06",
)
VAGUE = Prediction(
    quotes=quoted(FORETELLING, "Boats may follow if Argentina attacks Peru"),
    by="author",
    statement="Boats may follow",
    probability=Chance(0.2, 0.8),
    condition="if Argentina attacks Peru",
    outcome="not_scorable",
)


def test_a_prediction_becomes_a_question_with_its_authors_forecast(
    early: Scorebook, ledger: Ledger
) -> None:
    ledger.add([FORETOLD])
    question = early.from_prediction(FORETOLD.id)
    assert (question.opens, question.closes) == ("2030-03-01", "2030-06-30")
    assert question.quotes == FORETOLD.quotes
    (said,) = ledger.questions.forecasts(question.id)
    assert (said.by, said.outlet, said.made) == ("A. Paz", "The Pacific", "2030-03-01")
    assert (said.low, said.high, said.note) == (0.55, 0.8, "probably")


def test_a_vague_prediction_is_asked_on_a_readers_terms(early: Scorebook, ledger: Ledger) -> None:
    ledger.add([VAGUE])
    with pytest.raises(MisuseError, match="no horizon"):
        early.from_prediction(VAGUE.id)
    question = early.from_prediction(
        VAGUE.id, Terms(closes="2030-12-31", criterion="event: AID from CHL to PER")
    )
    assert question.condition == "if Argentina attacks Peru"


def test_all_typed_predictions_are_asked_once(early: Scorebook, ledger: Ledger) -> None:
    ledger.add([FORETOLD, VAGUE])
    assert len(early.from_predictions().questions) == 1
    assert early.from_predictions().known == 1


def test_terms_find_their_prediction_by_its_words(early: Scorebook, ledger: Ledger) -> None:
    ledger.add([FORETOLD])
    terms = parse_terms('[[question]]\nwords = "sign the Arica Pact"\n'
                        '[[question]]\nwords = "the moon"\n', "terms.toml")  # fmt: skip
    done = early.from_terms(terms)
    assert len(done.questions) == 1
    assert done.refused == (("the moon", "no predictions hold these words"),)
    with pytest.raises(MisuseError, match='did you mean "closes"'):
        parse_terms('[[question]]\nwords = "x"\nclose = "2030"\n', "terms.toml")


def test_a_closing_date_in_the_past_is_refused(book: Scorebook) -> None:
    with pytest.raises(MisuseError, match="before today"):
        book.add(ask(SIGNED))
    assert book.ledger.questions.all() == ()


def test_a_question_that_closes_before_it_opens_is_refused() -> None:
    with pytest.raises(RecordError, match="before it opens"):
        ask(SIGNED, closes="2029-01-01")


def test_a_double_and_a_changed_criterion_are_refused(early: Scorebook) -> None:
    asked = early.add(ask(SIGNED))
    with pytest.raises(MisuseError, match="asks that already"):
        early.add(ask(SIGNED, opens="2030-03-02"))
    with pytest.raises(MisuseError, match="another criterion"):
        early.add(ask("event: AID from CHL to PER"))
    with pytest.raises(MisuseError, match="closing date does not move"):
        early.add(ask(SIGNED, closes="2031-06-30"))
    assert early.ledger.questions.all()[0].id == asked.id


def test_a_question_can_be_put_right_until_it_opens(early: Scorebook) -> None:
    old = early.add(ask(SIGNED, opens="2030-05-01"))
    new = early.add(ask(f"{SIGNED} by 2030-11", opens="2030-05-01"), instead_of=old.id)
    assert [one.id for one in early.ledger.questions.all()] == [new.id]
    opened = early.add(ask("event: AID from CHL to PER", statement="Boats"))
    with pytest.raises(MisuseError, match="it is locked"):
        early.add(ask("event: AID from PER to CHL", statement="Boats"), instead_of=opened.id)


def test_a_criterion_about_nobody_is_refused_with_a_suggestion(early: Scorebook) -> None:
    with pytest.raises(MisuseError, match="no actor 'PRE'; did you mean"):
        early.add(ask("event: AID from CHL to PRE"))
    with pytest.raises(MisuseError, match="has no criterion"):
        early.add(ask(""))


@pytest.mark.parametrize("chance", [-0.1, 1.5, 35])
def test_probabilities_outside_nought_and_one_are_refused(chance: float) -> None:
    with pytest.raises(RecordError, match="not within 0"):
        say(ask(SIGNED), chance)


def test_shares_that_do_not_sum_to_one_are_refused() -> None:
    with pytest.raises(RecordError, match="sum to"):
        Forecast(question="question:x", by="a", made="2030-03-01", shares=(0.5, 0.4))


def test_a_change_of_mind_is_a_new_forecast(early: Scorebook) -> None:
    asked = early.add(ask(SIGNED))
    early.forecast(asked.id, say(asked, 0.3))
    early.forecast(asked.id, say(asked, 0.6, made="2030-04-01"))
    assert [one.low for one in early.ledger.questions.forecasts(asked.id)] == [0.3, 0.6]
    with pytest.raises(MisuseError, match="a time of its own"):
        early.forecast(asked.id, say(asked, 0.9))


@pytest.mark.parametrize(("made", "why"), [("2031-01-01", "too late"), ("2030-02-01", "not open")])
def test_a_forecast_out_of_time_is_refused(early: Scorebook, made: str, why: str) -> None:
    asked = early.add(ask(SIGNED))
    with pytest.raises(MisuseError, match=why):
        early.forecast(asked.id, say(asked, 0.3, made=made))


def test_a_forecast_after_the_outcome_was_public_is_refused(
    early: Scorebook, book: Scorebook
) -> None:
    asked = early.add(ask(SIGNED, closes="2031-12-31"))
    book.confirm(asked.id)
    with pytest.raises(MisuseError, match="comes too late"):
        book.forecast(asked.id, say(asked, 0.99, made="2031-02-01"))


def test_a_person_confirms_or_judges_with_a_reason_and_cites(
    early: Scorebook, book: Scorebook
) -> None:
    asked = early.add(ask("the boats are of use"))
    made = book.resolve(asked.id, "occurred", "they patrol", records=[BOATS.id])
    assert (made.on, made.by) == ("2031-01-15", "person/anna")
    assert made.quotes == BOATS.quotes


def test_contradictions_are_refused_and_a_rescore_names_what_it_replaces(
    early: Scorebook, book: Scorebook
) -> None:
    asked = early.add(ask(SIGNED))
    first = book.confirm(asked.id)
    with pytest.raises(MisuseError, match="was resolved occurred"):
        book.resolve(asked.id, "void", "the pact was a draft")
    with pytest.raises(MisuseError, match="was resolved that already"):
        book.confirm(asked.id)
    second = book.resolve(asked.id, "void", "the pact was a draft", again=True)
    assert second.replaces == first.id
    shown = book.show(asked.id)
    assert shown.resolution == replace(second, recorded=shown.resolution.recorded)  # type: ignore[union-attr]
    assert [one.id for one in shown.earlier] == [first.id]


def test_two_first_resolutions_never_stand_side_by_side(early: Scorebook) -> None:
    asked = early.add(ask(SIGNED))
    one, other = (
        Resolution(question=asked.id, outcome=outcome, on="2031-01-15", by="person/a", reason="r")
        for outcome in ("occurred", "did_not_occur")
    )
    early.ledger.questions.add([one])
    with pytest.raises(MisuseError, match="resolved already"):
        early.ledger.questions.add([other])


def test_only_what_is_certain_is_resolved_without_a_person(
    early: Scorebook, book: Scorebook
) -> None:
    early.add(ask(SIGNED))
    early.add(ask("event: ASSAULT between CHL and PER", statement="They fight"))
    (made,) = book.resolve_certain()
    assert (made.outcome, made.by) == ("occurred", "rule/resolution/1")
    assert book.resolve_certain() == ()


def test_a_ladder_needs_its_step(early: Scorebook, book: Scorebook) -> None:
    asked = early.add(ask("how far it goes", answers=("none", "words", "arms")))
    with pytest.raises(MisuseError, match="name the step"):
        book.resolve(asked.id, "occurred", "as seen")
    assert book.resolve(asked.id, "occurred", "as seen", answer="words").answer == "words"


def test_new_documents_tell_which_questions_they_moved(early: Scorebook, book: Scorebook) -> None:
    asked = early.add(ask(SIGNED))
    early.add(ask("event: ASSAULT between ARG and PER", statement="War"))
    (moved,) = book.moved_by([TELLING.id])
    assert (moved.question.id, moved.proposal.outcome) == (asked.id, "occurred")
    assert book.moved_by([FORETELLING.id]) == ()


def test_an_unknown_question_is_named_as_such(book: Scorebook) -> None:
    with pytest.raises(UnknownKey, match="is no question"):
        book.show("question:nothing")


def test_a_ledger_with_questions_goes_out_and_comes_back_byte_for_byte(
    early: Scorebook, book: Scorebook, tmp_path: object
) -> None:
    asked = early.add(ask(SIGNED), say(ask(SIGNED), 0.4))
    book.confirm(asked.id)
    book.resolve(asked.id, "void", "a draft", again=True)
    lines = [to_line(row) for row in export_rows(book.ledger, everything=True)]
    with Ledger(f"{tmp_path}/again.db") as again:
        import_lines(again, lines, "export")
        assert [to_line(row) for row in export_rows(again, everything=True)] == lines
        assert tuple(faults(again)) == ()


def test_a_changed_row_is_found_out(early: Scorebook) -> None:
    early.add(ask(SIGNED))
    early.ledger.file.run("UPDATE question SET row = replace(row, 'So it', 'Or it')")
    assert any("was changed" in fault for fault in faults(early.ledger))


def test_forgetting_a_text_takes_the_questions_that_quote_it(
    early: Scorebook, ledger: Ledger
) -> None:
    ledger.add([FORETOLD])
    early.from_prediction(FORETOLD.id)
    kept = early.add(ask("event: AID from CHL to PER", statement="Boats"))
    ledger.forget(FORETELLING.id, "asked for", "anna")
    assert [one.id for one in ledger.questions.all()] == [kept.id]
    assert ledger.questions.forecasts() == ()
