"""Skill of every history model against its baseline, on splits fixed in history.toml.

    python bench/history.py --data FOLDER [--json] [--only TASK ...] [--train] [--no-log]

FOLDER holds `history/` (the public data sets, docs/history.md) and `forecast/` (the monthly tone
table). Tasks: honour, endings, joins, tone. Every evaluation is written to history_log.jsonl with
the hash of its settings. `--train` fits all models on all rows instead and writes the coefficient
files under src/fairweather/history/. A few minutes on one core.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from history_tasks import endings, hazards, honour, joins, tone, train
from history_tasks.alliances import Alliances
from history_tasks.scoring import (
    Forecasts,
    auc_interval,
    calibration,
    over_clusters,
    skill_interval,
)

HERE = Path(__file__).parent
CONFIG = HERE / "history.toml"
LOG = HERE / "history_log.jsonl"
LAST_ENDINGS = 2012
COLD_WAR_ENDS = 1991
DECADES_UNTIL = 2010

Figures = dict[str, Any]


def main() -> int:
    options = _options()
    config = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    if options.train:
        train.write_all(options.data, config, options.only or list(TASKS))
        return 0
    found: dict[str, Figures] = {}
    for name in options.only or TASKS:
        found[name] = TASKS[name](options.data, config)
        if options.log:
            _log(name, config, found[name])
    if options.json:
        print(json.dumps(headline(found) | {"tasks": found}, indent=1))
    else:
        print(as_text(found))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = HERE.parent.parent / "shared" / "data"
    parser.add_argument(
        "--data", type=Path, default=default, help="folder with history/, forecast/"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--only", nargs="+", choices=list(TASKS), help="some of the tasks")
    parser.add_argument("--train", action="store_true", help="write the coefficient files")
    parser.add_argument(
        "--no-log", dest="log", action="store_false", help="leave no line in the log"
    )
    return parser.parse_args()


def measure_honour(data: Path, config: dict[str, Any]) -> Figures:
    """Leave-one-war-out, and cases since 1945 told from those before."""
    folder = data / "history"
    found = honour.evaluate(folder, config["honour"])
    later = honour.before_and_after(folder, config["honour"])
    return _scored(found, config) | {
        "later_n": len(later.said),
        "later_brier": round(later.brier, 4),
        "later_baseline_brier": round(later.baseline_brier, 4),
        "later_auc": round(later.auc, 4),
    }


def measure_endings(data: Path, config: dict[str, Any]) -> Figures:
    """Violated and ended within five years, told year by year."""
    settings = config["endings"]
    rows = endings.read(data / "history", settings)
    made: Figures = {}
    for name, stem in settings["targets"].items():
        found, year, _ = endings.evaluate(
            rows, stem, settings, settings["scored_from"], LAST_ENDINGS
        )
        made[name] = _scored(found, config) | {"auc_within_decades": _within(found, year)}
    made["violated"] = _violated(data / "history", config)
    return made


def _violated(folder: Path, config: dict[str, Any]) -> Figures:
    """Violation since the scored years begin, its parts, and the years it was developed on."""
    settings = config["endings"]
    begun, developed = settings["development"]
    every, years = hazards.evaluate(hazards.read(folder, settings), settings, begun, LAST_ENDINGS)
    scored = years >= settings["scored_from"]
    alliances = Alliances(folder)
    grew = np.array(
        [alliances.grew_after(int(i), int(y)) for i, y in zip(every.cluster, years, strict=True)]
    )
    found = every.only(scored)
    parts = {
        "development": years <= developed,
        f"until_{COLD_WAR_ENDS}": scored & (years <= COLD_WAR_ENDS),
        f"since_{COLD_WAR_ENDS + 1}": scored & (years > COLD_WAR_ENDS),
        "without_later_members": scored & ~grew,
    }
    return (
        _scored(found, config)
        | {"auc_within_decades": _within(found, years[scored])}
        | {name: _skill(every.only(rows), config) for name, rows in parts.items()}
    )


def _skill(found: Forecasts, config: dict[str, Any]) -> Figures:
    """The skill of a part of the forecasts, and how much was told and happened there."""
    told = {"told": round(float(found.said.mean()), 4), "rate": round(found.happened.mean(), 4)}
    kept = ("n", "happened", "skill", "skill_low", "skill_high")
    scored = _scored(found, config)
    return {key: scored[key] for key in kept} | told


def measure_joins(data: Path, config: dict[str, Any]) -> Figures:
    """Partners that join, by decade; bilateral pacts apart."""
    settings = config["joins"] | {"seed": config["common"]["seed"]}
    rows = joins.read(data / "history")
    found, each = joins.evaluate(rows, settings, settings["scored_from"], DECADES_UNTIL)
    scored = rows[rows.year >= settings["scored_from"]]
    pair = found.only(scored.bilateral.to_numpy() == 1)
    return _scored(found, config) | {
        "bilateral": _scored(pair, config),
        "auc_within_decades": _within(found, scored.year.to_numpy()),
        "auc_each": {name: round(one.auc, 4) for name, one in each.items()},
    }


def measure_tone(data: Path, config: dict[str, Any]) -> Figures:
    """R squared of next month's tone, and of the baselines."""
    settings, common = config["tone"], config["common"]
    panel = tone.read(data / "forecast", settings)
    told = tone.evaluate(
        panel, settings, panel.at(settings["train_until"]) + 1, len(panel.months) - 1
    )
    pairs = np.arange(told.said.shape[1])

    def gain(chosen: np.ndarray) -> float:
        happened = told.happened[:, chosen]
        ours, theirs = (tone.r2(happened, x[:, chosen]) for x in (told.said, told.ridge))
        return ours - theirs

    low, high = over_clusters(
        gain, pairs, draws=1000, seed=common["seed"], quantiles=common["interval"]
    )
    inside = (told.happened >= told.low) & (told.happened <= told.high)
    return {
        "n": int(told.said.size),
        "pairs": len(pairs),
        "r2": round(tone.r2(told.happened, told.said), 4),
        "r2_ridge": round(tone.r2(told.happened, told.ridge), 4),
        "r2_average": round(tone.r2(told.happened, told.average), 4),
        "r2_persistence": round(tone.r2(told.happened, told.persistence), 4),
        "gain_low": round(low, 4),
        "gain_high": round(high, 4),
        "inside_80": round(float(inside.mean()), 4),
        "development": {
            year: _developed(panel, settings, year) for year in settings["development"]
        },
    }


def _developed(panel: tone.Panel, settings: dict[str, Any], year: str) -> dict[str, float]:
    """R squared of a year that settings were chosen by, told from the months before it."""
    told = tone.evaluate(panel, settings, panel.at(f"{year}-01"), panel.at(f"{year}-12"))
    return {
        "r2": round(tone.r2(told.happened, told.said), 4),
        "r2_ridge": round(tone.r2(told.happened, told.ridge), 4),
    }


TASKS: dict[str, Callable[[Path, dict[str, Any]], Figures]] = {
    "honour": measure_honour,
    "endings": measure_endings,
    "joins": measure_joins,
    "tone": measure_tone,
}


def _scored(found: Forecasts, config: dict[str, Any]) -> Figures:
    """Scores of forecasts with the intervals of skill and AUC over clusters."""
    common = config["common"]
    how = {"seed": common["seed"], "quantiles": common["interval"]}
    low, high = skill_interval(found, draws=common["draws"], **how)
    auc_low, auc_high = auc_interval(found, draws=min(common["draws"], 300), **how)
    return {
        "n": len(found.said),
        "happened": int(found.happened.sum()),
        "clusters": len(np.unique(found.cluster)),
        "brier": round(found.brier, 5),
        "baseline_brier": round(found.baseline_brier, 5),
        "skill": round(found.skill, 4),
        "skill_low": round(low, 4),
        "skill_high": round(high, 4),
        "log_loss": round(found.log_loss, 5),
        "auc": round(found.auc, 4),
        "auc_low": round(auc_low, 4),
        "auc_high": round(auc_high, 4),
        "calibration": calibration(found),
    }


def _within(found: Forecasts, year: np.ndarray) -> float:
    """The AUC inside decades, weighted by cases: what is left when the calendar tells nothing."""
    decade = year // 10 * 10
    parts = [(found.only(decade == one).auc, int((decade == one).sum())) for one in set(decade)]
    known = [(auc, cases) for auc, cases in parts if not np.isnan(auc)]
    return round(sum(a * n for a, n in known) / sum(n for _, n in known), 4)


def headline(found: dict[str, Figures]) -> Figures:
    """The figures by the names that are quoted."""
    keys = {
        "honoured_brier_lowo": ("honour", "brier"),
        "honoured_skill_low": ("honour", "skill_low"),
        "violated_bss": ("endings", "violated", "skill"),
        "violated_bss_low": ("endings", "violated", "skill_low"),
        "ended_bss": ("endings", "ended", "skill"),
        "ended_bss_low": ("endings", "ended", "skill_low"),
        "joins_auc": ("joins", "auc"),
        "joins_bilateral_auc": ("joins", "bilateral", "auc"),
        "tone_r2": ("tone", "r2"),
        "tone_r2_ridge": ("tone", "r2_ridge"),
    }
    made: Figures = {}
    for key, path in keys.items():
        value: Any = found
        for step in path:
            value = value.get(step, {}) if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            made[key] = value
    return made


def _log(task: str, config: dict[str, Any], figures: Figures) -> None:
    settings = json.dumps([config["common"], config[task]], sort_keys=True)
    line = {
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="minutes"),
        "task": task,
        "settings": hashlib.sha256(settings.encode()).hexdigest()[:12],
        "figures": _plain(figures),
    }
    with LOG.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def _plain(figures: Figures) -> Figures:
    return {
        key: _plain(value) if isinstance(value, dict) else value
        for key, value in figures.items()
        if key != "calibration"
    }


def as_text(found: dict[str, Figures]) -> str:
    """One line a figure."""
    lines = []
    for task, figures in found.items():
        for key, value in _flat(figures):
            lines.append(f"{task:8} {key:32} {value}")
    return "\n".join(lines)


def _flat(figures: Figures, prefix: str = "") -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = []
    for key, value in figures.items():
        if isinstance(value, dict):
            rows += _flat(value, f"{prefix}{key}.")
        elif key != "calibration":
            rows.append((prefix + key, value))
    return rows


if __name__ == "__main__":
    sys.exit(main())
