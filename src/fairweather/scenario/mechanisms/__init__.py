"""Mechanisms as models: channels, corridors, blocs, bargains, finance networks, cases.

model = parse_mechanism(text, "channel.toml")
answer = model.play(seed=0)
for sentence in answer.sentences: ...

Each model stands in a module of its own, with what it assumes and where it comes from. A file
says which one it is of by `mechanism = "..."`, a kind of the vocabulary.
"""

from fairweather.scenario.mechanisms.drafting import draft_mechanism
from fairweather.scenario.mechanisms.heading import PREFIX
from fairweather.scenario.mechanisms.reading import KINDS, MechanismModel, parse_mechanism
from fairweather.scenario.mechanisms.sheet import METHOD, MechanismAnswer, answer_json

__all__ = [
    "KINDS",
    "METHOD",
    "PREFIX",
    "MechanismAnswer",
    "MechanismModel",
    "answer_json",
    "draft_mechanism",
    "parse_mechanism",
]
