"""Tries to get past the guard of fetching, and to be turned away where one should not be.

    python bench/guard.py [--json]

Tried are: every special-purpose range of IANA's registries (listed below, with the flags that
the registries give them), at its ends and inside; private addresses written in other ways;
names that lead to them; redirects to them; a resolver that changes its answer (rebinding);
decompression and entity bombs, endless and dripping bodies. What needs a server uses one on
this machine's loopback, for which the guard has one exception given in code; a second server
stands for what must not be reached, and counts who comes.

`refused` and `let_through` count tries, `wrongly_refused` ordinary public addresses and names
that were turned away, of `ordinary` tried. Ends 4 unless the last two are 0.

Ranges: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890, 8190 and updates:
www.iana.org/assignments/iana-ipv4-special-registry, iana-ipv6-special-registry), multicast
(RFC 5771, RFC 4291), IPv4-compatible and site-local addresses (RFC 4291, RFC 3879, both
deprecated), and what IANA has not made global unicast (RFC 4291, iana-ipv6-address-space).
Public IPv6 blocks: iana-ipv6-unicast-address-assignments.
"""

from __future__ import annotations

import argparse
import gzip
import ipaddress
import itertools
import json
import random
import socket
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

from fairweather.errors import SourceError
from fairweather.sources import Failure
from fairweather.sources.fetching import (
    Fetcher,
    Guard,
    Limits,
    Politeness,
    open_address,
    refusal,
)

SPECIAL_V4 = {
    "0.0.0.0/8": "this network, RFC 791",
    "0.0.0.0/32": "this host, RFC 1122",
    "10.0.0.0/8": "private use, RFC 1918",
    "100.64.0.0/10": "shared address space, RFC 6598",
    "127.0.0.0/8": "loopback, RFC 1122",
    "169.254.0.0/16": "link local, RFC 3927",
    "172.16.0.0/12": "private use, RFC 1918",
    "192.0.0.0/24": "IETF protocol assignments, RFC 6890",
    "192.0.0.0/29": "IPv4 service continuity, RFC 7335",
    "192.0.0.8/32": "dummy address, RFC 7600",
    "192.0.0.9/32": "port control anycast, RFC 7723",
    "192.0.0.10/32": "TURN anycast, RFC 8155",
    "192.0.0.170/32": "NAT64 discovery, RFC 7050",
    "192.0.0.171/32": "NAT64 discovery, RFC 7050",
    "192.0.2.0/24": "documentation, RFC 5737",
    "192.31.196.0/24": "AS112-v4, RFC 7535",
    "192.52.193.0/24": "AMT, RFC 7450",
    "192.88.99.0/24": "6to4 relay anycast, deprecated, RFC 7526",
    "192.88.99.2/32": "6a44 relay anycast, RFC 6751",
    "192.168.0.0/16": "private use, RFC 1918",
    "192.175.48.0/24": "direct delegation AS112, RFC 7534",
    "198.18.0.0/15": "benchmarking, RFC 2544",
    "198.51.100.0/24": "documentation, RFC 5737",
    "203.0.113.0/24": "documentation, RFC 5737",
    "224.0.0.0/4": "multicast, RFC 5771",
    "240.0.0.0/4": "reserved, RFC 1112",
    "255.255.255.255/32": "limited broadcast, RFC 8190",
}
SPECIAL_V6 = {
    "::1/128": "loopback, RFC 4291",
    "::/128": "unspecified, RFC 4291",
    "::/96": "IPv4-compatible, deprecated, RFC 4291",
    "::ffff:0:0/96": "IPv4-mapped, RFC 4291",
    "64:ff9b::/96": "IPv4-IPv6 translation (NAT64), RFC 6052",
    "64:ff9b:1::/48": "local IPv4-IPv6 translation, RFC 8215",
    "100::/64": "discard-only, RFC 6666",
    "100:0:0:1::/64": "dummy prefix, RFC 9780",
    "2001::/23": "IETF protocol assignments, RFC 2928",
    "2001::/32": "Teredo, RFC 4380",
    "2001:1::1/128": "port control anycast, RFC 7723",
    "2001:1::2/128": "TURN anycast, RFC 8155",
    "2001:1::3/128": "DNS-SD SRP anycast, RFC 9665",
    "2001:2::/48": "benchmarking, RFC 5180",
    "2001:3::/32": "AMT, RFC 7450",
    "2001:4:112::/48": "AS112-v6, RFC 7535",
    "2001:10::/28": "ORCHID, deprecated, RFC 4843",
    "2001:20::/28": "ORCHIDv2, RFC 7343",
    "2001:30::/28": "drone remote identification, RFC 9374",
    "2001:db8::/32": "documentation, RFC 3849",
    "2002::/16": "6to4, RFC 3056",
    "2620:4f:8000::/48": "direct delegation AS112, RFC 7534",
    "3fff::/20": "documentation, RFC 9637",
    "5f00::/16": "segment routing SIDs, RFC 9602",
    "fc00::/7": "unique local, RFC 4193",
    "fe80::/10": "link-local, RFC 4291",
    "fec0::/10": "site-local, deprecated, RFC 3879",
    "ff00::/8": "multicast, RFC 4291",
    "200::/7": "returned, RFC 4048",
    "4000::/3": "not assigned, RFC 4291",
    "8000::/3": "not assigned, RFC 4291",
    "e000::/4": "not assigned, RFC 4291",
}
PUBLIC_V6 = (
    "2001:200::/23", "2001:4800::/23", "2400::/12", "2600::/12", "2610::/23", "2620::/23",
    "2630::/12", "2800::/12", "2a00::/12", "2a10::/12", "2c00::/12",
)  # fmt: skip
BESIDE = (
    "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
    "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0",
    "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
    "203.0.112.255", "203.0.114.0", "223.255.255.255", "8.8.8.8", "1.1.1.1", "2001:200::1",
    "2001:db7:ffff::1", "2001:db9::1", "2003::1", "2620:4f:7fff::1", "2620:4f:8001::1",
    "2606:4700::1111", "2001:4860:4860::8888",
)  # fmt: skip
NAMES = (
    "https://news.example/feed", "http://news.example:80/", "https://a-b.c_d.news.example:443/x",
    "https://bücher.example/ä?q=ü", "https://news.example./feed", "https://4chan.example/",
    "https://news.123.example/", "https://0xfeed.example/", "https://8.8.8.8/", "http://1.1.1.1/",
    "https://[2606:4700::1111]/", "https://xn--bcher-kva.example/#top",
)  # fmt: skip
INSIDE = 16
"""Addresses tried inside each range besides its ends."""

SAMPLE = 5000
"""Ordinary public addresses tried of each family."""


@dataclass
class Tally:
    """What came of all tries; `leaks` names those that got through, `wrong` the ordinary ones."""

    refused: int = 0
    ordinary: int = 0
    leaks: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def hostile(self, what: str, was_refused: bool) -> None:
        """A try that has to be refused."""
        self.refused += was_refused
        if not was_refused:
            self.leaks.append(what)

    def innocent(self, what: str, was_refused: bool) -> None:
        """What has to be allowed."""
        self.ordinary += 1
        if was_refused:
            self.wrong.append(what)


# --- addresses ------------------------------------------------------------------------------


def try_ranges(tally: Tally, chance: random.Random) -> None:
    """Each range at its ends and inside, as an address and as the answer to a name."""
    for written in (*SPECIAL_V4, *SPECIAL_V6):
        network = ipaddress.ip_network(written)
        first, last = int(network.network_address), int(network.broadcast_address)
        picks = {first, last, *(chance.randint(first, last) for _ in range(INSIDE))}
        for number in picks:
            address = str(type(network.network_address)(number))
            tally.hostile(f"{address} in {written}", bool(refusal(address)))
            named = Guard(lambda host, port, address=address: ["8.8.8.8", address])
            tally.hostile(f"a name at {address}", not reaches(named, "http://news.example/"))
            host = f"[{address}]" if ":" in address else address
            tally.hostile(f"http://{host}/", not reaches(Guard(numeric), f"http://{host}/"))


def try_public(tally: Tally, chance: random.Random) -> None:
    """Public addresses, those beside the special ranges first; ordinary names."""
    special = [ipaddress.ip_network(net) for net in (*SPECIAL_V4, *SPECIAL_V6)]
    blocks = [ipaddress.ip_network(net) for net in PUBLIC_V6]
    drawn: list[str] = list(BESIDE)
    while len(drawn) < SAMPLE:
        v4 = ipaddress.IPv4Address(chance.getrandbits(32))
        if not any(v4 in net for net in special if net.version == 4):
            drawn.append(str(v4))
    while len(drawn) < 2 * SAMPLE:
        block = chance.choice(blocks)
        v6 = block[chance.randrange(block.num_addresses)]
        if not any(v6 in net for net in special if net.version == 6):
            drawn.append(str(v6))
    for address in drawn:
        tally.innocent(address, bool(refusal(address)))
    for url in NAMES:
        guard = Guard(lambda host, port: ["93.184.215.14", "2606:4700::1111"])
        tally.innocent(url, not reaches(guard, url))


def reaches(guard: Guard, url: str) -> bool:
    """Whether the guard would let a connection be made for an address as written."""
    try:
        parsed = httpx.URL(url)
        guard.check(parsed)
        guard.addresses(parsed.raw_host.decode(), 80 if parsed.port is None else parsed.port)
    except (SourceError, httpx.InvalidURL, OSError, ValueError):
        return False
    return True


def numeric(host: str, port: int) -> Sequence[str]:
    """What a system's resolver makes of a host that is a number in any writing."""
    return [socket.inet_ntoa(socket.inet_aton(host))]


def try_encodings(tally: Tally) -> None:
    """Private addresses as numbers, in octal, in hexadecimal, inside IPv6, with tricks around."""
    for address in ("127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1"):
        for host in spellings(address):
            for url in (f"http://{host}/", f"http://{host}:80/", f"https://{host}/x?y#z"):
                tally.hostile(url, not reaches(Guard(numeric), url))
        for url in (
            f"http://8.8.8.8@{address}/",
            f"http://news.example%00@{address}/",
            f"http://user:word@{address}/",
            f"http:\\\\{address}\\",
            f"http://{address}#@news.example/",
            f"http://{address}?@news.example/",
            f"ftp://{address}/",
            f"gopher://{address}:70/_x",
            f"file://{address}/etc/passwd",
            f"http://{address}.:80/",
        ):
            tally.hostile(url, not reaches(Guard(numeric), url))
    private = Guard(lambda host, port: ["127.0.0.1"])
    for host in ("localhost", "localhost.", "LOCALHOST", "a.localhost", "intranet", "printer.local",
                 "127.0.0.1.nip.example", "metadata.google.internal"):  # fmt: skip
        tally.hostile(host, not reaches(private, f"http://{host}/"))
    public = Guard(lambda host, port: ["8.8.8.8"])
    for port in (0, 21, 22, 25, 81, 3306, 6379, 8080, 9200, 65535):
        url = f"http://news.example:{port}/"
        tally.hostile(url, not reaches(public, url))


def spellings(address: str) -> Iterator[str]:
    number = int(ipaddress.IPv4Address(address))
    parts = [number >> shift & 255 for shift in (24, 16, 8, 0)]
    yield from (str(number), hex(number), hex(number).upper(), f"0{number:o}", f"0{number:020o}")
    yield from (".".join(map(hex, parts)), ".".join(f"0{part:o}" for part in parts))
    yield from (".".join(f"{part:04}" for part in parts), f"{parts[0]}.{number & 0xFFFFFF}")
    yield from (f"{parts[0]}.{parts[1]}.{number & 0xFFFF}", f"{hex(parts[0])}.{number & 0xFFFFFF}")
    yield from (address + ".", address.replace(".", "。"), address.replace(".", "%2e"))
    yield "".join(f"%{ord(letter):02x}" for letter in address)
    yield address.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    high, low = number >> 16, number & 0xFFFF
    for prefix in ("::", "::ffff:", "::ffff:0:", "64:ff9b::", "64:ff9b:1::", "fe80::5efe:"):
        yield f"[{prefix}{address}]"
        yield f"[{prefix}{high:x}:{low:x}]"
    yield f"[2002:{high:x}:{low:x}::1]"
    yield f"[2001:0:{high:x}:{low:x}:8000::1]"
    yield f"[2001::{high ^ 0xFFFF:x}:{low ^ 0xFFFF:x}]"
    yield from ("[::1]", "[0:0:0:0:0:0:0:1]", "[fe80::1%25lo]", "[::1%251]")


# --- over a real server ---------------------------------------------------------------------


@contextmanager
def server(
    address: str, port: int, answer: Callable[[BaseHTTPRequestHandler], None]
) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                answer(self)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            return None

    made = ThreadingHTTPServer((address, port), Handler)
    made.daemon_threads = True
    thread = threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield made.server_address[1]
    finally:
        made.shutdown()
        made.server_close()


def targets(secret: int) -> Iterator[str]:
    """Where a redirect may try to lead."""
    for network in map(ipaddress.ip_network, (*SPECIAL_V4, *SPECIAL_V6)):
        address = network[min(1, network.num_addresses - 1)]
        yield f"http://[{address}]/" if address.version == 6 else f"http://{address}/"
    yield from (f"http://{host}/" for host in spellings("127.0.0.1"))
    yield from (f"http://127.0.0.1:{secret}/", f"http://localhost:{secret}/", f"//127.1:{secret}/")
    yield from (f"http://inside.example:{secret}/", "file:///etc/passwd", "ftp://127.0.0.1/")


def try_redirects(tally: Tally) -> None:
    """Redirects from the one allowed server to all that is not allowed."""
    came: list[str] = []
    places: list[str] = []

    def lead_on(request: BaseHTTPRequestHandler) -> None:
        path = request.path.strip("/")
        if not path.isdigit():
            send(request, 404)
            return
        request.send_response((301, 302, 303, 307, 308)[int(path) % 5])
        # As bytes of UTF-8, the way browsers read it.
        place = places[int(path)].encode().decode("latin-1")
        request.send_header("Location", place)
        request.send_header("Content-Length", "0")
        request.end_headers()

    def catch(request: BaseHTTPRequestHandler) -> None:
        came.append(request.path)
        send(request, 200, b"secret")

    with server("127.0.0.1", 0, catch) as secret, server("127.0.0.1", 0, lead_on) as port:
        places += targets(secret)
        guard = Guard(lambda host, _: ["127.0.0.1"], frozenset({("127.0.0.1", port)}))
        with fetcher(guard) as client:
            for number, place in enumerate(places):
                before = len(came)
                got = body_of(client, f"http://127.0.0.1:{port}/{number}")
                tally.hostile(f"redirect to {place}", got is None and len(came) == before)


def try_rebinding(tally: Tally) -> None:
    """A name that is the allowed server when asked first, and another one from then on."""
    came: list[str] = []

    def catch(request: BaseHTTPRequestHandler) -> None:
        came.append(request.path)
        send(request, 200, b"secret")

    def serve(request: BaseHTTPRequestHandler) -> None:
        send(request, 200 if "robots" not in request.path else 404, b"news")

    with server("127.0.0.1", 0, serve) as port:
        try:
            other = server("127.0.0.2", port, catch)
            other.__enter__()
        except OSError:  # not every system has the whole of 127/8
            other = None
        for first, second in itertools.product(range(4), ("127.0.0.2", "10.0.0.1", "::1", "both")):
            calls = itertools.count()

            def resolver(host: str, _: int, first: int = first, second: str = second,
                         calls: Iterator[int] = calls) -> list[str]:  # fmt: skip
                if next(calls) < first:
                    return ["127.0.0.1"]
                return ["127.0.0.1", "127.0.0.2"] if second == "both" else [second]

            guard = Guard(resolver, frozenset({("127.0.0.1", port)}))
            before = len(came)
            with fetcher(guard) as client:
                got = [body_of(client, f"http://news.example:{port}/") for _ in range(3)]
            stayed_out = b"secret" not in got and len(came) == before
            tally.hostile(f"rebinding to {second} after {first}", stayed_out and got[2] is None)
        if other is not None:
            other.__exit__(None, None, None)


def try_bombs(tally: Tally) -> None:
    """Bodies that are too much: packed, stated, endless, slow, and made of entities."""
    with server("127.0.0.1", 0, serve_bomb) as port:
        guard = Guard(allowed=frozenset({("127.0.0.1", port)}))
        with fetcher(guard, Limits(largest=5_000_000, seconds=2.0)) as client:
            for name in BOMBS:
                started = time.perf_counter()
                found = list(open_address(f"http://127.0.0.1:{port}/{name}", client))
                quick = time.perf_counter() - started < 5
                refused = all(isinstance(one, Failure) for one in found)
                tally.hostile(f"bomb {name}", bool(found) and refused and quick)
            found = list(open_address(f"http://127.0.0.1:{port}/feed", client))
            tally.innocent(
                "an ordinary packed feed", any(isinstance(one, Failure) for one in found)
            )


ITEM = b"<item><title>Pact</title><description>Peru and Chile signed a pact.</description></item>"
FEED = b"<rss><channel>" + ITEM + b"</channel></rss>"
LAUGHS = b"".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">'.encode() for n in range(1, 10)
)  # a billion of them
ENTITIES = b'<!DOCTYPE rss [<!ENTITY l0 "lol">' + LAUGHS + b"]>" + FEED.replace(b"Pact", b"&l9;")
BLOWN = (
    b'<!DOCTYPE rss [<!ENTITY a "' + b"x" * 100_000 + b'">]>' + FEED.replace(b"Pact", b"&a;" * 999)
)
OUTSIDE = b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + FEED.replace(
    b"Pact", b"&a;"
)
LARGE = b"<rss><channel>" + ITEM * 100_000 + b"</channel></rss>"


def packed(body: bytes, bits: int) -> bytes:
    machine = zlib.compressobj(9, wbits=bits)
    return machine.compress(body) + machine.flush()


BOMBS: dict[str, tuple[str, bytes]] = {
    "gzip": ("gzip", packed(bytes(200_000_000), 31)),
    "gzip-feed": ("gzip", packed(LARGE, 31)),
    "deflate": ("deflate", packed(bytes(200_000_000), 15)),
    "deflate-raw": ("deflate", packed(b"<rss>" * 20_000_000, -15)),
    "twice": ("gzip, gzip", gzip.compress(packed(bytes(200_000_000), 31))),
    "brotli": ("br", b"\xce\xb2\xcf\x81"),
    "members": ("gzip", packed(bytes(3_000_000), 31) + packed(bytes(200_000_000), 31)),
    "cut": ("gzip", packed(FEED * 500, 31)[:-20]),
    "large": ("", LARGE),
    "endless": ("", b""),
    "dripping": ("", b""),
    "dripping-headers": ("", b""),
    "stated": ("", b""),
    "laughs": ("", ENTITIES),
    "laughs-16": ("", ENTITIES.decode().encode("utf-16")),
    "laughs-packed": ("gzip", packed(ENTITIES, 31)),
    "quadratic": ("", BLOWN),
    "outside": ("", OUTSIDE),
}


def serve_bomb(request: BaseHTTPRequestHandler) -> None:
    name = request.path.strip("/")
    if name == "feed":
        send(request, 200, packed(FEED, 31), "gzip")
    elif name not in BOMBS:
        send(request, 404)
    elif name == "dripping-headers":
        request.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(200):
            request.wfile.write(f"X-{number}: a\r\n".encode())
            time.sleep(0.1)
    elif name in ("endless", "dripping", "stated"):
        request.send_response(200)
        if name == "stated":
            request.send_header("Content-Length", str(10**15))
        request.end_headers()
        for _ in range(3000):
            request.wfile.write(b"<" if name == "dripping" else b"<rss>" * 13_000)
            time.sleep(0.1 if name == "dripping" else 0)
    else:
        encoding, body = BOMBS[name]
        send(request, 200, body, encoding)


def send(
    request: BaseHTTPRequestHandler, status: int, body: bytes = b"", encoding: str = ""
) -> None:
    request.send_response(status)
    request.send_header("Content-Length", str(len(body)))
    if encoding:
        request.send_header("Content-Encoding", encoding)
    request.end_headers()
    request.wfile.write(body)


def fetcher(guard: Guard, limits: Limits | None = None) -> Fetcher:
    return Fetcher(guard, limits, Politeness(pause=0.0))


def body_of(client: Fetcher, url: str) -> bytes | None:
    try:
        return client.get(url).body
    except SourceError:
        return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="one JSON object")
    options = parser.parse_args()
    chance, tally, started = random.Random(6890), Tally(), time.perf_counter()
    try_ranges(tally, chance)
    try_public(tally, chance)
    try_encodings(tally)
    try_redirects(tally)
    try_rebinding(tally)
    try_bombs(tally)
    figures = {
        "refused": tally.refused,
        "let_through": len(tally.leaks),
        "wrongly_refused": len(tally.wrong),
        "ordinary": tally.ordinary,
        "ranges": len(SPECIAL_V4) + len(SPECIAL_V6),
        "seconds": round(time.perf_counter() - started, 1),
    }
    if options.json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{name:16} {value}" for name, value in figures.items()))
    for kind, found in (("let through", tally.leaks), ("wrongly refused", tally.wrong)):
        for what in found[:20]:
            print(f"{kind}: {what}", file=sys.stderr)
    return 4 if tally.leaks or tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
