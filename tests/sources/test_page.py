"""Web pages: the article and what the page says of itself, nothing else."""

import pytest

from fairweather.sources import Unread
from fairweather.sources.page import read_page

PROSE = "".join(
    f"<p>Paragraph {number} of the report tells at some length what the harbour master said to "
    f"the council about the {number} ferries, the ice and the price of coal in the town.</p>"
    for number in range(1, 6)
)

PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Ferries stop | Zenda Post</title>
<meta property="og:site_name" content="Zenda Post"><meta property="og:title" content="Ferries stop">
<meta property="article:published_time" content="2031-05-06T23:30:00-04:00">
<meta name="author" content="Ann Lee"><link rel="canonical" href="https://zenda.example/news/f">
<script>var secret = "Ruritania will invade";</script><style>p {{ color: red }}</style></head>
<body><nav><ul><li><a href="/">Home</a></li></ul></nav><article><h1>Ferries stop</h1>{PROSE}
</article><footer>All rights reserved</footer></body></html>"""


def test_a_page_gives_its_article_and_its_own_account_of_itself() -> None:
    document = read_page(PAGE, "file:/p.html")
    for number in range(1, 6):
        assert f"Paragraph {number}" in document.text
    assert document.title == "Ferries stop"
    assert document.author == "Ann Lee"
    assert document.publisher == "Zenda Post"
    assert document.url == "https://zenda.example/news/f"
    assert document.origin is None


def test_scripts_styles_and_navigation_never_reach_the_text() -> None:
    text = read_page(PAGE, "file:/p.html").text
    for word in ("secret", "invade", "color", "Home", "All rights"):
        assert word not in text


def test_a_page_is_dated_by_its_own_instant_in_utc() -> None:
    assert read_page(PAGE, "file:/p.html").published.since == "2031-05-07"


def test_linked_data_dates_a_page_without_meta_tags() -> None:
    page = PAGE.replace("article:published_time", "x").replace(
        "<style>",
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": '
        '"2031-05-04", "author": [{"name": "Rosa Lasch"}]}</script><style>',
    )
    assert read_page(page, "file:/p.html").published.since == "2031-05-04"


def test_a_page_that_states_no_date_gets_none_from_a_guess() -> None:
    page = PAGE.replace("article:published_time", "x").replace("All rights", "2019 All rights")
    assert not read_page(page, "file:/p.html").published.known


def test_a_short_page_is_read_whole() -> None:
    page = "<html><body><div>Only this line stands here.</div></body></html>"
    assert read_page(page, "file:/p.html").text == "Only this line stands here."


def test_a_page_without_text_is_unread() -> None:
    with pytest.raises(Unread, match="without readable text"):
        read_page("<html><body><script>var a = 1;</script></body></html>", "file:/p.html")


def test_no_paragraph_of_the_article_is_lost_to_extraction() -> None:
    odd = PROSE.replace("<p>Paragraph 3", "<div class='related'><p>Paragraph 3")
    odd = odd.replace("<p>Paragraph 4", "</div><p>Paragraph 4")
    text = read_page(PAGE.replace(PROSE, odd), "file:/p.html").text
    assert text.count("Paragraph") == 5
