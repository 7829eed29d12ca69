"""fairweather: how firm is a partnership between two states, with evidence.

The same verbs as the command line, on one object; its answers show themselves in a notebook:

    import fairweather

    desk = fairweather.open("fairweather.db")
    desk.read(["articles/"])
    desk.profile("Russia", "Iran")
    desk.find("events", actor="Russia", since="2024").to_pandas()
    print(desk.brief("RUS", "IRN").markdown)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from fairweather.desk import Desk

__version__ = "0.1.0"
__all__ = ["Desk", "__version__", "demo", "open"]


def open(path: Path | str = "fairweather.db") -> Desk:
    """A desk over the ledger at a path, made when it is not there. Raises LedgerError."""
    from fairweather.desk import Desk

    return Desk(path)


def demo(path: Path | str = "fairweather-demo.db") -> Desk:
    """A desk over the shipped examples: half a minute the first time, at once from then on."""
    from fairweather.desk.demo import demo_desk

    return demo_desk(path)


def __getattr__(name: str) -> object:
    # Loaded on first use, so that `fairweather --help` stays quick.
    if name == "Desk":
        from fairweather.desk import Desk

        return Desk
    raise AttributeError(f"module 'fairweather' has no attribute {name!r}")
