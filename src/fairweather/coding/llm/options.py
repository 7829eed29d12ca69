"""Where the language model is, and what it costs: from options, else from the environment.

    FAIRWEATHER_LLM_URL     the base address of an OpenAI-compatible service
    FAIRWEATHER_LLM_MODEL   the model's name there
    FAIRWEATHER_LLM_KEY     the key; from the environment alone

A key on a command line stands in the shell's history and in every list of processes, so
there is no option for it.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from fairweather.errors import MisuseError

URL, MODEL, KEY = "FAIRWEATHER_LLM_URL", "FAIRWEATHER_LLM_MODEL", "FAIRWEATHER_LLM_KEY"
CALL = "/chat/completions"

_HOST = re.compile(r"[A-Za-z0-9.\-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
_MODEL = re.compile(r"[A-Za-z0-9][\w.:/@+\-]{0,119}", re.ASCII)
_KEY = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class LlmOptions:
    """What a person may say about the model; empty fields come from the environment.

    Prices are for a million tokens, in any currency; without both the cost is not known.
    """

    url: str = ""
    model: str = ""
    price_in: float | None = None
    price_out: float | None = None

    def __post_init__(self) -> None:
        for price in (self.price_in, self.price_out):
            if price is not None and not (math.isfinite(price) and price >= 0):
                raise MisuseError(f"{price} is no price of a million tokens")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A chat service: the full address to call, its host as shown, the model, the key."""

    address: str
    host: str
    model: str
    key: str = field(default="", repr=False)


def endpoint(options: LlmOptions, environment: Mapping[str, str] = os.environ) -> Endpoint:
    """The service that options and environment name.

    Raises MisuseError for what is missing or cannot be right; neither the key nor an
    address that may hold one is ever part of a message.
    """
    url = options.url or environment.get(URL, "")
    model = options.model or environment.get(MODEL, "")
    key = environment.get(KEY, "").strip()
    if not url:
        raise MisuseError(f"the extractor llm has no address: give --llm-url, or set {URL}")
    if not model:
        raise MisuseError(f"the extractor llm has no model: give --model, or set {MODEL}")
    if not _MODEL.fullmatch(model):
        raise MisuseError("the model's name may hold letters, digits and . : / @ + - _ only")
    if key and not _KEY.fullmatch(key):
        raise MisuseError(f"{KEY} holds characters that no key has")
    return Endpoint(*_address(url, bool(key)), model, key)


def _address(url: str, has_key: bool) -> tuple[str, str]:
    """The address to call and the host to show."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise MisuseError("the address of the language model cannot be read") from error
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise MisuseError(
            "the address of the language model holds more than host and path;"
            f" a key belongs in {KEY}"
        )
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.netloc):
        raise MisuseError("the address of the language model must begin with https://HOST")
    if has_key and parts.scheme == "http" and not _is_this_machine(host):
        raise MisuseError(f"the key would travel unencrypted to {parts.netloc}; use https://")
    path = parts.path.rstrip("/")
    call = path if path.endswith(CALL) else path + CALL
    return f"{parts.scheme}://{parts.netloc}{call}", parts.netloc


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
