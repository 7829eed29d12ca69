"""The guard: only the public internet is reached, whatever a text, a name or a redirect says."""

from __future__ import annotations

import httpx
import pytest

from fairweather.sources.fetching import Guard, Refused, refusal

PRIVATE = [
    "127.0.0.1",
    "10.1.2.3",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.8",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::ffff:8.8.8.8",
    "::8.8.8.8",
    "64:ff9b::808:808",
    "64:ff9b:1::808:808",
    "2002:808:808::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "fc00::1",
    "fe80::1",
    "fe80::1%eth0",
    "ff02::1",
    "4000::1",
]
PUBLIC = ["8.8.8.8", "93.184.215.14", "192.0.1.1", "172.32.0.1", "2606:4700::6810:84e5"]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_the_public_internet_is_refused(address: str) -> None:
    assert refusal(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_ordinary_public_addresses_are_reached(address: str) -> None:
    assert refusal(address) == ""


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x08.8.8.8/",
        "http://127.1/",
        "http://8.8.2056/",
        "http://%31%32%37.0.0.1/",
        "http://localhost/",
        "http://intranet/",
        "http://[::1]/",
        "http://[fe80::1%25eth0]/",
        "http://user:word@news.example/",
        "http://news.example:22/",
        "ftp://news.example/",
        "file:///etc/passwd",
        "http:///news",
    ],
)
def test_an_address_is_refused_by_how_it_is_written(url: str) -> None:
    with pytest.raises(Refused):
        Guard().check(httpx.URL(url))


def test_a_password_in_an_address_is_not_told() -> None:
    with pytest.raises(Refused) as told:
        Guard().check(httpx.URL("http://anna:secret@news.example/"))
    assert "secret" not in str(told.value)


def test_an_ordinary_address_passes() -> None:
    for url in ("https://news.example/feed", "http://8.8.8.8/", "https://b\u00fccher.example:443/"):
        Guard().check(httpx.URL(url))


def test_one_private_address_of_a_name_refuses_it() -> None:
    guard = Guard(lambda host, port: ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(Refused, match=r"10\.0\.0\.1.*private use"):
        guard.addresses("news.example", 443)


def test_a_name_with_public_addresses_gives_them() -> None:
    guard = Guard(lambda host, port: ["8.8.8.8", "2606:4700::1"])
    assert guard.addresses("news.example", 443) == ("8.8.8.8", "2606:4700::1")


def test_what_is_allowed_for_one_port_is_not_for_another() -> None:
    guard = Guard(allowed=frozenset({("127.0.0.1", 8000)}))
    assert guard.addresses("127.0.0.1", 8000) == ("127.0.0.1",)
    with pytest.raises(Refused):
        guard.addresses("127.0.0.1", 8001)
