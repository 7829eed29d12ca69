"""What allies did, 1816 to today: reference classes and base rates with their counts."""

from fairweather.history.intervals import CENTRAL, beta_quantiles
from fairweather.history.pacts import Pledge, in_force, pledges_in_force
from fairweather.history.rates import Rate, base_rate, base_rates, load_rates
from fairweather.history.reference import (
    Reference,
    forces_given_war,
    history_of_pair,
    no_cases,
    pact_class,
    reference_class,
)
from fairweather.history.support import SupportHistory, support_history

__all__ = [
    "CENTRAL",
    "Pledge",
    "Rate",
    "Reference",
    "SupportHistory",
    "base_rate",
    "base_rates",
    "beta_quantiles",
    "forces_given_war",
    "history_of_pair",
    "in_force",
    "load_rates",
    "no_cases",
    "pact_class",
    "pledges_in_force",
    "reference_class",
    "support_history",
]
