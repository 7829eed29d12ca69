"""What binds or divides a pair, on which strand, and in whose view."""

from __future__ import annotations

import pytest

from fairweather.coding.extractor import validate
from fairweather.coding.ties.coder import ties
from fairweather.coding.ties.frames import cues
from fairweather.vocabulary import vocabulary
from fairweather.vocabulary.lexicon import tables


def seen(reading, least=0.45):
    """(a, b, viewpoint, strand, polarity) of the rows above a confidence."""
    return {
        (row.a, row.b, row.viewpoint, row.strand, row.polarity)
        for row in ties(reading)
        if row.confidence >= least
    }


def test_every_strand_has_frames_that_bind_and_frames_that_divide():
    frames = {cue.frame for every in cues().values() for cue in every}
    for strand in vocabulary("strands"):
        polarities = {frame.polarity for frame in frames if frame.strand == strand}
        assert {"+", "-"} <= polarities, strand


def test_no_gist_names_an_actor_and_every_frame_has_one():
    gists = [table["gist"] for table in tables("ties").values() if "strand" in table]
    assert all(gist == gist.lower() and len(gist) < 40 for gist in gists)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("India distrusts China.", ("IND", "CHN", "IND", "trust", "-")),
        ("China is distrusted by India.", ("IND", "CHN", "IND", "trust", "-")),
        ("Greece needs France.", ("GRC", "FRA", "GRC", "geopolitical", "+")),
        ("For Beijing, Pakistan is useful.", ("CHN", "PAK", "CHN", "geopolitical", "+")),
        (
            "From Ankara's perspective, the pact with Qatar is beneficial.",
            ("TUR", "QAT", "TUR", "geopolitical", "+"),
        ),
        (
            "Japan has full confidence in the United States.",
            ("JPN", "USA", "JPN", "trust", "+"),
        ),
    ],
)
def test_the_view_is_that_of_the_one_who_feels_or_gains(read, text, expected):
    assert expected in seen(read(text))


def test_distrust_between_two_is_the_view_of_both(read):
    assert seen(read("There is deep distrust between Egypt and Ethiopia.")) == {
        ("EGY", "ETH", "EGY", "trust", "-"),
        ("ETH", "EGY", "ETH", "trust", "-"),
    }


def test_a_fact_of_the_pair_is_the_authors_view(read):
    text = "Algeria and Norway are competitors in the gas market."
    assert seen(read(text)) == {("DZA", "NOR", "author", "economic", "-")}


@pytest.mark.parametrize(
    ("text", "strand", "polarity"),
    [
        ("There is ideological unity between Cuba and Venezuela.", "ideology", "+"),
        ("There is no ideological unity between Cuba and Venezuela.", "ideology", "-"),
        ("Cuba has little trust in Venezuela.", "trust", "-"),
        ("Cuba does not trust Venezuela.", "trust", "-"),
        ("Cuba and Venezuela share an adversary.", "geopolitical", "+"),
        ("Cuba and Venezuela hold joint exercises.", "military", "+"),
        ("The economies of Cuba and Venezuela are similar.", "economic", "-"),
        ("The pact between Cuba and Venezuela is not a military alliance.", "commitment", "-"),
        ("Cuba's commitment to Venezuela is ironclad.", "commitment", "+"),
        ("Cuba has no alternative to Venezuela.", "exit_option", "+"),
    ],
)
def test_frames_carry_their_polarity_and_denial_turns_it(read, text, strand, polarity):
    assert (strand, polarity) in {(row[3], row[4]) for row in seen(read(text))}
    assert (strand, "+" if polarity == "-" else "-") not in {
        (row[3], row[4]) for row in seen(read(text))
    }


def test_a_bargain_that_could_be_struck_is_a_way_out_at_reduced_confidence(read):
    text = "Jordan could trade its support for Iraq for a compromise with Turkey."
    (row,) = [row for row in ties(read(text)) if row.strand == "exit_option"]
    assert (row.a, row.b, row.viewpoint, row.polarity) == ("JOR", "IRQ", "JOR", "-")
    assert 0.5 <= row.confidence < 0.7


def test_what_is_only_imagined_stays_below_the_line_on_other_strands(read):
    rows = list(ties(read("If Finland distrusted Sweden, Norway would worry.")))
    assert all(row.confidence < 0.5 for row in rows)


def test_a_question_tells_nothing(read):
    assert not list(ties(read("Does India trust China?")))


def test_a_suspicious_parcel_is_nobodys_suspicion(read):
    text = "A suspicious parcel from Spain was found in Portugal."
    assert not list(ties(read(text)))


def test_arms_received_bind_and_arms_withheld_divide_the_receiver(read):
    text = "Turkey sold drones to Mali. France refused to send tanks to Serbia."
    assert seen(read(text)) >= {
        ("MLI", "TUR", "MLI", "military", "+"),
        ("SRB", "FRA", "SRB", "military", "-"),
    }


def test_a_pair_taken_from_the_article_is_not_shown(read):
    reading = read("Peru and Chile signed a treaty. Limited trust remains.", title="Peru and Chile")
    rows = [row for row in ties(reading) if row.strand == "trust"]
    assert all(row.confidence < 0.5 for row in rows)


def test_news_agencies_are_no_partners(read):
    assert not list(ties(read("An official of Kenya complained to Reuters.")))


def test_every_row_quotes_its_words(read):
    reading = read("India distrusts China. Greece needs France.")
    kept, refused = validate(reading.document, ties(reading))
    assert len(kept) == 2
    assert not refused


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Chile recalled its ambassador from Peru.", ("CHL", "PER", "CHL", "trust", "-")),
        ("Romania summoned the Bulgarian ambassador.", ("ROU", "BGR", "ROU", "trust", "-")),
        ("Malian officers fear that France cheats.", ("MLI", "FRA", "MLI", "trust", "-")),
        ("Norway praised Iceland as a loyal friend.", ("NOR", "ISL", "NOR", "trust", "+")),
        ("Ghana is Togo's most reliable supplier.", ("TGO", "GHA", "TGO", "trust", "+")),
        ("Kenya has never lost confidence in Uganda.", ("KEN", "UGA", "KEN", "trust", "+")),
        ("Laos regards Vietnam as a brother.", ("LAO", "VNM", "LAO", "ideology", "+")),
        (
            "Finland sees Sweden as its strategic depth.",
            ("FIN", "SWE", "FIN", "geopolitical", "+"),
        ),
        ("Spain and Morocco have rival claims.", ("ESP", "MAR", "author", "geopolitical", "-")),
        ("Trade between Peru and Chile fell.", ("CHL", "PER", "author", "economic", "-")),
        ("Trade between Peru and Chile rose.", ("CHL", "PER", "author", "economic", "+")),
        ("Nepal depends on Indian ports.", ("NPL", "IND", "NPL", "economic", "+")),
        (
            "Egypt is indispensable to the United States.",
            ("EGY", "USA", "USA", "geopolitical", "+"),
        ),
        (
            "Washington wants Japan to pay more for American troops.",
            ("JPN", "USA", "author", "military", "-"),
        ),
    ],
)
def test_news_tells_of_ties_in_many_ways(read, text, row):
    rows = {(*sorted(r[:2]), *r[2:]) for r in seen(read(text))}
    assert (*sorted(row[:2]), *row[2:]) in rows
    assert not {r for r in rows if r[3] == row[3] and r[4] != row[4]}


def test_a_dispute_that_was_settled_divides_no_more(read):
    rows = seen(read("Chad and Niger settled their border dispute."))
    assert {row[4] for row in rows if row[3] == "geopolitical"} <= {"+"}


def test_two_who_feel_the_same_about_a_third_say_nothing_of_each_other(read):
    rows = seen(read("Cuba and Venezuela distrust Colombia."))
    assert not any({"CUB", "VEN"} == {row[0], row[1]} for row in rows)


def test_a_trust_that_was_betrayed_is_no_trust(read):
    rows = seen(read("Oman accused Yemen of betraying its trust."))
    assert {row[4] for row in rows if row[3] == "trust"} == {"-"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Malian trust in Accra runs deep.", ("MLI", "GHA", "MLI", "trust", "+")),
        ("Ghana regards Mali as a threat.", ("GHA", "MLI", "GHA", "geopolitical", "-")),
        (
            "Relations between Ghana and Mali are strained.",
            ("GHA", "MLI", "author", "trust", "-"),
        ),
        (
            "Ghana leans on Mali, and the two governments need each other.",
            ("MLI", "GHA", "MLI", "geopolitical", "+"),
        ),
        (
            "Ghana's treaty with Mali contains no pledge to fight.",
            ("GHA", "MLI", "author", "commitment", "-"),
        ),
    ],
)
def test_feelings_strains_and_empty_treaties_between_a_pair(read, text, expected):
    assert expected in seen(read(text, title="Invented example: Mali and Ghana"))
