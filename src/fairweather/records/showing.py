"""How an answer shows itself in a notebook: it asks whoever knows how pages are made.

The nouns of every floor are `Shown`; what they look like is known on the desk's floor, which says
so with `present_with`. Without a desk they show as plain Python values.
"""

from __future__ import annotations

from collections.abc import Callable

Presenter = Callable[[object], str | None]
"""From an answer to a fragment of HTML; None where it has no page of its own."""

_presenters: list[Presenter] = []


def present_with(presenter: Presenter) -> None:
    """Let a presenter, the last one named, say what answers look like."""
    _presenters[:] = [presenter]


class Shown:
    """An answer that a notebook shows as a page: no script, nothing fetched."""

    __slots__ = ()

    def _repr_html_(self) -> str | None:
        return _presenters[0](self) if _presenters else None
