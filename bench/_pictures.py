"""Pictures of the pages for the documentation: the shipped examples as Chromium shows them.

Made by `./run bench web --pictures docs/pictures`. Needs what `_browsing` needs, and Pillow.
"""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from _browsing import Faults, addresses, browser, look, serving, told_by, window
from fairweather.desk.demo import demo_desk

ROOT = Path(__file__).resolve().parents[1]
TERMS = ROOT / "examples" / "questions" / "russia-iran.toml"
PAIR = ("RUS", "IRN")

COLOURS = 96
"""Of a picture's palette: letters stay sharp, and a page takes some tens of thousand bytes."""

WIDTH, HEIGHT = 1280, 1000
MARGIN = 12


@dataclass(frozen=True, slots=True)
class Picture:
    """A page, the part of it that is shown, and how; `path` begins the page's address.

    Without `at` (a selector) it is the top of the page. `press` is a button to press first,
    `until` what must be there afterwards.
    """

    name: str
    path: str
    at: str = ""
    press: str = ""
    until: str = ""
    narrow: bool = False
    dark: bool = False
    height: int = HEIGHT


PICTURES = (
    Picture("today", "/"),
    Picture("pairs", "/pairs"),
    Picture("compare", "/compare?pairs=RUS-IRN,SAU-PAK,USA-KOR"),
    Picture("pair", "/pair/RUS/IRN"),
    Picture("pair-timeline", "/pair/RUS/IRN", at="#timeline"),
    Picture("pair-strands", "/pair/RUS/IRN", at="#strands"),
    Picture("pair-third", "/pair/RUS/IRN?for=ISR&since=2025", at="#third"),
    Picture("pair-narrow", "/pair/RUS/IRN", narrow=True, dark=True, height=800),
    Picture("document", "/document/"),
    Picture("correct", "/correct"),
    Picture("agreement", "/agreement/"),
    Picture("why", "/why"),
    Picture("scenario", "/scenario?pair=RUS-IRN"),
    Picture("scenario-played", "/scenario?pair=RUS-IRN", press="Play", until="text=What usually"),
    Picture("scorecard", "/scorecard"),
    Picture("actors", "/actors"),
    Picture("sources", "/sources"),
    Picture("search", "/search?q=treaty"),
)


def take(folder: Path, work: Path) -> list[Path]:
    """Every picture into a folder; the ledger they show is made in `work`."""
    folder.mkdir(parents=True, exist_ok=True)
    ledger = _example(work / "example.db")
    faults = Faults()
    with serving(ledger, "--edit") as served, browser() as chromium:
        known = addresses(told_by(served.url), PAIR)
        made = []
        for one in PICTURES:
            narrow, dark = one.narrow, one.dark
            with window(chromium, faults, served.url, narrow=narrow, dark=dark) as page:
                found = _address(one.path, known)
                look(page, served.url, found, faults, axe=False)
                made.append(_taken(page, one, folder / f"{one.name}.png"))
    for fault in faults.everything():
        print(fault, file=sys.stderr)
    return made


def _example(path: Path) -> Path:
    """The shipped examples with the questions of one of them, settled where they can be."""
    demo_desk(path).close()
    for asked in (("add", "--terms", str(TERMS)), ("resolve", "--certain")):
        command = [sys.executable, "-m", "fairweather", "question", *asked, "--db", str(path)]
        subprocess.run(command, check=True, capture_output=True)
    return path


def _address(path: str, known: list[str]) -> str:
    """The address itself, or the first known one of a page that must be told what to show."""
    told = path in known or "?" in path or not path.endswith(("/", "why", "correct"))
    return path if told else next(one for one in known if one.startswith(path))


def _taken(page: Any, one: Picture, path: Path) -> Path:
    """One picture, its colours few."""
    if one.press:
        page.get_by_role("button", name=one.press).first.click()
        page.locator(one.until).first.wait_for()
    width = page.viewport_size["width"] if one.narrow else WIDTH
    page.set_viewport_size({"width": width, "height": one.height})
    if one.at:
        top = "([at, margin]) => scrollBy(0, document.querySelector(at).getBoundingClientRect().top"
        page.evaluate(f"{top} - margin)", [one.at, MARGIN])
    page.wait_for_load_state("networkidle")
    _keep(page.screenshot(), path)
    return path


def _keep(shot: bytes, path: Path) -> None:
    from PIL import Image

    with Image.open(io.BytesIO(shot)) as image:
        few = image.convert("RGB").quantize(COLOURS, kmeans=2, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
