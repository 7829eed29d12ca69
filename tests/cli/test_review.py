"""A reviewer's verdict stands until undone, and is refused when it makes no sense."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairweather import Desk
from fairweather.cli import fairweather
from fairweather.cli.review_loop import go_through
from fairweather.desk.finding import Query
from fairweather.desk.looks import Wanted
from fairweather.desk.passage import passage_of
from fairweather.errors import FairweatherError, MisuseError, NothingFound, UnknownActor, UnknownKey
from fairweather.records import Agreement, Clause, Document, Event, Stage, Support, on

TEXT = (
    "Ties are old. Mr. Paz said that Peru will send Chile grain. Chile sent Peru three patrol"
    " boats in May. Peru and Chile signed the Arica Pact."
)


def quoted(document: Document, words: str) -> tuple:  # type: ignore[type-arg]
    at = document.text.index(words)
    return (document.quote(at, at + len(words)),)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    document = Document(text=TEXT, title="Boats go north", published=on("2025-05-20"))
    rows = [
        Event(
            quotes=quoted(document, "Chile sent Peru three patrol boats"),
            source=("CHL",),
            target=("PER",),
            event_class="MOBILIZE",
            cameo="150",
            status="factual",
            date=on("2025-05", "in May"),
            confidence=0.55,
            coder="rules/1",
        ),
        Event(
            quotes=quoted(document, "Peru will send Chile grain"),
            source=("PER",),
            target=("CHL",),
            event_class="AID",
            status="planned",
            confidence=0.3,
            coder="rules/1",
        ),
        Support(
            quotes=quoted(document, "Chile sent Peru three patrol boats"),
            giver="CHL",
            receiver="PER",
            level="major_arms",
            state="given",
            confidence=0.9,
            coder="rules/1",
        ),
        Agreement(
            quotes=quoted(document, "signed the Arica Pact"),
            name="Arica Pact",
            parties=("PER", "CHL"),
            stages=(Stage("signed", ("PER", "CHL"), on("2025")),),
            clauses=(Clause("defense", "absent"),),
            confidence=0.9,
            coder="rules/1",
        ),
    ]
    with Desk(tmp_path / "my.db") as opened:
        opened.ledger.add([document, *rows])
        yield opened


@pytest.fixture
def boats(desk: Desk) -> str:
    return desk.find(Query(kind="event"))[0].id


def run(desk: Desk, *words: str) -> Result:
    return CliRunner().invoke(fairweather, [*words, "--db", str(desk.ledger.path)])


def classes(desk: Desk) -> list[str]:
    found = run(desk, "find", "events", "--json")
    if isinstance(found.exception, NothingFound):
        return []
    return [row["class"] for row in json.loads(found.stdout)["rows"]]


def refusal(desk: Desk, *words: str) -> FairweatherError:
    error = run(desk, *words).exception
    assert isinstance(error, FairweatherError), error
    return error


# -- verdicts ------------------------------------------------------------------------------


def test_a_corrected_class_is_what_find_shows_and_undo_restores_it(desk: Desk, boats: str) -> None:
    words = ("review", "correct", boats, "class=aid", "--reason", "a gift", "--by", "anna")
    (made,) = json.loads(run(desk, *words, "--json").stdout)["corrected"]
    assert classes(desk) == ["AID"]
    assert (made["coder"], made["confidence"], made["cameo"]) == ("person/anna", 1.0, "")
    assert made["intensity"] > 0
    (decision,) = desk.review().history(boats)
    assert run(desk, "review", "undo", decision.decision.id).exit_code == 0
    assert classes(desk) == ["MOBILIZE"]
    assert not desk.verify()


def test_a_rejected_row_leaves_profile_and_brief_and_comes_back(desk: Desk) -> None:
    (gift,) = desk.profile("CHL", "PER").support
    assert gift.id in desk.brief("CHL", "PER").markdown
    (decision,) = desk.review("anna").reject(gift.id, "on loan only")
    assert not desk.profile("CHL", "PER").support
    assert gift.id not in desk.brief("CHL", "PER").markdown
    desk.review("anna").undo(decision.id)
    assert desk.profile("CHL", "PER").support == (gift,)


def test_the_last_verdict_counts(desk: Desk, boats: str) -> None:
    review = desk.review("anna")
    for _ in range(2):
        review.reject(boats, "misread")
        assert classes(desk) == []
        review.accept(boats)
        assert classes(desk) == ["MOBILIZE"]


def test_accepting_shows_what_was_too_unsure_to_show(desk: Desk) -> None:
    (hidden,) = desk.find(Query(kind="event", min_confidence=0, status="planned"))
    desk.review("anna").accept(hidden.id)
    assert classes(desk) == ["MOBILIZE", "AID"]


def test_a_row_corrected_back_is_the_old_row(desk: Desk, boats: str) -> None:
    review = desk.review("anna")
    (aid,) = review.correct(boats, {"class": "AID"}, "a gift")
    (back,) = review.correct(
        aid.id, {"class": "MOBILIZE", "cameo": "150", "intensity": "none"}, "no gift"
    )
    assert back.id == boats
    assert [event.id for event in desk.find(Query(kind="event"))] == [boats]


def test_why_leads_from_the_old_row_to_the_new_and_back(desk: Desk, boats: str) -> None:
    (aid,) = desk.review("anna").correct(boats, {"class": "AID"}, "a gift")
    assert f"in its place stands {aid.id}" in run(desk, "why", boats).stdout
    told = run(desk, "why", aid.id).stdout
    assert f"stands in place of {boats}" in told
    assert "a gift (person/anna)" in told


def test_a_corrected_row_is_not_judged_again_under_its_old_id(desk: Desk, boats: str) -> None:
    (aid,) = desk.review("anna").correct(boats, {"class": "AID"}, "a gift")
    for again in (desk.review("anna").accept, lambda row: desk.review("anna").reject(row, "no")):
        with pytest.raises(MisuseError, match=aid.id):
            again(boats)


def test_an_agreement_told_twice_is_renamed_in_both_tellings(desk: Desk) -> None:
    later = Document(text="The pact between Peru and Chile holds.", published=on("2026-01-02"))
    second = Agreement(quotes=quoted(later, "The pact"), name="pact", parties=("PER", "CHL"))
    desk.ledger.add([later, second])
    (first,) = (one for one in desk.agreements() if one.name == "Arica Pact")
    desk.review("anna").merge(second.id, first.id, "the only one")
    desk.review("anna").correct(first.id, {"name": "Arica Accord"}, "its title")
    (view,) = desk.agreements()
    assert view.name == "Arica Accord"
    assert len(view.quotes) == 2


def test_a_clause_may_be_added_as_json(desk: Desk) -> None:
    (pact,) = desk.agreements()
    clauses = json.dumps([{"obligation": "consultation", "state": "present"}])
    desk.review("anna").correct(pact.id, {"clauses": clauses}, "as signed")
    (pact,) = desk.agreements()
    assert [clause.obligation for clause in pact.clauses] == ["consultation"]
    assert pact.clauses[0].quotes == pact.quotes
    assert not desk.verify()


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ("clas=AID", UnknownKey, 'did you mean "class"'),
        ("class=ADI", MisuseError, 'did you mean "AID"'),
        ("status=factul", MisuseError, 'did you mean "factual"'),
        ("source=Chlie", UnknownActor, "Chile"),
        ("date=May", MisuseError, "write a date as"),
        ("quotes=x", UnknownKey, "write quote=TEXT"),
        ("quote=Chile sent four boats", MisuseError, "not verbatim"),
        ("confidence=1", UnknownKey, "cannot be corrected"),
        ("class=MOBILIZE", MisuseError, "says that already"),
        ("class", MisuseError, "write FIELD=VALUE"),
    ],
)
def test_a_bad_correction_is_refused_with_what_was_meant(
    desk: Desk, boats: str, change: str, error: type[FairweatherError], said: str
) -> None:
    # The code is left as the coder set it, so that "the same" is the same.
    words = (change, "cameo=150", "intensity=none") if change.endswith("MOBILIZE") else (change,)
    refused = refusal(desk, "review", "correct", boats, *words, "--reason", "x")
    assert isinstance(refused, error)
    assert said in str(refused)
    assert classes(desk) == ["MOBILIZE"]
    assert not desk.ledger.decisions()


def test_other_words_of_the_document_may_be_quoted(desk: Desk, boats: str) -> None:
    (made,) = desk.review("anna").correct(boats, {"quote": "three patrol boats"}, "shorter")
    assert made.quotes[0].text == "three patrol boats"
    assert not desk.verify()


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("accept", "event:ffff"), UnknownKey),
        (("undo", "decision:ffff"), UnknownKey),
        (("history",), NothingFound),
        (("next", "--below", "0.01"), NothingFound),
        (("next", "--kind", "documents"), MisuseError),
        (("reject", "event:", "--reason", "x"), UnknownKey),
        ((), MisuseError),
    ],
)
def test_what_cannot_be_reviewed_is_said(
    desk: Desk, words: tuple[str, ...], error: type[FairweatherError]
) -> None:
    assert isinstance(refusal(desk, "review", *words), error)


def test_a_decision_is_taken_back_once_and_undoing_that_restores_it(desk: Desk, boats: str) -> None:
    review = desk.review("anna")
    (rejected,) = review.reject(boats, "misread")
    undone = review.undo(rejected.id)
    with pytest.raises(MisuseError, match="already"):
        desk.review("bert").undo(rejected.id)
    review.undo(undone.id)
    assert classes(desk) == []
    told = run(desk, "review", "history", boats).stdout.splitlines()
    assert ["taken back" in line for line in told].count(True) == 1


def test_a_decision_bears_the_name_given_else_the_login_name(
    desk: Desk, boats: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "carla")
    (decision,) = desk.review().accept(boats)
    assert decision.by == "person/carla"
    with pytest.raises(MisuseError, match="--by"):
        desk.review(" ")


# -- what to look at -----------------------------------------------------------------------


def test_next_shows_the_least_sure_first_with_its_quote_marked(desk: Desk, boats: str) -> None:
    told = run(desk, "review", "next", "--kind", "events").stdout
    assert told.startswith(boats)
    assert "> [[Chile sent Peru three patrol boats]] in May." in told
    assert "Mr. Paz said that Peru will send Chile grain." in told


def test_rows_that_contradict_each_other_come_first(desk: Desk) -> None:
    (gift,) = desk.find(Query(kind="support"))
    document = Document(text="Chile gave Peru no boats.", published=on("2025-05-20"))
    denied = Support(
        quotes=quoted(document, "Chile gave Peru no boats"),
        giver="CHL",
        receiver="PER",
        level="major_arms",
        state="withheld",
        confidence=0.99,
    )
    desk.ledger.add([document, denied])
    first, second, *_ = desk.review().next()
    assert {first.record.id, second.record.id} == {gift.id, denied.id}
    assert f"contradicts {gift.id}" in (*first.reasons, *second.reasons)


def test_rows_that_two_coders_read_differently_come_before_doubtful_ones(
    desk: Desk, boats: str
) -> None:
    (read,) = desk.find(Query(kind="event"))
    other = replace(read, id="", event_class="AID", coder="llm/1", confidence=0.95)
    desk.ledger.add([other])
    first, second, *_ = desk.review().next(Wanted(kind="event"))
    assert {first.record.id, second.record.id} == {boats, other.id}
    assert any("but llm/1 reads AID" in reason for reason in (*first.reasons, *second.reasons))


def test_what_was_judged_is_not_asked_about_again(desk: Desk, boats: str) -> None:
    before = [look.record.id for look in desk.review().next(Wanted(kind="event"))]
    desk.review("anna").accept(boats)
    after = [look.record.id for look in desk.review().next(Wanted(kind="event"))]
    assert (len(before), boats in before, boats in after) == (2, True, False)


def test_a_title_or_an_initial_ends_no_sentence() -> None:
    document = Document(text="He left. Gen. A. Ruiz met J. Soto in No. 9. They spoke.")
    passage = passage_of(document, *quoted(document, "Soto"))
    assert passage.sentence == "Gen. A. Ruiz met J. Soto in No. 9."
    assert (passage.before, passage.after) == ("He left.", "They spoke.")


def test_a_reviewer_goes_through_rows_key_by_key(desk: Desk, boats: str) -> None:
    typed = iter(
        [
            *("x", "c", "clas=AID", "oops", "c", "class=AID", "a gift"),
            *("r", "", "r", "only planned"),
            "q",
        ]
    )
    said: list[str] = []
    judged = go_through(
        desk.review("anna"), Wanted(kind="event"), lambda _: next(typed), said.append
    )
    assert judged == 2
    assert classes(desk) == ["AID"]
    assert any('did you mean "class"' in line for line in said)
    assert any("a reason is stored" in line for line in said)
    assert next(typed) == "q"


# -- labelled data -------------------------------------------------------------------------


def test_verdicts_become_labelled_data(desk: Desk, boats: str, tmp_path: Path) -> None:
    review = desk.review("anna")
    (aid,) = review.correct(boats, {"class": "AID"}, "a gift")
    review.correct(aid.id, {"status": "reported"}, "hearsay")
    (gift,) = desk.find(Query(kind="support"))
    review.accept(gift.id)
    (pact,) = desk.agreements()
    review.undo(review.reject(pact.id, "wrong")[0].id)
    target = tmp_path / "labels.jsonl"
    assert run(desk, "review", "export", "-o", str(target)).exit_code == 0
    rows = {row["verdict"]: row for row in map(json.loads, target.read_text().splitlines())}
    assert set(rows) == {"correct", "accept"}
    corrected = rows["correct"]
    assert corrected["sentence"] == "Chile sent Peru three patrol boats in May."
    assert TEXT[corrected["start"] : corrected["end"]] == corrected["sentence"]
    assert corrected["coded"]["class"] == "MOBILIZE"
    assert (corrected["corrected"]["class"], corrected["corrected"]["status"]) == (
        "AID",
        "reported",
    )
    assert (corrected["by"], corrected["reason"]) == ("anna", "a gift")


def test_an_actor_taken_for_another_is_told_apart_in_one_document(desk: Desk, boats: str) -> None:
    desk.review("anna").split("Chile", boats, "Bolivia", "a slip of the matcher")
    (moved,) = desk.find(Query(kind="event", actors=("Bolivia",)))
    assert (moved.id, moved.source) == (boats, ("BOL",))
    with pytest.raises(NothingFound):
        desk.find(Query(kind="event", actors=("Chile",)))
    assert "CHL, as coded, is BOL by decision" in run(desk, "why", boats).stdout
    assert not desk.verify()
