"""Whether a date is spoken of as coming or as past: the cues around it in its sentence."""

from __future__ import annotations

import functools
import re

from fairweather.sources.lexicon import any_of, spotting, words

REACH = 160
"""Characters before a date in which its verb is looked for."""

AFTERWARDS = 60
"""Characters after a date in which it is, where nothing stands before."""

_UP_TO = re.compile(r"\b(?:by|until|till)\s+(?:the\s+)?$", re.IGNORECASE)

_SENTENCE_BREAK = re.compile(r"[.!?;][\"”’)]?\s|\n\s*\n|\n(?=\S)(?<=[.!?:]\n)")


@functools.cache
def _cues() -> re.Pattern[str]:
    # A participle after "be" or "to" is no past: "is to be signed on Friday". Each cue is
    # looked for by its first letter, in lower-case text: several times as fast.
    past, coming = words("reading_time", "past"), words("reading_time", "coming")
    cues = []
    for letter in sorted({cue[0] for cue in (*past, *coming)}):
        kinds = []
        for kind, phrases in (("past", past), ("coming", coming)):
            rest = [phrase[1:] for phrase in phrases if phrase[0] == letter]
            if rest:
                bar = rf"(?<!\bbe {letter})(?<!\bto {letter})" if kind == "past" else ""
                kinds.append(rf"(?P<{kind}_{letter}>{bar}(?:{any_of(rest)}))(?!\w)")
        cues.append(rf"{letter}(?:{'|'.join(kinds)})")
    return re.compile(rf"\b(?:{'|'.join(cues)})")


def _kind(cue: re.Match[str] | None) -> str:
    return (cue.lastgroup or "").partition("_")[0] if cue else ""


def sentence_bounds(text: str, start: int, end: int, lowest: int = 0) -> tuple[int, int]:
    """Where the sentence around a stretch begins and ends, at most REACH characters away."""
    floor = max(lowest, start - REACH)
    begin = floor
    for found in _SENTENCE_BREAK.finditer(text, floor, start):
        begin = found.end()
    stop = _SENTENCE_BREAK.search(text, end, end + REACH)
    return begin, stop.start() if stop else min(len(text), end + REACH)


def tense(text: str, start: int, end: int, lowest: int = 0) -> str:
    """Whether the date at `text[start:end]` is told of as `coming` or `past`, else "".

    The nearest cue before it in the sentence decides; where none stands before, the first
    one after it does.
    """
    begin, stop = sentence_bounds(text, start, end, lowest)
    nearest = None
    for found in _cues().finditer(text[begin:start].lower()):
        nearest = found
    if nearest is None:
        nearest = _cues().search(text[end : min(stop, end + AFTERWARDS)].lower())
    holds = nearest is None or nearest.group() in ("have", "has")
    if holds and _UP_TO.search(text[begin:start]):
        return "coming"  # "until 31 December the pact holds", "they have until Sunday"
    return _kind(nearest)


def bounds_the_text(text: str, start: int, end: int) -> re.Match[str] | None:
    """The cue by which the date at `text[start:end]` must lie after the text was written."""
    if tense(text, start, end) != "coming":
        return None
    begin, stop = sentence_bounds(text, start, end)
    nearest = None
    for found in spotting("reading_time", "bounding").finditer(text, begin, start):
        nearest = found
    return nearest or spotting("reading_time", "bounding").search(text, end, stop)


def is_past(text: str, start: int, end: int) -> bool:
    """Whether the sentence around the date tells of the past and of nothing to come."""
    begin, stop = sentence_bounds(text, start, end)
    if spotting("reading_time", "coming").search(text, begin, stop):
        return tense(text, start, end) != "coming" and _has_past_form(text, begin, start)
    return _has_past_form(text, begin, stop)


def _has_past_form(text: str, begin: int, stop: int) -> bool:
    return bool(_past_forms().search(text, begin, stop))


@functools.cache
def _past_forms() -> re.Pattern[str]:
    irregular = any_of(words("reading_time", "spoken_of_as_past"))
    return re.compile(
        rf"(?<![\w-])(?:{irregular}|[a-z]{{2,}}(?<!ne)(?<!spe)ed)(?!\w)", re.IGNORECASE
    )
