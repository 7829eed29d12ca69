"""Stories for the desk: the events of a `find` by the act they tell of; one told apart again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fairweather.ledger import EVERYTHING, Ledger, Window
from fairweather.ledger.stories import Story, stories_of
from fairweather.profile import count_origins, origins_of
from fairweather.records import Event, Record, Row, to_row


@dataclass(frozen=True, slots=True)
class Clustered:
    """A story with who tells of it and from how many independent origins."""

    story: Story
    outlets: tuple[str, ...]
    origins: int

    @property
    def told(self) -> str:
        """ "3 outlets, 2 origins"."""
        return f"{_counted(len(self.outlets), 'outlet')}, {_counted(self.origins, 'origin')}"

    def to_json(self) -> Row:
        """The cluster as one plain object: the event that tells most, the ids of all."""
        return {
            "id": self.story.id,
            "events": [event.id for event in self.story.events],
            "documents": list(self.story.documents),
            "outlets": list(self.outlets),
            "origins": self.origins,
            "best": to_row(self.story.best),
        }


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def clustered(
    ledger: Ledger, rows: Sequence[Record], window: Window = EVERYTHING
) -> tuple[Clustered, ...]:
    """The events among some rows as stories, each at the place of its first."""
    events = [row for row in rows if isinstance(row, Event)]
    wanted = dict.fromkeys(event.document for event in events)
    documents = {one.id: one for one in ledger.documents(window, ids=wanted)}
    origin = origins_of(ledger, documents.values(), events, window)
    return tuple(
        Clustered(story, story.outlets(documents), count_origins(story.events, origin))
        for story in stories_of(ledger, events, window)
    )


def cluster_of(ledger: Ledger, event: Event, window: Window = EVERYTHING) -> Clustered:
    """The whole story of one event, itself alone where nobody else tells of it."""
    ids = {event.id}
    for decision in ledger.decisions_about(ids, window):
        if decision.kind == "merge":
            ids |= {decision.subject, decision.object}
    rows = tuple(ledger.statements(Event, window, ids=ids))
    found = clustered(ledger, rows or (event,), window)
    return next(one for one in found if event.id in {told.id for told in one.story.events})
