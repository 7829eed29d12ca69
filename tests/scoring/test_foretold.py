"""What was foretold is met by what the record says later, or stays open."""

from collections.abc import Sequence
from dataclasses import replace

from fairweather.records import Agreement, Document, Prediction, Stage, Support, When, on
from fairweather.scoring.foretold import Foretold, met_by_record
from fairweather.scoring.known import Known

EARLY = Document(text="Oman will sign in May and is unlikely to send troops. It may rain.", url="a")
LATE = Document(text="Oman signed in July. It sent troops.", url="b")
EARLY_DAY, LATE_DAY = on("2022-03-01"), on("2022-08-01")


def met(
    predictions: Sequence[Prediction],
    agreements: Sequence[Agreement],
    support: Sequence[Support],
    days: tuple[When, When] = (EARLY_DAY, LATE_DAY),
) -> tuple[Foretold, ...]:
    documents = [
        replace(document, published=day) for document, day in zip((EARLY, LATE), days, strict=True)
    ]
    known = Known(
        day="2022-09-01",
        agreements=tuple(agreements),
        support=tuple(support),
        documents={document.id: document for document in documents},
    )
    return met_by_record(predictions, known)


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
    (found,) = met([], [agreement(on("2022-05"), on("2022-07-09"))], [])
    assert found.outcome == "did_not_occur"
    assert "2022-07-09" in found.finding


def test_a_promise_signed_in_its_month_was_kept() -> None:
    (found,) = met([], [agreement(on("2022-05"), on("2022-05-20"))], [])
    assert found.outcome == "occurred"


def test_an_unlikely_support_that_was_given_did_not_come_out() -> None:
    rows = [support(EARLY, "unlikely"), support(LATE, "given")]
    (found,) = met([], [], rows)
    assert found.outcome == "did_not_occur"
    assert found.decided_by == (rows[1].id,)


def test_what_was_known_before_decides_no_forecast() -> None:
    swapped = (LATE_DAY, EARLY_DAY)
    assert not met([], [], [support(EARLY, "unlikely"), support(LATE, "given")], swapped)


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
    (found,) = met([foretold(on("2022-05"))], [pact], [])
    assert (found.outcome, found.decided_by) == ("did_not_occur", (pact.id,))
    assert "not signed by 2022-05-31" in found.finding


def test_a_foretold_signing_that_came_in_time_occurred() -> None:
    pact = agreement(When(), on("2022-05-30"))
    (found,) = met([foretold(on("2022-05"))], [pact], [])
    assert found.outcome == "occurred"


def test_a_signing_that_was_already_history_decides_no_forecast() -> None:
    pact = agreement(When(), on("2019-05-30"))
    (found,) = met([foretold(on("2022-05"))], [pact], [])
    assert found.outcome == "open"


def test_a_prediction_that_nothing_decides_stays_open_and_comes_last() -> None:
    prediction = Prediction(quotes=(EARLY.quote(54, 66),), by="author", statement="It may rain")
    rows = [support(EARLY, "unlikely"), support(LATE, "given")]
    found = met([prediction], [], rows)
    assert [one.outcome for one in found] == ["did_not_occur", "open"]
