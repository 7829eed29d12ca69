"""One fetch: bounded, checked at every step, conditional, polite."""

from __future__ import annotations

import datetime as dt
import gzip
import time
import zlib
from collections.abc import Iterator

import pytest

from fairweather.sources import Unread
from fairweather.sources.fetching import (
    Fetcher,
    Guard,
    Limits,
    Politeness,
    Refused,
    Unfetched,
    back_off,
)
from fairweather.sources.fetching.body import read_body
from fairweather.sources.fetching.politeness import retry_after

from ...site import Site

NOW = dt.datetime(2031, 5, 6, 12, 0, tzinfo=dt.UTC)


def test_a_page_comes_back_with_what_its_server_said(site: Site) -> None:
    site.answers["/a"] = (200, {"Content-Type": "text/html; charset=koi8-r", "ETag": '"1"'}, b"hi")
    found = site.fetcher().get(site.url("/a"))
    assert (found.body, found.charset, found.content_type) == (b"hi", "koi8-r", "text/html")
    assert found.etag == '"1"'


def test_the_loopback_is_not_reached_without_leave(site: Site) -> None:
    with Fetcher(Guard()) as fetcher, pytest.raises(Refused):
        fetcher.get(site.url("/a"))
    assert site.asked == []


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    def answer(headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        same = headers.get("if-none-match") == '"1"' and "if-modified-since" in headers
        return (304, {}, b"") if same else (200, {"ETag": '"1"'}, b"news")

    site.answers["/feed"] = answer
    fetcher = site.fetcher()
    assert fetcher.get(site.url("/feed")).body == b"news"
    again = fetcher.get(site.url("/feed"), etag='"1"', modified="Tue, 06 May 2031 10:00:00 GMT")
    assert again.unchanged


def test_a_redirect_to_a_private_address_is_refused(site: Site) -> None:
    for target in ("http://169.254.169.254/latest/", "http://[::1]/", "file:///etc/passwd"):
        site.answers["/a"] = (302, {"Location": target}, b"")
        with pytest.raises(Refused):
            site.fetcher().get(site.url("/a"))


def test_a_redirect_to_another_port_of_the_same_server_is_refused(site: Site) -> None:
    site.answers["/a"] = (302, {"Location": "http://127.0.0.1:1/"}, b"")
    with pytest.raises(Refused):
        site.fetcher().get(site.url("/a"))


def test_redirects_end(site: Site) -> None:
    site.answers["/a"] = (302, {"Location": "/a"}, b"")
    with pytest.raises(Unfetched, match="redirects more than 5 times"):
        site.fetcher().get(site.url("/a"))
    assert len(site.paths()) == 6


def test_a_move_for_good_is_told_and_a_detour_is_not(site: Site) -> None:
    site.answers["/old"] = (301, {"Location": "/new"}, b"")
    site.answers["/detour"] = (302, {"Location": "/new"}, b"")
    site.answers["/new"] = (200, {}, b"x")
    assert site.fetcher().get(site.url("/old")).moved == site.url("/new")
    assert site.fetcher().get(site.url("/detour")).moved == ""


def test_a_name_that_changes_its_address_is_asked_for_once_and_checked_each_time(
    site: Site,
) -> None:
    asked: list[str] = []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) <= 2 else ["10.0.0.1"]

    site.answers["/a"] = (200, {}, b"x")
    fetcher = site.fetcher(site.guard(resolver))
    assert fetcher.get(site.url("/a", "news.example")).body == b"x"
    assert asked == ["news.example"] * 2, "once for robots.txt, once for the page"
    with pytest.raises(Refused, match=r"10\.0\.0\.1"):
        fetcher.get(site.url("/a", "news.example"))


def test_a_decompression_bomb_is_refused_without_being_unpacked(site: Site) -> None:
    bomb = gzip.compress(bytes(30_000_000))
    assert len(bomb) < 50_000
    site.answers["/bomb"] = (200, {"Content-Encoding": "gzip"}, bomb)
    with pytest.raises(Unread, match="larger than 20 MB unpacked"):
        site.fetcher().get(site.url("/bomb"))


def test_packed_bodies_are_unpacked_whichever_way_they_are_sent() -> None:
    raw = b"the ferry sailed " * 100
    bare = zlib.compressobj(wbits=-15)
    for packed, name in (
        (gzip.compress(raw), "gzip"),
        (zlib.compress(raw), "deflate"),
        (bare.compress(raw) + bare.flush(), "deflate"),
    ):
        assert read_body([packed[:7], packed[7:]], name) == raw


def test_what_is_packed_twice_damaged_or_cut_is_refused() -> None:
    packed = gzip.compress(b"news " * 1000)
    for body, name in ((packed, "gzip, gzip"), (packed, "br"), (packed[:-9], "gzip")):
        with pytest.raises(Unread):
            read_body([body], name)
    with pytest.raises(Unread, match="damaged"):
        read_body([packed[:12] + b"\xff" * 40], "gzip")


def test_a_body_larger_than_allowed_is_refused_before_or_while_it_comes(site: Site) -> None:
    limits = Limits(largest=1000)
    site.answers["/stated"] = (200, {}, b"x" * 2000)
    with pytest.raises(Unread, match="too large"):
        site.fetcher(limits=limits).get(site.url("/stated"))

    def endless() -> Iterator[bytes]:
        while True:
            yield b"x" * 100

    with pytest.raises(Unread, match="larger than"):
        read_body(endless(), "", 1000)


def test_a_server_that_dawdles_is_left(site: Site) -> None:
    def slow(_: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        time.sleep(0.6)
        return 200, {}, b"late"

    site.answers["/slow"] = slow
    started = time.monotonic()
    with pytest.raises(Unfetched, match="did not answer"):
        site.fetcher(limits=Limits(seconds=0.2)).get(site.url("/slow"))
    assert time.monotonic() - started < 0.5


def test_cookies_are_not_kept(site: Site) -> None:
    site.answers["/a"] = (200, {"Set-Cookie": "who=anna"}, b"x")
    fetcher = site.fetcher()
    for _ in range(2):
        fetcher.get(site.url("/a"))
    assert all("cookie" not in headers for _, headers in site.asked)


def test_proxies_of_the_environment_are_not_heeded(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    site.answers["/a"] = (200, {}, b"x")
    assert site.fetcher().get(site.url("/a")).body == b"x"


# --- politeness ------------------------------------------------------------------------------


def test_robots_txt_is_heeded_and_asked_for_once(site: Site) -> None:
    site.answers["/robots.txt"] = (200, {}, b"User-agent: fairweather\nDisallow: /private")
    site.answers["/news"] = (200, {}, b"x")
    fetcher = site.fetcher()
    for _ in range(2):
        fetcher.get(site.url("/news"))
    with pytest.raises(Unread, match="asks not to fetch"):
        fetcher.get(site.url("/private/1"))
    assert [path for path, _ in site.asked] == ["/robots.txt", "/news", "/news"]


def test_a_site_whose_robots_txt_fails_is_left_alone(site: Site) -> None:
    site.answers["/robots.txt"] = (503, {}, b"")
    site.answers["/news"] = (200, {}, b"x")
    with pytest.raises(Unfetched, match="nothing is fetched without it"):
        site.fetcher().get(site.url("/news"))
    assert site.paths() == []


def test_one_host_is_not_asked_twice_in_a_second_and_another_is_not_kept_waiting() -> None:
    import httpx

    slept: list[float] = []
    manners = Politeness(clock=lambda: 100.0, sleep=slept.append)
    for host in ("a.example", "b.example", "a.example"):
        manners.wait(httpx.URL(f"https://{host}/"))
    assert slept == [1.0]


def test_retry_after_is_read_as_seconds_or_as_a_date() -> None:
    assert retry_after("120", NOW) == dt.timedelta(minutes=2)
    assert retry_after("Tue, 06 May 2031 13:00:00 GMT", NOW) == dt.timedelta(hours=1)
    assert retry_after("999999999999", NOW) == dt.timedelta(days=1)
    assert retry_after("soon", NOW) is None
    assert retry_after("", NOW) is None


def test_a_server_that_asks_for_patience_says_how_long(site: Site) -> None:
    site.answers["/a"] = (429, {"Retry-After": "60"}, b"")
    with pytest.raises(Unfetched) as told:
        site.fetcher().get(site.url("/a"))
    assert (told.value.status, told.value.wait) == (429, dt.timedelta(minutes=1))
    assert told.value.passing


def test_a_feed_that_keeps_failing_is_asked_less_and_less_and_at_least_daily() -> None:
    every = dt.timedelta(minutes=30)
    waits = [back_off(failures, every) for failures in range(1, 9)]
    assert waits[:3] == [dt.timedelta(0), dt.timedelta(hours=1), dt.timedelta(hours=2)]
    assert waits[-1] == dt.timedelta(days=1)
