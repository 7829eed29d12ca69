"""The sources page: every watched feed with its last item, its failures and its silence.

Feeds die without a word; here it shows. Titles and reasons come from strangers: control and
bidirectional characters are shown escaped, and nothing of them can become markup.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from fairweather.cli.tables import plain_table, safe
from fairweather.coding.watching import silence, standing
from fairweather.ledger import FeedState

HEADERS = ("feed", "standing", "last item (UTC)", "silent for", "last read (UTC)", "items", "note")
_ORDER = ("failing", "silent", "not read yet", "well")

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sources</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{font:16px/1.4 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;
padding:.3rem .6rem;border-bottom:1px solid #ccc;overflow-wrap:anywhere}
.failing td:nth-child(2),.silent td:nth-child(2){font-weight:bold}</style></head>
<body><h1>Sources</h1><p>{{ told }}</p>
<table><thead><tr>{% for header in headers %}<th scope="col">{{ header }}</th>{% endfor %}</tr></thead>
<tbody>{% for row in rows %}
<tr class="{{ row.standing.replace(' ', '-') }}"><td>{{ row.title }}<br>
<a href="{{ row.url }}" rel="noopener noreferrer">{{ row.url }}</a></td>
<td>{{ row.standing }}</td><td>{{ row.last_item }}</td><td>{{ row.silent }}</td>
<td>{{ row.polled }}</td><td>{{ row.items }}</td><td>{{ row.note }}</td></tr>{% endfor %}
</tbody></table></body></html>
"""  # noqa: E501 - markup


@dataclass(frozen=True, slots=True)
class Row:
    """One feed as text, safe for a terminal; a page escapes it besides."""

    title: str
    url: str
    standing: str
    last_item: str
    silent: str
    polled: str
    items: str
    note: str

    def cells(self) -> tuple[str, ...]:
        """The row under the headers of the page, the name and its address in one cell."""
        named = f"{self.title} ({self.url})" if self.title else self.url
        rest = (self.standing, self.last_item, self.silent, self.polled, self.items, self.note)
        return (named, *rest)


def rows(states: Sequence[FeedState], now: dt.datetime) -> list[Row]:
    """The feeds as rows, those that need somebody's eye first."""
    made = [_row(state, now) for state in states]
    return sorted(made, key=lambda row: (_ORDER.index(row.standing), row.title, row.url))


def _row(state: FeedState, now: dt.datetime) -> Row:
    quiet = silence(state, now).days
    return Row(
        title=_line(state.title),
        url=_line(state.url),
        standing=standing(state, now),
        last_item=_minute(state.last_item) or "none seen",
        silent=f"{quiet} day{'' if quiet == 1 else 's'}",
        polled=_minute(state.polled) or "never",
        items=str(state.items) if state.polled else "",
        note=_line(_note(state)),
    )


def _note(state: FeedState) -> str:
    notes = []
    if state.failures:
        times = "time" if state.failures == 1 else "times in a row"
        notes.append(f"failed {state.failures} {times}: {state.failure}")
    if state.not_before:
        notes.append(f"left alone until {_minute(state.not_before)}")
    if state.moved:
        notes.append(f"says that it has moved to {state.moved}")
    return "; ".join(notes)


def _line(words: str) -> str:
    return safe(" ".join(words.split()))


def _minute(instant: str) -> str:
    return instant[:16].replace("T", " ")


def told(states: Sequence[FeedState], now: dt.datetime) -> str:
    """How the feeds are, in one sentence."""
    counts = {name: sum(standing(one, now) == name for one in states) for name in _ORDER}
    stands = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    return f"{len(states)} feeds: {stands or 'none'}. {now:%Y-%m-%d %H:%M} UTC."


def as_table(states: Sequence[FeedState], now: dt.datetime) -> str:
    """The page for a terminal."""
    return f"{plain_table(HEADERS, [row.cells() for row in rows(states, now)])}\n\n" + told(
        states, now
    )


def as_markdown(states: Sequence[FeedState], now: dt.datetime) -> str:
    """The page as Markdown."""
    lines = ["# Sources", "", told(states, now), "", f"| {' | '.join(HEADERS)} |"]
    lines.append(f"|{'---|' * len(HEADERS)}")
    lines += [f"| {' | '.join(map(_cell, row.cells()))} |" for row in rows(states, now)]
    return "\n".join(lines) + "\n"


def _cell(words: str) -> str:
    """Words that Markdown takes for words: no link, no markup, no end of the cell."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]<>()#|!&~" else letter for letter in words)


def as_html(states: Sequence[FeedState], now: dt.datetime) -> str:
    """The page as HTML: no script, nothing fetched."""
    from jinja2 import Environment

    template = Environment(autoescape=True).from_string(_PAGE)
    return template.render(headers=HEADERS, rows=rows(states, now), told=told(states, now))
