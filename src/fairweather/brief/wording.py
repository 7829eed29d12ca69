"""Words of a report: names, lists, dates and numbers as a careful editor writes them."""

from __future__ import annotations

import calendar
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from fairweather.records import AUTHOR, UNNAMED, Explained, When
from fairweather.records.escaping import BLANK
from fairweather.vocabulary import vocabulary
from fairweather.vocabulary.gazetteer import load_gazetteer, with_article

PHRASES = Path(__file__).with_name("phrases.toml")

MONTHS = dict(enumerate(calendar.month_name))
SMALL_NUMBERS = dict(
    enumerate(
        (
            "no",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        )
    )
)

_ISO = re.compile(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b")
_SPACES = re.compile(r"[^\S\u00a0]+")
_JOINERS = "\u200c\u200d"
"""Needed to write Persian and Indic scripts rightly, and harmless on a terminal."""

_SMALL_WORDS = frozenset({"of", "the", "and", "for", "in", "al", "bin", "ibn"})


def clean(text: str) -> str:
    """One line without control, direction-changing and unassigned characters.

    Text of a document may carry escape sequences for a terminal or marks that turn the
    direction of what follows; neither reaches a page.
    """
    spaced = _SPACES.sub(" ", text)
    # What Python calls printable holds nothing that is hidden, but for the blank letters.
    if spaced.isprintable() and BLANK.isdisjoint(spaced):
        return spaced.strip()
    return "".join(c for c in spaced if c in _JOINERS or _shows(c)).strip()


def _shows(letter: str) -> bool:
    return unicodedata.category(letter)[0] != "C" and letter not in BLANK


@cache
def _phrases() -> dict[str, dict[str, str]]:
    return tomllib.loads(PHRASES.read_text(encoding="utf-8"))


def phrase(words: str, key: str) -> str:
    """How a vocabulary's word reads inside a sentence: rungs, economic -> economic help."""
    found = _phrases().get(words, {}).get(key)
    return vocabulary(words)[key].label.lower() if found is None else found


def has_phrase(words: str, key: str) -> bool:
    """Whether a word has a phrase of its own."""
    return key in _phrases().get(words, {})


def label(actor: str) -> str:
    """An actor's plain name for a heading or a table; its id in words where none is listed."""
    if actor == AUTHOR:
        return "Observers"
    name = clean(load_gazetteer().label(actor))
    if name and name != actor:
        return name
    if actor.isupper():
        return actor
    return " ".join(_word(word, at) for at, word in enumerate(clean(actor).split("-")))


def _word(word: str, at: int) -> str:
    return word if at and word in _SMALL_WORDS else word[:1].upper() + word[1:]


def name(actor: str) -> str:
    """An actor's name inside a sentence: Russia, the United States, observers."""
    if actor == AUTHOR:
        return "observers"
    if actor == UNNAMED:
        return "an unnamed source"
    return with_article(label(actor))


def possessive(text: str) -> str:
    """Russia's, the United States'."""
    return f"{text}’" if text.endswith("s") else f"{text}’s"


def sentence(text: str) -> str:
    """The text with a capital first letter and one full stop at its end."""
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…", ".”", "?”", "!”")) else f"{text}."


def listing(parts: Iterable[str], last: str = "and") -> str:
    """a; a and b; a, b and c."""
    *most, end = [*parts] or [""]
    return f"{', '.join(most)} {last} {end}" if most else end


def number(count: int) -> str:
    """A count in words up to twelve."""
    return SMALL_NUMBERS.get(count) or f"{count:,}"


def counted(count: int, noun: str, plural: str = "") -> str:
    """A count with its noun: one source, three sources, 40 sources."""
    return f"{number(count)} {noun if count == 1 else plural or noun + 's'}"


def day(prefix: str) -> str:
    """2025-01-17 -> 17 January 2025; 2025-01 -> January 2025; 2025 -> 2025."""
    year, *rest = prefix.split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0])]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def prose_dates(text: str) -> str:
    """The text with every ISO date in it written out."""
    return _ISO.sub(lambda found: day("-".join(part for part in found.groups() if part)), text)


def dated(when: When) -> str:
    """An interval for a list: "17 January 2025", "March 2024 to May 2024", "date unknown"."""
    if when.since and when.until and when.since != when.until:
        first, last = _without_repeats(when.since, when.until)
        return f"{first} to {last}"
    if when.until and not when.since:
        return f"by {day(when.until)}"
    return (
        f"from {day(when.since)} on" if when.since and not when.until else prose_dates(when.text())
    )


def _without_repeats(since: str, until: str) -> tuple[str, str]:
    """Both ends written out, what they share said once: "3" and "9 May 2025"."""
    last = day(until)
    if len(since) == len(until) > len("2025") and since[:4] == until[:4]:
        shared = since[:7] if since[:7] == until[:7] else since[:4]
        return day(since).removesuffix(f" {day(shared)}"), last
    return day(since), last


def when_so(when: When) -> str:
    """An interval after a verb: "on 17 January 2025", "in 2025"; empty when unknown."""
    since, until = when.since, when.until
    if not when.known:
        return ""
    if since and until and since != until:
        first, last = _without_repeats(since, until)
        return f"between {first} and {last}"
    if not until:
        return f"in or after {day(since or '')}"
    if not since:
        return f"by {day(until)}"
    return f"{'on' if len(since) == len('2025-01-17') else 'in'} {day(since)}"


def chance(low: float | None, high: float | None, value: float | None = None) -> str:
    """A band of probability, no more exact than it is: "about 2–6 %", "about 30–45 %"."""
    if low is None or high is None:
        return "not known" if value is None else f"about {_percent(value)}\u00a0%"
    least, most = _percent(low, down=True), _percent(high, down=False)
    band = f"{least}" if least == most else f"{least}–{most}"
    return f"about {band}\u00a0%"


def _percent(share: float, *, down: bool | None = None) -> int:
    """Whole per cent, in fives from ten to ninety; rounded outwards at the end of a band."""
    percent = 100 * min(max(share, 0.0), 1.0)
    step = 5 if 10 <= percent <= 90 else 1
    steps = round(percent / step, 6)
    whole = round(steps) if down is None else int(steps // 1 if down else -(-steps // 1))
    return step * whole


def odds(figure: Explained | None) -> str:
    """A probability figure in words."""
    return "not known" if figure is None else chance(figure.low, figure.high, figure.value)


def likelihood(figure: Explained) -> str:
    """A probability as an adjective of ICD 203 (2015): "very unlikely", "likely".

    The word is that of the interval in which the band's end nearer to even odds lies, so
    that it never claims more than the band; of the value where the band holds even odds.
    """
    if figure.value is None:
        return "of unknown likelihood"
    low, high = figure.low or figure.value, figure.high or figure.value
    return likely(low, high, figure.value)


def likely(low: float, high: float, value: float | None = None) -> str:
    """The same of a band; of its middle where no value is known."""
    middle = (low + high) / 2 if value is None else value
    share = high if high < 0.5 else low if low > 0.5 else middle
    words = _phrases()["likelihood"]
    kept = [vocabulary("estimative")[word].extra for word in words]
    if share < 0.5:
        at = next(at for at, one in enumerate(kept) if share <= float(one["high"]))
    else:
        at = max(at for at, one in enumerate(kept) if share >= float(one["low"]))
    return words[[*words][at]]


def signed(value: float) -> str:
    """A number from -1 to 1 to one decimal with a real minus sign: 0.4, −0.2, 0."""
    text = f"{value:.1f}"
    return "0" if text in ("0.0", "-0.0") else text.replace("-", "−")


def banded(figure: Explained) -> str:
    """A strand's value with its band: "0.4 (−0.1 to 0.7)"; "not known" without evidence."""
    if figure.value is None:
        return "not known"
    if figure.low is None or figure.high is None:
        return signed(figure.value)
    return f"{signed(figure.value)} ({signed(figure.low)} to {signed(figure.high)})"


def with_names(text: str, actors: Sequence[str]) -> str:
    """The text with the ids of actors replaced by their names."""
    for actor in sorted({*actors} - {""}, key=len, reverse=True):
        word = "observers" if actor == AUTHOR else label(actor)
        text = re.sub(rf"(?<![\w:/]){re.escape(actor)}(?![\w/]|:\w)", word, text)
    return text


def are_actors(words: Iterable[str]) -> tuple[str, ...]:
    """Those of some words that are ids of actors whom the tables list, and `author`."""
    known = load_gazetteer().actors
    return tuple(word for word in dict.fromkeys(words) if word in known or word == AUTHOR)


def shown(value: float | str) -> str:
    """A plain number without a needless tail, or the text itself."""
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:.2g}".replace("-", "−")
