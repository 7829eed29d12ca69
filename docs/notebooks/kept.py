"""The notebooks of this folder: run, kept as they ran, and shown among the pages.

    python docs/notebooks/kept.py           # run them all and keep what they say
    python docs/notebooks/kept.py --check   # end with 1 where they no longer say what is kept

A cell is plain Python, so that it runs here in a process of our own, in an empty folder, without
a kernel and its forty packages; in Jupyter the same files run unchanged. Charts are left out of
the comparison: their letters are as wide as the fonts of a machine.
"""

from __future__ import annotations

import ast
import contextlib
import html
import io
import json
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
DRAWN = re.compile(r"<svg\b.*?</svg>", re.DOTALL)

Notebook = dict[str, Any]


def notebooks() -> list[Path]:
    """Every notebook, in order."""
    return sorted(FOLDER.glob("*.ipynb"))


def read(path: Path) -> Notebook:
    """A notebook as its file has it."""
    return dict(json.loads(path.read_text(encoding="utf-8")))


def run(notebook: Notebook, folder: Path) -> Notebook:
    """The notebook as it comes out when its cells are run in a folder, one after the other."""
    names: dict[str, Any] = {"__name__": "__main__"}
    cells, count = [], 0
    with contextlib.chdir(folder):
        for cell in notebook["cells"]:
            if cell["cell_type"] != "code":
                cells.append(cell)
                continue
            count += 1
            outputs = _outputs("".join(cell["source"]), names, count)
            cells.append({**cell, "execution_count": count, "outputs": outputs})
    return {**notebook, "cells": cells}


def _outputs(source: str, names: dict[str, Any], count: int) -> list[dict[str, Any]]:
    """What a cell prints and what its last line comes to, in the form of a notebook."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        value = _evaluated(source, names)
    outputs: list[dict[str, Any]] = []
    if printed.getvalue():
        text = printed.getvalue().splitlines(keepends=True)
        outputs.append({"output_type": "stream", "name": "stdout", "text": text})
    if value is not None:
        outputs.append(
            {
                "output_type": "execute_result",
                "execution_count": count,
                "metadata": {},
                "data": _shown(value),
            }
        )
    return outputs


def _evaluated(source: str, names: dict[str, Any]) -> Any:
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), names)
    if last is None:
        return None
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)


def _shown(value: Any) -> dict[str, list[str]]:
    page = value._repr_html_() if hasattr(value, "_repr_html_") else None
    if page:
        return {"text/html": page.splitlines(keepends=True), "text/plain": [type(value).__name__]}
    return {"text/plain": repr(value).splitlines(keepends=True)}


def words(notebook: Notebook) -> str:
    """All that a notebook says, without its charts."""
    return DRAWN.sub("<svg/>", json.dumps(_joined(notebook["cells"]), ensure_ascii=False))


def _joined(cells: list[dict[str, Any]]) -> list[Any]:
    return [
        [
            "".join(cell["source"]),
            *("".join(one.get("text") or one["data"].get("text/html") or one["data"]["text/plain"])
              for one in cell.get("outputs", ())),
        ]
        for cell in cells
    ]  # fmt: skip


# -- among the pages -----------------------------------------------------------------------


def page(notebook: Notebook) -> str:
    """A notebook as a page in Markdown, its answers as the HTML that they are."""
    parts: list[str] = []
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(source)
            continue
        parts.append(f"```python\n{source}\n```")
        parts += [_framed(one) for one in cell["outputs"]]
    return "\n\n".join(parts) + "\n"


def _framed(output: dict[str, Any]) -> str:
    """An answer as one block; a line without anything in it would end the block."""
    data = output.get("data", {})
    if "text/html" in data:
        lines = "".join(data["text/html"]).splitlines()
        told = "\n".join(line.strip() for line in lines if line.strip())
    else:
        told = f"<pre>{html.escape(''.join(output.get('text') or data['text/plain']))}</pre>"
    return f'<div class="answer">\n{told}\n</div>'


def on_files(files: Any, config: Any) -> Any:
    """Called by mkdocs: a page for each notebook, at its own place."""
    from mkdocs.structure.files import File

    for path in notebooks():
        text = f"{page(read(path))}\n[This page as a notebook]({path.name})\n"
        files.append(File.generated(config, f"notebooks/{path.stem}.md", content=text))
    return files


# -- kept ----------------------------------------------------------------------------------


def main(check: bool) -> None:
    """Run every notebook; keep them, or end with 1 and say which no longer say what is kept."""
    changed = []
    with tempfile.TemporaryDirectory() as folder:
        for path in notebooks():
            kept = read(path)
            made = run(kept, Path(folder))
            if words(made) != words(kept):
                changed.append(path.name)
            if not check:
                text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
                path.write_text(text, encoding="utf-8")
    if check and changed:
        sys.exit(f"{', '.join(changed)}: run python docs/notebooks/kept.py, see what changed")


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main("--check" in sys.argv[1:])
