"""From a row of an answer to a record: every text cut from the document, every word listed.

What the model wrote is never stored. A builder finds the row's quote and actors, takes the
words of the vocabulary, and lets the program read dates, numbers, odds and horizons. A row
that cannot be grounded raises Ungrounded and is refused.

Confidence is the same for every model, since none is calibrated: .7 at most, .5 where an
actor is named in the window but not in the sentences of the quote, .4 where only elsewhere
in the document; and .45 at most for a view in a clause that imagines or denies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from fairweather.coding.events.lexicon import intensity_of
from fairweather.coding.grammar.clauses import is_negated
from fairweather.coding.grammar.counterparts import as_published
from fairweather.coding.grammar.stretches import principals_within
from fairweather.coding.llm.cast import Cast, Chain, is_named
from fairweather.coding.llm.grounding import REAL, Ground, Place, Ungrounded
from fairweather.coding.llm.schema import FORMS, Field, Row, fault
from fairweather.coding.outlook.criteria import criterion
from fairweather.coding.outlook.estimates import estimate
from fairweather.coding.outlook.horizons import horizon
from fairweather.records import (
    AUTHOR,
    UNDATED,
    Agreement,
    Amount,
    Claim,
    Clause,
    Event,
    Mechanism,
    Member,
    Prediction,
    Record,
    Stage,
    Support,
    Tie,
    When,
)
from fairweather.records.types import UNNAMED
from fairweather.vocabulary.gazetteer import load_gazetteer

MOST = 0.7
IN_WINDOW = 0.5
ELSEWHERE = 0.4
IMAGINED = 0.45

AHEAD = frozenset({"proposed", "announced", "promised", "negotiation", "delayed"})
"""Stages that a plan has too."""


@dataclass(slots=True)
class Maker:
    """Makes the records of one window; `coder` is what they bear.

    `left_out` are the faults of inner rows (stages, clauses, members), whose record stands
    without them.
    """

    ground: Ground
    cast: Cast
    coder: str
    left_out: list[Ungrounded] = field(default_factory=list)

    def record(self, kind: str, row: object) -> Record:
        """The record of a row. Raises Ungrounded."""
        checked = _checked(row, FORMS[kind])
        return BUILDERS[kind](self, checked, self.place(checked))

    def place(self, row: Row) -> Place:
        """Where the row's quote stands."""
        return self.ground.find(row["quote"], row["sentence"])

    def common(self, place: Place, *chains: Chain, most: float = MOST) -> dict[str, object]:
        """Quotes, confidence and coder of a record."""
        return {
            "quotes": (self.ground.quote(place),),
            "confidence": min([most, *(self._sure(chain, place) for chain in chains)]),
            "coder": self.coder,
        }

    def _sure(self, chain: Chain, place: Place) -> float:
        if is_named(chain, place.sentences):
            return MOST
        return IN_WINDOW if is_named(chain, self.ground.window.sentences) else ELSEWHERE

    def chains(self, names: Iterable[str]) -> tuple[Chain, ...]:
        """The actors named; those whom the document does not name are left out and counted."""
        found: dict[Chain, None] = {}
        for name in names:
            try:
                found[self.cast.chain(name)] = None
            except Ungrounded as error:
                self.left_out.append(error)
        return tuple(found)

    def principals(self, names: Iterable[str]) -> tuple[str, ...]:
        """Whom the actors named stand for, each once."""
        return tuple(dict.fromkeys(chain[-1] for chain in self.chains(names)))

    def inner(self, rows: Iterable[object], form: Mapping[str, Field]) -> Iterator[Row]:
        """The inner rows that keep their form; the others are counted."""
        for row in rows:
            try:
                yield _checked(row, form)
            except Ungrounded as error:
                self.left_out.append(error)

    def done_on(self, told: str, place: Place, status: str) -> When:
        """The date of an act; none that lies ahead of the text for one told as done."""
        when = self.ground.when(told, place)
        published = self.ground.reading.document.published
        return UNDATED if status in REAL and published.surely_before(when) else when


def _checked(row: object, form: Mapping[str, Field]) -> Row:
    kind, reason = fault(row, form)
    if kind or not isinstance(row, dict):
        raise Ungrounded(kind, reason)
    return row


def _two_sides(one: Chain, other: Chain) -> None:
    if one[-1] == other[-1]:
        raise Ungrounded("one side only", "both sides are the same actor")


# -- acts ------------------------------------------------------------------------------------


def _event(make: Maker, row: Row, place: Place) -> Event:
    source, target = make.cast.chain(row["source"]), make.cast.chain(row["target"])
    _two_sides(source, target)
    status = make.ground.status(row["status"], row["act"], place, row["class"])
    return Event(
        source=source,
        target=target,
        event_class=row["class"],
        status=status,
        date=make.done_on(row["date"], place, status),
        place=make.ground.copied(row["place"], place),
        intensity=intensity_of(row["class"]),
        **make.common(place, source, target),  # type: ignore[arg-type]
    )


def _support(make: Maker, row: Row, place: Place) -> Support:
    giver, receiver = make.cast.chain(row["giver"]), make.cast.chain(row["receiver"])
    _two_sides(giver, receiver)
    state = _borne_out(row["state"], make.ground.status("factual", row["act"], place))
    settled = state in ("given", "reported", "withheld")
    date = make.done_on(row["date"], place, "factual" if settled else "planned")
    return Support(
        giver=giver[-1],
        receiver=receiver[-1],
        level=row["level"],
        state=state,
        condition=make.ground.copied_near(row["condition"], place),
        date=date if date.known else as_published(place.sentences[0], by_then=settled),
        **make.common(place, giver, receiver),  # type: ignore[arg-type]
    )


def _borne_out(state: str, status: str) -> str:
    """The state of support as far as the clause bears it: nothing is given in a plan."""
    if state not in ("given", "reported"):
        return state
    if status == "denied":
        raise Ungrounded("denied", "the clause denies what the row says was done")
    return {"factual": state, "reported": "reported", "claimed": "reported"}.get(status, "possible")


# -- arrangements ----------------------------------------------------------------------------


def _agreement(make: Maker, row: Row, place: Place) -> Agreement:
    parties = make.chains(row["parties"])
    name = make.ground.copied_from_window(row["name"])
    noun = make.ground.copied(row["kind"], place).lower() or "agreement"
    stages = tuple(_stages(make, row["stages"], FORMS["agreement"]["stages"].form))
    clauses = tuple(_clauses(make, row["clauses"]))
    if not name and len(parties) < 2:
        raise Ungrounded("unknown actor", "an agreement with neither a name nor two parties")
    if not (name or stages or clauses):
        raise Ungrounded("nothing said", "an agreement of which nothing is said")
    ids = tuple(dict.fromkeys(chain[-1] for chain in parties))
    labels = "–".join(load_gazetteer().label(actor) for actor in ids[:3])
    return Agreement(
        name=name or f"{labels} {noun}",
        parties=ids,
        kind=noun,
        stages=stages,
        clauses=clauses,
        **make.common(place, *parties),  # type: ignore[arg-type]
    )


def _stages(make: Maker, rows: list[object], form: Mapping[str, Field]) -> Iterator[Stage]:
    for row in make.inner(rows, form):
        try:
            place = make.place(row)
            status = make.ground.status("factual", row["act"], place)
            if status not in REAL and not (status == "planned" and row["stage"] in AHEAD):
                raise Ungrounded("not so", "the clause does not say that the stage was reached")
            yield Stage(
                row["stage"],
                make.principals(row["by"]),
                make.done_on(row["date"], place, status),
                (make.ground.quote(place),),
            )
        except Ungrounded as error:
            make.left_out.append(error)


def _clauses(make: Maker, rows: list[object]) -> Iterator[Clause]:
    for row in make.inner(rows, FORMS["agreement"]["clauses"].form):
        try:
            place = make.place(row)
            yield Clause(
                row["obligation"],
                row["state"],
                make.principals(row["by"]),
                make.principals(row["against"]),
                make.ground.copied_near(row["condition"], place),
                (make.ground.quote(place),),
            )
        except Ungrounded as error:
            make.left_out.append(error)


def _mechanism(make: Maker, row: Row, place: Place) -> Mechanism:
    status = make.ground.status("factual", row["act"], place)
    if status in ("hypothetical", "denied"):
        raise Ungrounded("not so", "the clause does not say that the arrangement exists")
    name = make.ground.copied(row["name"], place) or make.ground.copied(row["act"], place)
    members: dict[str, Member] = {}
    chains: list[Chain] = []
    for member in make.inner(row["members"], FORMS["mechanism"]["members"].form):
        for chain in make.chains([member["actor"]]):
            chains.append(chain)
            role = make.ground.copied(member["role"], place)
            members.setdefault(chain[-1], Member(chain[-1], role))
    if not name or not members:
        raise Ungrounded("nothing said", "an arrangement without a name or a member in the text")
    legal = row["kind"] == "legal_process"
    form = FORMS["mechanism"]["stages"].form
    return Mechanism(
        name=name,
        kind=row["kind"],
        members=tuple(members.values()),
        stages=tuple(_stages(make, row["stages"], form)) if legal else (),
        status=status,
        **make.common(place, *chains),  # type: ignore[arg-type]
    )


# -- words -----------------------------------------------------------------------------------


def _speaker(make: Maker, words: str) -> Chain:
    return (words,) if words in (AUTHOR, UNNAMED) else make.cast.chain(words)


def _claim(make: Maker, row: Row, place: Place) -> Claim:
    speaker = _speaker(make, row["speaker"])
    content = make.ground.copied(row["content"], place)
    if not content:
        raise Ungrounded("invented words", "the content of a claim does not stand in its quote")
    known = () if speaker[0] in (AUTHOR, UNNAMED) else (speaker,)
    return Claim(
        speaker=speaker[0],
        stance=row["stance"],
        content=content,
        about=make.principals(row["about"]),
        **make.common(place, *known),  # type: ignore[arg-type]
    )


def _prediction(make: Maker, row: Row, place: Place) -> Prediction:
    by = _speaker(make, row["by"])
    statement = make.ground.copied(row["statement"], place) or make.ground.quote(place).text
    act = make.ground.act(row["act"], place)
    sentence, token = (act[0], act[0].token(act[1])) if act else (place.sentences[0], None)
    negated = token is not None and is_negated(token)
    odds = estimate(make.ground.copied(row["wording"], place) or statement, negated)
    if odds is None:
        raise Ungrounded("no forecast", "the quote holds no word of likelihood or of the future")
    until = horizon(sentence, place.start, place.end)
    reading = make.ground.reading
    checked = criterion(reading, sentence, token, negated, until) if token is not None else ""
    known = () if by[0] in (AUTHOR, UNNAMED) else (by,)
    return Prediction(
        by=by[0],
        statement=statement,
        wording=odds[0],
        probability=odds[1],
        about=_about(place),
        condition=make.ground.copied_near(row["condition"], place),
        horizon=until,
        criterion=checked,
        outcome="open" if checked or until.known else "not_scorable",
        **make.common(place, *known),  # type: ignore[arg-type]
    )


def _about(place: Place) -> tuple[str, ...]:
    """Whom the sentences of the quote name inside it."""
    found: dict[str, None] = {}
    for sentence in place.sentences:
        inside = (
            token.i
            for token in sentence.span
            if place.start <= sentence.place(token)[0] < place.end
        )
        found |= dict.fromkeys(principals_within(sentence, inside))
    return tuple(found)


def _amount(make: Maker, row: Row, place: Place) -> Amount:
    value, unit, bound = make.ground.number(float(row["value"]), row["unit"], place)
    return Amount(
        value=value,
        unit=unit,
        bound=bound,
        measures=make.ground.copied(row["measures"], place),
        about=make.principals(row["about"]),
        **make.common(place),  # type: ignore[arg-type]
    )


def _tie(make: Maker, row: Row, place: Place) -> Tie:
    a, b = make.cast.chain(row["a"]), make.cast.chain(row["b"])
    _two_sides(a, b)
    viewer = _speaker(make, row["viewpoint"])
    gist = make.ground.within(row["gist"], place)
    real = make.ground.status("factual", "", gist or place) in REAL
    common = make.common(place, a, b, most=MOST if real else IMAGINED)
    return Tie(
        a=a[-1],
        b=b[-1],
        viewpoint=AUTHOR if viewer[0] == UNNAMED else viewer[-1],
        strand=row["strand"],
        polarity=row["polarity"],
        gist=make.ground.quote(gist).text if gist else "",
        date=as_published(place.sentences[0]),
        **common,  # type: ignore[arg-type]
    )


BUILDERS: Mapping[str, Callable[[Maker, Row, Place], Record]] = {
    "event": _event,
    "agreement": _agreement,
    "claim": _claim,
    "prediction": _prediction,
    "amount": _amount,
    "tie": _tie,
    "mechanism": _mechanism,
    "support": _support,
}
