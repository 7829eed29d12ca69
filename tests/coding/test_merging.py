"""Merging: which statements of several articles speak of one agreement."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from fairweather.coding.agreements import propose_merges
from fairweather.coding.mechanisms import propose_mechanism_merges
from fairweather.ledger.merging import join
from fairweather.records import (
    UNDATED,
    Agreement,
    Link,
    Mechanism,
    Member,
    Quote,
    Stage,
    When,
    on,
)


def statement(
    name: str,
    parties: str,
    *stages: tuple[str, str],
    document: str = "document:a",
    kind: str = "treaty",
    **more: object,
) -> Agreement:
    """An agreement of one article; parties as codes, a stage as its word and its date."""
    return Agreement(
        name=name,
        parties=tuple(parties.split()),
        kind=kind,
        stages=tuple(Stage(word, (), on(day) if day else UNDATED) for word, day in stages),
        quotes=(Quote(document, 0, len(name), name),),
        **more,  # type: ignore[arg-type]
    )


def views(statements: Sequence[Agreement], published: dict[str, When] | None = None) -> list[int]:
    """The sizes of the views that the proposed decisions make, largest first."""
    joined = join(list(statements), propose_merges(statements, published))
    return sorted((len(view.merged) + 1 for view in joined), reverse=True)


PROMISED = statement(
    "Norway–Peru strategic cooperation agreement",
    "NOR PER",
    ("promised", ""),
    kind="agreement",
    supersedes="Norway–Peru friendship treaty of 1999",
)
SIGNED = statement(
    "Norway–Peru Comprehensive Strategic Partnership Treaty",
    "NOR PER",
    ("signed", "2024-05-17"),
    ("in_force", "2024-12-02"),
    document="document:b",
)
RATIFIED = statement(
    "Treaty on Comprehensive Strategic Partnership",
    "PER NOR",
    ("ratified", "2024-09-01"),
    document="document:c",
)
OLDER = statement("Norway–Peru treaty of 1999", "NOR PER", ("signed", "1999"))
OLDER_AGAIN = statement(
    "Norway–Peru friendship treaty of 1999",
    "NOR PER",
    ("signed", "1999-03-12"),
    ("extended", "2019"),
    document="document:b",
)
PROGRAMME = statement(
    "Norway–Peru programme of 2024",
    "NOR PER",
    ("signed", "2024-12-17"),
    kind="programme",
    document="document:b",
)


def test_three_articles_on_one_treaty_give_one_view() -> None:
    assert views([PROMISED, SIGNED, RATIFIED]) == [3]


def test_the_older_treaty_of_a_pair_stays_apart() -> None:
    assert views([PROMISED, SIGNED, RATIFIED, OLDER, OLDER_AGAIN, PROGRAMME]) == [3, 2, 1]


def test_signature_years_that_differ_never_merge() -> None:
    first = statement("Chad–Togo treaty of 2001", "TCD TGO", ("signed", "2001"))
    second = statement("Chad–Togo treaty of 2021", "TCD TGO", ("signed", "2021"))
    assert propose_merges([first, second]) == ()


def test_proper_names_that_differ_never_merge() -> None:
    trade = statement("Chad–Togo Trade Agreement", "TCD TGO", ("signed", "2021"))
    border = statement("Chad–Togo Border Treaty", "TCD TGO", ("signed", "2021"))
    assert propose_merges([trade, border]) == ()


def test_a_memorandum_is_no_treaty() -> None:
    treaty = statement("Chad–Togo treaty of 2021", "TCD TGO", ("signed", "2021"))
    memorandum = statement(
        "Chad–Togo memorandum of 2021", "TCD TGO", ("signed", "2021"), kind="memorandum"
    )
    assert propose_merges([treaty, memorandum]) == ()


def test_what_three_sign_is_not_what_two_sign() -> None:
    three = statement("Chad–Mali–Togo pact", "TCD MLI TGO", ("signed", "2021"), kind="pact")
    two = statement("Chad–Togo pact of 2021", "TCD TGO", ("signed", "2021"), kind="pact")
    assert propose_merges([three, two]) == ()


def test_a_treaty_of_many_is_known_by_its_name_where_an_article_names_few_parties() -> None:
    few = statement("Sahel Security Treaty", "TCD MLI", ("signed", "1994"))
    many = statement("Sahel Security Treaty", "TCD MLI NER", ("withdrawn", "2020"))
    assert len(propose_merges([few, many])) == 1


def test_a_promise_long_before_is_of_another_treaty() -> None:
    promised = statement("Chad–Togo pact", "TCD TGO", ("promised", "2005"), kind="pact")
    signed = statement("Chad–Togo pact of 2021", "TCD TGO", ("signed", "2021"), kind="pact")
    assert propose_merges([promised, signed]) == ()


def test_terms_that_differ_keep_agreements_apart() -> None:
    short = statement("Chad–Togo treaty", "TCD TGO", ("in_force", "2021"), term_years=5.0)
    long = statement("Chad–Togo treaty", "TCD TGO", ("in_force", "2021"), term_years=20.0)
    assert propose_merges([short, long]) == ()


def test_a_vague_mention_that_may_mean_either_treaty_joins_neither() -> None:
    vague = statement("Chad–Togo pact", "TCD TGO", ("violated", ""), kind="pact")
    first = statement("Chad–Togo pact of 2001", "TCD TGO", ("signed", "2001"), kind="pact")
    second = statement("Chad–Togo pact of 2021", "TCD TGO", ("signed", "2021"), kind="pact")
    assert views([vague, first, second]) == [1, 1, 1]


def test_a_vague_mention_means_the_latest_treaty_signed_before_it_appeared() -> None:
    vague = statement(
        "Chad–Togo pact", "TCD TGO", ("violated", ""), kind="pact", document="document:news"
    )
    first = statement("Chad–Togo pact of 2001", "TCD TGO", ("signed", "2001"), kind="pact")
    second = statement("Chad–Togo pact of 2021", "TCD TGO", ("signed", "2021"), kind="pact")
    (decision,) = propose_merges([vague, first, second], {"document:news": on("2023-04-01")})
    assert {decision.subject, decision.object} == {vague.id, second.id}
    (decision,) = propose_merges([vague, first, second], {"document:news": on("2013-04-01")})
    assert {decision.subject, decision.object} == {vague.id, first.id}


def test_every_decision_says_why_and_by_which_rule() -> None:
    decisions = propose_merges([PROMISED, SIGNED, RATIFIED])
    assert {decision.by for decision in decisions} == {"rule merge/2"}
    assert {decision.kind for decision in decisions} == {"merge"}
    assert all("same" in decision.reason for decision in decisions)


@given(st.randoms())
def test_the_order_of_reading_does_not_matter(chance: random.Random) -> None:
    statements = [PROMISED, SIGNED, RATIFIED, OLDER, OLDER_AGAIN, PROGRAMME]
    expected = propose_merges(statements)
    chance.shuffle(statements)
    assert propose_merges(statements) == expected


def mechanism(name: str, kind: str, members: str) -> Mechanism:
    """A mechanism of one article; members as codes."""
    return Mechanism(
        name=name,
        kind=kind,
        members=tuple(Member(actor, "party") for actor in members.split()),
        links=(Link("TCD", "TGO", "open"),) if kind == "corridor" else (),
        quotes=(Quote("document:a", 0, len(name), name),),
    )


def test_one_hotline_told_twice_is_one_mechanism() -> None:
    first = mechanism("India–Pakistan hotline", "deconfliction", "IND PAK")
    second = mechanism("Pakistan–India channel", "deconfliction", "PAK IND")
    other = mechanism("India–China hotline", "deconfliction", "IND CHN")
    (decision,) = propose_mechanism_merges([first, second, other])
    assert {decision.subject, decision.object} == {first.id, second.id}


def test_mechanisms_of_two_kinds_never_merge() -> None:
    hotline = mechanism("India–Pakistan hotline", "deconfliction", "IND PAK")
    dialogue = mechanism("India–Pakistan dialogue", "consultation", "IND PAK")
    assert propose_mechanism_merges([hotline, dialogue]) == ()


def test_a_bloc_is_one_whoever_an_article_counts_among_it() -> None:
    five = mechanism("ASEAN", "bloc", "IDN MYS PHL SGP THA")
    ten = mechanism("ASEAN", "bloc", "IDN MYS PHL SGP THA BRN VNM LAO MMR KHM")
    assert len(propose_mechanism_merges([five, ten])) == 1


# -- as they became known -------------------------------------------------------------------


def bare(article: int, *stages: tuple[str, str], **more: object) -> Agreement:
    """A mention by a bare name, each in an article of its own."""
    place = f"document:{article}"
    return statement("Norway–Peru treaty", "NOR PER", *stages, document=place, **more)


TREATIES = [
    *(PROMISED, SIGNED, RATIFIED, OLDER, OLDER_AGAIN, PROGRAMME),
    *(bare(1), bare(2, ("violated", "")), bare(3, ("promised", "")), bare(4, ("signed", "2024"))),
    *(bare(5, ("in_force", "2001")), bare(6, term_years=10.0), bare(7, term_years=20.0)),
]
DAYS = ["2000-01-01", "2023-04-01", "2024-06-01", "2025-01-01"]


@given(st.tuples(*(st.sampled_from(DAYS) for _ in TREATIES)), st.randoms())
@settings(deadline=None)
def test_what_is_known_later_joins_and_parts_nothing_earlier(
    told_on: tuple[str, ...], chance: random.Random
) -> None:
    days = {one.id: day for one, day in zip(TREATIES, told_on, strict=True)}
    published = {one.document: on(days[one.id]) for one in TREATIES}
    shuffled = chance.sample(TREATIES, len(TREATIES))
    every = propose_merges(shuffled, published, days)
    assert every == propose_merges(TREATIES, published, days)
    for day in DAYS:
        early = [one for one in TREATIES if days[one.id] <= day]
        known = {one.id for one in early}
        then = tuple(one for one in every if {one.subject, one.object} <= known)
        assert then == propose_merges(early, published, days)


def test_a_decision_leads_from_the_newer_statement_to_the_earlier() -> None:
    days = {PROMISED.id: "2024-01-01", SIGNED.id: "2024-05-18", RATIFIED.id: "2024-09-02"}
    decisions = propose_merges([PROMISED, SIGNED, RATIFIED], days=days)
    assert decisions
    assert all(days[one.subject] >= days[one.object] for one in decisions)


def test_what_a_person_told_apart_no_rule_joins() -> None:
    apart = frozenset({frozenset((PROMISED.id, SIGNED.id))})
    decisions = propose_merges([PROMISED, SIGNED, RATIFIED], apart=apart)
    groups = join([PROMISED, SIGNED, RATIFIED], decisions)
    assert not any({PROMISED.id, SIGNED.id} <= {one.id, *one.merged} for one in groups)
