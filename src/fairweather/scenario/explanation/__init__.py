"""Why a run comes out as it does, and what would change it."""

from fairweather.scenario.explanation.explain import (
    METHODS,
    Explanation,
    explain_run,
    explained_figure,
)
from fairweather.scenario.explanation.words import explanation_sentences, nearest_changes

__all__ = [
    "METHODS",
    "Explanation",
    "explain_run",
    "explained_figure",
    "explanation_sentences",
    "nearest_changes",
]
