"""The verb watch: its answers, its exit codes, its pages, and what strangers can do to them."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairweather.cli.verbs import fairweather
from fairweather.errors import MisuseError, NothingFound
from fairweather.ledger import Ledger

from ..site import Site

HOSTILE = "<script>alert(1)</script> \u202etxt.exe =cmd()"


@pytest.fixture
def folder(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("fairweather.coding.watching.Fetcher", site.fetcher)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def publish(site: Site, *titles: str) -> str:
    items = "".join(
        f"<item><guid>{number}</guid><title>{title}</title><link>/{number}</link>"
        f"<pubDate>Tue, 04 Mar 2025 09:00:00 GMT</pubDate>"
        f"<description>Peru and Chile signed a pact in Lima. {number}</description></item>"
        for number, title in enumerate(titles)
    )
    body = f"<rss><channel><title>Wire</title>{items}</channel></rss>"
    site.answers["/feed"] = (200, {}, body.encode())
    return site.url("/feed")


def run(*words: str) -> Result:
    return CliRunner().invoke(fairweather, ["watch", *words])


def test_once_ends_with_ten_when_something_is_new_and_with_none_when_not(
    site: Site, folder: Path
) -> None:
    url = publish(site, "A pact")
    first = run(url, "--once", "--json")
    assert first.exit_code == 10
    told = json.loads(first.stdout)
    assert (told["news"], len(told["feeds"][0]["new"])) == (True, 1)
    assert run("--once").exit_code == 0


def test_once_ends_with_two_when_nothing_is_new_and_a_feed_failed(site: Site, folder: Path) -> None:
    done = run(site.url("/none"), "--once")
    assert done.exit_code == 2
    assert "404" in done.stdout


def test_no_feed_is_nothing_to_watch(folder: Path) -> None:
    with Ledger(folder / "fairweather.db"):
        pass
    assert isinstance(run("--once").exception, NothingFound)


def test_what_is_neither_address_nor_list_is_misuse(folder: Path) -> None:
    for words in (["notes.txt", "--once"], ["https://a.example/f", "--every", "1s"]):
        assert isinstance(run(*words).exception, MisuseError)
    assert not (folder / "fairweather.db").exists()


def test_the_sources_page_shows_each_feed_and_no_markup_of_strangers(
    site: Site, folder: Path
) -> None:
    url = publish(site, "A pact")
    channel = HOSTILE.replace("<", "&amp;lt;")
    body = site.answers["/feed"][2].replace(b"Wire", channel.encode())  # type: ignore[index]
    site.answers["/feed"] = (200, {}, body)
    run(url, site.url("/gone"), "--once", "--sources-page", "s.html")
    page = (folder / "s.html").read_text()
    assert "<script" not in page
    assert "\u202e" not in page
    assert "\\u202e" in page
    assert "2025-03-04 09:00" in page
    assert "failed 1 time" in page
    run("--status", "--sources-page", "s.md")
    table = (folder / "s.md").read_text()
    assert "silent" in table
    assert "\u202e" not in table


def test_what_is_new_goes_out_as_rss_that_a_reader_can_read(site: Site, folder: Path) -> None:
    url = publish(site, "A pact", HOSTILE.replace("<", "&lt;"))
    run(url, "--once", "--rss", "news.xml")
    run("--once", "--rss", "news.xml")
    root = ElementTree.fromstring((folder / "news.xml").read_bytes())
    items = root.findall("channel/item")
    assert len(items) == 2
    texts = "".join(root.itertext())
    assert "\u202e" not in texts
    for item in items:
        assert (item.findtext("pubDate") or "").startswith("Tue, 04 Mar 2025")
        assert item.findtext("{http://purl.org/dc/terms/}dateAccepted")
        assert (item.findtext("link") or "").startswith("http://127.0.0.1")
        assert (item.findtext("guid") or "").startswith("document:")


def test_status_fetches_nothing_and_a_feed_can_be_dropped(site: Site, folder: Path) -> None:
    url = publish(site, "A pact")
    run(url, "--once")
    site.asked.clear()
    (feed,) = json.loads(run("--status", "--json").stdout)["feeds"]
    assert (feed["url"], feed["standing"]) == (url, "silent")
    assert run("--drop", url).exit_code == 0
    assert isinstance(run("--drop", url).exception, NothingFound)
    assert site.asked == []


def test_nobody_on_the_command_line_can_reach_the_loopback(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(publish(site, "A pact"), "--once")
    assert done.exit_code == 2
    assert "only 80 and 443" in done.stdout
    assert site.asked == []


def test_news_is_posted_to_the_webhook(site: Site, folder: Path) -> None:
    url = publish(site, "A pact")
    site.answers["/hook"] = (200, {}, b"")
    hook = ("--webhook", site.url("/hook"), "--webhook-loopback")
    assert run(url, "--once", *hook).exit_code == 10
    ((path, body),) = site.posted
    message = json.loads(body)
    assert (path, message["news"], message["documents"][0]["title"]) == ("/hook", True, "A pact")
    assert run("--once", *hook).exit_code == 0
    assert len(site.posted) == 1


def test_a_webhook_on_this_machine_needs_to_be_allowed(site: Site, folder: Path) -> None:
    done = run(publish(site, "A pact"), "--once", "--webhook", site.url("/hook"))
    assert isinstance(done.exception, MisuseError)
    assert "--webhook-loopback" in str(done.exception)
