"""The language of a text, among those the news is written in (ISO 639-1)."""

from __future__ import annotations

import functools
from collections.abc import Callable

from fairweather.sources.lexicon import words

SHORTEST = 20
"""Letters below which a text is too short to tell; the default stands."""

SAMPLE = 4000
"""Characters looked at: more of one text tells nothing new."""


def identify(text: str, default: str = "en") -> str:
    """The language of a text, or `default` where there is too little of it."""
    sample = text[:SAMPLE]
    if sum(letter.isalpha() for letter in sample) < SHORTEST:
        return default
    language, _ = _classifier()(sample)
    return str(language)


@functools.cache
def _classifier() -> Callable[[str], tuple[str, float]]:
    # Imported here: it loads a model of several megabytes. The plain functions of the module
    # are the only part of it that has stayed the same from one version to the next.
    import py3langid

    py3langid.set_languages(list(words("reading_genre", "languages")))
    classify: Callable[[str], tuple[str, float]] = py3langid.classify
    return classify
