"""Front matter: the YAML block between two `---` lines that tells what a text is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from fairweather.vocabulary.lexicon import tables

_RULE = re.compile(r"---[ \t]*(?:\r?\n|\r|\Z)")
_LINE = re.compile(r"[^\r\n]*(?:\r?\n|\r|\Z)")
_FITTING = re.compile(r"[\w.:-]+[ \t]*:|[ \t#-]|\s*\Z")
MOST_LINES = 200
"""Lines after which a block that does not end is none."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a text says of itself before it begins; `end` is where the block ends.

    `fields` are the keys as written, lower-case, with their values as plain words.
    """

    end: int = 0
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)

    def get(self, meaning: str) -> str:
        """The value of the first key that has that meaning (title, date, author, ...)."""
        return first_meaning(self.fields, meaning)


def first_meaning(fields: Mapping[str, str], meaning: str) -> str:
    """The first non-empty value among the keys that `[front_matter]` lists for a meaning."""
    keys = tables("reading")["front_matter"][meaning]
    return next((fields[key] for key in keys if fields.get(key)), "")


def front_matter(text: str, start: int = 0) -> FrontMatter | None:
    """The front matter that begins at `start`, or None. One that is no YAML is none."""
    block = _block(text, start)
    if block is None or ":" not in text[slice(*block)]:
        return None
    # Imported here: only texts with front matter need it.
    import yaml

    try:
        # The base loader makes words of every value: no dates shifted, nothing run.
        loaded = yaml.load(text[slice(*block)], Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        return None
    if not isinstance(loaded, dict):
        return None
    fields = {str(key).lower(): _plain(value) for key, value in loaded.items()}
    return FrontMatter(_end(text, block[1]), fields)


def _block(text: str, start: int) -> tuple[int, int] | None:
    """Where the lines between the two rules begin and end."""
    opening = _RULE.match(text, start)
    if opening is None:
        return None
    place = opening.end()
    for _ in range(MOST_LINES):
        if place >= len(text):
            return None
        if _RULE.match(text, place):
            return opening.end(), place
        line = _LINE.match(text, place)
        if line is None or not _FITTING.match(line[0]):
            return None
        place = line.end()
    return None


def _end(text: str, closing: int) -> int:
    rule = _RULE.match(text, closing)
    return rule.end() if rule else closing


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_plain(item) for item in value)
    if isinstance(value, dict):
        return _plain(value.get("name", ""))
    return " ".join(str(value).split())
