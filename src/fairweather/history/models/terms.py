"""The columns of a design matrix, written as words.

    age              a column as it stands
    log1p:age        log(1 + age); negative values count as 0
    above:age:10     max(0, age - 10): a linear spline has one such term a knot
    within:age:0:5   1 where 0 <= age <= 5, else 0; 0 where it is not known
    over:n:0         1 where n > 0, else 0; 0 where it is not known
    known:length     1 where the column has a value, else 0
    age*defense      the product of two terms

Terms stand in `bench/history.toml` and in every coefficient file, so that what a model looks at
can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from fairweather.errors import UnknownKey
from fairweather.vocabulary import suggest

Floats = NDArray[np.float64]
Columns = Mapping[str, Floats]
"""Columns of one length by name; NaN is "not known"."""


def design(terms: tuple[str, ...], columns: Columns) -> Floats:
    """The matrix of these terms, shape (rows, terms), NaN where a value is not known.

    Raises UnknownKey naming a term whose column or word does not exist.
    """
    return np.column_stack([evaluate(term, columns) for term in terms])


def evaluate(term: str, columns: Columns) -> Floats:
    """One term over all rows, shape (rows,)."""
    if "*" in term:
        left, right = term.split("*", 1)
        return evaluate(left, columns) * evaluate(right, columns)
    word, *rest = term.split(":")
    if not rest:
        return _column(word, term, columns)
    form = _FORMS.get(word)
    if form is None:
        raise UnknownKey(f'term "{term}": no form "{word}"; there are {", ".join(_FORMS)}')
    return form(_column(rest[0], term, columns), [float(bound) for bound in rest[1:]])


def columns_of(terms: tuple[str, ...]) -> tuple[str, ...]:
    """The columns that terms look at, each once, in order of first use."""
    simple = (part for term in terms for part in term.split("*"))
    return tuple(dict.fromkeys(part.split(":")[1] if ":" in part else part for part in simple))


def _column(name: str, term: str, columns: Columns) -> Floats:
    if name in columns:
        return columns[name]
    near = suggest(name, columns)
    hint = f'; did you mean "{near}"?' if near else ""
    raise UnknownKey(f'term "{term}": no column "{name}"{hint}')


def _log1p(values: Floats, _: list[float]) -> Floats:
    return np.log1p(np.maximum(values, 0.0))


def _above(values: Floats, bounds: list[float]) -> Floats:
    return np.maximum(values - bounds[0], 0.0)


def _within(values: Floats, bounds: list[float]) -> Floats:
    inside: Floats = ((values >= bounds[0]) & (values <= bounds[1])).astype(np.float64)
    return inside


def _over(values: Floats, bounds: list[float]) -> Floats:
    return (values > bounds[0]).astype(np.float64)


def _known(values: Floats, _: list[float]) -> Floats:
    return (~np.isnan(values)).astype(np.float64)


_FORMS: Mapping[str, Callable[[Floats, list[float]], Floats]] = {
    "log1p": _log1p,
    "above": _above,
    "within": _within,
    "over": _over,
    "known": _known,
}
