"""What each section says of a pair: duties by side, offers, disputes, arrangements, dates."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fairweather.brief import Brief, make_brief
from fairweather.brief.evidence import Evidence, excerpt
from fairweather.brief.sections.duties import owed
from fairweather.brief.timeline import marks_of
from fairweather.profile import Choice, Offer, Profile
from fairweather.records import (
    Agreement,
    Claim,
    Clause,
    Document,
    Event,
    Mechanism,
    Member,
    Stage,
    When,
    between,
    on,
)
from fairweather.records.questions import Forecast, Question, Resolution
from fairweather.scoring import score

NEWS = Document(
    text=(
        "Under the accord Pakistan must not side with Iran. "
        "Islamabad accuses Riyadh of withholding oil. Riyadh denies that any oil was withheld. "
        "If she wins, Kamala Harris could sell Islamabad aircraft. "
        "On 17 September 2025 the crown prince and the prime minister met and signed the pact. "
        "A joint air-defence cell sits in Riyadh, and Qatar sends an officer. "
        "Reporters were told that trainers may follow."
    ),
    title="Notes from two capitals",
    publisher="Gulf Courier",
    published=on("2025-09-20", "publication"),
    genre="news",
)


def quoted(text: str):  # type: ignore[no-untyped-def]
    start = NEWS.text.index(text)
    return (NEWS.quote(start, start + len(text)),)


def told(profile: Profile, key: str) -> str:
    """All sentences of one section, run together."""
    section = next(s for s in make_brief(profile, None).sections if s.key == key)
    return " ".join(f"{line.lead} {line.text}".strip() for line in section.lines)


@pytest.fixture
def pair(gulf: Profile) -> Profile:
    """The Gulf pair without what the shared fixture already says, reading one more article."""
    documents = {**gulf.documents, NEWS.id: NEWS}
    return replace(gulf, documents=documents, contradictions=(), offers=(), predictions=())


ACCORD = Agreement(
    name="Riyadh Accord",
    parties=("SAU", "PAK"),
    stages=(Stage("signed", date=on("2025-09-17"), quotes=quoted("signed the pact")),),
    clauses=(
        Clause("consultation", "present", quotes=quoted("Under the accord")),
        Clause(
            "non_siding",
            "present",
            by=("PAK",),
            against=("IRN",),
            quotes=quoted("Pakistan must not side with Iran"),
        ),
    ),
    quotes=quoted("Under the accord"),
)


def test_a_duty_of_one_side_alone_is_not_told_of_both(pair: Profile) -> None:
    profile = replace(pair, agreements=(ACCORD,))
    for key in ("agreements", "judgement"):
        text = told(profile, key)
        assert "Pakistan is not to side with Iran" in text
        assert "not siding" not in text
    assert "It provides for consultation; by it Pakistan is not to side with Iran." in told(
        profile, "agreements"
    )


def test_a_duty_that_all_share_is_told_once_though_one_side_says_it_again() -> None:
    shared = Clause("defense", "present")
    alone = Clause("defense", "present", by=("SAU",))
    assert owed([(shared, ACCORD), (alone, ACCORD)]) == (["mutual defence"], [])


def test_a_signature_is_not_called_force(pair: Profile) -> None:
    assert "by signed clauses they owe" in told(replace(pair, agreements=(ACCORD,)), "judgement")
    ratified = replace(ACCORD, id="", stages=(*ACCORD.stages, Stage("in_force", date=on("2025"))))
    assert "by clauses in force they owe" in told(
        replace(pair, agreements=(ratified,)), "judgement"
    )


def test_an_agreement_that_replaces_another_says_which(pair: Profile) -> None:
    newer = replace(ACCORD, id="", supersedes="Accord of 1982")
    assert "it replaces the Accord of 1982" in told(
        replace(pair, agreements=(newer,)), "agreements"
    )


def test_agreements_of_one_name_are_told_apart(pair: Profile) -> None:
    older = replace(ACCORD, id="", stages=(Stage("signed", date=on("1982")),), clauses=())
    text = told(replace(pair, agreements=(ACCORD, older)), "agreements")
    assert "Riyadh Accord (2025)" in text
    assert "Riyadh Accord (1982)" in text


SALE = Event(
    source=("kamala-harris", "USA"),
    target=("PAK",),
    event_class="AID",
    status="hypothetical",
    quotes=quoted("Kamala Harris could sell Islamabad aircraft"),
)


def test_an_offer_hangs_on_the_election_of_whoever_would_make_it(pair: Profile) -> None:
    profile = replace(
        pair,
        events=(SALE,),
        offers=(Offer("USA", "PAK", "SAU", (SALE.id,), "kamala-harris"),),
        choices=(Choice("election", ("donald-trump", "kamala-harris"), When(), (SALE.id,)),),
    )
    said = "The United States, if Kamala Harris is elected, might draw Pakistan away"
    assert said in told(profile, "judgement")


def test_help_that_a_side_would_give_is_no_offer_to_it(pair: Profile) -> None:
    helping = replace(SALE, id="", source=("PAK",), target=("USA",))
    profile = replace(
        pair, events=(helping,), offers=(Offer("USA", "PAK", "SAU", (helping.id,), ""),)
    )
    assert "might draw" not in told(profile, "judgement")


def test_two_that_nothing_ties_have_nothing_to_break(pair: Profile) -> None:
    views = tuple(replace(view, supporting=()) for view in pair.views)
    bare = replace(pair, agreements=(), support=(), views=views)
    assert "so there is nothing to break" in told(bare, "judgement")


def test_a_claim_stands_beside_the_one_that_contests_it_once(pair: Profile) -> None:
    denial = Claim(
        speaker="SAU",
        stance="deny",
        content="any oil was withheld",
        about=("SAU",),
        quotes=quoted("Riyadh denies that any oil was withheld"),
    )
    charge = Claim(
        speaker="PAK",
        stance="accuse",
        content="withholding oil",
        about=("SAU",),
        quotes=quoted("Islamabad accuses Riyadh of withholding oil"),
        contested_by=(denial.id,),
    )
    text = told(replace(pair, claims=(charge, replace(denial, disputes=(charge.id,)))), "changes")
    first, second = text.index("accuses Riyadh"), text.index("denies that any oil")
    assert first < second
    assert text.count("accuses Riyadh") == 1


def test_an_arrangement_names_its_members_and_their_parts(pair: Profile) -> None:
    cell = Mechanism(
        name="Joint air-defence cell",
        kind="consultation",
        members=(Member("SAU", "host"), Member("PAK", "guest"), Member("QAT", "observer")),
        status="reported",
        quotes=quoted("A joint air-defence cell sits in Riyadh"),
    )
    text = told(replace(pair, mechanisms=(cell,)), "arrangements")
    assert text == (
        "Both take part in the Joint air-defence cell (consultation), with Saudi Arabia (host),"
        " Pakistan (guest) and Qatar (observer); this is reported."
    )


def timeline(profile: Profile) -> list[str]:
    return [mark.told for mark in marks_of(Evidence(profile))]


def happened(status: str, when: When) -> Event:
    return Event(
        source=("SAU",),
        target=("PAK",),
        event_class="SUPPORT",
        status=status,
        date=when,
        quotes=quoted("met and signed the pact"),
    )


def test_a_signing_stands_on_the_timeline_once(pair: Profile) -> None:
    signing, other = happened("factual", on("2025-09-17")), happened("factual", on("2025-03-01"))
    marks = timeline(replace(pair, agreements=(ACCORD,), support=(), events=(signing, other)))
    assert marks == [
        "1 March 2025: Saudi Arabia backs Pakistan",
        "17 September 2025: Riyadh Accord signed",
    ]


@pytest.mark.parametrize("status", ["claimed", "planned", "hypothetical", "denied"])
def test_what_is_no_fact_or_report_is_not_on_the_timeline(pair: Profile, status: str) -> None:
    event = happened(status, on("2025-03-01"))
    assert timeline(replace(pair, agreements=(), support=(), events=(event,))) == []


def test_a_report_on_the_timeline_is_called_one(pair: Profile) -> None:
    event = happened("reported", on("2025-03-01"))
    loan = replace(pair.support[0], id="", state="reported", date=between(None, "2018"))
    marks = timeline(replace(pair, agreements=(), support=(loan,), events=(event,)))
    assert marks == [
        "by 2018: Saudi Arabia → Pakistan: economic help, reported",
        "1 March 2025: reported: Saudi Arabia backs Pakistan",
    ]


def test_words_cut_out_of_a_clause_show_the_cut(pair: Profile) -> None:
    evidence = Evidence(pair)
    whole, inner = quoted("Riyadh denies that any oil was withheld"), quoted("cell sits in")
    after_that = quoted("any oil was withheld")
    assert excerpt(whole[0], evidence, 80) == "Riyadh denies that any oil was withheld"
    assert excerpt(inner[0], evidence, 30) == "…cell sits in…"
    assert excerpt(after_that[0], evidence, 30) == "any oil was withheld"


def test_words_stand_in_their_whole_sentence_where_there_is_room(pair: Profile) -> None:
    evidence = Evidence(pair)
    inner = quoted("cell sits in")[0]
    assert excerpt(inner, evidence, 80) == (
        "A joint air-defence cell sits in Riyadh, and Qatar sends an officer"
    )
    assert excerpt(inner, evidence, 50) == "A joint air-defence cell sits in Riyadh"


def test_support_the_other_way_is_told_though_no_scenario_is_played(brief: Brief) -> None:
    judgement = next(s for s in brief.sections if s.key == "judgement")
    text = "The most that Saudi Arabia is told to have given Pakistan is economic help, in 2018."
    assert text in [line.text for line in judgement.lines]


def test_a_range_is_never_broken_over_lines(brief: Brief) -> None:
    assert '<span class="unbroken">2–15\u00a0%</span>' in brief.html


def test_scored_forecasts_are_told_beside_the_base_rate(gulf: Profile) -> None:
    asked = [
        Question(
            statement=f"Number {n}", opens="2020-01-01", closes="2020-02-01", criterion="in words"
        )
        for n in range(10)
    ]
    said = [
        Forecast(question=one.id, by="anna", made="2020-01-01", low=0.7, high=0.7) for one in asked
    ]
    came = {
        one.id: Resolution(question=one.id, outcome="occurred", on="2020-02-01", by="a", reason="r")
        for one in asked
    }
    told = [make_brief(gulf, None, scored=score(asked[:n], said[:n], came, "2024-01-01").whole)
            for n in (9, 10)]  # fmt: skip
    lines = [next(s for s in one.sections if s.key == "forecasts").lines for one in told]
    assert not any("Brier" in line.text for line in lines[0])
    assert "Forecasts of 10 questions" in lines[1][0].text
    assert "mean Brier score 0.09" in lines[1][0].text
    assert "the base rate alone scores 0.25" in lines[1][0].text
    assert lines[1][0].figures[0].method == "score"
