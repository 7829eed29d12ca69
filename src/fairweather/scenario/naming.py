"""Inputs of a scenario in words: "Japan's view of India (trust)" for ties.JPN-IND.trust."""

from __future__ import annotations

from types import MappingProxyType

from fairweather.vocabulary import vocabulary
from fairweather.vocabulary.gazetteer import load_gazetteer, with_article

NAMES = MappingProxyType(
    {
        "burden": "the burden of {0}'s own needs",
        "risk": "{0}'s power to strike back",
        "identity": "the weight of identity for {0}",
        "value": 'the worth of "{0}"',
        "harm": 'the harm threatened by "{0}"',
        "credibility": 'the belief in "{0}"',
        "made": 'the chance of "{0}"',
        "cap": 'the cap of "{0}"',
        "ambition": "the partner's wish to press on",
        "leverage": "the supporter's hold on the partner",
    }
)
"""What an input is called, by the part of its path that tells what it is; {0} is whose."""

OF_COMMITMENT = MappingProxyType(
    {
        "audience_cost": "the cost of a broken word ({0})",
        "obliged": "the rung that is obliged ({0})",
        "obligations": "the list of clauses ({0})",
        "bilateral": "whether the pact is between the two alone ({0})",
    }
)
"""What belongs to a commitment and is no strand; {0} is the tie."""


def plain_name(path: str) -> str:
    """What the input at a dotted path is called in a sentence."""
    return _told(path).replace("s's ", "s' ")  # "the United States' view"


def _told(path: str) -> str:
    group, _, rest = path.partition(".")
    if group == "constants":
        return f"{_spaced(rest)} (structural)"
    if group == "ties":
        return _of_tie(*rest.partition(".")[::2])
    if group in NAMES:
        return NAMES[group].format(_called(rest))
    whose, _, what = rest.rpartition(".")
    return NAMES[what].format(_called(whose)) if what in NAMES else path


def _of_tie(tie: str, strand: str) -> str:
    viewer, _, other = tie.partition("-")
    # The id of an actor that is no state may hold the same sign.
    parted = tie.count("-") == 1
    strand, _, part = strand.partition(".")
    if part in OF_COMMITMENT:
        whose = f"{_called(viewer)} to {_called(other)}" if parted else tie
        return OF_COMMITMENT[part].format(whose)
    label = vocabulary("strands")[strand].label.lower()
    if not parted:
        return f"the view {tie} ({label})"
    return f"{_called(viewer)}'s view of {_called(other)} ({label})"


def _called(name: str) -> str:
    """An actor's name; any other name with its words apart."""
    return with_article(load_gazetteer().label(name)).replace("_", " ")


def _spaced(name: str) -> str:
    return name.replace("_", " ")
