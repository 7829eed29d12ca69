"""The page of verbs, written from the verbs themselves.

python -m fairweather.cli.reference > docs/verbs.md
"""

from __future__ import annotations

from collections.abc import Iterator

import click

from fairweather.cli.verbs import fairweather

WIDTH = 88

HEAD = """\
# Verbs

The same verbs stand on the command line and on `fairweather.Desk` in Python. stdout is the
answer, stderr is talk. `--db PATH` may stand anywhere on the line; without it the ledger is
`FAIRWEATHER_DB`, else `./fairweather.db`.

| exit code | means |
|---|---|
| 0 | done |
| 1 | misuse: an unknown verb, actor, id or option |
| 2 | an input cannot be read (`read`: some input failed, the rest is stored) |
| 3 | nothing found, or nothing to read |
| 4 | a check failed: `verify`, `scenario check` |
| 10 | news: `watch --once` found something new |

This page is written by `python -m fairweather.cli.reference`.
"""


def reference() -> str:
    """The page as Markdown: every verb with its own help."""
    return "\n".join([HEAD, *_verbs(fairweather, "fairweather", None)])


def _verbs(group: click.Group, path: str, parent: click.Context | None) -> Iterator[str]:
    context = click.Context(group, info_name=path, parent=parent, **group.context_settings)
    for name in sorted(group.commands):
        command = group.commands[name]
        if isinstance(command, click.Group):
            yield from _verbs(command, name, context)
            continue
        inner = click.Context(
            command,
            info_name=name,
            parent=context,
            terminal_width=WIDTH,
            max_content_width=WIDTH,
        )
        title = " ".join(filter(None, (path if parent else "", name)))
        yield f"## {title}\n\n```text\n{command.get_help(inner)}\n```\n"


if __name__ == "__main__":
    print(reference(), end="")
