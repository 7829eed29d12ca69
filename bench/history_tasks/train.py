"""Fits every model on all rows and writes the coefficient files that are shipped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import fairweather.history.models as models
import fairweather.history.tone.forecast as tone_forecast
from fairweather.history.models.logistic import fit_logistic, shift_to_match
from fairweather.history.models.terms import Floats, design
from fairweather.history.models.trees import Trees
from fairweather.history.reference import pact_class
from history_tasks import cases, endings, honour, joins, tone

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
    words = {
        "defense": "defense",
        "offense": "offense",
        "neutral": "neutrality",
        "nonagg": "nonaggression",
        "consul": "consultation",
    }
    pact = [
        pact_class([words[column] for column, held in row.items() if held > 0])
        for row in rows[list(words)].to_dict("records")
    ]
    found = rows.assign(pact=pact).groupby("pact")[cluster].nunique()
    return {str(name): int(count) for name, count in found.items()}


def _member(past: endings.Past, model: endings.Model, year: int) -> dict[str, Any]:
    if not model.set:
        share = past.trailing if model.kind == "trailing" else past.yearly
        return {"kind": "rate", "rate": share(year, model.years)}
    slope = past.slope(model.set, model.kind, model.penalty, year)
    levelled = past.levelled(slope, model.kind, year, model.years)
    return {"kind": model.kind, "model": levelled.to_json()}


def _joins(data: Path, config: dict[str, Any]) -> None:
    settings = config["joins"] | {"seed": config["common"]["seed"]}
    rows = joins.read(data / "history")
    every = joins.columns(rows)
    happened, year = every["mil"], every["year"]
    lately = year > year.max() - settings["intercept_years"]
    recent = {name: values[lately] for name, values in every.items()}
    members = []
    for model in joins.models(settings).values():
        terms = tuple(settings["sets"][model["set"]])
        if "penalty" not in model:
            trees = _table(terms, every, happened, settings)
            shift = shift_to_match(trees.logits(recent), happened[lately])
            trees.save(FITTED / "joins_trees.npz")
            members.append({"kind": "trees", "file": "joins_trees.npz", "shift": shift})
            continue
        fitted = fit_logistic(terms, every, happened, penalty=model["penalty"])
        fitted = fitted.moved(shift_to_match(fitted.logits(recent), happened[lately]))
        members.append({"kind": "logistic", "model": fitted.to_json()})
    about = {
        "cases": len(rows),
        "first": int(year.min()),
        "last": int(year.max()),
        "classes": _classes(rows[rows.year >= LATELY], "dispnum"),
    }
    _write("joins", about | {"members": _kept(members, np.full(len(members), 1 / len(members)))})


def _table(
    terms: tuple[str, ...], rows: dict[str, Floats], happened: Floats, settings: dict[str, Any]
) -> Trees:
    boosted = joins._boosted(settings["trees"], settings["seed"]).fit(design(terms, rows), happened)
    nodes = [stage[0].nodes for stage in boosted._predictors]
    starts = np.cumsum([0, *(len(tree) for tree in nodes)])[:-1]
    every = np.concatenate(nodes)
    offset = np.repeat(starts, [len(tree) for tree in nodes])
    leaf = every["is_leaf"] == 1
    return Trees(
        terms=terms,
        intercept=float(np.ravel(boosted._baseline_prediction)[0]),
        roots=starts.astype(np.int64),
        term=np.where(leaf, -1, every["feature_idx"]).astype(np.int64),
        threshold=every["num_threshold"].astype(np.float64),
        left=(every["left"] + offset).astype(np.int64),
        right=(every["right"] + offset).astype(np.int64),
        unknown_left=every["missing_go_to_left"].astype(np.int64),
        value=every["value"].astype(np.float64),
    )


def _tone(data: Path, config: dict[str, Any]) -> None:
    panel = tone.read(data / "forecast", config["tone"])
    until = panel.at(config["tone"]["train_until"]) + 1
    model, _ = tone.fit(panel, config["tone"], until)
    text = json.dumps(_rounded(model.to_json()), indent=1)
    tone_forecast.MODEL.write_text(text + "\n", encoding="utf-8")


def _kept(parts: list[dict[str, Any]], weights: Floats) -> list[dict[str, Any]]:
    large = [at for at, weight in enumerate(weights) if weight >= SMALL]
    total = sum(weights[at] for at in large)
    return [{"weight": float(weights[at] / total)} | parts[at] for at in large]


def _write(name: str, stored: dict[str, Any]) -> None:
    path = FITTED / f"{name}.json"
    path.write_text(json.dumps(_rounded(stored), indent=1) + "\n", encoding="utf-8")


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


WRITERS = {"honour": _honour_and_cases, "endings": _endings, "joins": _joins, "tone": _tone}
