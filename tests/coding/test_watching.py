"""Watching: what is new is read once, what fails is left alone, and a restart goes on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from fairweather.coding.watching import Plan, Round, begin, standing, usual_gap, watch
from fairweather.ledger import FeedState, Ledger
from fairweather.sources.opml import Subscription

from ..site import Site

START = dt.datetime(2031, 5, 6, 12, 0, tzinfo=dt.UTC)


@dataclass
class Hours:
    """A clock that only moves when somebody sleeps or says so."""

    now: dt.datetime = START
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> dt.datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += dt.timedelta(seconds=seconds)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "watch.db") as opened:
        yield opened


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def plan(site: Site, hours: Hours) -> Plan:
    return Plan(
        once=True, coders=(), fetcher=site.fetcher(), clock=hours, sleep=hours.sleep
    )  # no coders: what is coded of a text is not the matter here


def item(key: str, words: str, hour: int = 9) -> str:
    return (
        f"<item><guid>{key}</guid><title>Story {key}</title><description>{words}</description>"
        f"<pubDate>Tue, 06 May 2031 {hour:02}:00:00 GMT</pubDate></item>"
    )


def feed(site: Site, *items: str, path: str = "/feed", **headers: str) -> None:
    body = f"<rss><channel><title>Wire</title>{''.join(items)}</channel></rss>"
    site.answers[path] = (200, headers, body.encode())


def once(ledger: Ledger, plan: Plan) -> Round:
    (done,) = watch(ledger, plan)
    return done


def follow(ledger: Ledger, site: Site, *paths: str) -> None:
    begin(ledger, [Subscription(site.url(path)) for path in paths or ("/feed",)])


def test_an_item_is_news_once(site: Site, ledger: Ledger, plan: Plan) -> None:
    follow(ledger, site)
    feed(site, item("1", "The ferry sank."))
    assert [one.title for one in once(ledger, plan).polled[0].new] == ["Story 1"]
    again = once(ledger, plan)
    assert not again.news
    assert again.polled[0].known == 1
    feed(site, item("1", "The ferry sank."), item("2", "The ferry was raised."))
    assert [one.title for one in once(ledger, plan).polled[0].new] == ["Story 2"]


def test_what_is_watched_and_what_was_seen_survive_a_restart(
    site: Site, tmp_path: Path, plan: Plan
) -> None:
    feed(site, item("1", "The ferry sank."), ETag='"1"')
    with Ledger(tmp_path / "a.db") as first:
        follow(first, site)
        assert once(first, plan).news
    with Ledger(tmp_path / "a.db") as second:
        done = once(second, plan)
        assert [one.state.url for one in done.polled] == [site.url("/feed")]
        assert not done.news
    assert site.asked[-1][1]["if-none-match"] == '"1"'


def test_a_changed_item_is_a_new_document_and_told_as_a_change(
    site: Site, ledger: Ledger, plan: Plan
) -> None:
    follow(ledger, site)
    feed(site, item("1", "The ferry sank."))
    (first,) = once(ledger, plan).polled[0].new
    feed(site, item("1", "The ferry did not sink, its owner said."))
    polled = once(ledger, plan).polled[0]
    assert polled.new == []
    ((was, now),) = polled.changed
    assert was == first.id
    assert ledger.has(first.id)
    assert ledger.has(now.id)


def test_one_guid_for_all_items_makes_no_changes_of_them(
    site: Site, ledger: Ledger, plan: Plan
) -> None:
    follow(ledger, site)
    feed(site, item("x", "The ferry sank."), item("x", "The bridge fell.").replace("Story", "News"))
    polled = once(ledger, plan).polled[0]
    assert (len(polled.new), len(polled.changed)) == (2, 0)
    assert not once(ledger, plan).news


def test_a_feed_that_fails_is_left_alone_for_longer_and_comes_back(
    site: Site, ledger: Ledger, plan: Plan, hours: Hours
) -> None:
    follow(ledger, site)
    for _ in range(2):
        assert once(ledger, plan).failed
    resting = once(ledger, plan)
    assert resting.polled == ()
    assert [state.failures for state in resting.resting] == [2]
    assert "404" in resting.resting[0].failure
    hours.now += dt.timedelta(hours=1)
    feed(site, item("1", "The ferry sank."))
    done = once(ledger, plan)
    assert done.news
    assert (done.polled[0].state.failures, done.polled[0].state.failure) == (0, "")


def test_a_server_that_asks_for_patience_gets_it(
    site: Site, ledger: Ledger, plan: Plan, hours: Hours
) -> None:
    follow(ledger, site)
    site.answers["/feed"] = (503, {"Retry-After": "7200"}, b"")
    assert once(ledger, plan).failed
    hours.now += dt.timedelta(minutes=119)
    assert once(ledger, plan).polled == ()
    hours.now += dt.timedelta(minutes=1)
    assert len(once(ledger, plan).polled) == 1


def test_one_feed_that_fails_stops_no_other(site: Site, ledger: Ledger, plan: Plan) -> None:
    follow(ledger, site, "/gone", "/feed", "/bomb", "/page")
    feed(site, item("1", "The ferry sank."))
    site.answers["/bomb"] = (200, {}, b'<!DOCTYPE a [<!ENTITY b "c">]><rss>&b;</rss>')
    site.answers["/page"] = (200, {}, b"<!doctype html><html><body>Just a moment</body></html>")
    done = once(ledger, plan)
    assert done.news
    reasons = {one.state.url.rpartition("/")[2]: one.failure for one in done.polled}
    assert reasons["feed"] == ""
    assert "entities" in reasons["bomb"]
    assert all(reasons[name] for name in ("gone", "page"))


def test_an_emptied_feed_counts_as_failing(site: Site, ledger: Ledger, plan: Plan) -> None:
    follow(ledger, site)
    feed(site)
    assert "without items" in once(ledger, plan).polled[0].failure


def test_a_page_that_is_down_is_tried_again_and_one_that_is_gone_is_not(
    site: Site, ledger: Ledger, plan: Plan
) -> None:
    links = [f"<item><title>{name}</title><link>/{name}</link></item>" for name in ("down", "gone")]
    feed(site, *links, ETag='"1"')
    site.answers["/down"] = (503, {}, b"")
    follow(ledger, site)
    full = replace(plan, full_pages=True)
    assert not once(ledger, full).news
    page = "<html><body><article><p>The ferry sank off the coast.</p></article></body></html>"
    site.answers["/down"] = (200, {"Content-Type": "text/html"}, page.encode())
    site.asked.clear()
    assert once(ledger, full).news
    assert site.paths() == ["/feed", "/down"]
    assert "if-none-match" not in site.asked[0][1]


def test_a_watch_polls_each_feed_as_often_as_asked(
    site: Site, ledger: Ledger, plan: Plan, hours: Hours
) -> None:
    follow(ledger, site)
    feed(site, item("1", "The ferry sank."))
    rounds = watch(ledger, replace(plan, once=False, every=dt.timedelta(minutes=10)))
    next(rounds)
    next(rounds)
    rounds.close()
    assert hours.now - START == dt.timedelta(minutes=10)
    assert max(hours.slept) <= 60


def test_a_date_in_the_future_does_not_make_a_feed_look_alive(
    site: Site, ledger: Ledger, plan: Plan
) -> None:
    follow(ledger, site)
    feed(site, item("1", "The ferry sank.", 9), item("2", "It will sail again.", 23))
    assert once(ledger, plan).polled[0].state.last_item == "2031-05-06T09:00:00Z"


def test_a_feed_is_silent_by_its_own_measure() -> None:
    def state(gap: dt.timedelta, quiet: dt.timedelta) -> FeedState:
        last = (START - quiet).strftime("%Y-%m-%dT%H:%M:%SZ")
        return FeedState(url="u", polled=last, last_item=last, usual_gap=int(gap.total_seconds()))

    hour, day = dt.timedelta(hours=1), dt.timedelta(days=1)
    assert standing(state(hour, 2 * day), START) == "well"
    assert standing(state(hour, 4 * day), START) == "silent"
    assert standing(state(7 * day, 30 * day), START) == "well"
    assert standing(state(7 * day, 36 * day), START) == "silent"
    assert standing(FeedState(url="u"), START) == "not read yet"
    assert standing(replace(state(hour, hour), failures=1), START) == "failing"


def test_the_usual_gap_is_the_median_between_items() -> None:
    days = [f"2031-05-{day:02}T00:00:00Z" for day in (1, 2, 3, 20)]
    assert usual_gap(days) == 86400
    assert usual_gap(days[:2]) == 0
