"""Money traced by proportional mixing, currency by currency."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairweather.errors import ScenarioError
from fairweather.scenario.mechanisms import MechanismAnswer, parse_mechanism


def network(flows: list[tuple[str, str, float, str]], more: str = "") -> str:
    text = 'mechanism = "finance"\nname = "Shell firms"\nas_of = 2025-01-01\n' + more
    text += 'trace = {sources = ["Patron"], destinations = ["Group"]}\n'
    for payer, payee, amount, currency in flows:
        text += f'[[flows]]\nfrom = "{payer}"\nto = "{payee}"\n'
        text += f'amount = {amount}\ncurrency = "{currency}"\n'
    return text


def figures(answer: MechanismAnswer) -> dict[str, float]:
    return {figure.arguments[-1]: figure.value or 0.0 for figure in answer.figures}


def test_what_is_mixed_is_passed_on_in_proportion() -> None:
    found = parse_mechanism(
        network(
            [
                ("Patron", "Bank", 60, "USD"),
                ("Trader", "Bank", 40, "USD"),
                ("Bank", "Group", 50, "USD"),
                ("Bank", "Hotel", 50, "USD"),
            ]
        )
    ).play(draws=2)
    assert figures(found)["reaches-usd-patron-group"] == pytest.approx(30)


def test_currencies_are_never_added() -> None:
    flows = [("Patron", "Group", 10, "USD"), ("Patron", "Group", 7000, "IRR")]
    found = figures(parse_mechanism(network(flows)).play(draws=2))
    assert found["reaches-usd-patron-group"] == pytest.approx(10)
    assert found["reaches-irr-patron-group"] == pytest.approx(7000)
    assert "equivalent" not in found


def test_an_equivalent_needs_a_rate_for_every_currency() -> None:
    flows = [("Patron", "Group", 10, "USD"), ("Patron", "Group", 30, "JOD")]
    with pytest.raises(ScenarioError, match=r"rates\.JOD.*is missing"):
        parse_mechanism(network(flows, 'common = "USD"\n'))
    text = network(flows, 'common = "USD"\n') + "[rates]\nJOD = 1.4\n"
    assert figures(parse_mechanism(text).play(draws=2))["equivalent"] == pytest.approx(52)


def test_one_pair_of_hands_is_full_concentration() -> None:
    one = [("Patron", "Bank", 10, "USD"), ("Bank", "Group", 10, "USD")]
    two = [*one, ("Patron", "Hawala", 10, "USD"), ("Hawala", "Group", 10, "USD")]
    assert figures(parse_mechanism(network(one)).play(draws=2))["concentration-usd"] == 1
    assert figures(parse_mechanism(network(two)).play(draws=2))["concentration-usd"] == 0.5


def test_a_circle_of_payments_does_not_make_money() -> None:
    flows = [
        ("Patron", "Bank", 10, "USD"),
        ("Bank", "Firm", 8, "USD"),
        ("Firm", "Bank", 4, "USD"),
        ("Firm", "Group", 4, "USD"),
    ]
    assert figures(parse_mechanism(network(flows)).play(draws=2))["reaches-usd-patron-group"] <= 4


amounts = st.lists(st.floats(0.0, 100), min_size=4, max_size=4)


@settings(deadline=None, max_examples=40)
@given(amounts)
def test_no_more_reaches_the_end_than_was_paid_to_it(paid: list[float]) -> None:
    ways = [("Patron", "Bank"), ("Trader", "Bank"), ("Bank", "Group"), ("Patron", "Group")]
    flows = [(*way, amount, "USD") for way, amount in zip(ways, paid, strict=True)]
    reached = figures(parse_mechanism(network(flows)).play(draws=2))["reaches-usd-patron-group"]
    assert reached <= paid[2] + paid[3] + 1e-6
    assert reached <= paid[0] + paid[3] + 1e-6
