"""The shipped table and the intervals made of it."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairweather.errors import UnknownKey, VocabularyError
from fairweather.history import base_rate, base_rates, beta_quantiles, load_rates
from fairweather.history.rates import recounted


def test_every_rate_names_its_source_and_what_it_counts() -> None:
    for rate in base_rates().values():
        assert rate.source
        assert rate.what
        assert rate.first <= rate.last


def test_a_rate_that_never_happened_is_small_but_not_zero() -> None:
    rate = base_rate("joined.nonaggression_consultation")
    assert rate.occurred == 0
    assert 0 < rate.mean < 0.05


def test_clustered_cases_tell_less_than_independent_ones() -> None:
    rate = base_rate("joined.defense")
    low, high = rate.band or (0.0, 0.0)
    as_if_independent = beta_quantiles(69.5, 528.5, [0.1, 0.9])
    assert high - low > 1.5 * (as_if_independent[1] - as_if_independent[0])


def test_the_sources_disagree_on_how_often_pacts_are_honoured() -> None:
    honoured = [rate.mean for name, rate in base_rates().items() if name.startswith("honoured.")]
    assert min(honoured) < 0.3
    assert max(honoured) > 0.7


def test_an_unknown_rate_gets_a_suggestion() -> None:
    with pytest.raises(UnknownKey, match="did you mean"):
        base_rate("joined.defence")


def test_a_table_with_more_joined_than_cases_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "rates.toml"
    table.write_text(
        '[joined]\nsource = "s"\nunit = "war"\n[joined.x]\nwhat = "w"\n'
        "first = 1\nlast = 2\ncases = 3\noccurred = 4\n"
    )
    with pytest.raises(VocabularyError, match=r"joined\.x"):
        load_rates(table)


@given(a=st.floats(0.5, 300), b=st.floats(0.5, 300))
def test_beta_quantiles_agree_with_draws(a: float, b: float) -> None:
    draws = np.random.default_rng(7).beta(a, b, 4000)
    below = [(draws <= bound).mean() for bound in beta_quantiles(a, b, [0.1, 0.5, 0.9])]
    assert below == pytest.approx([0.1, 0.5, 0.9], abs=0.035)


@given(b=st.floats(0.5, 3000))
def test_beta_quantiles_are_exact_where_a_formula_exists(b: float) -> None:
    """The quantile of Beta(1, b) is 1 - (1 - q)^(1/b)."""
    quantiles = np.array([0.1, 0.5, 0.9])
    exact = 1 - (1 - quantiles) ** (1 / b)
    assert beta_quantiles(1.0, b, quantiles) == pytest.approx(exact, abs=1e-4)


def test_rates_of_ones_own_stand_in_place_of_the_shipped_for_a_while(tmp_path: Path) -> None:
    table = tmp_path / "mine.toml"
    table.write_text(
        "[joined.defense]\ncases = 50\noccurred = 10\nclusters = 12\ndesign_effect = 1.5\n"
        "first = 1900\nlast = 2000\n"
    )
    shipped = base_rate("joined.defense")
    with recounted(table) as names:
        assert names == ("joined.defense",)
        assert base_rate("joined.defense").counted == "10 of 50"
        assert base_rate("joined.defense").what == shipped.what
        assert "mine.toml" in base_rate("joined.defense").source
        assert base_rate("joined.none").cases
    assert base_rate("joined.defense") == shipped


@pytest.mark.parametrize("text", ["", "[joined.defense]\ncases = -1\n", "no table"])
def test_a_file_without_rates_is_refused(tmp_path: Path, text: str) -> None:
    table = tmp_path / "mine.toml"
    table.write_text(text)
    with pytest.raises(VocabularyError, match=r"mine\.toml"), recounted(table):
        pass
