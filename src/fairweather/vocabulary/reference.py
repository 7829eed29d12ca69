"""Writes `docs/vocabulary.md` from the vocabulary files.

Run it so: `python -m fairweather.vocabulary.reference > docs/vocabulary.md`
"""

from __future__ import annotations

import sys
from typing import Any

from fairweather.vocabulary.fields import Field
from fairweather.vocabulary.loader import Vocabulary, vocabulary, vocabulary_names

OPENING = """\
# Vocabularies

Every closed word list of fairweather, as its files in `src/fairweather/vocabulary` have it. This
page is written from them by `python -m fairweather.vocabulary.reference`; edit the files, not
the page. [The records](records.md) say which field takes its words from which list.
"""


def vocabulary_page() -> str:
    """The whole page in Markdown: a list of contents, then one section a vocabulary."""
    vocabularies = [vocabulary(name) for name in vocabulary_names()]
    contents = "\n".join(
        f"- [{each.title}](#{each.name}): {len(each)} terms" for each in vocabularies
    )
    sections = "\n".join(_section(each) for each in vocabularies)
    return f"{OPENING}\n{contents}\n\n{sections}"


def _section(words: Vocabulary) -> str:
    parts = [f'<a id="{words.name}"></a>\n\n## {words.title}\n\n{words.about.strip()}\n']
    if words.fields:
        parts.append("\n".join(_declaration(field) for field in words.fields.values()) + "\n")
    parts.append(_table(words))
    return "\n".join(parts)


def _declaration(field: Field) -> str:
    choices = f" ({', '.join(field.choices)})" if field.choices and not field.refers_to else ""
    refers = f" (from [{field.refers_to}](#{field.refers_to}))" if field.refers_to else ""
    return f"- `{field.name}`: {field.meaning}{choices}{refers}"


def _table(words: Vocabulary) -> str:
    columns = ("term", "meaning", *words.fields, "example", "source")
    lines = [_line(columns), _line(("---",) * len(columns))]
    for term in words.values():
        extra = (_shown(value) for value in term.extra.values())
        meaning = f"**{term.label}.** {term.meaning}"
        lines.append(_line((f"`{term.key}`", meaning, *extra, term.example, term.source)))
    return "\n".join(lines) + "\n"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value)


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    sys.stdout.write(vocabulary_page())
