"""The guard: which addresses may be reached at all.

A feed is written by strangers, and so are its links. Left alone they could make this program
ask the router, a cloud's metadata service or a printer, and keep what those answer. So only
addresses of the public internet are reached: an IPv4 address outside every range below, an
IPv6 address in 2000::/3 (global unicast, RFC 4291) outside every range below.

The ranges are those of IANA's special-purpose address registries (RFC 6890 and its updates,
iana-ipv4-special-registry and iana-ipv6-special-registry), also those that the registries
call globally reachable: relays, sinks and anycast services, where no news is published.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import httpx

from fairweather.sources.failure import Unread

RESOLVING_SECONDS = 10.0
"""How long a name may take to be resolved; the system's own patience can be minutes."""

PORTS = frozenset({80, 443})
SCHEMES = {"http": 80, "https": 443}

Resolver = Callable[[str, int], Sequence[str]]
"""From a name and a port to its addresses. Raises OSError where there are none."""

_V4 = {
    "0.0.0.0/8": "this network",
    "10.0.0.0/8": "private use",
    "100.64.0.0/10": "shared address space",
    "127.0.0.0/8": "loopback",
    "169.254.0.0/16": "link local",
    "172.16.0.0/12": "private use",
    "192.0.0.0/24": "protocol assignments",
    "192.0.2.0/24": "documentation",
    "192.31.196.0/24": "AS112 sink",
    "192.52.193.0/24": "multicast tunnels",
    "192.88.99.0/24": "6to4 relays",
    "192.168.0.0/16": "private use",
    "192.175.48.0/24": "AS112 sink",
    "198.18.0.0/15": "benchmarking",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
}
_V6 = {
    "::/96": "loopback, unspecified and IPv4-compatible",
    "::ffff:0:0/96": "IPv4-mapped",
    "64:ff9b::/96": "NAT64",
    "64:ff9b:1::/48": "local NAT64",
    "100::/64": "discard",
    "100:0:0:1::/64": "dummy prefix",
    "2001::/23": "protocol assignments: Teredo, ORCHID, benchmarking",
    "2001:db8::/32": "documentation",
    "2002::/16": "6to4",
    "2620:4f:8000::/48": "AS112 sink",
    "3fff::/20": "documentation",
    "5f00::/16": "segment routing",
    "fc00::/7": "unique local",
    "fe80::/10": "link local",
    "fec0::/10": "site local",
    "ff00::/8": "multicast",
}
_SPECIAL = tuple((ipaddress.ip_network(net), why) for net, why in {**_V4, **_V6}.items())
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")


class Refused(Unread):
    """An address that is never reached; the message says which and why."""


def refusal(address: str) -> str:
    """Why an IP address is not reached, "" where it is one of the public internet."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "is no plain IP address"
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.scope_id is not None:
        return "is bound to one network interface"
    for network, why in _SPECIAL:
        if parsed.version == network.version and parsed in network:
            return f"is not public ({why}, {network})"
    if isinstance(parsed, ipaddress.IPv6Address) and parsed not in _GLOBAL_UNICAST:
        return "is not public (outside global unicast)"
    # A second opinion, should a range be missing above.
    if not parsed.is_global or parsed.is_multicast:
        return "is not public"
    return ""


def resolve(host: str, port: int) -> Sequence[str]:
    """The system's answer. Raises OSError, also where it takes too long."""
    answers: list[str] = []
    troubles: list[OSError] = []

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.extend(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))
        except OSError as error:
            troubles.append(error)
        except UnicodeError as error:
            troubles.append(OSError(f"no name that can be asked for: {error}"))

    # getaddrinfo cannot be told to hurry; a thread that is left behind ends by itself.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(RESOLVING_SECONDS)
    if troubles:
        raise troubles[0]
    if not answers:
        raise OSError(f"no answer within {RESOLVING_SECONDS:.0f} seconds")
    return tuple(answers)


@dataclass(frozen=True, slots=True)
class Guard:
    """What may be reached: the public internet on the ports of the web.

    `allowed` names single (address, port) pairs let through besides, and `resolver` another
    book of names; both are for tests against a server of their own and can be given in code
    only.
    """

    resolver: Resolver = resolve
    allowed: frozenset[tuple[str, int]] = field(default=frozenset())

    def check(self, url: httpx.URL) -> None:
        """Refuse an address by how it is written: scheme, user, host, port. Raises Refused."""
        if url.scheme not in SCHEMES:
            raise Refused(f"{_shown(url)} is not read: only http and https are")
        if url.userinfo:
            raise Refused(f"{_shown(url)} names a user or password, which is refused")
        host = _host(url)
        port = SCHEMES[url.scheme] if url.port is None else url.port
        if (host, port) in self.allowed:
            return
        if port not in PORTS and all(port != allowed for _, allowed in self.allowed):
            raise Refused(f"{_shown(url)} asks for port {port}; only 80 and 443 are reached")
        if why := _miswritten(host):
            raise Refused(f"{_shown(url)}: the host {host} {why}")

    def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses to connect to, asked for once. Raises Refused, or OSError.

        One address that is refused refuses the host: a name with a public and a private
        address is a trick, not a newspaper.
        """
        bare = host.strip("[]").lower()
        found = (bare,) if _is_address(bare) else tuple(self.resolver(bare.rstrip("."), port))
        if not found:
            raise OSError("the name has no address")
        for address in found:
            if (address, port) in self.allowed:
                continue
            if why := refusal(address):
                told = host if address == bare else f"{host} leads to {address}, which"
                raise Refused(f"{told} {why}; it is not reached")
            if port not in PORTS:
                raise Refused(f"{host}: port {port} is not reached; only 80 and 443 are")
        return found


def _host(url: httpx.URL) -> str:
    return url.raw_host.decode("ascii", "replace").lower()


def _shown(url: httpx.URL) -> str:
    """The address without its user and password."""
    return str(url.copy_with(userinfo=b""))


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _miswritten(host: str) -> str:
    """What is wrong with a host as written, before anything is asked of a name server.

    A last label that is a number makes an IPv4 address (WHATWG URL, "ends in a number"), and
    resolvers read 0x7f.1, 0177.0.0.1 and 2130706433 as one; only the plain form passes.
    """
    if not host:
        return "is missing"
    if _is_address(host):
        return refusal(host)
    bare = host.removesuffix(".")
    if len(bare) > 253 or not _HOST.fullmatch(bare):
        return "is no name that a server can have"
    if _NUMBER.fullmatch(bare.rpartition(".")[2]):
        return "is an encoded IP address, which is refused"
    if "." not in bare:
        return "is a name of the local network, which is refused"
    return ""
