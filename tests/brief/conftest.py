"""Two small pairs built by hand, in words of our own: the Gulf and the Pacific."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from fairweather.brief import Brief, make_brief
from fairweather.errors import UnknownKey
from fairweather.profile import Contradiction, Offer, Profile
from fairweather.profile.strands import strand_view
from fairweather.records import (
    AUTHOR,
    Agreement,
    Chance,
    Claim,
    Clause,
    Document,
    Event,
    Prediction,
    Quote,
    Record,
    Stage,
    Support,
    Tie,
    between,
    on,
)
from fairweather.scenario import Play, draft_scenario, play_scenario
from fairweather.vocabulary import vocabulary

GULF_NEWS = Document(
    text=(
        "Both capitals signed the Strategic Mutual Defence Agreement on 17 September 2025. "
        "An attack on one shall be answered by both. "
        "The kingdom deposited three billion dollars with the central bank in 2018. "
        "Without Saudi oil the economy would have stopped within weeks. "
        "In 2015 parliament refused to send soldiers to Yemen. "
        "Riyadh has not forgotten the vote on Yemen. "
        "Pakistani officers train the Saudi army."
    ),
    title="A pact over the gulf",
    author="Maha Idris",
    publisher="Gulf Courier",
    published=on("2025-09-18", "publication"),
    url="https://example.org/pact",
    genre="news",
)
ESSAY = Document(
    text=(
        "The pact will hardly bring Pakistani divisions into a war with Iran. "
        "Washington might one day buy Islamabad off with aircraft. "
        "Riyadh pays and expects to be obeyed. "
        "The agreement says nothing on nuclear arms."
    ),
    title="What money buys",
    author="Jonas Brandt",
    publisher="The Quarterly Letter",
    published=between("2025-10", "2025-11", "publication"),
    genre="opinion",
)
ELSEWHERE = Document(
    text="In 2024 Pakistan sold rifles to Sudan. It kept its soldiers out of Yemen's war.",
    title="Arms from Wah",
    publisher="Harbour Times",
    published=on("2024-05-02", "publication"),
    genre="news",
)
SEOUL = Document(
    text=(
        "The Mutual Defense Treaty of 1953 binds both to act against an armed attack. "
        "American soldiers have stood in Korea ever since. "
        "Seoul trusts the umbrella less than it did."
    ),
    title="Seventy years on",
    publisher="Han River Review",
    published=on("2023-10-01", "publication"),
    genre="analysis",
)


def words(document: Document, text: str) -> Quote:
    """The quote of a stretch of a document, found by its words."""
    start = document.text.index(text)
    return document.quote(start, start + len(text))


def tie(a: str, b: str, side: str, strand: str, polarity: str, quote: Quote) -> Tie:
    """A tie row of the pair a, b."""
    return Tie(
        a=a,
        b=b,
        viewpoint=side,
        strand=strand,
        polarity=polarity,
        gist="",
        quotes=(quote,),
        confidence=0.8,
    )


def profile_of(
    a: str, b: str, ties: Sequence[Tie], documents: Sequence[Document], **rows: object
) -> Profile:
    """A profile with every strand from every side, made of the ties given."""
    origin = {document.id: document.id for document in documents}
    published = {document.id: document.published for document in documents}
    views = tuple(
        strand_view((a, b), strand, side, ties, origin, published)
        for strand in vocabulary("strands")
        for side in (a, b, AUTHOR)
    )
    empty = dict.fromkeys(
        (
            "agreements",
            "support",
            "elsewhere",
            "contradictions",
            "claims",
            "predictions",
            "mechanisms",
            "events",
        ),
        (),
    )
    return Profile(
        a=a,
        b=b,
        as_of="latest",
        views=views,
        documents={d.id: d for d in documents},
        origin=origin,
        **(empty | rows),  # type: ignore[arg-type]
    )


PACT = Agreement(
    name="the Strategic Mutual Defence Agreement",
    parties=("SAU", "PAK"),
    stages=(
        Stage(
            "signed",
            date=on("2025-09-17"),
            quotes=(
                words(
                    GULF_NEWS,
                    "Both capitals signed the Strategic Mutual Defence Agreement"
                    " on 17 September 2025.",
                ),
            ),
        ),
    ),
    clauses=(
        Clause(
            "defense",
            "present",
            quotes=(words(GULF_NEWS, "An attack on one shall be answered by both."),),
        ),
    ),
    quotes=(words(GULF_NEWS, "Both capitals signed the Strategic Mutual Defence Agreement"),),
)
LOAN = Support(
    giver="SAU",
    receiver="PAK",
    level="economic",
    state="given",
    date=on("2018"),
    quotes=(
        words(
            GULF_NEWS, "The kingdom deposited three billion dollars with the central bank in 2018."
        ),
    ),
)
REFUSAL = Support(
    giver="PAK",
    receiver="SAU",
    level="troops",
    state="withheld",
    date=on("2015"),
    quotes=(words(GULF_NEWS, "In 2015 parliament refused to send soldiers to Yemen."),),
)
PROMISE = Support(
    giver="PAK",
    receiver="SAU",
    level="troops",
    state="unlikely",
    quotes=(words(ESSAY, "The pact will hardly bring Pakistani divisions into a war with Iran."),),
)
PREDICTION = Prediction(
    by=AUTHOR,
    statement="The pact will hardly bring Pakistani divisions into a war with Iran.",
    wording="hardly",
    probability=Chance(0.02, 0.15),
    about=("PAK", "SAU"),
    quotes=(words(ESSAY, "The pact will hardly bring Pakistani divisions into a war with Iran."),),
)
SUPPOSED = Event(
    source=("USA",),
    target=("PAK",),
    event_class="AID",
    status="hypothetical",
    quotes=(words(ESSAY, "Washington might one day buy Islamabad off with aircraft."),),
)
RIFLES = Support(
    giver="PAK",
    receiver="SDN",
    level="limited_arms",
    state="given",
    date=on("2024"),
    quotes=(words(ELSEWHERE, "In 2024 Pakistan sold rifles to Sudan."),),
)
TRAINING = Event(
    source=("PAK",),
    target=("SAU",),
    event_class="COOPERATE",
    status="factual",
    date=on("2025-06"),
    quotes=(words(GULF_NEWS, "Pakistani officers train the Saudi army."),),
)
SAID = Claim(
    speaker="SAU",
    stance="assert",
    content="An attack on one shall be answered by both.",
    about=("SAU", "PAK"),
    quotes=(words(GULF_NEWS, "An attack on one shall be answered by both."),),
)

GULF_TIES = (
    tie(
        "SAU",
        "PAK",
        "PAK",
        "economic",
        "+",
        words(GULF_NEWS, "Without Saudi oil the economy would have stopped within weeks."),
    ),
    tie(
        "SAU",
        "PAK",
        "SAU",
        "trust",
        "-",
        words(GULF_NEWS, "Riyadh has not forgotten the vote on Yemen."),
    ),
    tie(
        "SAU",
        "PAK",
        "SAU",
        "military",
        "+",
        words(GULF_NEWS, "Pakistani officers train the Saudi army."),
    ),
    tie(
        "SAU",
        "PAK",
        AUTHOR,
        "commitment",
        "-",
        words(ESSAY, "Riyadh pays and expects to be obeyed."),
    ),
)


def gulf_profile() -> Profile:
    """Saudi Arabia and Pakistan."""
    return profile_of(
        "SAU",
        "PAK",
        GULF_TIES,
        (GULF_NEWS, ESSAY),
        agreements=(PACT,),
        support=(LOAN, REFUSAL, PROMISE),
        elsewhere=(RIFLES,),
        claims=(SAID,),
        events=(TRAINING,),
        predictions=(PREDICTION,),
        contradictions=(
            Contradiction(
                "support", ("PAK", "SAU", "troops"), (PROMISE.id,), (REFUSAL.id,), "open", ""
            ),
        ),
        offers=(Offer("USA", "PAK", "SAU", (SUPPOSED.id,)),),
        adversaries=(("IRN", (PROMISE.id,)),),
    )


def pacific_profile() -> Profile:
    """The United States and South Korea."""
    treaty = Agreement(
        name="Mutual Defense Treaty",
        parties=("USA", "KOR"),
        stages=(
            Stage(
                "signed",
                date=on("1953"),
                quotes=(
                    words(
                        SEOUL,
                        "The Mutual Defense Treaty of 1953 binds both to act against an armed"
                        " attack.",
                    ),
                ),
            ),
        ),
        clauses=(
            Clause(
                "defense",
                "present",
                quotes=(
                    words(
                        SEOUL,
                        "The Mutual Defense Treaty of 1953 binds both to act against an armed"
                        " attack.",
                    ),
                ),
            ),
        ),
        quotes=(words(SEOUL, "The Mutual Defense Treaty of 1953"),),
    )
    ties = (
        tie(
            "USA",
            "KOR",
            "KOR",
            "trust",
            "-",
            words(SEOUL, "Seoul trusts the umbrella less than it did."),
        ),
    )
    return profile_of("USA", "KOR", ties, (SEOUL,), agreements=(treaty,))


STORED = {row.id: row for row in (SUPPOSED, ELSEWHERE)}
"""What a ledger would find beyond the profile."""


def look_up(identity: str) -> Record:
    """A look-up like a ledger's."""
    if identity not in STORED:
        raise UnknownKey(identity)
    return STORED[identity]


@pytest.fixture(scope="session")
def stored() -> Callable[[str], Record]:
    return look_up


@pytest.fixture(scope="session")
def gulf() -> Profile:
    return gulf_profile()


@pytest.fixture(scope="session")
def pacific() -> Profile:
    return pacific_profile()


@pytest.fixture(scope="session")
def played(gulf: Profile) -> Play:
    return play_scenario(draft_scenario(gulf), draws=200)


@pytest.fixture(scope="session")
def brief(gulf: Profile, played: Play) -> Brief:
    """The whole report on the Gulf pair, with a play and what a ledger would find."""
    return make_brief(gulf, played, made_on="2026-01-31", look_up=look_up)


Retold = Callable[[str], Brief]


@pytest.fixture(scope="session")
def retold() -> Retold:
    """A report in which one text stands for every title, name and quote."""

    def make(words_of_document: str) -> Brief:
        document = Document(
            text=words_of_document,
            title=words_of_document,
            author=words_of_document,
            publisher=words_of_document,
            published=on("2025-09-18", "publication"),
            url="javascript:alert(1)",
            genre="opinion",
        )
        quote = document.quote(0, len(document.text))
        pact = Agreement(
            name=words_of_document,
            parties=("SAU", "PAK"),
            stages=(Stage("signed", date=on("2025-09-17"), quotes=(quote,)),),
            quotes=(quote,),
        )
        said = Prediction(by=AUTHOR, statement=words_of_document, quotes=(quote,))
        ties = (tie("SAU", "PAK", "SAU", "trust", "-", quote),)
        profile = profile_of(
            "SAU",
            "PAK",
            ties,
            (document,),
            agreements=(pact,),
            predictions=(said,),
        )
        return make_brief(profile, None)

    return make


@pytest.fixture(scope="session")
def crowded() -> Profile:
    """A pair on which every section has far more to say than two sides hold."""
    text = " ".join(
        f"In year {1980 + at} the {('north', 'south')[at % 2]} said at some length and with many"
        f" reservations what it thought of its partner, number {at}."
        for at in range(40)
    )
    document = Document(
        text=text,
        title="A long memory",
        author="Anna Maria von und zu Langenstein",
        publisher="The Continental Review of Alliances",
        published=on("2025-03-02", "publication"),
        genre="analysis",
    )
    said = [words(document, f"{line}.") for line in text.removesuffix(".").split(". ")]
    strands = list(vocabulary("strands"))
    ties = [
        tie("USA", "KOR", side, strand, "+-"[at % 2], said[at])
        for at, strand in enumerate(strands)
        for side in ("USA", "KOR", AUTHOR)
    ]
    support = tuple(
        Support(
            giver=giver,
            receiver=receiver,
            level=level,
            state=state,
            date=on(str(1990 + at)),
            quotes=(said[at],),
        )
        for at, level in enumerate(list(vocabulary("rungs"))[1:])
        for giver, receiver in (("USA", "KOR"), ("KOR", "USA"))
        for state in ("given", "withheld", "reported")
    )
    agreements = tuple(
        replace(
            PACT,
            id="",
            name=f"Agreement on the Mutual Defence of Sector {at}",
            parties=("USA", "KOR"),
            quotes=(said[at],),
        )
        for at in range(8)
    )
    foretold = [
        Prediction(by=AUTHOR, statement=quote.text, probability=Chance(0.1, 0.4), quotes=(quote,))
        for quote in said
    ]
    return profile_of(
        "USA",
        "KOR",
        ties,
        (document, GULF_NEWS),
        agreements=agreements,
        support=support,
        elsewhere=tuple(replace(row, id="", giver="USA", receiver="PHL") for row in support[::2]),
        predictions=tuple(foretold),
        contradictions=tuple(
            Contradiction(
                "support", (one.giver, one.receiver, one.level), (one.id,), (other.id,), "open", ""
            )
            for one, other in itertools.pairwise(support)
        ),
        offers=tuple(
            Offer("CHN", side, other, tuple(one.id for one in support[:3]))
            for side, other in (("USA", "KOR"), ("KOR", "USA"))
        ),
        adversaries=tuple((foe, (support[0].id,)) for foe in ("PRK", "CHN", "RUS", "IRN", "SYR")),
    )
