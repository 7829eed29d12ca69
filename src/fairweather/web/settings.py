"""How the pages are served: which ledger, who may look, who may change."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass, field
from pathlib import Path

from fairweather.errors import MisuseError

READ, EDIT = "read", "edit"
LEAST_TOKEN = 20
"""Characters of a token, so that nobody guesses it."""


@dataclass(frozen=True, slots=True)
class Token:
    """A right to read or to edit; only the hash of what its bearer shows is kept."""

    right: str
    digest: bytes = field(repr=False)

    @classmethod
    def of(cls, right: str, secret: str) -> Token:
        """The token of a secret. Raises MisuseError for one that is too short."""
        if right not in (READ, EDIT):
            raise MisuseError(f"a token gives the right to {READ} or to {EDIT}, not {right!r}")
        if len(secret) < LEAST_TOKEN:
            raise MisuseError(f"a token needs {LEAST_TOKEN} characters or more")
        return cls(right, _digest(secret))

    def opens(self, secret: str) -> bool:
        """Whether a secret is the one; takes as long for any other."""
        return hmac.compare_digest(self.digest, _digest(secret))


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the pages are served from and to whom.

    On loopback no token is needed to read; anywhere else one is. Nothing can be changed
    unless `edit` is set. Raises MisuseError for a way of serving that is not safe.
    """

    ledger: Path
    host: str = "127.0.0.1"
    port: int = 8321
    edit: bool = False
    tokens: tuple[Token, ...] = ()
    names: tuple[str, ...] = ()
    requests_a_minute: int = 600

    def __post_init__(self) -> None:
        if not is_loopback(self.host) and not self.tokens:
            raise MisuseError(
                f"{self.host} can be reached from outside: set a token in FAIRWEATHER_TOKEN"
                " (to read) or FAIRWEATHER_EDIT_TOKEN, or serve on 127.0.0.1"
            )

    @property
    def hosts(self) -> frozenset[str]:
        """The names a request may call this server by; others are a rebinding attack."""
        return frozenset({self.host, "127.0.0.1", "localhost", "[::1]", "::1", *self.names})

    def right_of(self, secret: str) -> str:
        """The right that a secret gives; empty for none."""
        found = [token.right for token in self.tokens if token.opens(secret)]
        return EDIT if EDIT in found else READ if found else ""


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
