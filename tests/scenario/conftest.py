"""One small scenario between invented states, and arrays of draws to play it with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fairweather.scenario import Scenario, parse_scenario

ROOT = Path(__file__).parents[2]

TEXT = (Path(__file__).parent / "aland-borduria.toml").read_text()


@pytest.fixture
def text() -> str:
    return TEXT


@pytest.fixture
def scenario() -> Scenario:
    return parse_scenario(TEXT)


@pytest.fixture
def closed_forms() -> Path:
    """Games solved elsewhere; the data are not shipped, so the tests may have to do without."""
    shared = Path(os.environ.get("FAIRWEATHER_SHARED", ROOT.parent / "shared"))
    folder = shared / "data" / "validation" / "closed_form"
    if not folder.is_dir():
        pytest.skip("the validation games are not here; FAIRWEATHER_SHARED names their folder")
    return folder
