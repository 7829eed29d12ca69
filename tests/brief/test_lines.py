"""What a report says stands on records and figures, or is not said."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from fairweather.brief import Brief, Line, Row, make_brief
from fairweather.errors import MisuseError
from fairweather.profile import Profile
from fairweather.records import PUBLIC_QUOTE, Record
from fairweather.scenario import Play


def test_a_line_that_rests_on_nothing_is_refused() -> None:
    with pytest.raises(MisuseError, match="names no record and no figure"):
        Line("Everybody knows it.")
    with pytest.raises(MisuseError):
        Row(("Trust", "high"))


def test_every_sentence_and_table_row_names_its_sources_or_figures(brief: Brief) -> None:
    parts = list(brief.statements())
    assert len(parts) > 20
    for part in parts:
        assert brief.sources.cited(part) or brief.sources.drawn(part)


def test_every_number_in_brackets_is_in_a_list(brief: Brief) -> None:
    listed = {s.number for group in brief.sources.groups for s in group.sources}
    for part in brief.statements():
        assert set(brief.sources.cited(part)) <= listed
        assert set(brief.sources.drawn(part)) <= set(range(1, len(brief.figures) + 1))
    targets = set(re.findall(r'href="#([sf]\d+)"', brief.html))
    anchors = set(re.findall(r'id="([sf]\d+)"', brief.html))
    assert targets <= anchors


def test_the_sources_are_numbered_one_by_one_in_the_order_of_their_list(brief: Brief) -> None:
    numbers = [s.number for group in brief.sources.groups for s in group.sources]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_sentence_on_a_stage_cites_the_words_on_that_stage(brief: Brief) -> None:
    quotes = {s.number: s.quote for group in brief.sources.groups for s in group.sources}
    agreements = next(s for s in brief.sections if s.key == "agreements")
    signing, clause = agreements.lines[:2]
    assert [quotes[n] for n in brief.sources.cited(signing)] == [
        "Both capitals signed the Strategic Mutual Defence Agreement on 17 September 2025."
    ]
    assert [quotes[n] for n in brief.sources.cited(clause)] == [
        "An attack on one shall be answered by both."
    ]


def test_no_quote_is_longer_than_what_may_be_published(retold) -> None:  # type: ignore[no-untyped-def]
    long = retold("The pact was signed and nobody knows what for. " * 12)
    quotes = [s.quote for group in long.sources.groups for s in group.sources]
    assert max(len(quote) for quote in quotes) <= PUBLIC_QUOTE
    assert all(len(group.title) <= PUBLIC_QUOTE for group in long.sources.groups)
    assert not re.search(r"(?:nobody knows what for\..*){8}", long.markdown)


def test_opinion_is_called_opinion(brief: Brief) -> None:
    essay = next(g for g in brief.sources.groups if g.title == "What money buys")
    news = next(g for g in brief.sources.groups if g.title == "A pact over the gulf")
    assert (essay.opinion, news.opinion) == ("opinion", "")
    assert "Jonas Brandt (opinion) argued between October and November 2025: “" in brief.markdown
    assert "according to Jonas Brandt (opinion)" in brief.markdown


def test_a_date_known_to_the_month_is_shown_as_an_interval(brief: Brief) -> None:
    essay = next(g for g in brief.sources.groups if g.title == "What money buys")
    assert essay.published == "October to November 2025" or "October 2025" in essay.published


def test_what_is_supposed_is_called_a_possibility(brief: Brief) -> None:
    judgement = next(s for s in brief.sections if s.key == "judgement")
    offer = next(line for line in judgement.lines if "United States" in line.text)
    assert "might draw Pakistan away" in offer.text
    assert "Jonas Brandt (opinion) supposes: “Washington might one day buy" in offer.text


def test_a_missing_defence_clause_is_told_only_where_a_source_says_so(
    gulf: Profile, pacific: Profile, brief: Brief
) -> None:
    assert "no clause on mutual defence" not in brief.markdown
    silent = Profile(
        **{
            **{name: getattr(gulf, name) for name in gulf.__dataclass_fields__},
            "agreements": (),
        }
    )
    told = make_brief(silent, None).markdown
    assert "holds no clause" not in told
    assert "No source read names an agreement in force between Saudi Arabia and Pakistan." in told


def test_a_report_holds_no_row_of_another_pair(
    gulf: Profile, pacific: Profile, played: Play, brief: Brief
) -> None:
    foreign = set(pacific.documents) | {one.id for one in pacific.agreements}
    cited = {s.record for group in brief.sources.groups for s in group.sources}
    assert not cited & foreign
    assert "Seoul" not in brief.html
    beside = make_brief(gulf, played, like=pacific)
    section = next(s for s in beside.sections if s.key == "reference")
    named = {id for part in section.statements() for id in part.records}
    elsewhere = {
        id
        for s in beside.sections
        if s.key != "reference"
        for p in s.statements()
        for id in p.records
    }
    assert named == {pacific.agreements[0].id}
    assert not elsewhere & foreign


def test_what_no_ledger_knows_shows_its_id_as_source(
    gulf: Profile, stored: Callable[[str], Record]
) -> None:
    cited = "event:nobody-has-it"
    offer = gulf.offers[0]._replace(records=(*gulf.offers[0].records, cited))
    bare = make_brief(replace(gulf, offers=(offer,)), None, look_up=stored)
    source = next(s for g in bare.sources.groups for s in g.sources if s.record == cited)
    assert (source.quote, source.without) == ("", "Its passage is not at hand.")


def test_nothing_known_is_said_to_be_not_known(pacific: Profile) -> None:
    told = make_brief(pacific, None).markdown
    assert "How the United States itself sees" in told
    assert "is not known from what was read" in told
    assert "How either side sees the tie is hardly told." in told
