"""What a model proposes and what is kept: the text's own words, and no more."""

from __future__ import annotations

from typing import Any

import pytest

from fairweather.coding.extractor import Refusal, validate
from fairweather.records import (
    Actor,
    Agreement,
    Amount,
    Claim,
    Document,
    Event,
    Mechanism,
    Prediction,
    Record,
    Support,
    Tie,
)

TEXT = (
    "Peru and Chile signed a fisheries treaty in Lima on 3 March 2025. Chile could attack"
    " Bolivia if talks fail. Marta Soto, the Chilean foreign minister, said that Peru had broken"
    " its word. Chile did not send warships to Peru.\n"
    "Peru will probably send 300 troops to Ecuador by the end of 2026. It lent Ecuador"
    " $42 million. The Andean Lynx Front welcomed the loan. Kenya paid. Kenya paid."
)
BLANK: dict[str, Any] = {"sentence": 0, "act": "", "date": "", "place": "", "condition": ""}
SIGNED: dict[str, Any] = {
    **BLANK,
    "quote": "Peru and Chile signed a fisheries treaty in Lima on 3 March 2025",
    "act": "signed",
    "source": "Peru",
    "target": "Chile",
    "class": "SUPPORT",
    "status": "factual",
}
ATTACK: dict[str, Any] = {
    **BLANK,
    "quote": "Chile could attack Bolivia if talks fail",
    "act": "attack",
    "source": "Chile",
    "target": "Bolivia",
    "class": "ASSAULT",
    "status": "factual",
}


@pytest.fixture
def coded(service, hasty, read):  # type: ignore[no-untyped-def]
    """Codes a text with the rows that the service is told to answer."""
    from .conftest import rows

    def code(text: str = TEXT, **kinds: list[dict[str, Any]]) -> tuple[list[Record], list[Refusal]]:
        service.answers(rows(**kinds))
        reading = read(text, published="2025-03-05")
        kept, refused = validate(reading.document, hasty.extractor.extract(reading))
        return list(kept), list(refused)

    return code


def only(found: tuple[list[Record], list[Refusal]]) -> Any:
    kept, refused = found
    assert not refused
    (record,) = kept
    return record


def kinds(found: tuple[list[Record], list[Refusal]]) -> list[str]:
    kept, refused = found
    assert not [record for record in kept if not isinstance(record, Actor)]
    return [refusal.kind for refusal in refused]


def test_an_event_is_kept_with_the_words_that_carry_it(coded) -> None:  # type: ignore[no-untyped-def]
    event = only(coded(event=[{**SIGNED, "date": "on 3 March 2025", "place": "Lima"}]))
    assert isinstance(event, Event)
    assert (event.source, event.event_class, event.target) == (("PER",), "SUPPORT", ("CHL",))
    assert (event.date.since, event.date.basis, event.place) == (
        "2025-03-03",
        "3 March 2025",
        "Lima",
    )
    assert TEXT[event.quotes[0].start : event.quotes[0].end] == SIGNED["quote"]
    assert (event.coder, event.confidence) == ("llm/small/model-1/1", 0.7)


def test_typography_and_line_breaks_do_not_hide_a_quote(coded) -> None:  # type: ignore[no-untyped-def]
    text = "“Peru’s non‑aligned neighbour, Chile, sued Peru,” the court said."
    row = {
        **SIGNED,
        "quote": "Peru's non-aligned neighbour,  Chile, sued Peru",
        "act": "sued",
        "source": "Chile",
        "target": "Peru",
        "class": "ACCUSE",
    }
    event = only(coded(text, event=[row]))
    assert event.quotes[0].text == "Peru’s non‑aligned neighbour, Chile, sued Peru"


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"quote": "Peru and Chile signed a defence treaty"}, "invented quote"),
        ({"quote": ""}, "invented quote"),
        ({"quote": "eru and Chile signed"}, "invented quote"),
        ({"quote": "Kenya paid", "sentence": 0}, "ambiguous quote"),
        ({"class": "WAR"}, "unknown word"),
        ({"status": "certain"}, "unknown word"),
        ({"source": ["Peru"]}, "wrong shape"),
        ({"sentence": "0"}, "wrong shape"),
        ({"target": "France"}, "unknown actor"),
        ({"target": "them"}, "unknown actor"),
        ({"target": "us"}, "unknown actor"),
        ({"target": "fisheries treaty"}, "unknown actor"),
        ({"target": "Peru"}, "one side only"),
    ],
)
def test_a_row_that_the_text_does_not_bear_out_is_refused(coded, change, kind) -> None:  # type: ignore[no-untyped-def]
    assert kinds(coded(event=[{**SIGNED, **change}])) == [kind]


def test_a_row_that_lacks_a_field_or_is_no_row_is_refused(coded) -> None:  # type: ignore[no-untyped-def]
    short = {name: value for name, value in SIGNED.items() if name != "target"}
    assert kinds(coded(event=[short, "Peru attacked", None, 7])) == ["wrong shape"] * 4


def test_the_sentence_tells_two_equal_quotes_apart(coded) -> None:  # type: ignore[no-untyped-def]
    text = "Peru thanked Chile. Bolivia left. Peru thanked Chile."
    row = {**SIGNED, "quote": "Peru thanked Chile", "act": "thanked", "sentence": 2}
    assert only(coded(text, event=[row])).quotes[0].start == text.rindex("Peru")


@pytest.mark.parametrize("act", ["attack", "could", "Chile", "", "signed"])
def test_what_the_clause_imagines_is_never_stored_as_fact(coded, act: str) -> None:  # type: ignore[no-untyped-def]
    assert only(coded(event=[{**ATTACK, "act": act}])).status == "hypothetical"


def test_a_weaker_status_than_the_grammar_gives_is_believed(coded) -> None:  # type: ignore[no-untyped-def]
    assert only(coded(event=[{**SIGNED, "status": "claimed"}])).status == "claimed"


def test_an_iso_date_counts_only_where_the_quote_gives_just_that(coded, hasty) -> None:  # type: ignore[no-untyped-def]
    assert only(coded(event=[{**SIGNED, "date": "2025-03-03"}])).date.since == "2025-03-03"
    assert hasty.extractor.use.dates_left_out == 0
    for told in ("2025-03-04", "2025", "last Tuesday"):
        assert not only(coded(event=[{**SIGNED, "date": told}])).date.known
    outside = {
        **SIGNED,
        "quote": "Peru and Chile signed a fisheries treaty",
        "date": "3 March 2025",
    }
    assert not only(coded(event=[outside])).date.known
    assert hasty.extractor.use.dates_left_out == 4


def test_a_person_stands_with_the_state_it_acts_for(coded) -> None:  # type: ignore[no-untyped-def]
    row = {
        **BLANK,
        "quote": "Marta Soto, the Chilean foreign minister, said that Peru had broken its word",
        "act": "said",
        "source": "Marta Soto",
        "target": "Peru",
        "class": "ACCUSE",
        "status": "factual",
    }
    assert only(coded(event=[row])).source == ("marta-soto", "CHL")


def test_a_name_that_no_table_has_is_taken_in_as_it_stands(coded) -> None:  # type: ignore[no-untyped-def]
    text = "Kenya condemned the raid that Blue Heron Cell fighters made."
    row = {
        **SIGNED,
        "quote": "Kenya condemned the raid that Blue Heron Cell",
        "act": "condemned",
        "source": "Kenya",
        "target": "the Blue Heron Cell",
        "class": "ACCUSE",
    }
    kept, refused = coded(text, event=[row])
    assert not refused
    assert kept[0].target == ("blue-heron-cell",)
    assert all(actor.id == "blue-heron-cell" for actor in kept[1:])


def test_an_actor_named_elsewhere_makes_a_row_less_sure(coded) -> None:  # type: ignore[no-untyped-def]
    row = {
        **BLANK,
        "quote": "It lent Ecuador $42 million",
        "act": "lent",
        "source": "Peru",
        "target": "Ecuador",
        "class": "AID",
        "status": "factual",
    }
    assert only(coded(event=[row])).confidence == 0.5


# -- the other kinds -------------------------------------------------------------------------


def test_an_agreement_keeps_the_stages_that_were_reached(coded) -> None:  # type: ignore[no-untyped-def]
    stage = {**BLANK, "act": "signed", "stage": "signed", "by": [], "date": "3 March 2025"}
    row = {
        **BLANK,
        "quote": "Peru and Chile signed a fisheries treaty",
        "name": "",
        "kind": "treaty",
        "parties": ["Peru", "Chile", "Argentina"],
        "stages": [
            {**stage, "quote": SIGNED["quote"]},
            {**stage, "quote": ATTACK["quote"], "act": "attack", "stage": "violated"},
            {**stage, "quote": SIGNED["quote"], "stage": "blessed"},
        ],
        "clauses": [
            {
                **BLANK,
                "quote": "a fisheries treaty",
                "obligation": "economic",
                "state": "present",
                "by": [],
                "against": [],
            }
        ],
    }
    kept, refused = coded(agreement=[row])
    (agreement,) = kept
    assert isinstance(agreement, Agreement)
    assert (agreement.name, agreement.parties) == ("Peru–Chile treaty", ("PER", "CHL"))
    assert [(s.stage, s.date.since) for s in agreement.stages] == [("signed", "2025-03-03")]
    assert [clause.obligation for clause in agreement.clauses] == ["economic"]
    assert sorted(r.kind for r in refused) == ["not so", "unknown actor", "unknown word"]


def test_the_content_of_a_claim_is_the_speakers_own_words(coded) -> None:  # type: ignore[no-untyped-def]
    row = {
        **BLANK,
        "quote": "Marta Soto, the Chilean foreign minister, said that Peru had broken its word",
        "speaker": "Marta Soto",
        "stance": "accuse",
        "content": "Peru had broken its word",
        "about": ["Peru"],
    }
    claim = only(coded(claim=[row]))
    assert isinstance(claim, Claim)
    assert (claim.speaker, claim.about, claim.content) == (
        "marta-soto",
        ("PER",),
        "Peru had broken its word",
    )
    assert kinds(coded(claim=[{**row, "content": "Peru lies"}])) == ["invented words"]


def test_the_odds_and_the_horizon_of_a_forecast_are_the_programs(coded) -> None:  # type: ignore[no-untyped-def]
    row = {
        **BLANK,
        "quote": "Peru will probably send 300 troops to Ecuador by the end of 2026",
        "act": "send",
        "by": "author",
        "statement": "Peru is certain to send troops",
        "wording": "probably",
    }
    prediction = only(coded(prediction=[row]))
    assert isinstance(prediction, Prediction)
    assert prediction.statement == row["quote"]
    assert prediction.wording == "probably"
    assert prediction.probability.high < 0.9
    assert prediction.horizon.until == "2026-12"
    told = {**row, "quote": "The Andean Lynx Front welcomed the loan", "wording": ""}
    assert kinds(coded(prediction=[told])) == ["no forecast"]


def test_an_amount_is_read_from_the_quotes_own_figures(coded) -> None:  # type: ignore[no-untyped-def]
    row = {
        **BLANK,
        "quote": "It lent Ecuador $42 million",
        "value": 42_000_000,
        "unit": "USD",
        "measures": "lent",
        "about": ["Ecuador"],
    }
    amount = only(coded(amount=[row]))
    assert isinstance(amount, Amount)
    assert (amount.value, amount.unit, amount.about) == (42e6, "USD", ("ECU",))
    assert kinds(coded(amount=[{**row, "value": 43_000_000}])) == ["invented number"]
    assert kinds(coded(amount=[{**row, "value": 10**400}])) == ["wrong shape"]


def test_a_view_has_a_strand_and_a_side_from_the_vocabulary(coded) -> None:  # type: ignore[no-untyped-def]
    row = {
        **BLANK,
        "quote": "said that Peru had broken its word",
        "a": "Chile",
        "b": "Peru",
        "viewpoint": "Chile",
        "strand": "trust",
        "polarity": "-",
        "gist": "broken its word",
    }
    tie = only(coded(tie=[row]))
    assert isinstance(tie, Tie)
    assert (tie.viewpoint, tie.strand, tie.polarity) == ("CHL", "trust", "-")
    assert kinds(coded(tie=[{**row, "strand": "friendship"}])) == ["unknown word"]
    assert kinds(coded(tie=[{**row, "polarity": 1}])) == ["wrong shape"]


def test_support_that_a_clause_denies_was_not_given(coded) -> None:  # type: ignore[no-untyped-def]
    row = {
        **BLANK,
        "quote": "Chile did not send warships to Peru",
        "act": "send",
        "giver": "Chile",
        "receiver": "Peru",
        "level": "major_arms",
        "state": "given",
    }
    assert kinds(coded(support=[row])) == ["denied"]
    withheld = only(coded(support=[{**row, "state": "withheld"}]))
    assert isinstance(withheld, Support)
    expected = {
        **row,
        "quote": "Peru will probably send 300 troops to Ecuador",
        "giver": "Peru",
        "receiver": "Ecuador",
        "level": "troops",
    }
    assert only(coded(support=[expected])).state == "possible"


def test_an_arrangement_needs_members_and_must_exist(coded) -> None:  # type: ignore[no-untyped-def]
    text = "Peru and Chile run a naval hotline. Kenya may join a customs bloc with Uganda."
    row = {
        **BLANK,
        "quote": "Peru and Chile run a naval hotline",
        "act": "hotline",
        "kind": "deconfliction",
        "name": "naval hotline",
        "members": [{"actor": "Peru", "role": ""}, {"actor": "Chile", "role": "guard"}],
        "stages": [],
    }
    mechanism = only(coded(text, mechanism=[row]))
    assert isinstance(mechanism, Mechanism)
    assert [(m.actor, m.role) for m in mechanism.members] == [("PER", ""), ("CHL", "")]
    imagined = {
        **row,
        "quote": "Kenya may join a customs bloc with Uganda",
        "act": "join",
        "kind": "bloc",
        "name": "customs bloc",
        "members": [{"actor": "Kenya", "role": ""}, {"actor": "Uganda", "role": ""}],
    }
    assert kinds(coded(text, mechanism=[imagined])) == ["not so"]


def test_nothing_is_coded_from_an_aside(coded, service, hasty) -> None:  # type: ignore[no-untyped-def]
    from fairweather.coding.grammar.reader import read_document
    from fairweather.records import Aside, on

    from .conftest import rows

    text = "Kenya bombed Uganda in a 1979 file photo.\nPeru thanked Chile."
    document = Document(text=text, asides=(Aside("caption", 0, 41),), published=on("2025-03-05"))
    row = {**SIGNED, "quote": "Kenya bombed Uganda", "act": "bombed"}
    service.answers(rows(event=[{**row, "source": "Kenya", "target": "Uganda"}]))
    _, refused = validate(document, hasty.extractor.extract(read_document(document)))
    assert [refusal.kind for refusal in refused] == ["invented quote"]
    assert [sentence["text"] for sentence in service.sentences(0)] == ["Peru thanked Chile."]
