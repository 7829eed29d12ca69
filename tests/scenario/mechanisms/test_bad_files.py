"""A mistake in a mechanism file is refused with file, key and what to do."""

from pathlib import Path

import pytest

from fairweather.errors import FairweatherError, ScenarioError
from fairweather.scenario.mechanisms import parse_mechanism

EXAMPLES = Path(__file__).parents[3] / "examples" / "mechanisms"


def broken(name: str, old: str, new: str) -> str:
    (file,) = EXAMPLES.glob(f"{name}/*.toml")
    text = file.read_text()
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("bloc", 'mechanism = "bloc"', 'mechanism = "block"', 'did you mean "bloc"'),
        ("bloc", "as_of = 2026-01-06", "", "as_of: is missing"),
        ("bloc", '"RUS", "CHN"', '"RUS", "FRA"', "must name two members"),
        ("bloc", '"IND", "CHN"', '"CHN", "RUS"', "have a tie already"),
        ("deconfliction", "misfire = {", "misfires = {", "channel.misfire: is missing"),
        (
            "deconfliction",
            "low = 0.001, high = 0.01",
            "low = 0.001, high = 1.01",
            "between 0 and 1",
        ),
        ("deconfliction", "low = 0.001, high = 0.01", "low = nan, high = 0.01", "must be a number"),
        ("deconfliction", 'supporter = "RUS"', 'supporter = "CHN"', "not one of the two"),
        ("deconfliction", 'cap = "statements"', 'cap = "words"', "words"),
        ("corridor", 'to = "Astara"', 'to = "Russia"', "ends where it begins"),
        ("corridor", 'state = "closed"', 'state = "shut"', "open, restricted or closed"),
        ("corridor", "recovery = 2\n", "", "recovery: is missing"),
        ("corridor", 'origin = "Russia"', 'origin = "Norway"', "no link touches Norway"),
        ("mediation", "terms = {captives = 56,", "terms = {captive = 56,", "is not among"),
        ("mediation", "positions = {captives = 100, ", "positions = {", "says nothing of captives"),
        ("finance", 'to = "Hamas"', 'to = "Central Bank of Syria"', "pays itself"),
        (
            "finance",
            'sources = ["Central Bank of Iran"]',
            'sources = ["Nobody"]',
            "no flow touches",
        ),
        ("legal-process", "[steps.charged]", "[steps.indicted]", "indicted"),
        ("legal-process", 'stance = "deny"', 'stance = "denies"', "denies"),
        ("legal-process", 'horizon = "5 years"', 'horizon = "soon"', "must read like"),
    ],
)
def test_it_names_the_key_and_the_way_out(name: str, old: str, new: str, message: str) -> None:
    with pytest.raises(FairweatherError) as caught:
        parse_mechanism(broken(name, old, new), "own.toml")
    assert message in str(caught.value)
    assert "own.toml" in str(caught.value)


def test_broken_toml_names_the_line() -> None:
    with pytest.raises(ScenarioError, match=r"own\.toml: broken TOML: .*line 1"):
        parse_mechanism("mechanism = bloc", "own.toml")
