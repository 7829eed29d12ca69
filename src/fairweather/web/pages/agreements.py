"""One agreement with its clauses, stages and kin; one claim with what disputes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from fairweather.brief.life import life_chart
from fairweather.desk import Desk
from fairweather.desk.contested import Said, dispute_of
from fairweather.desk.reviewed import as_reviewed
from fairweather.desk.succession import succession
from fairweather.desk.why import Cited, RecordChain
from fairweather.errors import UnknownKey
from fairweather.records import Agreement, Document, Record, Stage
from fairweather.vocabulary import vocabulary
from fairweather.web.pages.page import Open, Page
from fairweather.web.view import View

R = TypeVar("R", bound=Record)

STATES = ("present", "disputed", "absent")
"""In the order in which clauses are told."""


def agreement(desk: Open, identity: str) -> View:
    """An agreement: clauses present and absent, each with its words; its life; its kin."""
    chain, record = _of_kind(desk, identity, Agreement)
    kin = succession(desk.ledger, record)
    chart = life_chart((*kin.before, record, *kin.after))
    return View(
        template="agreement.html.j2",
        title=record.name,
        data=chain.to_json()
        | {
            "before": [{"id": one.id, "name": one.name} for one in kin.before],
            "after": [{"id": one.id, "name": one.name} for one in kin.after],
            "unstated": list(_unstated({clause.obligation for clause in record.clauses})),
        },
        shown={
            "chain": chain,
            "agreement": record,
            "clauses": sorted(record.clauses, key=lambda one: STATES.index(one.state)),
            "stages": sorted(record.stages, key=_when),
            "kin": kin,
            "chart": chart,
            "unstated": tuple(_unstated({clause.obligation for clause in record.clauses})),
            "told": _by_document(chain),
            "reviewed": as_reviewed(desk.ledger, record.id),
        },
        charts={"life": chart} if chart else {},
        columns=("what", "key", "state", "by", "against", "condition", "date", "quote"),
        rows=tuple(_life(record)),
    )


def claim(desk: Open, identity: str) -> View:
    """A claim beside those that dispute it, each in its own words."""
    dispute = dispute_of(desk.ledger, identity)
    asked = desk.ledger.record(identity)
    return View(
        template="claim.html.j2",
        title="Contested claims" if dispute.denies else "A claim",
        data={
            "says": [_told(one) for one in dispute.says],
            "denies": [_told(one) for one in dispute.denies],
            "contests": [one.decision.row() for one in dispute.contests],
        },
        shown={
            "dispute": dispute,
            "asked": asked.id,
            "speakers": {
                one.claim.id: one.claim.speaker for one in (*dispute.says, *dispute.denies)
            },
        },
        columns=("side", "speaker", "stance", "content", "published", "outlet", "quote", "id"),
        rows=tuple(
            (side, *_cells(one))
            for side, several in (("says", dispute.says), ("denies", dispute.denies))
            for one in several
        ),
    )


def _told(one: Said) -> dict[str, object]:
    return {
        **one.chain.to_json(),
        "stands": not one.reviewed.gone,
        "history": [step.to_json() for step in one.reviewed.history],
    }


def _cells(one: Said) -> tuple[str, ...]:
    said, cited = one.claim, one.chain.cited[0]
    outlet = cited.document.publisher or cited.document.author
    published = cited.document.published.text()
    return (said.speaker, said.stance, said.content, published, outlet, cited.text, said.id)


def _of_kind(desk: Desk, identity: str, kind: type[R]) -> tuple[RecordChain, R]:
    """The chain of a record of one kind. Raises UnknownKey for any other."""
    chain = desk.why(identity)
    if isinstance(chain, RecordChain) and isinstance(chain.record, kind):
        return chain, chain.record
    raise UnknownKey(f"{identity} is no {kind.type}")


def _by_document(chain: RecordChain) -> list[tuple[Document, list[Cited]]]:
    """The passages that tell of it, those of one document together, the oldest first."""
    found: dict[str, tuple[Document, list[Cited]]] = {}
    for one in chain.cited:
        found.setdefault(one.document.id, (one.document, []))[1].append(one)
    return sorted(found.values(), key=lambda one: one[0].published.until or "")


def _unstated(stated: set[str]) -> Iterator[str]:
    """The obligations that no text speaks of: neither present nor absent is known."""
    for key, term in vocabulary("obligations").items():
        if key not in stated:
            yield term.label


def _when(stage: Stage) -> tuple[bool, str]:
    """Dated stages in order, the others after them as they are told."""
    day = stage.date.since or stage.date.until or ""
    return (not day, day)


def _life(record: Agreement) -> Iterator[tuple[str, ...]]:
    for stage in record.stages:
        quote = stage.quotes[0].text if stage.quotes else ""
        by = " ".join(stage.by)
        yield ("stage", stage.stage, "", by, "", "", stage.date.text(), quote)
    for clause in record.clauses:
        quote = clause.quotes[0].text if clause.quotes else ""
        by, against = " ".join(clause.by), " ".join(clause.against)
        yield ("clause", clause.obligation, clause.state, by, against, clause.condition, "", quote)


AGREEMENT = Page(
    "/agreement/{identity}",
    "agreement",
    "An agreement with its clauses",
    agreement,
    charts=("life",),
)
CLAIM = Page("/claim/{identity}", "claim", "A claim and what disputes it", claim)
