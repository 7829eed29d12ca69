"""One agreement with its clauses and stages; one claim with what disputes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from fairweather.desk import Desk
from fairweather.desk.why import RecordChain
from fairweather.errors import UnknownKey
from fairweather.records import Agreement, Claim, Record
from fairweather.vocabulary import vocabulary
from fairweather.web.pages.page import Open, Page
from fairweather.web.view import View

R = TypeVar("R", bound=Record)


def agreement(desk: Open, identity: str) -> View:
    """An agreement: clauses present and absent, each with its words; its life; its texts."""
    chain, record = _of_kind(desk, identity, Agreement)
    return View(
        template="agreement.html.j2",
        title=record.name,
        data=chain.to_json(),
        shown={
            "chain": chain,
            "agreement": record,
            "unstated": tuple(_unstated({clause.obligation for clause in record.clauses})),
        },
        columns=("what", "key", "state", "by", "date", "quote"),
        rows=tuple(_life(record)),
    )


def claim(desk: Open, identity: str) -> View:
    """A claim beside those that dispute it, each in its own words."""
    chain, record = _of_kind(desk, identity, Claim)
    others = tuple(
        _of_kind(desk, one, Claim)[0] for one in (*record.contested_by, *record.disputes)
    )
    return View(
        template="claim.html.j2",
        title="A claim",
        data={"claim": chain.to_json(), "disputed": [one.to_json() for one in others]},
        shown={"chain": chain, "claim": record, "others": others},
        columns=("speaker", "stance", "content", "id"),
        rows=tuple(
            (one.speaker, one.stance, one.content, one.id)
            for one in (record, *(other.record for other in others))
            if isinstance(one, Claim)
        ),
    )


def _of_kind(desk: Desk, identity: str, kind: type[R]) -> tuple[RecordChain, R]:
    """The chain of a record of one kind. Raises UnknownKey for any other."""
    chain = desk.why(identity)
    if isinstance(chain, RecordChain) and isinstance(chain.record, kind):
        return chain, chain.record
    raise UnknownKey(f"{identity} is no {kind.type}")


def _unstated(stated: set[str]) -> Iterator[str]:
    """The obligations that no text speaks of: neither present nor absent is known."""
    for key, term in vocabulary("obligations").items():
        if key not in stated:
            yield term.label


def _life(record: Agreement) -> Iterator[tuple[str, ...]]:
    for stage in record.stages:
        quote = stage.quotes[0].text if stage.quotes else ""
        yield ("stage", stage.stage, "", " ".join(stage.by), stage.date.text(), quote)
    for clause in record.clauses:
        quote = clause.quotes[0].text if clause.quotes else ""
        yield ("clause", clause.obligation, clause.state, " ".join(clause.by), "", quote)


AGREEMENT = Page("/agreement/{identity}", "agreement", "An agreement with its clauses", agreement)
CLAIM = Page("/claim/{identity}", "claim", "A claim and what disputes it", claim)
