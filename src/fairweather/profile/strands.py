"""One strand of a partnership, seen from one side, with what speaks for and against it.

The value is (P - N) / (P + N + 2) over P independent origins for and N against; its band
is the 10-90 % range of Beta(P + 1, N + 1), put on the same scale. Nothing known gives no
value, not zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fairweather.history.intervals import beta_quantiles
from fairweather.profile.origins import count_origins
from fairweather.records import LATEST, Explained, Ingredient, Tie, When
from fairweather.vocabulary import vocabulary

METHOD, VERSION = "strand", "1"
FORMULA = "(P - N) / (P + N + 2), band: 10-90 % of Beta(P + 1, N + 1) on -1..1"
ENOUGH_FOR_TREND = 2
"""Origins needed in the earlier and in the later half before a trend is spoken of."""
CLEAR_CHANGE = 0.2
"""Difference between the halves' values from which a trend is called."""


@dataclass(frozen=True, slots=True)
class StrandView:
    """How one strand looks from `viewpoint` towards the other side.

    `value` is -1 (all origins against) to 1 (all for), None without evidence; the tuples
    hold the rows for, against and neutral; `trend` is rising, falling, steady or "".
    """

    strand: str
    viewpoint: str
    value: Explained
    supporting: tuple[Tie, ...]
    opposing: tuple[Tie, ...]
    neutral: tuple[Tie, ...]
    trend: str

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of all rows behind the view."""
        return tuple(tie.id for tie in (*self.supporting, *self.opposing, *self.neutral))

    @property
    def label(self) -> str:
        """The strand's name for people."""
        return vocabulary("strands")[self.strand].label


def strand_view(
    pair: tuple[str, str],
    strand: str,
    viewpoint: str,
    ties: Iterable[Tie],
    origin: Mapping[str, str],
    published: Mapping[str, When],
    as_of: str = LATEST,
) -> StrandView:
    """The view of one strand from one side, from all ties of the pair."""
    rows = [tie for tie in ties if tie.strand == strand and tie.viewpoint == viewpoint]
    by_sign = {sign: tuple(t for t in rows if t.polarity == sign) for sign in ("+", "-", "0")}
    return StrandView(
        strand,
        viewpoint,
        _judge(pair, strand, viewpoint, by_sign, origin, as_of),
        by_sign["+"],
        by_sign["-"],
        by_sign["0"],
        _trend(by_sign["+"], by_sign["-"], origin, published),
    )


def _judge(
    pair: tuple[str, str],
    strand: str,
    viewpoint: str,
    by_sign: Mapping[str, Sequence[Tie]],
    origin: Mapping[str, str],
    as_of: str,
) -> Explained:
    for_, against = (count_origins(by_sign[sign], origin) for sign in ("+", "-"))
    known = for_ + against > 0
    low, high = balance_band(for_, against) if known else (None, None)
    return Explained(
        method=METHOD,
        version=VERSION,
        arguments=(*pair, strand, viewpoint),
        meaning=(
            f"{vocabulary('strands')[strand].label} of {pair[0]}-{pair[1]} as seen by"
            f" {viewpoint}: -1 all evidence against the tie, 1 all for it"
        ),
        value=balance(for_, against) if known else None,
        low=low,
        high=high,
        unit="strand value, -1 to 1",
        as_of=as_of,
        formula=FORMULA,
        ingredients=(
            Ingredient("origins for (P)", for_, tuple(t.id for t in by_sign["+"])),
            Ingredient("origins against (N)", against, tuple(t.id for t in by_sign["-"])),
        ),
    )


def balance(for_: int, against: int) -> float:
    """The value of P origins for and N against, -1 to 1."""
    return (for_ - against) / (for_ + against + 2)


def balance_band(for_: int, against: int) -> tuple[float, float]:
    """The 10-90 % band of the value, on the same scale."""
    low, high = beta_quantiles(for_ + 1, against + 1, (0.1, 0.9))
    return 2 * float(low) - 1, 2 * float(high) - 1


def _trend(
    supporting: Sequence[Tie],
    opposing: Sequence[Tie],
    origin: Mapping[str, str],
    published: Mapping[str, When],
) -> str:
    """Whether the later half of the evidence is warmer or colder than the earlier."""
    days = sorted({day for tie in (*supporting, *opposing) if (day := _day(tie, published))})
    if len(days) < 2 * ENOUGH_FOR_TREND:
        return ""
    middle = days[len(days) // 2]

    def value(late: bool) -> float | None:
        halves = [
            [t for t in rows if (day := _day(t, published)) and (day >= middle) is late]
            for rows in (supporting, opposing)
        ]
        counts = [count_origins(half, origin) for half in halves]
        return balance(*counts) if sum(counts) >= ENOUGH_FOR_TREND else None

    before, after = value(False), value(True)
    if before is None or after is None:
        return ""
    if abs(after - before) < CLEAR_CHANGE:
        return "steady"
    return "rising" if after > before else "falling"


def _day(tie: Tie, published: Mapping[str, When]) -> str:
    """When a row was so: its own date, else that of its document; empty when unknown."""
    when = tie.date if tie.date.known else published.get(tie.document, tie.date)
    day = when.earliest or when.latest
    return day.isoformat() if day else ""
