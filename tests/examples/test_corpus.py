"""The shipped corpus: well-formed, dated, sourced, and in the project's own words."""

import calendar
import os
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
SHARED_PHRASE = 8

MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
WEEKDAYS = list(calendar.day_name)

PAIRS = {
    "russia-iran": (["RUS", "IRN"], 28, 34, date(2001, 1, 1)),
    "united-states-south-korea": (["USA", "KOR"], 10, 12, date(2013, 1, 1)),
    "saudi-arabia-pakistan": (["SAU", "PAK"], 9, 12, date(2015, 1, 1)),
}
LAST_DAY = date(2026, 12, 31)


def entries(folder: str) -> list[Any]:
    """The items of one pair's chronicle."""
    feed = feedparser.parse(EXAMPLES / folder / "chronicle.xml")
    assert not feed.bozo, feed.get("bozo_exception")
    return list(feed.entries)


def published(entry: Any) -> date:
    """The day, in UTC, on which an item says it was published."""
    return date(*entry.published_parsed[:3])


def body(entry: Any) -> str:
    """An item's prose without its photo caption."""
    return str(entry.description).split("\n\nPhoto:")[0]


def texts(folder: str) -> Iterator[str]:
    """Every text of a folder as a reader sees it; markup counts as a break between words."""
    for path in sorted((EXAMPLES / folder).glob("*.*")):
        if path.suffix in {".xml", ".html", ".txt"}:
            yield re.sub(r"<[^>]*>", " \n ", path.read_text(encoding="utf-8"))


def dates_in(folder: str, pattern: str) -> set[str]:
    """What the pattern's group captures anywhere in a folder's texts."""
    return {found for text in texts(folder) for found in re.findall(pattern, text)}


def word_runs(text: str) -> set[tuple[str, ...]]:
    """All runs of eight consecutive words, case and punctuation aside."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + SHARED_PHRASE]) for at in range(len(words) - SHARED_PHRASE + 1)}


def third_party_articles() -> list[Path]:
    """Third-party texts kept outside the project, where a developer has them."""
    folder = Path(os.environ.get("FAIRWEATHER_SHARED", ROOT.parent / "shared")) / "articles"
    return sorted(path for path in folder.glob("*.txt")) if folder.is_dir() else []


@pytest.mark.parametrize("folder", PAIRS)
def test_a_pair_names_two_states_and_files_that_exist(folder: str) -> None:
    pair = tomllib.loads((EXAMPLES / folder / "pair.toml").read_text(encoding="utf-8"))
    assert pair["pair"] == PAIRS[folder][0]
    assert pair["title"]
    assert all((EXAMPLES / folder / name).is_file() for name in pair["files"])


@pytest.mark.parametrize("folder", PAIRS)
def test_a_chronicle_is_a_sound_feed_of_distinct_items(folder: str) -> None:
    _, fewest, most, _ = PAIRS[folder]
    items = entries(folder)
    assert fewest <= len(items) <= most
    assert len({item.id for item in items}) == len(items)
    assert all(item.author == "fairweather corpus" for item in items)
    assert all(item.title and item.tags for item in items)


@pytest.mark.parametrize("folder", PAIRS)
def test_every_item_is_dated_within_its_chronicle_and_in_order(folder: str) -> None:
    days = [published(item) for item in entries(folder)]
    assert days == sorted(days)
    assert PAIRS[folder][3] <= days[0]
    assert days[-1] <= LAST_DAY


@pytest.mark.parametrize("folder", PAIRS)
def test_an_item_links_to_its_source_or_names_publisher_and_date(folder: str) -> None:
    for item in entries(folder):
        link = urlsplit(item.link)
        assert link.scheme in {"http", "https"}, item.id
        assert "." in link.netloc, item.id
        is_home_page = not re.search(r"[\d_-]", link.path)
        if is_home_page:
            assert re.search(r"Source: [^.]+, [^.]*\d{4}\.$", body(item)), item.id


@pytest.mark.parametrize("folder", PAIRS)
def test_the_list_of_sources_covers_every_item(folder: str) -> None:
    listed = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    for item in entries(folder):
        slug = item.id.rsplit(":", 1)[1]
        row = re.search(rf"^\| `{re.escape(slug)}` \|.*$", listed, re.MULTILINE)
        assert row, slug
        assert item.link in row.group(), slug


@pytest.mark.parametrize("folder", PAIRS)
def test_a_weekday_named_beside_a_date_is_that_dates_weekday(folder: str) -> None:
    pattern = rf"({'|'.join(WEEKDAYS)}),? (\d{{1,2}}) ({'|'.join(MONTHS)})"
    for item in entries(folder):
        for weekday, day, month in re.findall(pattern, item.description):
            named = date(published(item).year, MONTHS[month], int(day))
            assert WEEKDAYS[named.weekday()] == weekday, item.id


def test_the_russian_iranian_treaties_have_one_date_each() -> None:
    assert dates_in("russia-iran", r"(\d{1,2}) January 2025") == {"17"}
    assert dates_in("russia-iran", r"(\d{1,2}) March 2001") == {"12"}
    assert dates_in("russia-iran", r"into force on (\d{1,2} October)") == {"2 October"}
    assert dates_in("russia-iran", r"came into force on (\d{1,2} May)") == {"15 May"}


def test_the_other_pairs_treaties_have_one_date_each() -> None:
    assert dates_in("united-states-south-korea", r"(\d{1,2} \w+ 195[34])") == {
        "1 October 1953",
        "17 November 1954",
    }
    assert dates_in("saudi-arabia-pakistan", r"signed in Riyadh on \w+, (\d+) September") == {"17"}


def test_no_text_says_that_russia_owes_iran_its_defence() -> None:
    (treaty,) = [item for item in entries("russia-iran") if item.id.endswith("2025-01-18-treaty")]
    assert "neither undertakes to come to the partner's defence" in treaty.description
    page = (EXAMPLES / "russia-iran" / "treaty-2026.html").read_text(encoding="utf-8")
    assert "There is no mutual-defence clause." in page


def test_one_item_is_in_a_language_that_is_stored_but_not_coded() -> None:
    foreign = [
        item
        for item in entries("russia-iran")
        if len(re.findall(r"[а-яё]", body(item).lower())) > len(body(item)) / 2
    ]
    assert len(foreign) == 1


def test_the_page_wraps_its_article_in_things_that_must_be_ignored() -> None:
    page = (EXAMPLES / "russia-iran" / "treaty-2026.html").read_text(encoding="utf-8")
    for part in ("<nav>", "<aside>", "<figcaption>", "<script>"):
        assert part in page
    for name in ("og:title", "article:published_time", "author"):
        assert re.search(rf'<meta (?:property|name)="{name}" content="[^"]+">', page)


def test_the_analysis_gives_clues_to_its_date_but_no_date() -> None:
    text = (EXAMPLES / "russia-iran" / "analysis-2024.txt").read_text(encoding="utf-8")
    assert 900 <= len(text.split()) <= 1300
    assert "next month on 22 October 2024" in text
    assert "on 5 August" in text
    assert not re.search(r"September 2024|2024-09", text)


@pytest.mark.parametrize("folder", PAIRS)
def test_no_run_of_eight_words_comes_from_a_third_party_article(folder: str) -> None:
    articles = third_party_articles()
    if not articles:
        pytest.skip("no third-party articles here (set FAIRWEATHER_SHARED to their folder)")
    own = set().union(*(word_runs(text) for text in texts(folder)))
    for article in articles:
        borrowed = own & word_runs(article.read_text(encoding="utf-8"))
        assert not borrowed, (article.name, sorted(borrowed)[:3])
