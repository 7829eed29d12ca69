"""The scenario engine: speed, gates, and what it would have said of past wars.

    ./run bench engine [--data FOLDER] [--json] [--quick] [--refit]

Speed is per core, in processor seconds: exact draws of the stage game with three offers open and
total effects of 30 inputs, best of several; agent-steps of the monthly ensemble (8 members, 60
months) in NumPy, compiled, and as a Mesa model of the same dynamics (`_mesa_partnership.py` says
how it is written and what it collects), best of many short turns, each of all three; beside it
how the ratio of one turn varies (10, 50, 90 %). The same with 64 members. Gates: the largest
error against games solved elsewhere (FOLDER/validation). Past wars (FOLDER/history): every allied
state that was at risk of being drawn into a war, each war told by the others; Brier and ranked
probability scores of history (L0), the game (L1) and the blend, the weight w it was given, and what
the blend gains on history with an interval over wars. `--refit` draws wars again and fits the three
scale constants to each, which is where their shipped ranges come from.
FOLDER is ../shared/data unless told; parts whose data are not there are left out.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from _past_wars import allied_cases, share_of_arms
from fairweather.scenario import Run, parse_scenario, play_scenario
from fairweather.scenario.backtest import (
    FITTED,
    Backtest,
    backtest,
    brier,
    class_shares,
    fit_constants,
    one_hot,
    ranked,
    resampled_mean,
)
from fairweather.scenario.cases import OUT, Case, prepare
from fairweather.scenario.ensemble import Partnership, play_ensemble
from fairweather.scenario.explanation.sensitivity import effects
from fairweather.scenario.explanation.target import Target
from fairweather.scenario.game_tree import Decision, Outcome, solve
from fairweather.scenario.mechanisms.signed_graph import frustration
from fairweather.scenario.private_costs import public_threat, take_it_or_leave_it
from fairweather.scenario.quantity import fixed
from fairweather.scenario.stage_game import play_stage_game

ROOT = Path(__file__).parents[1]
SCENARIO = ROOT / "examples" / "scenarios" / "russia-iran.toml"
ALL_OPEN = Run("all open", (("war", "yes"), ("ukraine_ceasefire", "yes")))
DRAWS = 16_000
INPUTS = 30
MEMBERS, MONTHS, RUNS = 8, 60, 64_000
MANY = 64
MESA_RUNS = 20
MESA_COMPARED = 400
REFITS = 60


def main() -> int:
    options = _options()
    repeats = 2 if options.quick else 6
    figures = speed(repeats, turns=6 if options.quick else 60)
    if (options.data / "validation").is_dir():
        gates = gate_errors(options.data / "validation" / "closed_form")
        figures |= {"gate_max_error": max(gates.values()), "gates": gates}
    if (options.data / "history").is_dir():
        cases = allied_cases(options.data / "history")
        figures |= past_wars(cases)
        if options.refit:
            figures |= {"refits": refits(cases), "arms": share_of_arms(options.data / "history")}
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        for name, value in figures.items():
            print(f"{name:28} {_told(value)}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--quick", action="store_true", help="fewer repeats")
    parser.add_argument("--refit", action="store_true", help="refit constants on wars drawn again")
    return parser.parse_args()


def _told(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 1000 else f"{value:.4g}"
    return str(value)


def speed(repeats: int, turns: int) -> dict[str, Any]:
    """The speed figures."""
    scenario = parse_scenario(SCENARIO.read_text(encoding="utf-8"), SCENARIO.name)
    target = Target.of(scenario, ALL_OPEN)
    drawn = target.drawn(seed=0, draws=DRAWS)
    solved = best(
        lambda: play_stage_game(target.scenario, drawn, target.worlds, target.war), repeats
    )
    thirty = _with_inputs(target, INPUTS)
    effects(thirty, seed=0)
    sobol = best(lambda: effects(thirty, seed=0), repeats)
    played = best(lambda: play_scenario(scenario), 2)
    return {
        "stage_draws_per_s": DRAWS / solved,
        "stage_offers": len(scenario.offers) + len(scenario.threats),
        "sobol30_s": sobol,
        "play_s": played,
        **_ensemble_speed(turns),
    }


def _ensemble_speed(turns: int) -> dict[str, Any]:
    """Agent-steps by processor second: the best of many short turns, taken one after the other.

    On a machine that is shared the least time of each is what it costs; how the ratio of a turn
    varies stands beside.
    """
    from _mesa_partnership import PartnershipModel

    group, large = _partnership(MEMBERS), _partnership(MANY)
    play_ensemble(group, runs=64, months=2, compiled=True)
    few = RUNS // 10
    contenders = (
        (group, few, lambda: _ensemble(group, few, compiled=False)),
        (group, RUNS, lambda: _ensemble(group, RUNS, compiled=True)),
        (group, MESA_RUNS, lambda: _mesa(PartnershipModel, group)),
        (large, few, lambda: _ensemble(large, few, compiled=True)),
        (large, 1, lambda: _mesa(PartnershipModel, large, 1)),
    )
    taken = np.array([[_steps_a_second(*each) for each in contenders] for _ in range(turns)])
    plain, fast, mesa, fast_many, mesa_many = taken.max(axis=0)
    in_turn = np.quantile(taken[:, 1] / taken[:, 2], [0.1, 0.5, 0.9])
    one, two, again = (_ensemble(group, RUNS, compiled=True, threads=n) for n in (1, 2, 1))
    return {
        "numpy_agent_steps_per_s": float(plain),
        "kernel_agent_steps_per_s": float(fast),
        "mesa_agent_steps_per_s": float(mesa),
        "numpy_over_mesa": float(plain / mesa),
        "kernel_over_mesa": float(fast / mesa),
        "kernel_over_mesa_by_turn": [round(float(ratio)) for ratio in in_turn],
        "turns": turns,
        "members": MEMBERS,
        f"kernel_agent_steps_per_s_{MANY}": float(fast_many),
        f"mesa_agent_steps_per_s_{MANY}": float(mesa_many),
        f"kernel_over_mesa_{MANY}": float(fast_many / mesa_many),
        "same_for_two_threads": bool(np.array_equal(one, two)),
        "same_again": bool(np.array_equal(one, again)),
        "kernel_equals_numpy": bool(
            np.array_equal(
                _ensemble(group, few, compiled=True), _ensemble(group, few, compiled=False)
            )
        ),
        "ended": float(one.sum() / RUNS),
        "mesa_ended": _mesa(PartnershipModel, group, MESA_COMPARED) / MESA_COMPARED,
        "mesa_ended_runs": MESA_COMPARED,
    }


def _steps_a_second(group: Partnership, runs: int, task: Callable[[], object]) -> float:
    return runs * MONTHS * group.members / best(task, 1)


def _with_inputs(target: Target, count: int) -> Target:
    """The target with all but so many of its uncertain inputs held at their mean."""
    open_ = {part.path for part in target.spread[:count]}
    inputs = tuple(
        part
        if part.path in open_
        else dataclasses.replace(part, quantity=fixed(part.quantity.mean))
        for part in target.inputs
    )
    return dataclasses.replace(target, inputs=inputs)


def _partnership(members: int) -> Partnership:
    chance = np.random.default_rng(0)

    def numbers(*shape: int) -> np.ndarray:
        return chance.random(shape).astype(np.float32)

    ties = (numbers(50, members, members) * 2 - 1) / members
    ties *= 1 - np.eye(members, dtype=np.float32)
    return Partnership(
        ties=ties,
        aid=numbers(50, members) * np.float32(0.2),
        base=np.full(50, -5, np.float32),
        slope=1 + 2 * numbers(50),
        persistence=np.full(50, 0.8, np.float32),
        shock=np.full(50, 0.05, np.float32),
        war=numbers(50),
        worth=numbers(50, 1, members) * np.float32(0.5),
        made=numbers(50, 1, members),
    )


def _ensemble(group: Partnership, runs: int, *, compiled: bool, threads: int = 1) -> np.ndarray:
    made = play_ensemble(group, runs=runs, months=MONTHS, compiled=compiled, threads=threads)
    return made.first


def _mesa(model: Callable[..., Any], group: Partnership, runs: int = MESA_RUNS) -> int:
    """Plays so many runs of the Mesa model; in how many of them somebody has left."""
    ended = 0
    for run in range(runs):
        draw = run % group.draws
        parameters = {
            "aid": group.aid[draw].tolist(),
            "ties": group.ties[draw].tolist(),
            "worth": group.worth[draw, 0].tolist(),
            "made": group.made[draw, 0].tolist(),
            **{
                name: float(getattr(group, name)[draw])
                for name in ("base", "slope", "persistence", "shock", "war")
            },
        }
        made = model(parameters, MONTHS, run)
        for _ in range(MONTHS):
            made.step()
        ended += not all(member.inside for member in made.agents)
    return ended


def best(task: Callable[[], object], repeats: int) -> float:
    """The least processor seconds that the task took."""
    times = []
    for _ in range(repeats):
        begun = time.process_time()
        task()
        times.append(time.process_time() - begun)
    return min(times)


def gate_errors(folder: Path) -> dict[str, float]:
    """The largest error against each set of games solved elsewhere."""
    return {
        "crisis_games": max(map(_crisis_error, _cases(folder / "crisis_aqre.json"))),
        "take_it_or_leave_it": max(map(_demand_error, _cases(folder / "fearon_tioli.json"))),
        "public_threat": max(map(_threat_error, _cases(folder / "audience_cost.json"))),
        "frustration": max(map(_frustration_error, _graphs(folder / "balance.json"))),
    }


def _cases(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text())["cases"])


def _graphs(path: Path) -> list[dict[str, Any]]:
    known = json.loads(path.read_text())
    return [*known["textbook"], *known["random"]]


def _crisis_error(case: dict[str, Any]) -> float:
    ends = {
        name: Outcome(name, {"A": values[0], "B": values[1]})
        for name, values in case["payoffs"].items()
    }
    fight = Decision("fight", "A", (("fight", ends["war"]), ("back down", ends["bd"])))
    resist = Decision("resist", "B", (("resist", fight), ("concede", ends["con"])))
    game = Decision("challenge", "A", (("challenge", resist), ("stay", ends["sq"])))
    found = solve(game, case["lam"]).ends()
    expected = {"sq": "p_sq", "con": "p_concede", "bd": "p_backdown", "war": "p_war"}
    return max(abs(float(found[end]) - case["expected"][key]) for end, key in expected.items())


def _demand_error(case: dict[str, Any]) -> float:
    found = take_it_or_leave_it(case["p"], case["cA"], case["cBmax"])
    return max(abs(found.demand - case["demand"]), abs(found.war - case["p_war"]))


def _threat_error(case: dict[str, Any]) -> float:
    found = public_threat(case["p"], case["a"])
    expected = {
        "status_quo": "p_sq",
        "concede": "p_concede",
        "back_down": "p_backdown",
        "war": "p_war",
    }
    return max(abs(getattr(found, name) - case[key]) for name, key in expected.items())


def _frustration_error(case: dict[str, Any]) -> float:
    index, _ = frustration(np.array([case["S"]], dtype=float))
    return float(abs(index[0] - case["frustration_index"]))


def past_wars(cases: list[Case]) -> dict[str, Any]:
    """The scores of each layer, every war told by the others."""
    told = backtest(cases, lambda done, total: _progress(done, total))
    happened = one_hot(told.conduct)
    scores: dict[str, Any] = {}
    for name, score in (("brier", brier), ("rps", ranked)):
        for layer, forecast in told.layers.items():
            mean, low, high = resampled_mean(score(forecast, happened), told.wars)
            scores[f"{name}_{layer}"] = mean
            scores[f"{name}_{layer}_95"] = [round(low, 4), round(high, 4)]
    return {
        "cases": len(cases),
        "wars": len(set(told.wars.tolist())),
        "joined": int((told.conduct != OUT).sum()),
        **scores,
        "blend_gain_brier": list(told.gain(brier)),
        "blend_gain_rps": list(told.gain(ranked)),
        "blend_w_tried": told.weight,
        "earned": told.earned,
        "blend_w": told.weight if told.earned else 1.0,
        "auc": {layer: _auc(told, forecast) for layer, forecast in told.layers.items()},
        "class_mean_error": _class_means(cases, told),
        "fitted": fit_constants(prepare(cases), told.conduct),
    }


def _auc(told: Backtest, forecast: np.ndarray) -> float:
    """The chance that a case which joined was given more than one which did not."""
    joined, forces = told.conduct != OUT, 1 - forecast[:, OUT]
    above = forces[joined][:, None] - forces[~joined][None]
    return float((above > 0).mean() + 0.5 * (above == 0).mean())


def _class_means(cases: list[Case], told: Backtest) -> float:
    """Run over all cases, how far history's mean share of a pact lies from the counted one."""
    everything = np.ones(len(cases), dtype=bool)
    shares = class_shares(cases, everything, np.arange(len(cases)))
    errors = []
    for pact in sorted({case.pact for case in cases}):
        alike = np.array([case.pact == pact for case in cases])
        if alike.sum() >= 40:
            counted = (told.conduct[alike] != OUT).mean()
            errors.append(abs((1 - shares[alike, OUT]).mean() - counted))
    return float(max(errors))


def refits(cases: list[Case]) -> dict[str, list[float]]:
    """5, 50 and 95 % of the fitted constants over wars drawn again."""
    wars = np.array([case.war for case in cases])
    conduct = np.array([case.conduct for case in cases])
    prepared, known = prepare(cases), np.unique(wars)
    start = np.log(list(fit_constants(prepared, conduct).values()))
    chance = np.random.default_rng(1816)
    rows = []
    for _ in range(REFITS):
        drawn = np.bincount(chance.integers(len(known), size=len(known)), minlength=len(known))
        counts = drawn[np.searchsorted(known, wars)]
        rows.append(list(fit_constants(prepared, conduct, counts, start).values()))
    quantiles = np.quantile(rows, [0.05, 0.5, 0.95], axis=0).round(2).T
    return dict(zip(FITTED, quantiles.tolist(), strict=True))


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {total} wars", end="" if done < total else "\n", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
