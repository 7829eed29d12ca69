"""What several floors' tests share: the shipped examples read once, the real texts if there.

The smallest fixture that shows the point is the rule: a sentence before an article, an
article before a corpus.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from .site import site

__all__ = ["site"]

ROOT = Path(__file__).resolve().parents[1]


def shared_folder() -> Path | None:
    """The folder of third-party texts and data beside the checkout, if there is one."""
    named = os.environ.get("FAIRWEATHER_SHARED")
    folder = Path(named) if named else ROOT.parent / "shared"
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    """Third-party texts and data; a test that needs them skips where they are not."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("the third-party texts are not beside the checkout (FAIRWEATHER_SHARED)")
    return folder


@pytest.fixture(scope="session")
def examples_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with every shipped example read into it; treat it as read-only."""
    from fairweather import Desk
    from fairweather.desk.demo import examples

    path = tmp_path_factory.mktemp("examples") / "examples.db"
    with Desk(path) as desk:
        report = desk.read([file for example in examples() for file in example.files])
        assert not report.failed, report.failed
        assert not report.refused, report.refused
    return path


@pytest.fixture(scope="session")
def articles_ledger(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the real articles read into it; treat it as read-only."""
    from fairweather import Desk

    path = tmp_path_factory.mktemp("articles") / "articles.db"
    with Desk(path) as desk:
        report = desk.read(sorted((shared / "articles").glob("0*.txt")))
        assert not report.failed, report.failed
    return path


@pytest.fixture
def examples_desk(examples_ledger: Path) -> Iterator[object]:
    """A desk over the shipped examples."""
    from fairweather import Desk

    with Desk(examples_ledger) as desk:
        yield desk


@pytest.fixture
def articles_desk(articles_ledger: Path) -> Iterator[object]:
    """A desk over the real articles."""
    from fairweather import Desk

    with Desk(articles_ledger) as desk:
        yield desk
