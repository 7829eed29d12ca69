"""Claims: who says, denies, accuses, promises and demands, in sentences about many pairs."""

from __future__ import annotations

import pytest

from fairweather.coding.extractor import validate
from fairweather.coding.speech.claims import claims
from fairweather.records import Claim

SHOWN = 0.5


def found(read, text: str, **about: str) -> list[Claim]:  # type: ignore[no-untyped-def]
    return [claim for claim in claims(read(text, **about)) if claim.confidence >= SHOWN]


@pytest.mark.parametrize(
    ("text", "speaker", "stance", "content"),
    [
        ("Norway said that the strait was open.", "NOR", "assert", "the strait was open"),
        ("Kenya denied any part in the raid.", "KEN", "deny", "any part in the raid"),
        ("Peru rejected the accusation.", "PER", "deny", "the accusation"),
        ("Turkey accused Greece of arming the islands.", "TUR", "accuse", "arming the islands"),
        ("India blamed Pakistan for the attack.", "IND", "accuse", "the attack"),
        ("Chile condemned the coup in Niger.", "CHL", "accuse", "the coup in Niger"),
        ("Egypt called for a ceasefire in Sudan.", "EGY", "demand", "a ceasefire in Sudan"),
        ("Mali urged Algeria to free the men.", "MLI", "demand", "to free the men"),
        ("Canada pledged to send doctors to Haiti.", "CAN", "promise", "to send doctors to Haiti"),
        ("Serbia threatened to close the border.", "SRB", "threaten", "to close the border"),
        ("Ghana welcomed the agreement.", "GHA", "praise", "the agreement"),
        ("According to Poland, the guns are here.", "POL", "assert", "the guns are here"),
        ("Officials said that the deal was dead.", "unnamed", "assert", "the deal was dead"),
        ("Experts believe that the truce is over.", "unnamed", "assert", "the truce is over"),
    ],
)
def test_a_verb_that_speaks_gives_speaker_stance_and_content(  # type: ignore[no-untyped-def]
    read, text: str, speaker: str, stance: str, content: str
) -> None:
    (claim,) = found(read, text)
    assert (claim.speaker, claim.stance, claim.content) == (speaker, stance, content)


@pytest.mark.parametrize(
    "text",
    [
        "Norway sent two frigates to Estonia.",
        "Norway could accuse Sweden of theft.",
        "Norway did not say that the strait was open.",
        "If Norway says that the strait is open, ships will sail.",
        "Norway will demand an answer from Sweden.",
        "The minister was dismissed on Friday.",
        "The king of Jordan welcomed Emmanuel Macron in Amman.",
        "Malta denied entry to the ship.",
    ],
)
def test_what_nobody_said_is_no_claim(read, text: str) -> None:  # type: ignore[no-untyped-def]
    assert found(read, text) == []


@pytest.mark.parametrize(
    "text",
    [
        '"The strait will stay closed to tankers," Norway said on Friday.',
        'Norway said: "The strait will stay closed to tankers."',
        'On Friday Norway announced, "The strait will stay closed to tankers."',
    ],
)
def test_a_quotation_is_its_speakers_before_and_after(read, text: str) -> None:  # type: ignore[no-untyped-def]
    claim = found(read, text)[0]
    assert claim.speaker == "NOR"
    assert claim.content.rstrip(".") == "The strait will stay closed to tankers"
    assert claim.confidence == 0.9


def test_the_speaker_is_carried_through_a_run_of_quotations(read) -> None:  # type: ignore[no-untyped-def]
    text = (
        '"The attack was a crime against our people," Chad said. '
        '"We continue to demand the truth about it." '
        '"No soldier of ours has crossed the border," it continued.'
    )
    rows = found(read, text)
    assert [row.speaker for row in rows] == ["TCD", "TCD", "TCD"]
    assert [row.stance for row in rows] == ["assert", "demand", "deny"]
    assert rows[0].confidence > rows[1].confidence


def test_a_statement_speaks_for_whoever_issued_it(read) -> None:  # type: ignore[no-untyped-def]
    text = (
        "Iceland issued a statement on Monday. "
        '"The talks have failed and nobody is to blame," the statement read.'
    )
    assert [row.speaker for row in found(read, text)] == ["ISL"]


def test_the_inner_speaker_counts_where_one_reports_another(read) -> None:  # type: ignore[no-untyped-def]
    (claim,) = found(read, "Officials said that Hezbollah says the deal is dead.")
    assert (claim.speaker, claim.content) == ("hezbollah", "the deal is dead")


def test_two_speakers_make_two_claims(read) -> None:  # type: ignore[no-untyped-def]
    rows = found(read, "Norway and Sweden condemned the raid.")
    assert {row.speaker for row in rows} == {"NOR", "SWE"}


def test_a_person_beside_the_office_is_the_speaker(read) -> None:  # type: ignore[no-untyped-def]
    (claim,) = found(read, "The Russian foreign minister, Sergei Lavrov, said the road was safe.")
    assert claim.speaker == "sergei-lavrov"


def test_an_accusation_is_about_the_accused(read) -> None:  # type: ignore[no-untyped-def]
    (claim,) = found(read, "Turkey accused Greece of arming the islands.")
    assert claim.about == ("GRC",)


def test_a_passive_accusation_is_the_agents_or_unnamed(read) -> None:  # type: ignore[no-untyped-def]
    assert found(read, "Greece was accused by Turkey of theft.")[0].speaker == "TUR"
    assert found(read, "Greece has been accused of theft.")[0].speaker == "unnamed"


def test_saying_that_somebody_must_act_is_a_demand(read) -> None:  # type: ignore[no-untyped-def]
    (claim,) = found(read, "Peru says any agreement must end the blockade.")
    assert claim.stance == "demand"


def test_saying_that_one_will_act_is_a_promise(read) -> None:  # type: ignore[no-untyped-def]
    (claim,) = found(read, "Norway announced that it would send two frigates to Estonia.")
    assert claim.stance == "promise"


def test_what_an_author_thinks_is_claimed_by_the_author_and_weakly(read) -> None:  # type: ignore[no-untyped-def]
    (claim,) = found(read, "We believe that Finland keeps its word.", genre="opinion") or [
        *claims(read("We believe that Finland keeps its word."))
    ]
    assert claim.speaker == "author"
    assert claim.confidence < 0.6


def test_every_claim_quotes_the_document(read) -> None:  # type: ignore[no-untyped-def]
    reading = read("“The pact is dead,” Oman said, and “Qatar must pay for it,” it added.")
    kept, refused = validate(reading.document, claims(reading))
    assert kept
    assert refused == ()


def test_rebels_of_a_country_do_not_speak_for_its_state(read) -> None:  # type: ignore[no-untyped-def]
    (claim,) = found(read, "Chadian rebels demanded the removal of the president.")
    assert claim.speaker == "unnamed"


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Washington warned Lima that the purchase could trigger sanctions.", ("USA", "threaten")),
        ("China said it would impose sanctions on the makers.", ("CHN", "threaten")),
        ("It is a delay that Indian officers blame on the front.", ("IND", "accuse")),
        ("Serbia's president called the decision an insult.", ("SRB", "accuse")),
        ("Ukraine's ambassador spoke of a stab in the back.", ("UKR", "accuse")),
        ("Ethiopia says it is not bound by the treaty.", ("ETH", "deny")),
        ("Israel accused Iran of lying, a charge that Tehran rejected.", ("IRN", "deny")),
        ("Tanzania's denial that it had closed the border came late.", ("TZA", "deny")),
        (
            "According to a diplomat in Khartoum, Egypt has sent arms to Chad.",
            ("unnamed", "assert"),
        ),
        ("Poland will send jets to Kenya, the prime minister said.", ("POL", "promise")),
        ("In my view, the pact between Ghana and Togo is dead.", ("author", "assert")),
        ("Peru's minister said that Chile was breaking the pact.", ("PER", "assert")),
    ],
)
def test_who_speaks_and_how(read, text: str, row: tuple[str, str]) -> None:  # type: ignore[no-untyped-def]
    assert row in {(claim.speaker, claim.stance) for claim in found(read, text)}
