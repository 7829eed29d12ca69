"""Fits every model on all rows and writes the coefficient files that are shipped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import fairweather.history.models as models
import fairweather.history.tone.forecast as tone_forecast
from fairweather.history.build.counting import design_effect
from fairweather.history.build.joining import OBLIGATIONS
from fairweather.history.models.logistic import Logistic, shift_to_match
from fairweather.history.models.terms import Floats, design
from fairweather.history.models.trees import Trees
from fairweather.history.reference import pact_class
from history_tasks import cases, endings, hazards, honour, joins, tone

FITTED = Path(models.__file__).parent / "fitted"
DIGITS = 6
LATELY = 1946
SMALL = 0.01
"""Weights in a mixture under this are left out, and the rest made to sum to 1."""


def write_all(data: Path, config: dict[str, Any], tasks: list[str]) -> None:
    """Write the coefficient files of these tasks."""
    FITTED.mkdir(exist_ok=True)
    for task in tasks:
        WRITERS[task](data, config)


def _honour(data: Path, config: dict[str, Any]) -> None:
    table = honour.read(data / "history")
    rows = honour.columns(table)
    members, weights = honour.fit(rows, rows["honor"], table.warid.to_numpy(), config["honour"])
    about = {
        "cases": len(table),
        "first": int(table.wy.min()),
        "last": int(table.wy.max()),
        "classes": _classes(table, "warid"),
    }
    parts = [{"model": m.to_json()} for m in members]
    _write("honoured", about | {"members": _kept(parts, weights)})


def _endings(data: Path, config: dict[str, Any]) -> None:
    settings = config["endings"]
    rows = endings.read(data / "history", settings)
    last = int(rows.year.max())
    for name, stem in settings["targets"].items():
        past = endings.Past(rows, stem, settings)
        every = endings.menu(settings)
        _, _, chances = endings.evaluate(rows, stem, settings, last, last)
        weights = past.mixture(chances, last)
        parts = [_member(past, model, last) for model in every]
        about = {
            "cases": int(past.seen_one.sum()),
            "first": int(past.year.min()),
            "last": last,
            "classes": _classes(rows[rows.year >= LATELY], "atopid"),
        }
        _write(name, about | {"members": _kept(parts, weights)})


def _classes(rows: pd.DataFrame, cluster: str) -> dict[str, int]:
    """Wars or alliances by pact class: what the floor of cases is held against."""
    found = rows.groupby(_pacts(rows))[cluster].nunique()
    return {str(name): int(count) for name, count in found.items()}


def _pacts(rows: pd.DataFrame) -> pd.Series:
    """The pact class of every row."""
    held = rows[list(OBLIGATIONS)].to_dict("records")
    pacts = [
        pact_class([OBLIGATIONS[name] for name, has in row.items() if has > 0]) for row in held
    ]
    return pd.Series(pacts, index=rows.index)


def _rates(rows: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Joined of all partners by pact class, clustered by dispute: what stands beside the model."""
    return {
        pact: {
            "cases": len(group),
            "occurred": int(group.mil.sum()),
            "clusters": int(group.dispnum.nunique()),
            "design_effect": design_effect(
                *(group.groupby("dispnum").mil.agg(["sum", "size"]).to_numpy(float).T)
            ),
            "first": int(group.year.min()),
            "last": int(group.year.max()),
        }
        for pact, group in rows.groupby(_pacts(rows))
    }


def _member(past: endings.Past, model: endings.Model, year: int) -> dict[str, Any]:
    if not model.set:
        share = past.trailing if model.kind == "trailing" else past.yearly
        return {"kind": "rate", "rate": share(year, model.years)}
    slope = past.slope(model.set, model.kind, model.penalty, year)
    levelled = past.levelled(slope, model.kind, year, model.years)
    return {"kind": model.kind, "model": levelled.to_json()}


def _violated(data: Path, config: dict[str, Any]) -> None:
    settings = config["endings"]
    rows = hazards.read(data / "history", settings)
    last = int(rows.year.max())
    made = hazards.Hazards(rows, settings)
    _, chances = made.walk(last, last)
    mixture = iter(made.mixture(chances, last))
    members = [_hazard(made.pair(slope, last), mixture) for slope in made.slopes]
    about = {
        "cases": int(made.seen_one.sum()),
        "first": int(made.year.min()),
        "last": last,
        "classes": _classes(rows[rows.year >= LATELY], "atopid"),
    }
    _write("violated", about | {"members": members})


def _hazard(pairs: list[tuple[Logistic, Logistic]], mixture: Iterator[float]) -> dict[str, Any]:
    """One slope with its levels: weight and the intercepts of violation and of other ends."""
    so, otherwise = pairs[0]
    levels = [
        {"weight": float(next(mixture)), "so": a.intercept, "otherwise": b.intercept}
        for a, b in pairs
    ]
    return {
        "weight": sum(level["weight"] for level in levels),
        "kind": "hazard",
        "levels": levels,
        "model": so.to_json(),
        "otherwise": otherwise.to_json(),
    }


def _endings_both(data: Path, config: dict[str, Any]) -> None:
    _endings(data, config)
    _violated(data, config)


def _joins(data: Path, config: dict[str, Any]) -> None:
    settings = config["joins"] | {"seed": config["common"]["seed"]}
    rows = joins.read(data / "history")
    every = joins.columns(rows)
    happened, year = every["mil"], every["year"]
    lately = year > year.max() - settings["intercept_years"]
    recent = {name: values[lately] for name, values in every.items()}
    members: list[dict[str, Any]] = []
    for name, model in settings["models"].items():
        if "rounds" in model:
            trees = _table(name, every, happened, rows.dispnum.to_numpy(), settings)
            file = f"joins_{name}.npz"
            trees.save(FITTED / file)
            shift = shift_to_match(trees.logits(recent), happened[lately])
            members.append({"kind": "trees", "file": file, "shift": shift})
        else:
            fitted = joins.fit_joins(name, every, happened, settings)
            fitted = fitted.moved(shift_to_match(fitted.logits(recent), happened[lately]))
            members.append({"kind": "logistic", "model": fitted.to_json()})
    about = {
        "cases": len(rows),
        "first": int(year.min()),
        "last": int(year.max()),
        "classes": _classes(rows[rows.year >= LATELY], "dispnum"),
        "rates": _rates(rows[rows.year >= LATELY]),
    }
    chances = joins.walk(every, rows.dispnum.to_numpy(), settings, int(year.max()))
    known = year >= settings["begin"]
    mixture = joins.weights(chances, happened, known, settings)
    _write("joins", about | {"members": _kept(members, mixture)})


def _table(
    model: str,
    rows: dict[str, Floats],
    happened: Floats,
    dispute: np.ndarray,
    settings: dict[str, Any],
) -> Trees:
    """All forests as one table: the mean of their logits."""
    terms = joins.terms(model, settings)
    forests = joins.boost(model, design(terms, rows), happened, dispute, settings)
    nodes = [stage[0].nodes for forest in forests for stage in forest._predictors]
    starts = np.cumsum([0, *(len(tree) for tree in nodes)])[:-1]
    every = np.concatenate(nodes)
    offset = np.repeat(starts, [len(tree) for tree in nodes])
    leaf = every["is_leaf"] == 1
    first = [float(np.ravel(forest._baseline_prediction)[0]) for forest in forests]
    return Trees(
        terms=terms,
        intercept=float(np.mean(first)),
        roots=starts.astype(np.int32),
        term=np.where(leaf, -1, every["feature_idx"]).astype(np.int8),
        threshold=every["num_threshold"].astype(np.float32),
        left=(every["left"] + offset).astype(np.int32),
        right=(every["right"] + offset).astype(np.int32),
        unknown_left=every["missing_go_to_left"].astype(np.int8),
        value=(every["value"] / len(forests)).astype(np.float32),
    )


def _tone(data: Path, config: dict[str, Any]) -> None:
    panel = tone.read(data / "forecast", config["tone"])
    until = panel.at(config["tone"]["train_until"]) + 1
    model, _ = tone.fit(panel, config["tone"], until)
    _write_to(tone_forecast.MODEL, model.to_json())


def _kept(parts: list[dict[str, Any]], weights: Floats) -> list[dict[str, Any]]:
    large = [at for at, weight in enumerate(weights) if weight >= SMALL]
    total = sum(weights[at] for at in large)
    return [{"weight": float(weights[at] / total)} | parts[at] for at in large]


def _write(name: str, stored: dict[str, Any]) -> None:
    _write_to(FITTED / f"{name}.json", stored)


def _write_to(path: Path, stored: dict[str, Any]) -> None:
    text = json.dumps(_rounded(stored), indent=1)
    # A term, or a level, stands on a line of its own.
    text = re.sub(r"\{[^{}]*\}", lambda found: re.sub(r"\s+", " ", found.group()), text)
    path.write_text(text + "\n", encoding="utf-8")


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_rounded(part) for part in value]
    return value


def _honour_and_cases(data: Path, config: dict[str, Any]) -> None:
    _honour(data, config)
    cases.write(data)


WRITERS = {"honour": _honour_and_cases, "endings": _endings_both, "joins": _joins, "tone": _tone}
