"""A webhook goes out through the guard, tries again, and holds nothing up."""

import json
import time

import pytest

from fairweather.sources.failure import Unread
from fairweather.sources.fetching.webhook import Patience, Webhook, guard_for

from ...site import Site

QUICK = Patience(tries=3, first_wait=0.01, last_wait=5.0)


def send(site: Site, path: str, *messages: object, patience: Patience = QUICK) -> list[str]:
    told: list[str] = []
    webhook = Webhook(site.url(path), site.guard(), told.append, patience)
    for message in messages:
        webhook.post(message)
    webhook.close()
    return told


def test_a_message_arrives_as_json(site: Site) -> None:
    site.answers["/hook"] = (204, {}, b"")
    assert send(site, "/hook", {"title": "<b>\u202e"}) == []
    assert [(path, json.loads(body)) for path, body in site.posted] == [
        ("/hook", {"title": "<b>\u202e"})
    ]


def test_what_fails_for_a_while_is_tried_again(site: Site) -> None:
    answers = iter([(503, {}, b""), (429, {}, b""), (200, {}, b"")])
    site.answers["/hook"] = lambda headers: next(answers)
    assert send(site, "/hook", {"a": 1}) == []
    assert len(site.posted) == 3


def test_what_fails_for_good_is_told_and_given_up(site: Site) -> None:
    site.answers["/hook"] = (503, {}, b"")
    (told,) = send(site, "/hook", {"a": 1})
    assert "503" in told
    assert "given up" in told
    assert len(site.posted) == 3
    (refused,) = send(site, "/gone", {"a": 1})
    assert "404" in refused
    assert len(site.posted) == 4


def test_no_redirect_is_followed(site: Site) -> None:
    site.answers["/hook"] = (302, {"Location": site.url("/other")}, b"")
    assert send(site, "/hook", {"a": 1})
    assert [path for path, _ in site.posted] == ["/hook"]


def test_posting_never_waits(site: Site) -> None:
    def slowly(headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        time.sleep(0.5)
        return 200, {}, b""

    site.answers["/hook"] = slowly
    webhook = Webhook(site.url("/hook"), site.guard(), patience=QUICK)
    began = time.monotonic()
    webhook.post({"a": 1})
    assert time.monotonic() - began < 0.3
    webhook.close()
    assert len(site.posted) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8080/x",
        "http://localhost/x",
        "http://10.0.0.1/x",
        "http://[::1]/x",
        "file:///etc/passwd",
        "http://169.254.169.254/latest",
    ],
)
def test_only_the_public_internet_is_reached(url: str) -> None:
    with pytest.raises(Unread):
        guard_for(url)


def test_this_machine_is_reached_only_when_told_and_nothing_else_with_it() -> None:
    guard_for("http://127.0.0.1:8080/x", loopback=True)
    guard_for("http://localhost:8080/x", loopback=True)
    for url in ("http://10.0.0.1/x", "http://192.168.1.1:8080/x", "http://169.254.169.254/"):
        with pytest.raises(Unread):
            guard_for(url, loopback=True)
