"""`review`: a person's verdicts on rows and on actor matches, each a decision.

Nothing is overwritten: a verdict is recorded with who gave it, when and why, changes what
the views show, and can be taken back.
"""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fairweather.coding.joining import join_statements
from fairweather.coding.stories import join_stories
from fairweather.desk.correction import PARTS, QUOTE, corrected, person
from fairweather.desk.labels import labels
from fairweather.desk.looks import Look, Wanted, looks
from fairweather.desk.names import actor_id
from fairweather.errors import FairweatherError, MisuseError, NothingFound, UnknownKey
from fairweather.ledger import (
    PERSON,
    Decision,
    Ledger,
    about,
    enforce,
    holding,
    is_actor,
    lineage,
    matches,
    split_off,
    standing,
    take_back,
    verdicts,
)
from fairweather.ledger.merging import clusters
from fairweather.records import Actor, Agreement, Document, Mechanism, Record, Row

MERGED = ("agreement", "mechanism", "event")
REPLACING = ("correct", "supersede")


@dataclass(frozen=True, slots=True)
class Step:
    """One decision of a history, and whether it stands."""

    decision: Decision
    stands: bool

    def to_json(self) -> dict[str, Any]:
        """The step as one plain object."""
        return {**self.decision.row(), "stands": self.stands}


class Review:
    """The verdicts of one person over a ledger; `by` is the name stored with each."""

    def __init__(self, ledger: Ledger, by: str | None = None) -> None:
        self.ledger = ledger
        self.by = person(login_name() if by is None else by)

    def next(self, wanted: Wanted | None = None) -> tuple[Look, ...]:
        """The rows that most need a look, beside their sentences."""
        return looks(self.ledger, wanted or Wanted())

    def export(self) -> Iterator[Row]:
        """Every verdict of a person that stands, as labelled data."""
        return labels(self.ledger)

    # -- verdicts on rows --------------------------------------------------------------

    def accept(self, identity: str, reason: str = "") -> tuple[Decision, ...]:
        """Confirm a row, so that it is shown however unsure its coder was.

        A rejection of it is taken back. Raises UnknownKey, and MisuseError for a row that
        was corrected.
        """
        return self._judge("accept", identity, reason)

    def reject(self, identity: str, reason: str) -> tuple[Decision, ...]:
        """Set a row aside: it stays in the ledger and stands in no view.

        Raises UnknownKey, and MisuseError for an actor or a row that was corrected.
        """
        if isinstance(self._record(identity), Actor):
            raise MisuseError(
                f"{identity} is an actor; take its match back in one document with"
                f" `review split {identity} DOCUMENT`"
            )
        return self._judge("reject", identity, reason)

    def _judge(self, kind: str, identity: str, reason: str) -> tuple[Decision, ...]:
        record = self._record(identity)
        self._refuse_replaced(record)
        ids = [one.id for one in self._statements_of(record)]
        against = {"accept": "reject", "reject": "accept"}[kind]
        added = self._taking_back(
            (d for d in standing(self.ledger.decisions())
             if d.kind == against and d.subject in ids),
            reason,
        )  # fmt: skip
        for one in ids:
            verdict = Decision(kind=kind, subject=one, reason=reason, by=self.by)
            added += enforce(verdict, (*self.ledger.decisions(), *added))
        self.ledger.add((), added)
        return tuple(added)

    def correct(self, identity: str, changes: Mapping[str, str], reason: str) -> tuple[Record, ...]:
        """Put a corrected row in a row's place; the old one stays reachable by `why`.

        Of an agreement or mechanism told by several documents, plain fields are corrected
        in each statement of it, lists of parts and quotes in the one of this id. Raises
        UnknownKey, UnknownActor and MisuseError with what was meant.
        """
        record = self._record(identity)
        if isinstance(record, Actor):
            raise MisuseError(f"{identity} is an actor; see `review merge` and `review split`")
        self._refuse_replaced(record)
        whole = not changes.keys() & {QUOTE, *PARTS}
        statements = self._statements_of(record) if whole else (record,)
        made = [(one, self._corrected(one, changes)) for one in statements]
        new = [(old, after) for old, after in made if after.id != old.id]
        if not new:
            raise MisuseError(f"{record.id} says that already; `review accept` confirms a row")
        added: list[Decision] = []
        for old, after in new:
            added += self._replacing(old, after, reason, added)
        self.ledger.add([after for _, after in new], added)
        return tuple(after for _, after in new)

    def faults(self, identity: str, changes: Mapping[str, str]) -> dict[str, str]:
        """What `correct` would refuse in the changes, by field; empty where it takes them.

        A fault that shows in no field alone stands under "". Raises UnknownKey.
        """
        record = self._record(identity)
        found = {field: self._fault(record, {field: changes[field]}) for field in changes}
        found = {field: fault for field, fault in found.items() if fault}
        whole = "" if found else self._fault(record, changes)
        return found or ({"": whole} if whole else {})

    def _fault(self, record: Record, changes: Mapping[str, str]) -> str:
        try:
            self._corrected(record, changes)
        except FairweatherError as error:
            return str(error)
        return ""

    def _corrected(self, record: Record, changes: Mapping[str, str]) -> Record:
        document = self.ledger.document(record.document)
        return corrected(record, document, changes, self.by, self._actor)

    def _replacing(
        self, old: Record, new: Record, reason: str, added: Iterable[Decision]
    ) -> list[Decision]:
        """The decisions that set the new record in the old one's place."""
        made = (*self.ledger.decisions(), *added)
        # A row corrected back to what it was, or to one that was rejected, stands again.
        freed = self._taking_back(
            (d for d in standing(made)
             if d.subject == new.id and d.kind in ("reject", *REPLACING)),
            reason,
        )  # fmt: skip
        if old.id in verdicts((*made, *freed)).gone:
            return freed
        coded = self.ledger.has(new.id) and not self._is_of_person(new.id)
        kind = "supersede" if coded else "correct"
        put = Decision(kind=kind, subject=old.id, object=new.id, reason=reason, by=self.by)
        return [*freed, *enforce(put, (*made, *freed))]

    # -- verdicts on actors ------------------------------------------------------------

    def merge(self, actor: str, into: str, reason: str = "") -> Decision:
        """Decide that two actors, or two statements of one kind, are one.

        Raises UnknownActor, UnknownKey, and MisuseError where they are one already.
        """
        found = matches(standing(self.ledger.decisions()))
        if is_actor(actor):
            one, other = found.actor(self._actor(actor)), found.actor(self._actor(into))
        else:
            one, other = self._record(actor).id, self._record(into).id
            if not one.partition(":")[0] == other.partition(":")[0] in MERGED:
                raise MisuseError(
                    "only two agreements, two mechanisms, two events or two actors are merged"
                )
        if one == other:
            raise MisuseError(f"{actor} and {into} are one already")
        return self._decide(
            Decision(kind="merge", subject=one, object=other, reason=reason, by=self.by)
        )

    def split(
        self, actor: str, document: str, named: str | None = None, reason: str = ""
    ) -> tuple[Decision, ...]:
        """Take an actor match back in one document (an id, or that of a row from it).

        Whoever it names there becomes an actor of its own, or `named`. With two rows, or two
        documents, these are told apart. Raises UnknownActor, UnknownKey, MisuseError.
        """
        if not is_actor(actor):
            return self._tell_apart(actor, document, reason)
        one = self._actor(actor)
        row = self.ledger.record(document)
        place = row.id if isinstance(row, Document) else row.document
        other = self._actor(named) if named else None
        split = self._decide(
            Decision(kind="split", subject=one, object=place, reason=reason, by=self.by)
        )
        part = split_off(one, place)
        if other is None:
            return (split,)
        merged = Decision(kind="merge", subject=part, object=other, reason=reason, by=self.by)
        return split, self._decide(merged)

    def _tell_apart(self, one: str, other: str, reason: str) -> tuple[Decision, ...]:
        """Two rows tell of two acts, or two documents are of two origins."""
        first, second = self.ledger.record(one), self.ledger.record(other)
        if first.type != second.type or first.id == second.id:
            raise MisuseError("only two different rows of one kind, or two documents, are split")
        kept = Decision(kind="split", subject=first.id, object=second.id, reason=reason, by=self.by)
        return (self._decide(kept), *self._rejoin(first, second))

    def _rejoin(self, *records: Record) -> tuple[Decision, ...]:
        """What the rules make of some rows, now that a person has decided."""
        if isinstance(records[0], Agreement | Mechanism):
            added = join_statements(self.ledger)
            self.ledger.add((), added)
            return added
        wanted = {one.id if isinstance(one, Document) else one.document for one in records}
        added = join_stories(self.ledger, list(self.ledger.documents(ids=wanted)))
        self.ledger.add((), added)
        return added

    # -- history -----------------------------------------------------------------------

    def history(self, identity: str | None = None) -> tuple[Step, ...]:
        """Decisions, oldest first: all about an id and what it was corrected from or to.

        Without an id, every decision of a person. Raises NothingFound.
        """
        every = self.ledger.decisions()
        if identity is None:
            chosen: tuple[Decision, ...] = tuple(d for d in every if d.by_person)
        elif identity.startswith("decision:"):
            chosen = about([self._decision(identity).id], every)
        else:
            known = identity if is_actor(identity) else self.ledger.record(identity).id
            chosen = about(lineage(known, every), every)
        if not chosen:
            raise NothingFound(f"no decision about {identity or 'anything'} by a person")
        held = holding(every)
        return tuple(Step(decision, decision.id in held) for decision in chosen)

    def undo(self, identity: str, reason: str = "") -> Decision:
        """Take a decision back, a person's or a rule's; undoing an `undo` restores.

        Raises UnknownKey, and MisuseError when it was taken back before.
        """
        decision = self._decision(identity)
        if decision.id not in holding(self.ledger.decisions()):
            raise MisuseError(
                f"{decision.id} was taken back already; `review history {decision.id}` says by"
                " which decision: undo that one to restore it"
            )
        added = self._taking_back([decision], reason)
        self.ledger.add((), added)
        if decision.kind in ("merge", "relay", "split") and not is_actor(decision.subject):
            self._rejoin(*map(self.ledger.record, (decision.subject, decision.object)))
        return added[-1]

    # -- what they share ---------------------------------------------------------------

    def _record(self, identity: str) -> Record:
        record = self.ledger.record(identity)
        if isinstance(record, Document):
            raise MisuseError(f"{record.id} is a document; review the rows coded from it")
        return record

    def _actor(self, name: str) -> str:
        return actor_id(name, self.ledger)

    def _is_of_person(self, identity: str) -> bool:
        return self.ledger.record(identity).coder.startswith(PERSON)

    def _refuse_replaced(self, record: Record) -> None:
        decided = verdicts(self.ledger.decisions())
        if record.id in decided.heirs:
            raise MisuseError(
                f"{record.id} was corrected: {decided.heir(record.id)} stands in its place"
                f" (`review history {record.id}`)"
            )
        if decided.gone.get(record.id, "").startswith("undo"):
            raise MisuseError(
                f"{record.id} was written for a correction that was taken back"
                f" (`review history {record.id}`)"
            )

    def _statements_of(self, record: Record) -> tuple[Record, ...]:
        """The statements behind a view where the id is that of a view; else the one."""
        if not isinstance(record, Agreement | Mechanism):
            return (record,)
        decided = verdicts(self.ledger.decisions())
        every: list[Record] = list(self.ledger.statements(type(record)))
        for group in clusters(every, decided.links):
            ids = [one.id for one in group]
            shown = [one for one in ids if one not in decided.gone]
            if record.id in (ids[0], *shown[:1]):
                return tuple(group)
        return (record,)

    def _taking_back(self, decisions: Iterable[Decision], reason: str) -> list[Decision]:
        added: list[Decision] = []
        for decision in decisions:
            made = (*self.ledger.decisions(), *added)
            added += take_back(decision, made, by=self.by, reason=reason)
        return added

    def _decide(self, decision: Decision) -> Decision:
        self.ledger.add((), enforce(decision, self.ledger.decisions()))
        return decision

    def _decision(self, identity: str) -> Decision:
        """The decision of an id, or of the beginning of one. Raises UnknownKey."""
        wanted = identity if identity.startswith("decision:") else f"decision:{identity}"
        found = [d for d in self.ledger.decisions() if d.id.startswith(wanted)]
        if len(found) != 1:
            said = "begins several ids; give more of it" if found else "is no decision"
            raise UnknownKey(f"{identity!r} {said}; `fairweather review history` lists them")
        return found[0]


def login_name() -> str:
    """The name that the person is logged in under; "somebody" where there is none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"
