"""Text files that a person names on the desk: scenarios, mechanisms, lists of questions."""

from __future__ import annotations

from pathlib import Path

from fairweather.errors import SourceError


def text_of(path: Path | str) -> str:
    """The text of a file in UTF-8, with or without a byte-order mark. Raises SourceError."""
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: not UTF-8 text at byte {error.start}") from error
