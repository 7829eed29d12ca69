"""What was foretold is met by what the record says later, or stays open."""

from fairweather.profile.outcomes import met_by_record
from fairweather.records import Agreement, Document, Prediction, Stage, Support, When, on

EARLY = Document(text="Oman will sign in May and is unlikely to send troops. It may rain.", url="a")
LATE = Document(text="Oman signed in July. It sent troops.", url="b")
PUBLISHED = {EARLY.id: on("2022-03-01"), LATE.id: on("2022-08-01")}


def agreement(promised: When, signed: When) -> Agreement:
    return Agreement(
        quotes=(EARLY.quote(0, 21),),
        name="Gulf Pact",
        parties=("OMN", "KWT"),
        stages=(Stage("promised", ("OMN",), promised), Stage("signed", (), signed)),
    )


def support(source: Document, state: str) -> Support:
    return Support(
        quotes=(source.quote(0, 20),), giver="OMN", receiver="KWT", level="troops", state=state
    )


def test_a_promise_signed_later_than_promised_did_not_occur() -> None:
    (found,) = met_by_record([], [agreement(on("2022-05"), on("2022-07-09"))], [], PUBLISHED)
    assert found.outcome == "did_not_occur"
    assert "2022-07-09" in found.finding


def test_a_promise_signed_in_its_month_was_kept() -> None:
    (found,) = met_by_record([], [agreement(on("2022-05"), on("2022-05-20"))], [], PUBLISHED)
    assert found.outcome == "occurred"


def test_an_unlikely_support_that_was_given_did_not_come_out() -> None:
    rows = [support(EARLY, "unlikely"), support(LATE, "given")]
    (found,) = met_by_record([], [], rows, PUBLISHED)
    assert found.outcome == "did_not_occur"
    assert found.decided_by == (rows[1].id,)


def test_what_was_known_before_decides_no_forecast() -> None:
    swapped = {EARLY.id: PUBLISHED[LATE.id], LATE.id: PUBLISHED[EARLY.id]}
    assert not met_by_record([], [], [support(EARLY, "unlikely"), support(LATE, "given")], swapped)


def foretold(horizon: When) -> Prediction:
    return Prediction(
        quotes=(EARLY.quote(0, 21),),
        by="author",
        statement="Oman will sign in May",
        horizon=horizon,
        criterion="agreement stage signed between OMN and KWT by 2022-05",
    )


def test_a_foretold_signing_that_came_late_did_not_occur() -> None:
    pact = agreement(When(), on("2022-07-09"))
    (found,) = met_by_record([foretold(on("2022-05"))], [pact], [], PUBLISHED)
    assert (found.outcome, found.decided_by) == ("did_not_occur", (pact.id,))
    assert "not signed by 2022-05" in found.finding


def test_a_foretold_signing_that_came_in_time_occurred() -> None:
    pact = agreement(When(), on("2022-05-30"))
    (found,) = met_by_record([foretold(on("2022-05"))], [pact], [], PUBLISHED)
    assert found.outcome == "occurred"


def test_a_signing_that_was_already_history_decides_no_forecast() -> None:
    pact = agreement(When(), on("2019-05-30"))
    (found,) = met_by_record([foretold(on("2022-05"))], [pact], [], PUBLISHED)
    assert found.outcome == "open"


def test_a_prediction_that_nothing_decides_stays_open_and_comes_last() -> None:
    prediction = Prediction(quotes=(EARLY.quote(54, 66),), by="author", statement="It may rain")
    rows = [support(EARLY, "unlikely"), support(LATE, "given")]
    found = met_by_record([prediction], [], rows, PUBLISHED)
    assert [one.outcome for one in found] == ["did_not_occur", "open"]
