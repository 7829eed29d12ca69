"""What the tests of coding share: a way to read a few sentences as a document."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fairweather.coding.grammar.reader import read_document
from fairweather.coding.grammar.sentence import Reading
from fairweather.records import Document, on

Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def read() -> Read:
    """Reads a text: `read(text, title="", published="2025-06-15", genre="news")`."""

    def reading(
        text: str, title: str = "", published: str = "2025-06-15", genre: str = "news"
    ) -> Reading:
        return read_document(Document(text=text, title=title, published=on(published), genre=genre))

    return reading
