"""fairweather: how firm is a partnership between two states, with evidence.

The same verbs as the command line, on one object:

    from fairweather import Desk

    with Desk("fairweather.db") as desk:
        desk.read(["articles/"])
        print(desk.brief("RUS", "IRN").markdown)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fairweather.desk import Desk

__version__ = "0.1.0"
__all__ = ["Desk", "__version__"]


def __getattr__(name: str) -> object:
    # Loaded on first use, so that `fairweather --help` stays quick.
    if name == "Desk":
        from fairweather.desk import Desk

        return Desk
    raise AttributeError(f"module 'fairweather' has no attribute {name!r}")
