"""How far would they go? Scenarios: read, check, draft, play, and put into words.

scenario = parse_scenario(text, "file.toml")
for finding in check_scenario(scenario): ...
for sentence in play_sentences(play_scenario(scenario)): ...
"""

from fairweather.scenario.answers import (
    BLEND,
    HISTORY,
    INTERESTS,
    Layered,
    Play,
    RunAnswer,
    RunRecord,
)
from fairweather.scenario.check import Finding, check_scenario
from fairweather.scenario.difference import Change, Difference, Moved, difference, moved
from fairweather.scenario.draft import DyadProfile, draft_both_ways, draft_scenario
from fairweather.scenario.play import play_scenario
from fairweather.scenario.quantity import Quantity, fixed, uniform
from fairweather.scenario.reading import parse_scenario
from fairweather.scenario.replay import Replay, replayed
from fairweather.scenario.spec import (
    ChanceNode,
    Commitment,
    Offer,
    Restraint,
    Run,
    Scenario,
    TieView,
)
from fairweather.scenario.words import Sentence, play_sentences, run_sentences
from fairweather.scenario.writing import scenario_id, write_scenario

__all__ = [
    "BLEND",
    "HISTORY",
    "INTERESTS",
    "ChanceNode",
    "Change",
    "Commitment",
    "Difference",
    "DyadProfile",
    "Finding",
    "Layered",
    "Moved",
    "Offer",
    "Play",
    "Quantity",
    "Replay",
    "Restraint",
    "Run",
    "RunAnswer",
    "RunRecord",
    "Scenario",
    "Sentence",
    "TieView",
    "check_scenario",
    "difference",
    "draft_both_ways",
    "draft_scenario",
    "fixed",
    "moved",
    "parse_scenario",
    "play_scenario",
    "play_sentences",
    "replayed",
    "run_sentences",
    "scenario_id",
    "uniform",
    "write_scenario",
]
