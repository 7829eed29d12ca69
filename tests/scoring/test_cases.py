"""What two real articles and the shipped corpus foretold, met by what came.

The terms below are a reader's; the resolver knows nothing of either pair of texts.
"""

import re
import shutil
from pathlib import Path

import pytest

from fairweather import Desk
from fairweather.desk.demo import examples_folder
from fairweather.desk.questions import Scorebook
from fairweather.scoring import Proposal, Terms
from fairweather.scoring.asking import parse_terms

TERMS = examples_folder() / "questions" / "russia-iran.toml"

ARTICLES = (
    ("promised to sign", Terms()),
    (
        "it will not constitute an official military alliance",
        Terms(criterion="clause defense absent between IRN and RUS", closes="2025-12-31"),
    ),
    (
        "very limited and mostly political",
        Terms(criterion="support at most limited_arms from RUS to IRN", closes="2025-12-31"),
    ),
    (
        "opportunity to abandon the alliance",
        Terms(criterion="agreement stage denounced between IRN and RUS", closes="2025-12-31"),
    ),
    (
        "some form of freezing",
        Terms(
            condition="if Donald Trump wins the election",
            criterion="event: SANCTION|REJECT|COERCE from RUS to IRN",
            closes="2025-12-31",
        ),
    ),
    ("theoretically possible", Terms(criterion="clause defense present between IRN and RUS")),
)


def by_words(proposals: tuple[Proposal, ...]) -> dict[str, Proposal]:
    return {one.question.statement: one for one in proposals}


def of(proposals: dict[str, Proposal], words: str) -> Proposal:
    (found,) = [one for statement, one in proposals.items() if words in statement]
    return found


@pytest.fixture
def shipped(examples_ledger: Path, tmp_path: Path) -> Scorebook:
    path = tmp_path / "shipped.db"
    shutil.copy(examples_ledger, path)
    book = Desk(path).questions("anna")
    done = book.from_terms(parse_terms(TERMS.read_text(encoding="utf-8"), TERMS.name))
    assert done.refused == ()
    return book


def test_the_shipped_forecasts_meet_the_shipped_chronicle(shipped: Scorebook) -> None:
    found = by_words(shipped.proposals())
    signed = of(found, "signed within six months")
    assert (signed.outcome, signed.needs_person) == ("occurred", False)
    assert "Moscow" in signed.quotes[0].text
    assert of(found, "interim arrangement").outcome == "void"
    assert of(found, "outlast the war").outcome == "occurred"
    satellites = of(found, "satellites")
    assert satellites.outcome in ("void", "open")
    assert satellites.needs_person
    for one in found.values():
        assert one.records or one.outcome in ("open", "void"), one


def test_the_shipped_case_is_told_from_opening_to_score(shipped: Scorebook) -> None:
    made = shipped.resolve_certain()
    assert {one.outcome for one in made} == {"occurred", "void"}
    (signed,) = [one for one in made if one.outcome == "occurred"]
    shown = shipped.show(signed.question)
    assert shown.forecasts[0].by == "the fairweather corpus"
    assert any("signed, 2025-01-17" in one.said for one in shown.since)
    (verdict,) = shown.verdicts
    assert verdict.best < verdict.score < verdict.worst
    assert shipped.ledger.path.exists()


@pytest.fixture
def articles(articles_ledger: Path, tmp_path: Path) -> Scorebook:
    path = tmp_path / "articles.db"
    shutil.copy(articles_ledger, path)
    book = Desk(path).questions("anna")
    done = book.from_terms(ARTICLES)
    assert done.refused == ()
    return book


def meets_the_articles(found: dict[str, Proposal]) -> None:
    promised = of(found, "promised to sign")
    assert (promised.outcome, promised.needs_person) == ("did_not_occur", False)
    assert "signed on 2025-01-17" in promised.met.finding
    assert "Kremlin" in promised.quotes[0].text
    alliance = of(found, "official military alliance")
    assert (alliance.outcome, alliance.needs_person) == ("occurred", False)
    # The forecast's own words prove nothing: only the later article is cited.
    assert {quote.document for quote in alliance.quotes} != {alliance.question.quotes[0].document}
    limited = of(found, "mostly political")
    assert (limited.outcome, limited.needs_person) == ("occurred", True)
    abandoned = of(found, "abandon the alliance")
    assert (abandoned.outcome, abandoned.needs_person) == ("void", False)
    assert "donald-trump became president of USA" in abandoned.met.finding
    bargain = of(found, "some form of freezing")
    assert bargain.condition is not None
    assert bargain.condition.outcome == "occurred"
    assert bargain.outcome == "did_not_occur"
    assert bargain.needs_person
    assert of(found, "theoretically possible").question.closes == "2026-10-22"


def test_the_analysis_of_2024_meets_the_article_of_2026(articles: Scorebook) -> None:
    meets_the_articles(by_words(articles.proposals()))


def test_before_the_later_article_nothing_of_it_was_known(articles: Scorebook) -> None:
    from fairweather.ledger import Window

    found = by_words(articles.proposals(window=Window(as_of="2026-01-01")))
    for words in ("promised to sign", "official military alliance", "mostly political"):
        assert of(found, words).outcome == "open"


@pytest.mark.slow
def test_the_analysis_meets_the_news_of_140_days_too(
    shared: Path, articles: Scorebook, tmp_path: Path
) -> None:
    """Only the days that name both sides are read: the others cannot bear on the pair."""
    news = (shared / "data/feeds/current-events-2025-09_2026-01.txt").read_text(encoding="utf-8")
    days = re.split(r"(?m)^(?=## \d{4}-\d\d-\d\d$)", news)
    both = [day for day in days if "Iran" in day and "Russia" in day][-12:]
    assert len(both) == 12
    path = tmp_path / "news.txt"
    path.write_text("".join(both), encoding="utf-8")
    report = Desk(articles.ledger.path).read([path])
    assert report.new
    meets_the_articles(by_words(articles.proposals()))
