"""The notebooks among the pages run as they are, say nothing of a machine, and load nothing."""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def kept() -> Any:
    """What runs the notebooks and shows them among the pages."""
    path = ROOT / "docs" / "notebooks" / "kept.py"
    spec = importlib.util.spec_from_file_location("kept", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def kinds(notebook: dict[str, Any]) -> list[list[list[str]]]:
    return [
        [sorted(one.get("data", ["text"])) for one in cell.get("outputs", ())]
        for cell in notebook["cells"]
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_runs_on_the_shipped_example(
    path: Path, kept: Any, examples_ledger: Path, tmp_path: Path
) -> None:
    # What the notebook would read first, read once for all tests.
    shutil.copy(examples_ledger, tmp_path / "fairweather-demo.db")
    before = kept.read(path)
    after = kept.run(before, tmp_path)
    assert kinds(after) == kinds(before)
    assert str(tmp_path) not in kept.words(after)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_is_kept_names_no_machine_and_runs_nothing(path: Path, kept: Any) -> None:
    notebook = kept.read(path)
    assert notebook["nbformat"] == 4
    assert any(cell.get("outputs") for cell in notebook["cells"])
    said = kept.words(notebook)
    assert not re.search(r"/(?:home|root|tmp|work|Users|opt)/|[A-Z]:\\\\", said)
    assert not re.search(r"<script|<iframe|https?://(?!www\.w3\.org)", said)


def test_a_page_holds_each_answer_as_one_block(kept: Any) -> None:
    cell = {
        "cell_type": "code",
        "source": ["desk"],
        "outputs": [{"output_type": "execute_result", "data": {"text/html": ["<p>a</p>\n", "\n"]}}],
    }
    page = kept.page({"cells": [{"cell_type": "markdown", "source": ["# Title"]}, cell]})
    assert page.startswith("# Title\n\n```python\ndesk\n```\n\n")
    assert '<div class="answer">\n<p>a</p>\n</div>' in page
